"""Requests that are not as one hopes: odd slots, events and types that we do not serve, the end of a session."""

from __future__ import annotations

import copy
from collections.abc import Iterator

from skill.certify.probe import Answer, Probe
from skill.simulator.envelope import Device, Json, ended_envelope, launch_envelope
from skill.simulator.hear import HeardSlot, Resolution

_SLOTS = {
    "ComplaintIntent": ("complaint", "Complaint"),
    "TopicIntent": ("topic", "Topic"),
    "ChooseIntent": ("choice", "Choice"),
    "WeeksIntent": ("weeks", "Weeks"),
    "GroupIntent": ("group", "Group"),
    "IHavePhraseIntent": ("phrase", "AMAZON.SearchQuery"),
}
_MARKUP = '</speak><audio src="https://example.org/x.mp3"/>&<!-- "'
_ODD_WORDS = (_MARKUP, "x" * 8000, "a " * 4000, "🤰🤰", "ظهري يؤلمني", "?!", "\x00\x07", "9" * 50)
_STATUSES = ("ER_SUCCESS_NO_MATCH", "ER_ERROR_TIMEOUT", "ER_ERROR_EXCEPTION", "ER_SOMETHING_NEW")
UNSERVED = (
    "AlexaSkillEvent.SkillEnabled", "AlexaSkillEvent.SkillDisabled", "AlexaSkillEvent.SkillAccountUnlinked",
    "System.ExceptionEncountered", "CanFulfillIntentRequest", "Connections.Response", "SessionResumedRequest",
    "Alexa.Presentation.APL.RuntimeError", "Alexa.Presentation.APL.LoadIndexListData", "Display.ElementSelected",
    "AudioPlayer.PlaybackStarted", "PlaybackController.NextCommandIssued", "Something.New",
)  # fmt: skip
"""Types of reference page "Request Types" and of the interfaces, and one that nobody knows."""
_ENDS = (
    {"reason": "USER_INITIATED"}, {"reason": "EXCEEDED_MAX_REPROMPTS"}, {"reason": "SOMETHING_NEW"},
    {"reason": "ERROR", "error": {"type": "INVALID_RESPONSE", "message": "m"}},
    {"reason": "ERROR", "error": {"type": "SOMETHING_NEW", "message": "m"}},
)  # fmt: skip


def check_slots(probe: Probe) -> None:
    """Whatever is in the slots, there is a reply, and what was said never becomes markup."""
    for intent, (name, kind) in _SLOTS.items():
        for request in _empty(probe, intent, name):
            _replies(probe, "slot-empty", probe.send(request))
        for request in _odd(probe, intent, name, kind):
            answer = probe.send(request)
            _replies(probe, "slot-odd", answer)
            escaped = "<audio" not in str(answer.body) and "<!--" not in str(answer.body)
            probe.findings.hold("ssml-escaped", escaped, answer.case("no markup of what was said", str(answer.body)))
        for request in _statuses(probe, intent, name, kind):
            _replies(probe, "slot-status", probe.send(request))


def check_requests(probe: Probe) -> None:
    """Nothing is said to events, to types that we do not know, or to a session's end."""
    for kind in UNSERVED:
        request = launch_envelope(Device(locale=probe.locale), {}, new=False)
        request["request"] |= {"type": kind, "token": "t", "arguments": ["x"], "error": {"type": "E", "message": "m"}}
        if kind.startswith("AlexaSkillEvent"):
            del request["session"]
        _silent(probe, "request-unknown", probe.send(request))
    for end in _ENDS:
        request = ended_envelope(Device(locale=probe.locale), {})
        request["request"] |= end
        _silent(probe, "session-ended", probe.send(request))


def _replies(probe: Probe, rule: str, answer: Answer) -> None:
    failed = not answer.speech or answer.speech.startswith(probe.wording.went_wrong)
    probe.findings.hold(rule, not failed, answer.case("a reply"))


def _silent(probe: Probe, rule: str, answer: Answer) -> None:
    case = answer.case("a valid response that says nothing", str(answer.response))
    probe.findings.hold(rule, answer.is_empty, case)


def _with(probe: Probe, intent: str, slots: object) -> Json:
    request = probe.envelope(intent)
    request["request"]["intent"]["slots"] = slots
    return request


def _empty(probe: Probe, intent: str, name: str) -> Iterator[Json]:
    for slots in ({}, None, {name: {"name": name, "confirmationStatus": "NONE"}}, {name: {"name": name, "value": ""}}):
        yield _with(probe, intent, slots)


def _odd(probe: Probe, intent: str, name: str, kind: str) -> Iterator[Json]:
    for words in _ODD_WORDS:
        yield probe.envelope(intent, HeardSlot(name, kind, words, Resolution("ER_SUCCESS_NO_MATCH", ())))
    yield probe.envelope(
        intent, HeardSlot(name, kind, "back pain", Resolution("ER_SUCCESS_MATCH", (("no-such", "x"),)))
    )
    yield probe.envelope(intent, HeardSlot("unexpected", "Unknown", "back pain", None))
    yield _with(probe, intent, {name: {"name": name, "slotValue": {"type": "List", "values": []}}})
    yield _with(probe, "NoSuchIntent", {name: {"name": name, "value": "back pain"}})


def _statuses(probe: Probe, intent: str, name: str, kind: str) -> Iterator[Json]:
    heard = HeardSlot(name, kind, "back pain", Resolution("ER_SUCCESS_NO_MATCH", ()))
    one = probe.envelope(intent, heard)["request"]["intent"]["slots"][name]
    for status in _STATUSES:
        slot = copy.deepcopy(one)
        slot["resolutions"]["resolutionsPerAuthority"][0]["status"]["code"] = status
        yield _with(probe, intent, {name: slot})
    matched = {
        "authority": "amzn1.er-authority.echo-sdk.dynamic", "status": {"code": "ER_SUCCESS_MATCH"},
        "values": [{"value": {"name": "back pain", "id": "back-pain"}}, {"value": {"name": "x", "id": "sciatica"}}],
    }  # fmt: skip
    several = copy.deepcopy(one)
    several["resolutions"]["resolutionsPerAuthority"].append(matched)
    yield _with(probe, intent, {name: several})
