"""Plain text to SSML: escaped in one place, numbers said digit by digit, always well-formed."""

from __future__ import annotations

from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from skill.alexa.speech import to_ssml
from skill.simulator.converse import plain


def words(ssml: str) -> str:
    return " ".join("".join(ElementTree.fromstring(f"<speak>{ssml}</speak>").itertext()).split())  # noqa: S314


@pytest.mark.parametrize(
    ("text", "number", "tag"),
    [
        ("Call 911 now.", "911", '<say-as interpret-as="digits">911</say-as>'),
        ("Call 999.", "999", '<say-as interpret-as="digits">999</say-as>.'),
        ("Call 000 now.", "000", '<sub alias="triple zero">000</sub>'),
        ("Ring 1 833 852 6262 now.", "1 833 852 6262", '<say-as interpret-as="telephone">1 833 852 6262</say-as>'),
    ],
)
def test_numbers_of_care_lines_are_said_as_numbers_to_call(text: str, number: str, tag: str) -> None:
    assert tag in to_ssml(text, [number])


def test_a_number_inside_another_is_left_alone() -> None:
    assert "say-as" not in to_ssml("19991 and 999.5", ["999"])


def test_markup_in_a_text_is_spoken_not_obeyed() -> None:
    assert to_ssml('<audio src="x"/> & "more"') == '&lt;audio src="x"/&gt; &amp; "more"'


def test_a_person_breathes_between_the_parts() -> None:
    assert to_ssml("An answer. More.\nA question?") == (
        'An answer. <break strength="medium"/>More. <break strength="strong"/>A question?'
    )


def test_slow_speech_wraps_the_whole() -> None:
    assert to_ssml("Again.", slow=True) == '<prosody rate="70%">Again.</prosody>'


@given(st.text(), st.lists(st.sampled_from(["911", "999", "000", "1 800 222 1222"])), st.booleans())
def test_any_text_gives_well_formed_ssml(text: str, numbers: list[str], slow: bool) -> None:
    ElementTree.fromstring(f"<speak>{to_ssml(text, numbers, slow=slow)}</speak>")  # noqa: S314


@given(st.text(alphabet="abc .?!&<>'\"019"))
def test_what_is_heard_is_what_was_written(text: str) -> None:
    assert words(to_ssml(text, ["911", "999"])) == " ".join(text.split())
    assert plain(f"<speak>{to_ssml(text, ['911'])}</speak>") == " ".join(text.split())
