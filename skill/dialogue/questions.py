"""She asks about a symptom: the answer, a choice between topics, or an honest "I don't know"."""

from __future__ import annotations

from dataclasses import replace

from skill.dialogue import after_care, groups, hard_times, lists, loss, of_baby, quiet, small_talk
from skill.dialogue.answering import answer_on, reply_not_exactly, reply_not_in_article
from skill.dialogue.beyond import reply_beyond
from skill.dialogue.choices import (
    answer_chosen,
    aspect_of_choice,
    choose_by_number,
    choose_other,
    named_choice,
    not_chosen,
    note_in_choice,
    offer,
    offer_again,
    points_at,
)
from skill.dialogue.core import CLEARLY_NAMED, Core, Speaker
from skill.dialogue.for_whom import note_for_whom
from skill.dialogue.medicines import reply_on_medicine, reply_on_stopping, says_of_medicine
from skill.dialogue.misses import not_known, not_of_newborn
from skill.dialogue.replies import ask_whats_happening
from skill.dialogue.still_care import (
    holds_first,
    is_just_told,
    reply_still_and_offer,
    reply_still_get_care,
    reply_why_to_call,
    stands_by,
)
from skill.dialogue.weeks import note_stage
from skill.library.article import Article, Aspect
from skill.library.cues import BeyondName
from skill.library.phrases import Variants
from skill.library.signs import Level
from skill.stages import stages_said
from skill.text import comparable
from skill.topics.resolve import Ambiguous, Found, NotFound, Resolution, is_born
from skill.turn import Outcome, Reply, Turn

_LONGEST_FOLLOW_UP = 10
_WHETHER_TO_CALL = frozenset({Aspect.WHEN_TO_CALL.value, Aspect.IS_IT_NORMAL.value})
_NEVER_ABOUT_IT = frozenset({"dose", "diagnosis", "someone_else", "other_domain"})
"""Reasons for which a question without a symptom is not about the one being talked about either."""


def ask(turn: Turn, core: Core) -> Reply:
    """Any question or complaint, with a topic or, as a follow-up, without one."""
    if not turn.heard:
        return ask_on(turn, core)
    if (about_the_talk := _about_the_talk(turn, core)) is not None:
        return about_the_talk
    meant = core.talk.corrected(turn.text)
    if is_just_told(turn, core) and (meant or core.talk.is_a_place(turn.text)):
        return _corrected_after_alarm(turn, core, meant or turn.text)
    if meant is not None:
        return _about_a_symptom(_taken_back(turn, meant), core, _still_asked(turn, core, meant))
    if (still := _still_first(turn, core)) is not None:
        return still
    return _about_a_symptom(turn, core, None if turn.session.topic else _still_asked(turn, core, turn.text))


def _about_the_talk(turn: Turn, core: Core) -> Reply | None:
    """What is no question about a symptom: it is over, a loss, how far along she is, one of what was read."""
    if (calm := after_care.taken_calmly(turn, core) or quiet.reply_quietly(turn, core)) is not None:
        return calm
    if is_just_told(turn, core) and core.talk.is_afraid(turn.text):
        return reply_still_get_care(turn, core, after=Speaker(turn, core).say(core.library.said.with_her))
    if (gentle := loss.told_or_asked(turn, core)) is not None:
        return gentle
    aside = _picked(turn, core) or small_talk.reply_to_small_talk(turn, core) or _about_whom(turn, core)
    return aside or reply_on_stopping(turn, core) or hard_times.reply_to(turn, core)


def _about_whom(turn: Turn, core: Core) -> Reply | None:
    """Who it is for, a baby that is born, or only how far along she is."""
    if core.talk.tells_only_for_whom(turn.text):
        return note_for_whom(turn, core)
    if turn.names_topic:
        return None
    if core.talk.tells_only_stage(turn.text) and not core.talk.asks_how_to_tell(turn.text):
        return note_stage(turn, core)
    told_before = of_baby.is_meant(turn, core) and not stages_said(turn.text)
    if not (core.talk.is_of_newborn(turn.text) or told_before):
        return None
    return reply_still_get_care(turn, core) if is_just_told(turn, core) else not_of_newborn(turn, core)


