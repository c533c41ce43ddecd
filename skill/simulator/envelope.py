"""What was heard → the JSON that Alexa would send. Nothing here knows our content: it serves any skill's model."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from skill.simulator.hear import Heard, HeardSlot

Json = dict[str, Any]

DEFAULT_SKILL_ID = "amzn1.ask.skill.00000000-0000-0000-0000-000000000000"


def new_session_id() -> str:
    """A session id of Alexa's shape, anew for every session."""
    return f"amzn1.echo-api.session.{uuid.uuid4()}"


@dataclass(frozen=True)
class Viewport:
    """A screen, as `context.Viewport` describes it (ask-sdk-model, interfaces.viewport)."""

    mode: str
    """HUB or TV."""
    shape: str
    """RECTANGLE or ROUND."""
    width: int
    """Pixels."""
    height: int
    """Pixels."""
    dpi: int
    touch: bool = True


@dataclass(frozen=True)
class Device:
    """One pretended device and its user; ids are Alexa's in shape and nobody's in truth."""

    locale: str = "en-US"
    skill_id: str = DEFAULT_SKILL_ID
    screen: bool = False
    viewport: Viewport | None = None
    """Of a screen; None where only its being there is told."""
    user_id: str = "amzn1.ask.account.SIMULATED"
    device_id: str = "amzn1.ask.device.SIMULATED"
    session_id: str = field(default_factory=new_session_id)


def launch_envelope(device: Device, attributes: Mapping[str, Any], *, new: bool = True) -> Json:
    """The skill is opened without a question."""
    return _envelope(device, attributes, new, {"type": "LaunchRequest"})


def intent_envelope(device: Device, heard: Heard, attributes: Mapping[str, Any], *, new: bool, elicited: bool) -> Json:
    """An utterance was heard as an intent with its slots."""
    intent: Json = {
        "name": heard.intent,
        "confirmationStatus": "NONE",
        "slots": {slot.name: filled_slot(slot, device.skill_id) for slot in heard.slots},
    }
    return intent_request(device, intent, attributes, new=new, dialog_state="IN_PROGRESS" if elicited else None)


def intent_request(
    device: Device, intent: Json, attributes: Mapping[str, Any], *, new: bool, dialog_state: str | None
) -> Json:
    """An intent's JSON, sent; the dialog state only where a dialog is going on."""
    request: Json = {"type": "IntentRequest", "intent": intent}
    if dialog_state:
        request["dialogState"] = dialog_state
    return _envelope(device, attributes, new, request)


def touch_envelope(device: Device, arguments: Sequence[str | int], attributes: Mapping[str, Any], *, new: bool) -> Json:
    """Something on the screen was touched that sends these arguments (interface Alexa.Presentation.APL)."""
    request = {
        "type": "Alexa.Presentation.APL.UserEvent",
        "token": "simulated",
        "arguments": list(arguments),
        "source": {"type": "TouchWrapper", "handler": "Press"},
        "components": {},
    }
    return _envelope(device, attributes, new, request)


def ended_envelope(device: Device, attributes: Mapping[str, Any], reason: str = "EXCEEDED_MAX_REPROMPTS") -> Json:
    """The session is over for a reason that is not ours."""
    return _envelope(device, attributes, False, {"type": "SessionEndedRequest", "reason": reason})


def filled_slot(slot: HeardSlot, skill_id: str) -> Json:
    """A slot's JSON with what was heard in it."""
    data: Json = {
        "name": slot.name,
        "value": slot.value,
        "confirmationStatus": "NONE",
        "source": "USER",
        "slotValue": {"type": "Simple", "value": slot.value},
    }
    if slot.resolution is not None:
        authority: Json = {
            "authority": f"amzn1.er-authority.echo-sdk.{skill_id}.{slot.type}",
            "status": {"code": slot.resolution.code},
        }
        if slot.resolution.values:
            authority["values"] = [
                {"value": {"name": name, **({"id": value_id} if value_id else {})}}
                for value_id, name in slot.resolution.values
            ]
        data["resolutions"] = {"resolutionsPerAuthority": [authority]}
        data["slotValue"]["resolutions"] = data["resolutions"]
    return data


def _envelope(device: Device, attributes: Mapping[str, Any], new: bool, request: Json) -> Json:
    application = {"applicationId": device.skill_id}
    user = {"userId": device.user_id}
    interfaces = {"Alexa.Presentation.APL": {"runtime": {"maxVersion": "2024.3"}}} if device.screen else {}
    return {
        "version": "1.0",
        "session": {
            "new": new,
            "sessionId": device.session_id,
            "application": application,
            "attributes": dict(attributes),
            "user": user,
        },
        "context": {
            "System": {
                "application": application,
                "user": user,
                "device": {"deviceId": device.device_id, "supportedInterfaces": interfaces},
                "apiEndpoint": "https://api.amazonalexa.com",
                "apiAccessToken": "simulated",
            },
            **_viewport(device.viewport),
        },
        "request": {
            "requestId": f"amzn1.echo-api.request.{uuid.uuid4()}",
            "locale": device.locale,
            "timestamp": datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
            **request,
        },
    }


def _viewport(viewport: Viewport | None) -> Json:
    if viewport is None:
        return {}
    size = {"pixelWidth": viewport.width, "pixelHeight": viewport.height}
    current = {"currentPixelWidth": viewport.width, "currentPixelHeight": viewport.height}
    touch = ["SINGLE"] if viewport.touch else []
    return {
        "Viewport": {
            "mode": viewport.mode, "shape": viewport.shape, "dpi": viewport.dpi, "touch": touch, **size, **current,
        }
    }  # fmt: skip
