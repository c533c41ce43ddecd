"""What a screen shows is what is said: every topic, aspect, page and sign, over the road of a reply."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import asdict

import pytest
from msgspec import structs

from skill.answers import pages
from skill.check import ASPECTS
from skill.dialogue import groups
from skill.dialogue.choices import choose_by_number, not_chosen
from skill.dialogue.core import Core
from skill.dialogue.get_care import reply_get_care
from skill.dialogue.medicines import reply_on_medicine
from skill.dialogue.questions import answer_on, offer
from skill.dialogue.still_care import reply_rest, reply_still_and_offer, reply_still_get_care
from skill.library.article import Aspect
from skill.library.locales import LOCALES
from skill.library.signs import Level
from skill.screens.compose import compose
from skill.screens.screen import Button, Kind, Page, Screen, Urgent, Verb
from skill.turn import Asked, Outcome, Reply, Session, Turn, Understood
from skill.urgent import Verdict

BESIDE = ("title", "warning_title", "warning_first", "source")
"""The topic's name, a heading and the publishers: the only words that are not said."""
QUIET = ("violence", "self-harm", "psychosis")


def turn(locale: str = "en-US", **session: object) -> Turn:
    return Turn(intent="TopicIntent", locale=locale, session=Session(**session))  # type: ignore[arg-type]


def shown(reply: Reply, core: Core, locale: str = "en-US") -> Screen:
    return compose(reply, core.library, core.library.voice(locale))


def words(text: str) -> list[str]:
    return re.findall(r"[\w']+", text.lower())


def words_of(screen: Screen) -> list[str]:
    parts = {
        name: value
        for name, value in asdict(screen).items()
        if name not in {*BESIDE, "kind", "level", "buttons", "number"}
    }
    rows = [row["text"] for row in parts.pop("rows", ())]
    return sorted(words(" ".join([*parts.values(), *rows])))


def every_answer(core: Core, locale: str) -> Iterator[tuple[str, Aspect, Reply]]:
    for topic in core.library.names:
        article = core.library.article(topic)
        assert article is not None
        for aspect in ASPECTS:
            for page in range(pages(article, aspect)):
                yield topic, aspect, answer_on(turn(locale), core, topic, aspect, page)


@pytest.mark.parametrize("locale", LOCALES)
def test_an_answer_is_shown_whole_and_with_nothing_added(locale: str, core: Core) -> None:
    """Items in a row have no "or" between them; every other word is there as often as it is said."""
    for topic, aspect, reply in every_answer(core, locale):
        screen = shown(reply, core, locale)
        assert isinstance(screen, Page)
        said, seen = words(reply.text), words_of(screen)
        if aspect is Aspect.CAUSES and screen.rows and screen.rows[0].touch:
            said.remove("or")
        assert seen == sorted(said), (topic, aspect)


def test_every_answer_shows_when_to_call_its_sources_and_that_nobody_reviewed_it(core: Core) -> None:
    for topic, aspect, reply in every_answer(core, "en-US"):
        screen = shown(reply, core)
        assert isinstance(screen, Page)
        article = core.library.article(topic)
        assert article is not None
        assert screen.title.lower() == core.library.voice("en-US")(article.name).lower()
        assert article.sources[0].publisher in screen.source
        assert "No clinician has reviewed" in screen.source
        assert "not medical advice" in screen.disclaimer
        assert screen.warning or aspect is Aspect.WHEN_TO_CALL
        assert screen.question.endswith("?")


def test_nothing_that_reassures_stands_before_the_warning(core: Core) -> None:
    for topic in core.library.names:
        screen = shown(answer_on(turn(), core, topic, Aspect.IS_IT_NORMAL), core)
        assert isinstance(screen, Page)
        assert screen.warning_first, topic


def test_what_else_it_can_be_stands_in_rows_that_can_be_opened(core: Core) -> None:
    for topic in core.library.names:
        for aspect in (Aspect.CAUSES, Aspect.DIFFERENTIALS):
            screen = shown(answer_on(turn(), core, topic, aspect), core)
            assert isinstance(screen, Page)
            assert [row.touch for row in screen.rows] == [("open", place + 1) for place in range(len(screen.rows))]
            assert len(screen.rows) >= 2, (topic, aspect)