def _picked(turn: Turn, core: Core) -> Reply | None:
    """One of a choice, of groups, or of a list that was read, by name or by a number among other words."""
    if (number := _number_said(turn, core)) is not None:
        return _pick_by_number(turn, core, number)
    if turn.session.choices:
        chosen = named_choice(turn, core)
        if chosen is None:
            return not_chosen(turn, core) if points_at(turn) else None
        return answer_chosen(turn, core, chosen, _aspect(turn, core, aspect_of_choice(turn)))
    if turn.session.listed:
        return groups.pick_by_name(turn, core)
    return lists.open_by_name(turn, core) if points_at(turn) else None


def _number_said(turn: Turn, core: Core) -> str | None:
    """ "The second one", also where a carrier stands before it: "tell me more about the second one"."""
    said = {comparable(text).removesuffix(" please") for text in (turn.text, *(slot.heard for slot in turn.slots))}
    numbers = core.library.interaction.choices.items()
    return next((number for number, ways in numbers if not said.isdisjoint(map(comparable, ways))), None)


def _taken_back(turn: Turn, meant: str) -> Turn:
    """The turn with only what she means after all; the topic that she did not mean is not gone back to."""
    session = turn.session
    back = tuple(entry for entry in session.back if entry[0] != session.topic)
    return replace(turn, text=meant, heard=meant, session=session.updated(topic=None, aspect=None, back=back))


def _still_asked(turn: Turn, core: Core, meant: str) -> Aspect | None:
    """ "What helps heartburn", "no, i meant my hip": what helps that, where what she says asks nothing of its own."""
    asked = turn.session.aspect
    return Aspect(asked) if asked is not None and turn.aspect is None and core.talk.is_statement(meant) else None


def _corrected_after_alarm(turn: Turn, core: Core, meant: str) -> Reply:
    """After an urgent reply "no, my foot": what to do stands, and what she means is offered beside it. Another
    complaint by name, "i meant heartburn", is answered at once where there was no emergency.
    """
    resolution = core.resolver.resolve(_taken_back(turn, meant))
    if isinstance(resolution, NotFound) and resolution.reason == "someone_else":
        return after_care.not_her(turn, core)
    if turn.session.sign_level != Level.EMERGENCY.value and not core.talk.is_a_place(meant):
        return _about_a_symptom(_taken_back(turn, meant), core)
    if isinstance(resolution, Found) and core.article(resolution.topic) is not None:
        return reply_still_and_offer(turn, core, resolution.topic, corrected=True)
    return reply_still_get_care(turn, core)


def _still_first(turn: Turn, core: Core) -> Reply | None:
    """While an urgent reply holds: what to do once more for whatever she tells, explains or asks without naming another
    topic. One that she names is offered where she only tells of it; None where she asks about it, or about how that is
    which is talked of.
    """
    if not holds_first(turn, core) or core.talk.follows_up(turn.text) or core.talk.tells_only_details(turn.text):
        return None
    if _is_not_her(turn, core):
        return after_care.not_her(turn, core)
    asks = turn.aspect is not None or not core.talk.is_statement(turn.text)
    topic = _named(turn, core)
    sign = core.library.signs[turn.session.sign or ""]
    of_sign = turn.session.sign_level == Level.EMERGENCY.value and topic in sign.topics
    if topic is None or of_sign or core.talk.explains(turn.text):
        if asks and not is_just_told(turn, core) and _asks_about_it(turn, core):
            return None
        return reply_still_get_care(turn, core, whole=asks and sign.manner == "ordinary")
    return None if asks else reply_still_and_offer(turn, core, topic, corrected=False)


def _named(turn: Turn, core: Core) -> str | None:
    """The topic that is found, where a name of it is said."""
    resolution = core.resolver.resolve(turn)
    article = core.article(resolution.topic) if isinstance(resolution, Found) else None
    if article is None:
        return None
    said, voice = f" {comparable(turn.text)} ", core.library.voice(turn.locale)
    names = (f" {comparable(voice(name))} " in said for name in (article.name, *article.lay_names))
    return article.id if turn.names_topic or any(names) else None


