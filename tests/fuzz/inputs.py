"""Requests to the door, made of a fuzzer's choices: six kinds, each with what the door owes them."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from chains import ADDRESS, NOW, signer
from conftest import MODELS
from fuzz.source import Source
from web.door import SKILL_ID

from skill.simulator.envelope import Device, intent_request, launch_envelope, touch_envelope

Json = dict[str, Any]
DEEP = 200
"""Levels of JSON beyond which Python's own copying gives up; the safe sentence is answer enough to such."""
STAMP = NOW.strftime("%Y-%m-%dT%H:%M:%SZ")


@dataclass(frozen=True)
class Knock:
    """One request."""

    kind: str
    headers: dict[str, bytes]
    body: bytes
    owed: str
    """refusal: 400 or 413; any: a refusal too, or a valid response; response: a valid one; words: spoken ones;
    answer: spoken ones, without a failure on the way."""


@dataclass(frozen=True)
class World:
    """What requests are made from."""

    intents: dict[str, list[tuple[str, list[tuple[str, str]]]]]
    """By locale: each intent with its slots, a slot with its type."""
    states: list[Json]
    """Session attributes that the skill itself has written."""


def load_intents() -> dict[str, list[tuple[str, list[tuple[str, str]]]]]:
    """From the committed interaction models."""
    found = {}
    for file in sorted(MODELS.glob("*.json")):
        model = json.loads(file.read_text(encoding="utf-8"))["interactionModel"]["languageModel"]
        found[file.stem] = [
            (intent["name"], [(slot["name"], slot["type"]) for slot in intent.get("slots", [])])
            for intent in model["intents"]
        ]
    return found


def knock(source: Source, world: World) -> Knock:
    """The request that these choices make."""
    make = source.pick(KINDS)
    return make(source, world)


def signed(kind: str, body: bytes, owed: str) -> Knock:
    return Knock(kind, signature(body), body, owed)


def signature(body: bytes) -> dict[str, bytes]:
    """The headers of Alexa's for this body."""
    return {"SignatureCertChainUrl": ADDRESS.encode(), "Signature-256": signer().sign(body).encode()}


def encoded(data: Any) -> bytes:
    """JSON as somebody might write it: letters as they are or as escapes, lone surrogates only as escapes."""
    return json.dumps(data).encode()


def request_of(source: Source, world: World) -> Json:
    """A request that Alexa might send: any intent in any state, in one of our locales."""
    locale = source.pick(sorted(world.intents))
    device = Device(locale=locale, skill_id=SKILL_ID, screen=bool(source.number(2)), session_id="fuzz")
    state = copy.deepcopy(source.pick(world.states))
    kind = source.number(8)
    if kind == 0:
        return _fresh(launch_envelope(device, state, new=bool(source.number(2))))
    if kind == 1:
        arguments = [source.pick(("open", "topic", "yes", "call", 1, 99)), source.text()]
        return _fresh(touch_envelope(device, arguments, state, new=False))
    name, slots = source.pick(world.intents[locale])
    intent: Json = {"name": name, "confirmationStatus": "NONE"}
    intent["slots"] = {slot: _slot(slot, of, source) for slot, of in slots}
    return _fresh(intent_request(device, intent, state, new=not state, dialog_state=None))


def _slot(name: str, kind: str, source: Source) -> Json:
    slot: Json = {"name": name, "confirmationStatus": "NONE", "value": source.text()}
    status = source.pick(("ER_SUCCESS_NO_MATCH", "ER_SUCCESS_MATCH", "ER_ERROR_TIMEOUT", "ER_SOMETHING_NEW", ""))
    if status:
        authority: Json = {"authority": f"amzn1.er-authority.echo-sdk.{SKILL_ID}.{kind}", "status": {"code": status}}
        if status == "ER_SUCCESS_MATCH":
            authority["values"] = [{"value": {"name": source.text(), "id": source.pick(("back-pain", "x", ""))}}]
        slot["resolutions"] = {"resolutionsPerAuthority": [authority]}
    return slot


