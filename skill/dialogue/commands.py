"""Launch, help, stop, fallback, and questions about the skill itself."""

from __future__ import annotations

from skill.answers import join, publishers, review_state
from skill.dialogue.core import Core, Speaker
from skill.dialogue.get_care import reply_still_get_care
from skill.dialogue.questions import ask
from skill.dialogue.replies import ask_openly, next_turn
from skill.library.article import Aspect
from skill.turn import Asked, Outcome, Reply, Turn, Understood

_TOPICS_AT_A_TIME = 3


def launch(turn: Turn, core: Core) -> Reply:
    """Opened without a question: short, then what's happening."""
    speaker = Speaker(turn, core)
    prompts = speaker.prompts.launch_first if turn.session.turn == 0 else speaker.prompts.launch_again
    return ask_openly(turn, core, speaker.say(prompts), speaker.say(speaker.prompts.launch_reprompt))


def help_(turn: Turn, core: Core) -> Reply:
    """How to use it, with a question at the end: certification fails a help that only repeats the welcome."""
    speaker = Speaker(turn, core)
    text = speaker.say(speaker.prompts.help, intended_use=speaker.say(speaker.prompts.intended_use))
    return ask_openly(turn, core, text, speaker.say(speaker.prompts.help_reprompt), _about(Aspect.HELP))


def stop(turn: Turn, core: Core) -> Reply:
    """The end. After an urgent reply the last word is the call; after a loss nothing cheerful."""
    speaker = Speaker(turn, core)
    if turn.session.sign is not None:
        goodbye = speaker.prompts.goodbye_after_urgent
    elif turn.session.unrated:
        goodbye = speaker.prompts.goodbye_quiet
    else:
        goodbye = speaker.prompts.goodbye
    return Reply(speaker.say(goodbye), next_turn(turn.session).updated(understood=Understood()))


def fallback(turn: Turn, core: Core) -> Reply:
    """Nothing could be understood at all: the emergency number is named once a session."""
    if turn.session.understood.outcome is Outcome.URGENT:
        return reply_still_get_care(turn, core)
    speaker = Speaker(turn, core)
    named = turn.session.emergency_named
    prompts = speaker.prompts.fallback_again if named else speaker.prompts.fallback_first
    reply = ask_openly(
        turn,
        core,
        speaker.say(prompts, options=speaker.suggestions()),
        speaker.say(speaker.prompts.launch_reprompt),
        Understood(outcome=Outcome.UNKNOWN),
    )
    session = reply.session.updated(emergency_named=True, misses=min(turn.session.misses + 1, 1000))
    return Reply(reply.text, session, reply.reprompt, reply.elicit)


def topic_list(turn: Turn, core: Core) -> Reply:
    """What can be asked: a few at a time, the next ones each time it is asked again."""
    speaker = Speaker(turn, core)
    topics = core.on_air()
    again = turn.session.understood.aspect == Aspect.TOPIC_LIST
    start = (turn.session.page + 1) * _TOPICS_AT_A_TIME if again else 0
    here = topics[start : start + _TOPICS_AT_A_TIME]
    prompt = speaker.prompts.topic_list_more if again else speaker.prompts.topic_list
    text = speaker.say(prompt, options=speaker.options(here)) if here else speaker.say(speaker.prompts.topic_list_end)
    reply = ask_openly(turn, core, text, speaker.say(speaker.prompts.help_reprompt), _about(Aspect.TOPIC_LIST))
    return Reply(reply.text, reply.session.updated(page=start // _TOPICS_AT_A_TIME), reply.reprompt, reply.elicit)


def source(turn: Turn, core: Core) -> Reply:
    """Who says so: the publishers of the article, and truthfully whether anybody has reviewed our words."""
    speaker = Speaker(turn, core)
    article = core.article(turn.session.topic)
    if article is None:
        text = speaker.say(speaker.prompts.source_of_skill, review_state=speaker.say(speaker.prompts.review_unreviewed))
    else:
        text = speaker.say(
            speaker.prompts.source,
            name=speaker.name(article.id),
            publishers=join(publishers(article), "and"),
            review_state=review_state(article, speaker.voice, speaker.prompts, turn.session.turn),
        )
    return Reply(
        text=f"{text} {speaker.say(speaker.prompts.anything_else)}",
        session=next_turn(turn.session).updated(
            asked=Asked.ANYTHING_ELSE,
            understood=Understood(topic=article.id if article else None, aspect=Aspect.SOURCE.value),
        ),
        reprompt=speaker.say(speaker.prompts.anything_else_reprompt),
    )


def weeks(turn: Turn, core: Core) -> Reply:
    """She says how far along she is, and nothing else: kept for this session only."""
    slot = turn.slot("weeks")
    if slot is None or not slot.ids:
        return ask(turn, core)
    speaker = Speaker(turn, core)
    text = speaker.say(speaker.prompts.noted_weeks, weeks=f"{slot.heard} weeks")
    return ask_openly(turn, core, text, speaker.say(speaker.prompts.launch_reprompt))


def hello(turn: Turn, core: Core) -> Reply:
    """A greeting gets one, and the question."""
    speaker = Speaker(turn, core)
    return ask_openly(turn, core, speaker.say(speaker.prompts.hello), speaker.say(speaker.prompts.launch_reprompt))


def who_i_am(turn: Turn, core: Core) -> Reply:
    """What this is, and what it is not."""
    speaker = Speaker(turn, core)
    return ask_openly(turn, core, speaker.say(speaker.prompts.who_i_am), speaker.say(speaker.prompts.launch_reprompt))


def thanks(turn: Turn, core: Core) -> Reply:
    """Thanked; after an urgent reply the call comes first."""
    if turn.session.understood.outcome is Outcome.URGENT:
        return reply_still_get_care(turn, core)
    speaker = Speaker(turn, core)
    return Reply(
        text=speaker.say(speaker.prompts.you_are_welcome),
        session=next_turn(turn.session).updated(asked=Asked.ANYTHING_ELSE, understood=Understood()),
        reprompt=speaker.say(speaker.prompts.anything_else_reprompt),
    )


def went_wrong(turn: Turn, core: Core) -> Reply:
    """Something of ours failed: still a safe sentence."""
    speaker = Speaker(turn, core)
    return ask_openly(turn, core, speaker.say(speaker.prompts.went_wrong), speaker.say(speaker.prompts.launch_reprompt))


def _about(aspect: Aspect) -> Understood:
    return Understood(aspect=aspect.value)
