"""Somebody's skill over HTTP: what it is sent, how its dialogs go on, and what is said of its faults."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from ask_sdk_core.serialize import DefaultSerializer
from ask_sdk_model import RequestEnvelope
from click.testing import CliRunner
from other_skills.models import BIRTHDAY, FINDER, GUESSING, GUIDE, WEATHER, model
from other_skills.served import Served, Skill, serving, tell

from skill.cli import main
from skill.errors import InputInvalid, ModelInvalid, ServiceFailed
from skill.other_skills.bench import Bench, open_bench
from skill.other_skills.dialogs import DialogModel
from skill.other_skills.service import Service

Start = Callable[..., Bench]


@pytest.fixture
def served() -> Iterator[Served]:
    with serving() as service:
        yield service


@pytest.fixture
def bench(served: Served, tmp_path: Path) -> Callable[..., Bench]:
    """Opens the bench for a model and the skill that answers."""

    def start(model: dict[str, Any], skill: Skill) -> Bench:
        served.skill = skill
        (tmp_path / "en-GB.json").write_text(json.dumps(model))
        return open_bench(tmp_path / "en-GB.json", served.url, "en-GB", "alexa", "amzn1.ask.skill.theirs")

    return start


def intent_of(request: dict[str, Any]) -> dict[str, Any]:
    intent: dict[str, Any] = request["request"]["intent"]
    return intent


def slot_values(request: dict[str, Any]) -> dict[str, str | None]:
    return {name: slot.get("value") for name, slot in intent_of(request)["slots"].items()}


def guessing_game(request: dict[str, Any]) -> dict[str, Any]:
    """Remembers the guesses in the session."""
    if request["request"]["type"] == "LaunchRequest":
        return tell("Guess a number.", attributes={"guesses": []})
    if request["request"]["type"] != "IntentRequest":
        return {"version": "1.0", "response": {}}
    if intent_of(request)["name"] == "AMAZON.StopIntent":
        return tell("Goodbye.", ends=True)
    guesses = [*request["session"]["attributes"]["guesses"], slot_values(request)["guess"]]
    return tell(f"You guessed {', '.join(guesses)}. Another?", attributes={"guesses": guesses})


def test_a_game_is_played_with_numbers_as_digits_and_attributes_carried(bench: Start, served: Served) -> None:
    talk = bench(GUESSING, guessing_game).conversation
    said = [talk.say(each).speech for each in ("<launch>", "is it forty two", "one hundred and seven", "stop")]
    assert said == [
        "Guess a number.", "You guessed 42. Another?", "You guessed 42, 107. Another?", "Goodbye."
    ]  # fmt: skip
    assert not talk.open
    assert [request["session"]["new"] for request in served.requests] == [True, False, False, False]
    assert len({request["session"]["sessionId"] for request in served.requests}) == 1


def test_requests_are_unsigned_and_amazons_own_classes_read_them(bench: Start, served: Served) -> None:
    talk = bench(FINDER, lambda _: tell("Yes?")).conversation
    for each in ("<launch>", "a tiny plant for full sun", "help"):
        talk.say(each)
    assert not any("signature" in name for headers in served.headers for name in headers)
    for request in served.requests:
        read = DefaultSerializer().deserialize(json.dumps(request), RequestEnvelope)
        assert read.context.system.application.application_id == "amzn1.ask.skill.theirs"
        assert read.request.locale == "en-GB"


def test_every_slot_of_an_intent_is_sent_filled_or_not(bench: Start, served: Served) -> None:
    talk = bench(GUIDE, lambda _: tell("Here you are.")).conversation
    talk.say("<oneshot> show me a sight within five miles")
    talk.say("look up old churches by the river")
    assert slot_values(served.requests[0]) == {"miles": "5", "day": None}
    assert slot_values(served.requests[1]) == {"what": "old churches by the river"}
    assert "dialogState" not in served.requests[0]["request"]


def test_a_date_beside_a_city_is_sent_as_a_date(bench: Start, served: Served) -> None:
    talk = bench(WEATHER, lambda _: tell("Rain.")).conversation
    talk.say("<oneshot> weather in Boston tomorrow")
    sent = slot_values(served.requests[0])
    assert sent["city"] == "boston"
    assert date.fromisoformat(sent["day"] or "") > date(2026, 1, 1)


def delegating(request: dict[str, Any]) -> dict[str, Any]:
    """Leaves the dialog to the device, as samples do: without saying whether the session ends."""
    if request["request"].get("dialogState") in ("STARTED", "IN_PROGRESS"):
        return {"version": "1.0", "response": {"directives": [{"type": "Dialog.Delegate"}]}}
    intent = intent_of(request)
    return tell(
        f"{intent['confirmationStatus']} {slot_values(request)['light']} {slot_values(request)['size']}", ends=True
    )


def test_a_delegated_dialog_is_asked_by_the_device_and_sent_when_complete(bench: Start, served: Served) -> None:
    talk = bench(FINDER, delegating).conversation
    said = ["find a plant", "a dark corner", "tiny", "no", "tall", "yes", "yes"]
    replies = [talk.say(each).speech for each in said]
    assert replies == [
        "How much light is there?", "How big?", "A tiny one, yes?", "How big?", "A tall one, yes?",
        "A tall plant for a dark corner?", "CONFIRMED a dark corner tall",
    ]  # fmt: skip
    assert [request["request"]["dialogState"] for request in served.requests] == ["STARTED", "COMPLETED"]
    light = intent_of(served.requests[1])["slots"]["light"]
    assert light["resolutions"]["resolutionsPerAuthority"][0]["values"][0]["value"]["id"] == "shade"
    assert intent_of(served.requests[1])["slots"]["size"]["confirmationStatus"] == "CONFIRMED"


def test_an_intent_that_alexa_delegates_arrives_complete(bench: Start, served: Served) -> None:
    talk = bench(BIRTHDAY, lambda request: tell(str(slot_values(request)), ends=True)).conversation
    assert talk.say("<oneshot> my birthday").speech == "What is the month?"
    assert talk.say("november").speech == "What is the year?"
    assert "nothing was sent" in talk.notes[0]
    assert served.requests == []
    assert talk.say("nineteen eighty four").speech == "{'month': 'november', 'year': '1984'}"
    assert served.requests[0]["request"]["dialogState"] == "COMPLETED"
    assert served.requests[0]["session"]["new"] is True


def eliciting(request: dict[str, Any]) -> dict[str, Any]:
    """Asks for the size by itself, then has it confirmed."""
    size = intent_of(request)["slots"]["size"]
    if not size.get("value"):
        return tell("Small or tall?", directives=[{"type": "Dialog.ElicitSlot", "slotToElicit": "size"}])
    if size["confirmationStatus"] == "NONE":
        return tell("Sure?", directives=[{"type": "Dialog.ConfirmSlot", "slotToConfirm": "size"}])
    return tell(f"{size['value']}: {size['confirmationStatus']}")


@pytest.mark.parametrize(("answer", "status"), [("yes please", "CONFIRMED"), ("nope", "DENIED")])
def test_a_slot_that_the_skill_asks_for_is_filled_and_confirmed(
    bench: Start, served: Served, answer: str, status: str
) -> None:
    talk = bench(FINDER, eliciting).conversation
    replies = [talk.say(each).speech for each in ("find a plant", "tiny", answer)]
    assert replies == ["Small or tall?", "Sure?", f"tiny: {status}"]
    assert [request["request"]["dialogState"] for request in served.requests] == [
        "STARTED",
        "IN_PROGRESS",
        "IN_PROGRESS",
    ]


def test_another_intent_leaves_the_dialog(bench: Start, served: Served) -> None:
    talk = bench(FINDER, lambda request: eliciting(request) if "size" in str(request) else tell("Help.")).conversation
    talk.say("find a plant")
    assert talk.say("help").speech == "Help."
    assert intent_of(served.requests[-1])["name"] == "AMAZON.HelpIntent"


def test_a_launch_may_begin_a_dialog_with_an_updated_intent(bench: Start, served: Served) -> None:
    def skill(request: dict[str, Any]) -> dict[str, Any]:
        if request["request"]["type"] == "LaunchRequest":
            updated = {"name": "FindPlantIntent", "slots": {"light": {"name": "light", "value": "sun"}}}
            directive = {"type": "Dialog.ElicitSlot", "slotToElicit": "size", "updatedIntent": updated}
            return tell("How big?", directives=[directive])
        return tell(str(slot_values(request)))

    talk = bench(FINDER, skill).conversation
    talk.say("<launch>")
    assert talk.say("tall").speech == "{'light': 'sun', 'size': 'tall', 'country': None}"


def test_a_directive_for_what_the_model_does_not_have_is_said(bench: Start) -> None:
    directives = [
        {"type": "Dialog.ElicitSlot", "slotToElicit": "colour"},
        {"type": "Dialog.ElicitSlot", "slotToElicit": "x", "updatedIntent": {"name": "NoIntent"}},
        {"type": "Dialog.UpdateDynamicEntities"},
    ]
    talk = bench(FINDER, lambda _: tell("Hm?", directives=directives)).conversation
    talk.say("find a plant")
    assert [note.split(" ")[0] for note in talk.notes] == [
        "Dialog.ElicitSlot",
        "updatedIntent",
        "Dialog.UpdateDynamicEntities",
    ]
    assert talk.say("tall").heard is not None


FAILING = {
    "an error page": (
        (500, "text/html; charset=utf-8", b"<h1>Internal\nServer Error</h1>"),
        ["500", "text/html", "Internal Server Error"],
    ),
    "no json": ((200, "text/plain", b"hello"), ["200", "no JSON", "text/plain", "hello"]),
    "an empty body": ((204, "text/plain", b""), ["204", "empty"]),
    "a list": ((200, "application/json", b"[1]"), ["no object"]),
    "no response": ({"version": "1.0"}, ['no object "response"']),
    "speech that is text": (
        {"response": {"outputSpeech": "hi", "directives": {}}},
        ["outputSpeech is no object", "directives is no list"],
    ),
}


@pytest.mark.parametrize("name", FAILING)
def test_what_the_service_did_is_said_without_a_traceback(name: str, bench: Start) -> None:
    given, words = FAILING[name]
    talk = bench(GUESSING, lambda _: given).conversation
    with pytest.raises(ServiceFailed) as caught:
        talk.say("<launch>")
    assert [word for word in words if word not in str(caught.value)] == []


def test_a_bad_answer_to_the_end_of_a_session_is_only_noted(bench: Start, served: Served) -> None:
    ended = (200, "text/plain", b"")
    talk = bench(
        GUESSING, lambda request: ended if request["request"]["type"] == "SessionEndedRequest" else tell("Hm?")
    ).conversation
    replies = [talk.say(each) for each in ("<launch>", "<silence>", "<silence>")]
    assert replies[-1].ends
    assert served.requests[-1]["request"]["reason"] == "EXCEEDED_MAX_REPROMPTS"
    assert "at the end of the session" in talk.notes[0]


def test_a_service_that_is_not_there_is_said() -> None:
    with pytest.raises(ServiceFailed, match=r"127\.0\.0\.1:1/ cannot be reached: .*refused"):
        Service("http://127.0.0.1:1/")({})


def test_an_address_that_is_none_is_refused() -> None:
    with pytest.raises(InputInvalid, match="http://"):
        Service("localhost:3000")


def test_how_amazons_types_are_taken_is_said_before(bench: Start) -> None:
    notes = "\n".join(bench(GUIDE, tell).notes)
    assert "AMAZON.NUMBER takes number words" in notes
    assert "AMAZON.DATE" in notes
    assert "AMAZON.SearchQuery" in notes
    notes = "\n".join(bench(FINDER, tell).notes)
    assert "AMAZON.Country" in notes
    assert "FindPlantIntent.light" in notes
    assert "AMAZON.NUMBER" not in notes


def test_a_dialog_section_that_cannot_be_read_names_the_place() -> None:
    broken = model("x y", [], dialog={"intents": [{"slots": []}, {"name": "A", "slots": [{"elicitationRequired": 3}]}]})
    with pytest.raises(ModelInvalid) as caught:
        DialogModel.from_json(broken, "theirs.json")
    assert "theirs.json: dialog.intents.0.name" in str(caught.value)
    assert "dialog.intents.1.slots.0.elicitationRequired" in str(caught.value)


def test_the_command_says_what_was_heard_sent_and_answered(served: Served, tmp_path: Path) -> None:
    served.skill = guessing_game
    (tmp_path / "en-AU.json").write_text(json.dumps(GUESSING))
    options = ["--model", str(tmp_path / "en-AU.json"), "--endpoint", served.url]
    done = CliRunner().invoke(main, ["simulate", *options, "--say", "seven", "--say", "stop"])
    assert done.exit_code == 0, done.output
    assert "note: AMAZON.NUMBER" in done.output
    assert "User  > seven\n        GuessIntent guess='7'\nAlexa > You guessed 7. Another?" in done.output
    assert served.requests[0]["request"]["locale"] == "en-AU"
    typed = CliRunner().invoke(main, ["simulate", *options, "--json"], input="seven\nstop\n")
    last = json.loads(typed.stdout.splitlines()[-1].removeprefix("you> "))
    assert last["ends"] is True
    assert last["request"]["session"]["attributes"] == {"guesses": ["7"]}


def test_a_failing_service_makes_the_command_fail_and_goes_on(served: Served, tmp_path: Path) -> None:
    served.skill = lambda request: (500, "text/plain", b"boom")
    (tmp_path / "m.json").write_text(json.dumps(GUESSING))
    options = ["--model", str(tmp_path / "m.json"), "--endpoint", served.url]
    done = CliRunner().invoke(main, ["simulate", *options, "--say", "<launch>", "--say", "<oneshot> seven"])
    assert done.exit_code == 1
    assert done.output.count("answered 500 with text/plain, 4 bytes: boom") == 2


def test_a_file_that_is_no_interaction_model_names_the_place(tmp_path: Path) -> None:
    (tmp_path / "m.json").write_text('{"intents": []}')
    done = CliRunner().invoke(main, ["simulate", "--model", str(tmp_path / "m.json"), "--endpoint", "http://x"])
    assert done.exit_code == 1
    assert 'm.json: the file: "interactionModel" is missing.' in done.output