def _fresh(data: Json) -> Json:
    """Sent just now and for our skill, whatever was there before."""
    request = data["request"] = data["request"] if isinstance(data.get("request"), dict) else {}
    request |= {"timestamp": STAMP, "requestId": "fuzz"}
    context = data["context"] = data["context"] if isinstance(data.get("context"), dict) else {}
    system = context["System"] = context["System"] if isinstance(context.get("System"), dict) else {}
    system["application"] = {"applicationId": SKILL_ID}
    session = data.get("session")
    if isinstance(session, dict) and isinstance(session.get("application"), dict):
        session["application"] = {"applicationId": SKILL_ID}
    return data


# -- the kinds ------------------------------------------------------------------------------------------------------


def unsigned(source: Source, world: World) -> Knock:
    """Anything at all, and nobody's signature."""
    some = source.raw(3000) * source.pick((1, 1, 1, 2000))  # now and then more than is read
    body = some if source.number(2) else encoded(request_of(source, world))
    headers = {name: source.raw(60) for name in signature(b"") if source.number(2)}
    return Knock("unsigned", headers, body, "refusal")


def bytes_signed(source: Source, _: World) -> Knock:
    """Bytes that somebody with Alexa's key signed, JSON or not."""
    return signed(
        "bytes, signed", source.pick((b"", b"[", b"{", b'{"request":')) * source.number(3) + source.raw(4000), "any"
    )


def headers_changed(source: Source, world: World) -> Knock:
    """A good request, its two headers cut, joined and sprinkled."""
    body = encoded(request_of(source, world))
    headers = signature(body)
    for name in headers:
        value = bytearray(headers[name])
        for _ in range(source.number(4)):
            at = source.number(len(value) + 1)
            value[at : at + source.number(8)] = source.raw(8) or b"="
        headers[name] = bytes(value)
    return Knock("headers", headers, body, "response" if headers == signature(body) else "any, if it is still signed")


def structure(source: Source, world: World) -> Knock:
    """A good request in which parts are taken out, put elsewhere, or replaced by any JSON."""
    data = request_of(source, world)
    for _ in range(1 + source.number(4)):
        whole = source.pick((data, data.get("request"), data.get("request"), data.get("session"), data.get("context")))
        if isinstance(whole, dict):
            _mutate(whole, source)
    return signed("structure", encoded(_fresh(data)), "response")


def state(source: Source, world: World) -> Knock:
    """A good request whose session attributes are not what we wrote."""
    data = request_of(source, world)
    attributes = data["session"]["attributes"]
    for _ in range(1 + source.number(3)):
        _mutate(attributes, source) if attributes else attributes.update({source.text()[:40]: source.value()})
    return signed("state", encoded(data), "answer" if source.deepest < DEEP else "response")


def words(source: Source, world: World) -> Knock:
    """A good request with any words in its slots."""
    return signed("words", encoded(request_of(source, world)), "answer")


KINDS: tuple[Callable[[Source, World], Knock], ...] = (unsigned, bytes_signed, headers_changed, structure, state, words)


def _mutate(whole: Json, source: Source) -> None:
    """One change somewhere in it."""
    parent: Any = whole
    while True:
        keys = list(parent) if isinstance(parent, dict) else list(range(len(parent)))
        if not keys:
            return
        key = source.pick(keys)
        below = parent[key]
        if not isinstance(below, dict | list) or not below or not source.number(3):
            break
        parent = below
    how = source.number(4)
    if how == 0:
        del parent[key]
    elif how == 1 and isinstance(parent, dict):
        parent[source.text()[:40]] = parent.pop(key)
    elif how == 2:
        parent[key] = copy.deepcopy(whole) if source.number(2) else [below, below]
    else:
        parent[key] = source.value()
