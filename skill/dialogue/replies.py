"""How a reply is put together: the answer, the disclaimer, one question; and what the session remembers of it."""

from __future__ import annotations

from dataclasses import dataclass

from skill.answers import ANSWER_WORDS, Answer
from skill.dialogue.core import Core, Speaker
from skill.library.article import Aspect, count_words
from skill.turn import ALL_GROUPS, PAUSE, WHOLE, Asked, NextUp, Outcome, Place, Reply, Session, Turn, Understood

FIRST_REPLY_WORDS, LATER_REPLY_WORDS = 105, 88
"""A reply with an answer, all of it: with the full disclaimer, and after it."""
_MOST_BACK = 5


def parts(*texts: str) -> str:
    """The parts of a reply that there are, with a breath between them."""
    return PAUSE.join(text for text in texts if text)


@dataclass(frozen=True)
class Question:
    """What is asked after an answer, instead of whether it was helpful."""

    asked: Asked
    text: str
    reprompt: str
    next_up: tuple[NextUp, ...] = ()
    """What follows where she says yes: see Session."""


def reply_with_answer(
    turn: Turn, core: Core, answer: Answer, *, lead: str = "", question: Question | None = None
) -> Reply:
    """An ordinary answer: the answer, the full disclaimer once a session and the short one after it, the rating or
    another question. `lead` goes before it where its words allow.
    """
    speaker = Speaker(turn, core)
    article = core.article(answer.topic)
    unrated = turn.session.unrated or (article is not None and article.tone == "loss")
    asks = question or (anything_else(speaker) if unrated else _rating(speaker))
    end = parts(disclaimer(turn, speaker), asks.text)
    session = _remember(turn.session, answer).updated(
        asked=asks.asked,
        token=core.new_token() if asks.asked is Asked.RATING else None,
        disclaimed=True,
        country_named=True,
        unrated=unrated,
        next_up=asks.next_up,
    )
    text = _with_lead(lead or _for_her(turn, core, speaker), answer.text, end, turn.session)
    return Reply(text=parts(text, end), session=session, reprompt=asks.reprompt)


def _rating(speaker: Speaker) -> Question:
    return Question(Asked.RATING, speaker.say(speaker.prompts.rating), speaker.say(speaker.prompts.rating_reprompt))


def anything_else(speaker: Speaker) -> Question:
    """Whether there is anything else, where no rating is asked."""
    prompts = speaker.prompts
    return Question(
        Asked.ANYTHING_ELSE, speaker.say(prompts.anything_else), speaker.say(prompts.anything_else_reprompt)
    )


def go_on_with(name: str, next_up: tuple[NextUp, ...], speaker: Speaker) -> Question:
    """Whether to go on with what is next, by the name of the first of it."""
    prompts = speaker.prompts
    asks, reprompt = (speaker.say(said, name=name) for said in (prompts.shall_i_go_on, prompts.shall_i_go_on_reprompt))
    return Question(Asked.GO_ON, asks, reprompt, next_up)


def go_on_with_topic(topic: str, aspect: Aspect, speaker: Speaker) -> Question:
    """The same with the whole answer on another topic."""
    return go_on_with(speaker.name(topic), ((topic, aspect.value, WHOLE),), speaker)


def _for_her(turn: Turn, core: Core, speaker: Speaker) -> str:
    return (
        speaker.say(speaker.prompts.for_her) if turn.session.for_another or core.talk.is_for_another(turn.text) else ""
    )


def _with_lead(lead: str, text: str, end: str, session: Session) -> str:
    """The lead and the answer, where the budgets of both answer and reply allow; else the answer alone."""
    most = LATER_REPLY_WORDS if session.disclaimed else FIRST_REPLY_WORDS
    fits = count_words(f"{lead} {text}") <= ANSWER_WORDS and count_words(f"{lead} {text} {end}") <= most
    return f"{lead} {text}" if lead and fits else text


def disclaimer(turn: Turn, speaker: Speaker) -> str:
    """The full one in the session's first answer, a short one after that, never none."""
    return short_disclaimer(turn, speaker) if turn.session.disclaimed else speaker.say(speaker.prompts.disclaimer_full)


def short_disclaimer(turn: Turn, speaker: Speaker) -> str:
    """Its first variant until the full one was said: the others say "again"."""
    said = speaker.prompts.disclaimer_short
    return speaker.say(said if turn.session.disclaimed else said[:1])