def _about_a_symptom(turn: Turn, core: Core, still_asked: Aspect | None = None) -> Reply:
    follow_up = core.talk.follows_up(turn.text)
    if follow_up is not None and (turn.session.sign or turn.session.topic in core.library.names):
        return _ask_beyond(turn, core, follow_up)
    if core.talk.tells_only_details(turn.text) and (detail := _detail(turn, core)) is not None:
        return detail
    if _only_denies(turn, core) and (detail := _detail(turn, core, core.library.said.denied)) is not None:
        return detail
    resolution = _resolved(turn, core)
    if isinstance(resolution, Ambiguous) and _goes_on(turn, core) and (detail := _detail(turn, core)) is not None:
        return detail
    aspect = still_asked or _aspect(turn, core)
    if isinstance(resolution, NotFound) and core.talk.is_afraid(turn.text):
        speaker = Speaker(turn, core)
        said = (speaker.say(speaker.prompts.with_her), speaker.say(speaker.prompts.miss_first))
        reply = ask_whats_happening(turn, core, " ".join(said))
    elif isinstance(resolution, NotFound):
        reply = _not_found(turn, core, resolution)
    elif isinstance(resolution, Ambiguous):
        reply = _one_of(turn, core, resolution.topics, aspect)
    elif vague := _vague(turn, core):
        reply = _one_of(turn, core, vague, aspect)
    else:
        reply = _found(turn, core, resolution.topic, aspect)
    return _with_score(reply, resolution)


def _one_of(turn: Turn, core: Core, topics: tuple[str, ...], aspect: Aspect) -> Reply:
    """Which of them she means; after a loss, what is said in their place, or those that can be named."""
    if (gentle := loss.in_place_of(turn, core, topics)) is not None:
        return gentle
    topics = loss.can_be_named(turn, core, topics)
    if len(topics) > 1:
        return offer(turn, core, topics, aspect)
    return _found(turn, core, topics[0], aspect) if topics else not_known(turn, core)


def _goes_on(turn: Turn, core: Core) -> bool:
    """ "It's a bit red": of what is being talked about, and not of whatever else is red."""
    return not turn.names_topic and core.talk.goes_on(turn.text) and not core.talk.is_of_herself(turn.text)


def _only_denies(turn: Turn, core: Core) -> bool:
    """Whether she says that she has no sign of those she names, and nothing else."""
    if not core.talk.only_denies(turn.text):
        return False
    text = comparable(turn.text)
    denied = [mention for mention in core.rules.mentions(text) if "negated" in mention.frames]
    within = {at for mention in denied for at in range(mention.start, mention.end)}
    beside = [word for at, word in enumerate(text.split()) if at not in within]
    return bool(denied) and core.talk.are_details(beside)


def _detail(turn: Turn, core: Core, lead: Variants = ()) -> Reply | None:
    """ "Every five minutes": of what is being talked about, so when that needs a call; None where nothing is. `lead`:
    before it.
    """
    if turn.session.choices:
        return note_in_choice(turn, core)
    if is_just_told(turn, core):
        return reply_still_get_care(turn, core)
    article = core.article(turn.session.topic)
    if article is None:
        return None
    return answer_on(turn, core, article.id, Aspect.WHEN_TO_CALL, lead=Speaker(turn, core).say(lead) if lead else "")


def _found(turn: Turn, core: Core, topic: str, aspect: Aspect) -> Reply:
    if (gentle := loss.in_place_of(turn, core, (topic,))) is not None:
        return gentle
    beyond, article = core.talk.asks_beyond(turn.text), core.article(topic)
    if aspect is Aspect.RELIEF and article is not None and not says_of_medicine(turn, core, article):
        return reply_on_medicine(turn, core, topic)
    if beyond is not None and article is not None:
        return reply_beyond(turn, core, article, beyond)
    if article is not None and _is_read_already(turn, topic, aspect):
        if core.talk.asks_in_particular(turn.text):
            return reply_not_exactly(turn, core, article)
        aspect = Aspect.RELIEF if turn.aspect is None and core.talk.is_statement(turn.text) else aspect
    return answer_on(turn, core, topic, aspect, lead=loss.kind_word(turn, core))


def _is_read_already(turn: Turn, topic: str, aspect: Aspect) -> bool:
    """Whether the last answer was this one, or a later part of it."""
    session = turn.session
    return session.understood.outcome is Outcome.ANSWER and (session.topic, session.aspect) == (topic, aspect.value)