def test_the_buttons_are_the_answers_to_the_question_and_more_where_there_is_more(core: Core) -> None:
    first = shown(answer_on(turn(), core, "back-pain", Aspect.DIFFERENTIALS), core)
    last = shown(answer_on(turn(), core, "back-pain", Aspect.DIFFERENTIALS, 1), core)
    loss = shown(answer_on(turn(unrated=True), core, "back-pain", Aspect.SUMMARY), core)
    touches = [[button.touch for button in screen.buttons] for screen in (first, last, loss)]
    assert touches == [
        [("helpful", "yes"), ("helpful", "no"), ("more",)],
        [("helpful", "yes"), ("helpful", "no")],
        [],
    ]


def test_a_choice_shows_the_topics_by_name(core: Core) -> None:
    screen = shown(offer(turn(), core, ("heartburn", "chest-pain"), Aspect.CAUSES), core)
    assert isinstance(screen, Page)
    assert screen.kind is Kind.CHOICE
    assert [(row.text, row.touch) for row in screen.rows] == [
        ("Heartburn", ("choose", "heartburn")),
        ("Chest pain", ("choose", "chest-pain")),
    ]


def test_a_choice_asks_above_its_rows_and_does_not_read_them_out_once_more(core: Core) -> None:
    """What else is said with the question stays."""
    options = ("heartburn", "chest-pain")
    first = offer(turn(), core, options, Aspect.CAUSES)
    noise = not_chosen(turn(asked=Asked.CHOICE, choices=options), core, noise=True)
    texts = [screen.text for screen in (shown(first, core), shown(noise, core)) if isinstance(screen, Page)]
    assert texts[0] == "Which one is it?"
    assert texts[1] == "Sorry, I didn't catch that. If it could be an emergency, call 911 in the US. Which one is it?"


@pytest.mark.parametrize("group", [None, "skin-and-hair"])
def test_a_list_of_topics_asks_above_its_rows_and_shows_more_until_the_last_of_them(
    group: str | None, core: Core
) -> None:
    entries = [entry.id for entry in core.library.groups] if group is None else [*core.group(group).topics]  # type: ignore[union-attr]
    reply = groups.open_at(turn(), core, group or "all", 0)
    seen: list[object] = []
    while True:
        screen = shown(reply, core)
        assert isinstance(screen, Page)
        assert screen.kind is Kind.TOPICS
        assert screen.title == ("What can I ask?" if group is None else "Skin and hair")
        assert not [row.text for row in screen.rows if row.text.lower() in screen.text.lower()]
        assert screen.text.endswith("?")
        seen += reply.session.listed
        if not screen.buttons:
            break
        assert screen.buttons == (Button("More", (Verb.MORE,)),)
        reply = groups.more(turn(**structs.asdict(reply.session)), core)
    assert seen == entries
    over = shown(groups.more(turn(**structs.asdict(reply.session)), core), core)
    assert isinstance(over, Page)
    assert over.buttons == ()
    assert over.text.startswith("Th")


def test_yes_and_no_can_be_touched_wherever_it_asks_whether_to_go_on(core: Core) -> None:
    both = choose_by_number(turn(choices=("heartburn", "chest-pain")), core, "both")
    medicine = reply_on_medicine(turn(), core, "heartburn")
    urgent = reply_still_and_offer(
        turn(**structs.asdict(urgent_reply(core, "preterm-labor-or-waters", Level.URGENT).session)),
        core,
        "foot-pain",
        corrected=False,
    )
    for reply in (both, medicine, urgent):
        assert reply.session.asked is Asked.GO_ON
        touches = [button.touch for button in shown(reply, core).buttons]
        assert touches[:2] == [("go_on", "yes"), ("go_on", "no")]


def test_a_reply_that_is_put_together_in_another_way_is_still_shown_whole(core: Core) -> None:
    reply = answer_on(turn(), core, "back-pain", Aspect.CAUSES)
    other = Reply("Quite other words, and no disclaimer. Anything else?", reply.session, reply.reprompt)
    assert words_of(shown(other, core)) == sorted(words(other.text))


