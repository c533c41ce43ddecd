"""What the scripts of the bench ask for: JSON in the body of a POST, JSON or sound back."""

from __future__ import annotations

from typing import Annotated

from flask import Blueprint, Response, jsonify, request
from pydantic import BaseModel, ConfigDict, Field

from skill.bench.profile import ProfileAsked, profile
from skill.bench.road import Road
from skill.bench.save import SaveAsked, save_as_test
from skill.bench.shelf import search
from skill.bench.turn import TurnAsked, take_turn
from skill.bench.voice import wav
from skill.bench.words import WordsAsked, carried
from skill.web.json_errors import read_json


class SpeechAsked(BaseModel):
    """What is to be heard."""

    model_config = ConfigDict(extra="forbid")

    ssml: Annotated[str, Field(max_length=9000)]
    locale: Annotated[str, Field(max_length=10)] = "en-US"
    rate: int = 160
    """Words a minute."""


class SearchAsked(BaseModel):
    """Words as people ask."""

    model_config = ConfigDict(extra="forbid")

    text: Annotated[str, Field(max_length=1000)]
    locale: Annotated[str, Field(max_length=10)] = "en-US"


def add_actions(routes: Blueprint, road: Road) -> None:
    """Every POST of the bench."""

    @routes.post("/turn")
    def turn() -> Response:
        return jsonify(take_turn(road, read_json(request, TurnAsked)))

    @routes.post("/words")
    def words() -> Response:
        return jsonify(carried(road.core(), read_json(request, WordsAsked)))

    @routes.post("/speech")
    def speech() -> Response:
        asked = read_json(request, SpeechAsked)
        return Response(wav(asked.ssml, asked.locale, asked.rate), mimetype="audio/wav")

    @routes.post("/save")
    def save() -> Response:
        return jsonify(save_as_test(road, read_json(request, SaveAsked))._asdict())

    @routes.post("/profile")
    def profiler_rows() -> Response:
        return jsonify(rows=profile(road, read_json(request, ProfileAsked)))

    @routes.post("/search")
    def found() -> Response:
        asked = read_json(request, SearchAsked)
        return jsonify(search(road.core(), asked.text, asked.locale))
