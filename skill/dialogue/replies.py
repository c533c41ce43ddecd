"""How a reply is put together: the answer, the disclaimer, one question; and what the session remembers of it."""

from __future__ import annotations

from skill.answers import Answer
from skill.dialogue.core import Core, Speaker
from skill.library.article import Aspect
from skill.turn import Asked, Outcome, Reply, Session, Turn, Understood

_MOST_BACK = 5


def reply_with_answer(turn: Turn, core: Core, answer: Answer) -> Reply:
    """An ordinary answer: the answer, the full disclaimer once a session and the short one after it, the rating."""
    speaker = Speaker(turn, core)
    article = core.article(answer.topic)
    unrated = turn.session.unrated or (article is not None and article.tone == "loss")
    question = speaker.say(speaker.prompts.anything_else if unrated else speaker.prompts.rating)
    session = _remember(turn.session, answer).updated(
        asked=Asked.ANYTHING_ELSE if unrated else Asked.RATING,
        token=None if unrated else core.new_token(),
        disclaimed=True,
        unrated=unrated,
    )
    return Reply(
        text=f"{answer.text} {disclaimer(turn, speaker)} {question}",
        session=session,
        reprompt=speaker.say(speaker.prompts.anything_else_reprompt if unrated else speaker.prompts.rating_reprompt),
    )


def disclaimer(turn: Turn, speaker: Speaker) -> str:
    """The full one in the session's first answer, a short one after that, never none."""
    return speaker.say(speaker.prompts.disclaimer_short if turn.session.disclaimed else speaker.prompts.disclaimer_full)


def reply_again(turn: Turn, core: Core, text: str, *, slow: bool = False) -> Reply:
    """The last answer once more, or a part of it, with the short disclaimer."""
    speaker = Speaker(turn, core)
    short, question = speaker.say(speaker.prompts.disclaimer_short), speaker.say(speaker.prompts.anything_else)
    return Reply(
        text=f"{text} {short} {question}",
        session=next_turn(turn.session).updated(
            asked=Asked.ANYTHING_ELSE,
            understood=Understood(outcome=Outcome.ANSWER, topic=turn.session.topic, aspect=turn.session.aspect),
        ),
        reprompt=speaker.say(speaker.prompts.anything_else_reprompt),
        slow=slow,
    )


def ask_openly(turn: Turn, core: Core, text: str, reprompt: str, understood: Understood | None = None) -> Reply:
    """A prompt that ends with an open question: the whole next sentence is delivered as the complaint."""
    session = next_turn(turn.session).updated(asked=Asked.OPEN, understood=understood or Understood())
    return Reply(text=text, session=session, reprompt=reprompt, elicit=True)


def next_turn(session: Session) -> Session:
    """The session one turn later: nothing is asked, no choice is open, no rating can come."""
    return session.updated(
        turn=min(session.turn + 1, 10_000), asked=Asked.NOTHING, choices=(), choice_aspect=None, token=None, misses=0
    )


def _remember(session: Session, answer: Answer) -> Session:
    back = session.back
    if session.topic and session.aspect and (session.topic, session.aspect) != (answer.topic, answer.aspect.value):
        back = (*back, (session.topic, session.aspect))[-_MOST_BACK:]
    return next_turn(session).updated(
        understood=Understood(outcome=Outcome.ANSWER, topic=answer.topic, aspect=answer.aspect.value),
        topic=answer.topic,
        aspect=answer.aspect.value,
        page=answer.page,
        back=back,
        said=answer.text,
    )


def aspect_now(session: Session) -> Aspect:
    """The aspect being talked about."""
    return Aspect(session.aspect) if session.aspect in {aspect.value for aspect in Aspect} else Aspect.CAUSES