def urgent_reply(core: Core, sign: str, level: Level) -> Reply:
    return reply_get_care(turn(), core, Verdict(sign=sign, level=level, because=("x",)))


def every_urgent(core: Core) -> Iterator[tuple[str, Level, Reply]]:
    for sign in core.library.signs:
        for level in Level:
            yield sign, level, urgent_reply(core, sign, level)


def test_an_urgent_reply_shows_its_action_first_and_the_number_of_it_very_large(core: Core) -> None:
    for sign, level, reply in every_urgent(core):
        if core.library.signs[sign].manner in QUIET:
            continue
        screen = shown(reply, core)
        assert isinstance(screen, Urgent), sign
        assert screen.level is level
        assert reply.text.startswith(screen.action), sign
        assert words_of(screen) == sorted(words(reply.text)), sign
        assert (screen.number == "911") is ("911" in screen.action), sign


def test_the_action_stays_on_the_screen_while_more_is_read(core: Core) -> None:
    first = urgent_reply(core, "preterm-labor-or-waters", Level.URGENT)
    for say in (reply_rest, reply_still_get_care):
        later = say(Turn(intent="AMAZON.MoreIntent", locale="en-US", session=first.session), core)
        screens = shown(first, core), shown(later, core)
        assert all(isinstance(screen, Urgent) for screen in screens)
        assert screens[0].action == screens[1].action  # type: ignore[union-attr]


def test_after_violence_self_harm_or_psychosis_only_the_action_is_shown(core: Core) -> None:
    quiet = [sign for sign in core.library.signs.values() if sign.manner in QUIET]
    assert len(quiet) >= 4
    for sign in quiet:
        first = urgent_reply(core, sign.id, sign.level)
        more = reply_rest(Turn(intent="AMAZON.MoreIntent", locale="en-US", session=first.session), core)
        named = answer_on(
            Turn(intent="TopicIntent", locale="en-US", session=more.session), core, sign.topics[0], Aspect.SUMMARY
        )
        small_talk = Reply("That is what it is about.", first.session.updated(understood=Understood()), "Yes?")
        action = core.library.voice("en-US")(sign.spoken.action)
        for reply in (first, more, named, small_talk):
            assert words_of(shown(reply, core)) == sorted(words(action)), sign.id


def test_after_violence_the_screen_is_no_alarm(core: Core) -> None:
    screen = shown(urgent_reply(core, "domestic-violence", Level.URGENT), core)
    assert isinstance(screen, Page)
    assert screen.buttons == ()


def test_after_violence_another_topic_and_the_goodbye_are_shown_as_ever(core: Core) -> None:
    session = urgent_reply(core, "domestic-violence", Level.URGENT).session
    other = answer_on(Turn(intent="TopicIntent", locale="en-US", session=session), core, "heartburn", Aspect.SUMMARY)
    goodbye = Reply("Take care.", session.updated(understood=Understood()))
    assert shown(other, core).title == "Heartburn"  # type: ignore[union-attr]
    assert words_of(shown(goodbye, core)) == ["care", "take"]


def test_where_no_number_is_known_none_is_shown(core: Core) -> None:
    reply = reply_get_care(turn("en-ZA"), core, Verdict(sign="seizure", level=Level.EMERGENCY, because=("x",)))
    screen = shown(reply, core, "en-ZA")
    assert isinstance(screen, Urgent)
    assert screen.number == ""
    assert "emergency number" in screen.action


def test_a_session_that_was_tampered_with_is_shown_without_an_error(core: Core) -> None:
    odd = Session(
        asked=Asked.CHOICE, choices=("no-such",), sign="no-such", page=900,
        understood=Understood(outcome=Outcome.ANSWER, topic="back-pain", aspect="no-such"),
    )  # fmt: skip
    assert "Hello" in words_of_text(shown(Reply("Hello. What's happening?", odd, "x"), core))


def words_of_text(screen: Screen) -> str:
    assert isinstance(screen, Page)
    return f"{screen.title} {screen.text}"
