"""Which words go into which slot, where a slot of one of Amazon's types stands beside others.

The matcher does not know what a date is: to it "boston tomorrow" may be a city of two words. For other people's models
what it delivers is looked at once more: where some of the words are a number, date, time or duration that we can read,
and the intent has a sample with a slot for it, they go there. Everything else stays as the matcher's rules have it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace

from skill.simulator.hear import Heard, HeardSlot, HearingModel, MatchClass, Resolution
from skill.simulator.samples import Slot

Reads = Callable[[str, str], bool | None]
"""Type and words → whether they mean something to it; None for a type that takes any words."""
_Way = tuple[tuple[Slot, str], ...]
"""The slots of a sample, each with the words that it takes."""


def shared_out(model: HearingModel, words: Sequence[str], heard: Heard, reads: Reads) -> Heard:
    """What the matcher heard in the words, with the slots filled so that most of them are read; as it was where no
    sample of the same intent, with as many fixed words and said exactly, has more of them read.
    """
    if heard.match_class not in (MatchClass.LISTED, MatchClass.FREE):
        return heard
    samples = model.intents[heard.intent].samples
    fixed = next((len(sample.fixed) for sample in samples if sample.text == heard.sample), len(words))
    ways = [
        replace(heard, slots=tuple(_filled(model, slot, run) for slot, run in way), sample=sample.text)
        for sample in samples
        if len(sample.fixed) >= fixed and not sample.takes_phrase
        for way in _ways(sample.elements, words, reads)
    ]
    best = max(ways, key=lambda way: _worth(way.slots, reads), default=heard)
    return best if _worth(best.slots, reads)[0] > _worth(heard.slots, reads)[0] else heard


def _ways(elements: Sequence[str | Slot], words: Sequence[str], reads: Reads) -> Iterator[_Way]:
    """Every way to say a sample's elements in exactly these words; a type that we read takes only what we read."""
    if not elements:
        yield from () if words else ((),)
        return
    wanted, rest = elements[0], elements[1:]
    if not isinstance(wanted, Slot):
        if words and words[0] == wanted:
            yield from _ways(rest, words[1:], reads)
        return
    for end in range(1, len(words) - len(rest) + 1):
        run = " ".join(words[:end])
        if reads(wanted.type, run) is not False:
            yield from (((wanted, run), *way) for way in _ways(rest, words[end:], reads))


def _filled(model: HearingModel, slot: Slot, run: str) -> HeardSlot:
    slot_type = model.types.get(slot.type)
    if slot_type is None:
        return HeardSlot(slot.name, slot.type, run, None)
    found = slot_type.closest(run)
    resolution = (
        Resolution("ER_SUCCESS_MATCH", slot_type.entries[found.phrase])
        if found
        else Resolution("ER_SUCCESS_NO_MATCH", ())
    )
    return HeardSlot(slot.name, slot.type, run, resolution)


def _worth(slots: Iterable[HeardSlot], reads: Reads) -> tuple[int, int]:
    """Words that are read, then words that a type lists."""
    sizes = [(len(slot.value.split()), slot) for slot in slots]
    read = sum(size for size, slot in sizes if reads(slot.type, slot.value))
    listed = sum(size for size, slot in sizes if slot.resolution and slot.resolution.values)
    return read, listed