def _resolved(turn: Turn, core: Core) -> Resolution:
    """What is meant; a question about somebody else that is not understood, once more as if she asked herself."""
    resolution = core.resolver.resolve(turn)
    if isinstance(resolution, NotFound) and (subject := core.talk.subject_beyond(turn.text)) is not None:
        return _resolved_subject(turn, core, subject)
    if core.talk.asks_about_medicine(turn.text) and not _names_clearly(turn, resolution):
        return NotFound("out_of_scope", resolution.candidates)
    another = turn.session.for_another or core.talk.is_for_another(turn.text)
    if another and isinstance(resolution, NotFound) and resolution.reason == "out_of_scope":
        return core.resolver.resolve(replace(turn, text=core.talk.in_first_person(turn.text)))
    return resolution


def _names_clearly(turn: Turn, resolution: Resolution) -> bool:
    """Whether what a medicine is for was said, too: "can i take ibuprofen for my headache"."""
    return turn.names_topic or (isinstance(resolution, Found) and resolution.candidates[0].score >= CLEARLY_NAMED)


def _resolved_subject(turn: Turn, core: Core, subject: str) -> Resolution:
    """What no article has a part for, asked in words that lead nowhere: "when will i stop bleeding" is on bleeding."""
    if vague := _on_her_side(turn, core, core.talk.vague_topics(subject)):
        return Ambiguous(vague, ())
    return core.resolver.resolve(replace(turn, text=subject, slots=()))


def _vague(turn: Turn, core: Core) -> tuple[str, ...]:
    """The topics to choose from, where she states that a place hurts and nothing else, and named no topic."""
    if turn.names_topic or turn.aspect is not None or not core.talk.is_statement(turn.text):
        return ()
    return _on_her_side(turn, core, core.talk.vague_topics(turn.text))


def _on_her_side(turn: Turn, core: Core, topics: tuple[str, ...]) -> tuple[str, ...]:
    """Those that are on air, and not of the other side of the birth than hers where it is known."""
    born = is_born(turn.session.stages)
    of_other = None if born is None else "pregnancy" if born else "after-birth"
    return tuple(topic for topic in topics if (article := core.article(topic)) and article.stage != of_other)


def _with_score(reply: Reply, resolution: Resolution) -> Reply:
    if not resolution.candidates:
        return reply
    understood = reply.session.understood.updated(score=resolution.candidates[0].score)
    return replace(reply, session=reply.session.updated(understood=understood))


def ask_on(turn: Turn, core: Core) -> Reply:
    """A question without a topic of its own: about the one being talked about. After an emergency there is one answer
    to them all, and after a same-day reply to whether it is serious, or where no article is about it.
    """
    if turn.session.choices:
        return offer_again(turn, core)
    grave = turn.session.sign_level == Level.EMERGENCY.value or turn.aspect in _WHETHER_TO_CALL
    known = turn.session.topic in core.library.names
    if is_just_told(turn, core) and (grave or not known):
        return reply_still_get_care(turn, core, whole=True)
    if not known:
        speaker = Speaker(turn, core)
        return ask_whats_happening(turn, core, speaker.say(speaker.prompts.nothing_to_continue))
    return answer_on(turn, core, turn.session.topic or "", _aspect(turn, core))


def ask_how_long(turn: Turn, core: Core) -> Reply:
    """ "How long does it last" """
    return ask(turn, core) if turn.heard else _ask_beyond(turn, core, "how_long")


def ask_outlook(turn: Turn, core: Core) -> Reply:
    """ "Will it come back", "is it bad for the baby" """
    return ask(turn, core) if turn.heard else _ask_beyond(turn, core, "outlook")


def ask_fault(turn: Turn, core: Core) -> Reply:
    """ "Is it my fault" """
    return ask(turn, core) if turn.heard else _ask_beyond(turn, core, "fault")


def _ask_beyond(turn: Turn, core: Core, asked: BeyondName) -> Reply:
    """About the one being talked about; after an urgent reply: what to do, and what the sign says of it."""
    if (gentle := loss.reply_on_it(turn, core, asked)) is not None:
        return gentle
    if is_just_told(turn, core):
        return reply_why_to_call(turn, core) if asked == "outlook" else reply_still_get_care(turn, core)
    article = core.article(turn.session.topic)
    return ask_on(turn, core) if article is None else reply_beyond(turn, core, article, asked)


