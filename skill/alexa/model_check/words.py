"""The words that the check of an interaction model knows, and what makes two texts comparable. English.

FUNCTION_WORDS and USUAL_WORDS say the same as the lists of the matcher that plays Alexa, which lies above this room
and is frozen; a test holds the two together.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from types import MappingProxyType

from num2words import num2words

WAKE_WORDS = frozenset({"alexa", "amazon", "echo", "computer"})
"""Amazon evangelists' common_pitfalls.md; public AWS Alexa exam notes [B]."""
LAUNCH_WORDS = frozenset(
    ["ask", "begin", "enable", "launch", "load", "open", "play", "resume", "run", "start", "talk", "tell", "use"],
)
"""The same sources, which give ask, open, tell, start, load, begin, enable and "and so on"; the rest from memory."""
CONNECTING_WORDS = frozenset(
    ["about", "and", "by", "for", "from", "if", "in", "that", "to", "using", "whether", "with"]
)
"""The same sources forbid them; the list itself is from memory, unconfirmed."""
PRODUCT_WORDS = frozenset({"app", "skill"})
"""The same sources."""
ARTICLES_AND_PREPOSITIONS = frozenset(["a", "an", "the", "at", "of", "off", "on", "out", "over", "up"])
"""Not in a name of two words: rejection notice in omegabytes/askTheDM issue 57 [B]. The other prepositions are
connecting words, forbidden in every name."""

_FUNCTION_WORDS = """
    a an the this that these those some any no none each every all both either neither such another other
    i me my mine myself we us our ours ourselves you your yours yourself he him his himself she her hers herself
    it its itself they them their theirs themselves one ones someone something anyone anything everything nothing
    who whom whose which what when where why how whether
    am is are was were be been being do does did done doing have has had having
    can could will would shall should may might must ought need dare let
    get gets got gotten getting go goes going gonna
    not never yes yeah no nor and or but if because cause since while until till so as than though although unless
    of in on at by for with without from to into onto about over under above below between through during before after
    against around off out up down near per
    there here now then today again also too just only even still yet ever always sometimes often quite very really
    much more most less least many few lot lots bit
    please okay ok well um uh er hmm like kind sort
    i'm i've i'd i'll we're we've we'd we'll you're you've you'd you'll he's he'd he'll she's she'd she'll
    it's it'd it'll they're they've they'd they'll that's that'll there's here's what's who's where's when's why's how's
    isn't aren't wasn't weren't don't doesn't didn't haven't hasn't hadn't can't cannot couldn't won't wouldn't
    shan't shouldn't mightn't mustn't needn't ain't let's
"""
FUNCTION_WORDS = frozenset(_FUNCTION_WORDS.split())
"""Words that say nothing of the subject: one of them alone carries no phrase slot."""

STANDARD_INTENTS = frozenset(
    f"AMAZON.{name}Intent"
    for name in [
        "Cancel",
        "Fallback",
        "Help",
        "LoopOff",
        "LoopOn",
        "More",
        "NavigateHome",
        "NavigateSettings",
        "Next",
        "No",
        "PageDown",
        "PageUp",
        "Pause",
        "Previous",
        "Repeat",
        "Resume",
        "ScrollDown",
        "ScrollLeft",
        "ScrollRight",
        "ScrollUp",
        "Select",
        "ShuffleOff",
        "ShuffleOn",
        "StartOver",
        "Stop",
        "Yes",
    ]
)
"""Amazon, Standard Built-in Intents [A]: read in part, the rest from memory."""
REQUIRED_INTENTS = tuple(f"AMAZON.{name}Intent" for name in ("Help", "Stop", "Cancel", "Fallback", "NavigateHome"))
"""Public AWS Alexa exam notes; the developer console puts all five in new models [B]."""

USUAL_WORDS = MappingProxyType(
    {
        "AMAZON.CancelIntent": ("cancel", "cancel that", "never mind", "forget it"),
        "AMAZON.HelpIntent": ("help", "help me", "can you help me"),
        "AMAZON.LoopOffIntent": ("loop off",),
        "AMAZON.LoopOnIntent": ("loop", "loop on"),
        "AMAZON.MoreIntent": ("more", "show more", "tell me more"),
        "AMAZON.NavigateHomeIntent": ("home", "go home", "go to home"),
        "AMAZON.NextIntent": ("next", "skip", "skip forward"),
        "AMAZON.NoIntent": ("no", "no thanks", "no thank you", "nope"),
        "AMAZON.PauseIntent": ("pause", "pause that"),
        "AMAZON.PreviousIntent": ("previous", "go back", "skip back", "back up"),
        "AMAZON.RepeatIntent": ("repeat", "repeat that", "say that again"),
        "AMAZON.ResumeIntent": ("resume", "continue", "keep going"),
        "AMAZON.ScrollDownIntent": ("scroll down",),
        "AMAZON.ScrollLeftIntent": ("scroll left",),
        "AMAZON.ScrollRightIntent": ("scroll right",),
        "AMAZON.ScrollUpIntent": ("scroll up",),
        "AMAZON.ShuffleOffIntent": ("shuffle off", "stop shuffling"),
        "AMAZON.ShuffleOnIntent": ("shuffle", "shuffle on"),
        "AMAZON.StartOverIntent": ("start over", "restart", "start again"),
        "AMAZON.StopIntent": ("stop", "off", "shut up"),
        "AMAZON.YesIntent": ("yes", "yes please", "yeah", "yep", "sure"),
    }
)
"""What people usually say for Amazon's own intents, after Amazon's table of standard built-in intents."""
SESSION_WORDS = ("exit", "quit")
"""They end the session before any intent reaches a skill (Alexa Gadgets: Best Practices for Custom Interfaces [A])."""

_NOT_SAID = re.compile(r"[^a-z0-9']+")
_DIGITS = re.compile(r"\d{1,9}")
_STRAIGHT = str.maketrans(dict.fromkeys("\u2018\u2019\u02bc", "'"))


def normalise(text: str) -> str:
    """Any text → lower-case words with single spaces: marks but apostrophes become spaces, digits are spelled."""
    text = text.translate(_STRAIGHT).lower()
    text = _NOT_SAID.sub(" ", text) if text.isascii() else "".join(map(_said, text))
    if any(map(str.isdigit, text)):
        text = _DIGITS.sub(lambda found: f" {num2words(int(found[0]))} ", text).replace("-", " ").replace(",", " ")
    return " ".join(word for word in text.split() if word.strip("'"))


def words(text: str) -> tuple[str, ...]:
    """The comparable words of a text."""
    return tuple(normalise(text).split())


@lru_cache(maxsize=4096)
def _said(character: str) -> str:
    """The character itself if it is part of a word, else a space. Marks belong to the letter before them."""
    return character if character == "'" or unicodedata.category(character)[0] in "LM" or character.isdecimal() else " "
