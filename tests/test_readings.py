"""Numbers as they are said, and what they measure."""

from __future__ import annotations

import pytest

from skill.readings import blood_pressures, ketones, numbers, pulses, sugars, temperatures
from skill.text import comparable


def words(text: str) -> list[str]:
    return comparable(text).split()


@pytest.mark.parametrize(
    ("said", "values"),
    [
        ("one seventy over one ten", [170, 110]),
        ("one hundred and sixty over ninety five", [160, 95]),
        ("one six five over one oh two", [165, 102]),
        ("a hundred and one", [101]),
        ("one hundred point six", [100.6]),
        ("thirty eight point five", [38.5]),
        ("thirty eight and a half", [38.5]),
        ("point nine", [0.9]),
        ("seventeen", [17]),
        ("38.5", [38.5]),
        ("no number here", []),
    ],
)
def test_reads_numbers(said: str, values: list[float]) -> None:
    assert [number.value for number in numbers(words(said))] == values


@pytest.mark.parametrize(
    ("said", "upper", "lower"),
    [
        ("my blood pressure is 170/110", 170, 110),
        ("one seventy over one ten", 170, 110),
        ("one hundred and sixty by a hundred bp", 160, 100),
        ("the top number is one sixty eight", 168, None),
        ("the bottom number is one twelve", None, 112),
        ("blood pressure one eighteen over seventy", 118, 70),
        ("my bottom blood pressure number is ninety six", None, 96),
    ],
)
def test_reads_blood_pressure(said: str, upper: float | None, lower: float | None) -> None:
    heard = words(said)
    assert [(p.upper, p.lower) for p in blood_pressures(heard, numbers(heard))] == [(upper, lower)]


def test_each_half_of_a_blood_pressure_goes_by_its_own_name() -> None:
    heard = words("diastolic ninety six systolic one thirty eight")
    assert [(p.upper, p.lower) for p in blood_pressures(heard, numbers(heard))] == [(None, 96), (138, None)]


@pytest.mark.parametrize("said", ["blood pressure at thirty six weeks", "one over two", "i am thirty over weight"])
def test_reads_no_blood_pressure_elsewhere(said: str) -> None:
    heard = words(said)
    assert not list(blood_pressures(heard, numbers(heard)))


@pytest.mark.parametrize(
    ("said", "celsius"),
    [
        ("temperature of thirty eight three", 38.3),
        ("thirty eight point five", 38.5),
        ("fever of a hundred and one", 38.33),
        ("one oh one point two on the thermometer", 38.44),
        ("temp 38.0", 38.0),
    ],
)
def test_reads_temperature(said: str, celsius: float) -> None:
    heard = words(said)
    assert [heat.value for heat in temperatures(heard, numbers(heard))] == [pytest.approx(celsius, abs=0.01)]


@pytest.mark.parametrize("said", ["i am thirty eight weeks", "thirty eight", "fever at thirty eight weeks"])
def test_weeks_are_no_temperature(said: str) -> None:
    heard = words(said)
    assert not list(temperatures(heard, numbers(heard)))


def test_reads_pulse_ketones_and_sugar() -> None:
    heard = words("my pulse is one fifty")
    assert [beat.value for beat in pulses(heard, numbers(heard))] == [150]
    heard = words("ketones are one point eight")
    assert [ketone.value for ketone in ketones(heard, numbers(heard))] == [1.8]
    heard = words("my sugar is two point four")
    assert [sugar.value for sugar in sugars(heard, numbers(heard))] == [2.4]


@pytest.mark.parametrize(
    ("said", "value"),
    [
        ("my sugar was two hundred and thirty", 230),
        ("sugar two twenty this morning", 220),
        ("glucose of three hundred and five", 305),
        ("bm is sixteen point three", 16.3),
        ("the libre says twenty one", 21),
        ("sugar seven", 7),
        ("i am type one and my sugar is one ninety", 190),
        ("two high readings and the last one was fifteen on my meter", 15),
    ],
)
def test_reads_sugar_in_both_units_and_counts_no_readings(said: str, value: float) -> None:
    heard = words(said)
    assert [sugar.value for sugar in sugars(heard, numbers(heard))] == [value]


def test_a_number_after_sugar_is_no_blood_pressure() -> None:
    heard = words("my blood pressure is fine but my sugar is two thirty")
    assert not list(blood_pressures(heard, numbers(heard)))


def test_the_baby_has_a_heartbeat_of_its_own() -> None:
    heard = words("the baby's heartbeat was one fifty at the scan")
    assert not list(pulses(heard, numbers(heard)))