def in_short_disclaimed(turn: Turn, core: Core, text: str) -> str:
    """The text of a reply with the short disclaimer in place of the full one."""
    speaker = Speaker(turn, core)
    return text.replace(disclaimer(turn, speaker), short_disclaimer(turn, speaker))


def reply_again(turn: Turn, core: Core, text: str, *, understood: Understood | None = None) -> Reply:
    """Something that was said already, or a part of it, with the short disclaimer."""
    speaker = Speaker(turn, core)
    about = Understood(outcome=Outcome.ANSWER, topic=turn.session.topic, aspect=turn.session.aspect)
    return reply_and_ask(turn, core, parts(text, short_disclaimer(turn, speaker)), understood=understood or about)


def reply_and_ask(turn: Turn, core: Core, text: str, *, understood: Understood | None = None) -> Reply:
    """Something said, and whether there is anything else."""
    speaker = Speaker(turn, core)
    return Reply(
        text=parts(text, speaker.say(speaker.prompts.anything_else)),
        session=next_turn(turn.session).updated(asked=Asked.ANYTHING_ELSE, understood=understood or Understood()),
        reprompt=speaker.say(speaker.prompts.anything_else_reprompt),
    )


def ask_anything_else(turn: Turn, core: Core, text: str) -> Reply:
    """A prompt that itself ends with whether there is anything else."""
    speaker = Speaker(turn, core)
    return Reply(
        text=text,
        session=next_turn(turn.session).updated(asked=Asked.ANYTHING_ELSE, understood=Understood()),
        reprompt=speaker.say(speaker.prompts.anything_else_reprompt),
    )


def ask_openly(turn: Turn, core: Core, text: str, reprompt: str, understood: Understood | None = None) -> Reply:
    """A prompt that ends with an open question: the whole next sentence is delivered as the complaint."""
    session = next_turn(turn.session).updated(asked=Asked.OPEN, understood=understood or Understood())
    return Reply(text=text, session=session, reprompt=reprompt, elicit=True)


def ask_whats_happening(turn: Turn, core: Core, text: str) -> Reply:
    """The same, where she may ask about anything."""
    speaker = Speaker(turn, core)
    return ask_openly(turn, core, text, speaker.say(speaker.prompts.launch_reprompt))


def keep_to_repeat(session: Session, text: str, *, openly: bool = False) -> Session:
    """The session with this text as what "say that again" says; `openly`: it ends with its own question."""
    return session.updated(said=text, said_as=session.understood, said_openly=openly)


def next_turn(session: Session) -> Session:
    """The session one turn later: nothing is asked, no choice is open, no rating can come."""
    return session.updated(
        turn=min(session.turn + 1, 10_000),
        asked=Asked.NOTHING,
        choices=(),
        choice_aspect=None,
        choice_misses=0,
        listed=(),
        next_up=(),
        not_taken=(),
        token=None,
        misses=0,
        shortened=False,
        insisted=0,
    )


def places_left(session: Session) -> tuple[Place, ...]:
    """Where earlier answers stood, and the last one: what "go back" leads to once something else is said."""
    here = place_of(session)
    return session.back if here is None or session.back[-1:] == (here,) else (*session.back, here)[-_MOST_BACK:]


def place_of(session: Session) -> Place | None:
    """Where the last answer stood, or the list of groups or of a group's topics that was read since; None where there
    was neither.
    """
    if is_listing(session):
        return (session.group or ALL_GROUPS, Aspect.TOPIC_LIST.value, session.page)
    return (session.topic, session.aspect, session.page) if session.topic and session.aspect else None


def is_listing(session: Session) -> bool:
    """Whether the last turn read groups or topics of a group."""
    return session.understood.aspect == Aspect.TOPIC_LIST


def _remember(session: Session, answer: Answer) -> Session:
    stays = place_of(session) == (answer.topic, answer.aspect.value, answer.page) and not answer.opened
    back = session.back if stays else places_left(session)
    session = next_turn(session).updated(
        understood=Understood(outcome=Outcome.ANSWER, topic=answer.topic, aspect=answer.aspect.value),
        topic=answer.topic,
        aspect=answer.aspect.value,
        page=answer.page,
        back=back,
    )
    return keep_to_repeat(session, answer.text)


def aspect_now(session: Session) -> Aspect:
    """The aspect being talked about."""
    return Aspect(session.aspect) if session.aspect in {aspect.value for aspect in Aspect} else Aspect.CAUSES