def choose(turn: Turn, core: Core) -> Reply:
    """ "The second one", "both", "the pubic one": of what was offered or read last."""
    slot = turn.slot("choice")
    if slot is None or not slot.ids:
        return ask(turn, core)
    return _pick_by_number(turn, core, slot.ids[0])


def ask_group(turn: Turn, core: Core) -> Reply:
    """ "The skin group"; what is no group after all is a question like any other."""
    return groups.open_group(turn, core) or ask(turn, core)


def _pick_by_number(turn: Turn, core: Core, which: str) -> Reply:
    if turn.session.choices:
        return choose_by_number(turn, core, which)
    if (waiting := lists.open_waiting(turn, core, which)) is not None:
        return waiting
    if is_just_told(turn, core):
        return reply_still_get_care(turn, core)
    if which == lists.OTHER and (other := choose_other(turn, core)) is not None:
        return other
    if (listed := groups.pick_by_number(turn, core, which)) is not None:
        return listed
    return lists.open_by_number(turn, core, which)


def _aspect(turn: Turn, core: Core, otherwise: str | None = None) -> Aspect:
    """What the intent stands for, else what her words ask for; a bare complaint is answered with its causes."""
    if turn.aspect == Aspect.RELIEF and core.talk.asks_how_to_tell(turn.text):
        return Aspect.SUMMARY
    if turn.aspect is not None:
        return Aspect(turn.aspect)
    if core.talk.asks_what_if(turn.text):
        return Aspect.WHEN_TO_CALL
    return core.aspect_of(turn.text) or Aspect(otherwise or Aspect.CAUSES)


def _not_found(turn: Turn, core: Core, resolution: NotFound) -> Reply:
    if turn.session.choices:
        return not_chosen(turn, core)
    if is_just_told(turn, core) or (stands_by(turn, core) and resolution.reason in {"far", "unwritten"}):
        return reply_still_get_care(turn, core)
    if core.talk.asks_about_medicine(turn.text):
        return reply_on_medicine(turn, core, turn.session.topic)
    if (topic := _of_what_may_come(turn, core)) is not None:
        return answer_on(turn, core, topic, Aspect.WHEN_TO_CALL)
    article = core.article(turn.session.topic)
    if article is None or resolution.reason in _NEVER_ABOUT_IT:
        return not_known(turn, core, resolution.reason)
    return _on_topic(turn, core, article)


def _of_what_may_come(turn: Turn, core: Core) -> str | None:
    """ "What if the cord comes out": the article that the sign belongs to; None where no sign is asked about."""
    if not core.talk.asks_what_if(turn.text):
        return None
    verdict = core.rules.asked_about(turn.text, frozenset(turn.session.stages))
    topics = core.library.signs[verdict.sign].topics if verdict is not None else ()
    return next((topic for topic in topics if topic in core.library.names), None)


def _is_not_her(turn: Turn, core: Core) -> bool:
    """ "Not me, my dog": straight after an urgent reply. "My husband is here" denies nothing."""
    resolution = core.resolver.resolve(turn)
    another = isinstance(resolution, NotFound) and resolution.reason == "someone_else"
    return is_just_told(turn, core) and another and core.talk.is_denial(turn.text)


def _on_topic(turn: Turn, core: Core, article: Article) -> Reply:
    """What was not found may be about the topic being talked about."""
    if _asks_about_it(turn, core):
        aspect = core.aspect_of(turn.text)
        return _found(turn, core, article.id, aspect) if aspect else reply_not_in_article(turn, core, article)
    answered = turn.session.understood.outcome is Outcome.ANSWER and not turn.session.lost
    if answered and core.talk.asks_in_particular(turn.text):
        return reply_not_exactly(turn, core, article)
    return not_known(turn, core)


def _asks_about_it(turn: Turn, core: Core) -> bool:
    """A short question with "it" and no symptom of its own is about the one being talked about."""
    words = comparable(turn.text).split()
    refers = not {"it", "this", "that", "they"}.isdisjoint(words) or core.talk.asks_about_it(turn.text)
    return len(words) <= _LONGEST_FOLLOW_UP and refers and not core.talk.is_statement(turn.text)
