"""The reasons for which a visit of the rota was not made, as they stand in the slot and in reports."""

import pytest

from icv_app import slot_reasons
from icv_app.errors import InvalidInput
from icv_app.interchange_folder import interchange
from icv_app.rotas import eligibility


@pytest.mark.parametrize(
    ("given", "told"),
    [
        (("missed", "no_partner"), "No partner"),
        (("missed", "severe_weather", "Snow on all roads"), "Severe weather: Snow on all roads"),
        (("cancelled", "other_training", "", "dog_unit"), "Cancelled by the Dog Unit: Other training requirements"),
        (("cancelled", "weather"), "Weather"),
        (("cancelled", "other", " A  fire\nalarm ", "police"), "Cancelled by the police: A fire alarm"),
        (("withdrawn", "suite_closed"), "Suite closed"),
    ],
)
def test_a_reason_reads_as_a_person_would_write_it(given, told):
    assert slot_reasons.words(*given) == told


@pytest.mark.parametrize(
    ("given", "code"),
    [
        (("completed", "other"), "status"), (("missed", "other_training"), "reason"),
        (("cancelled", "weather", "", "the boss"), "reason"), (("missed", "other", "  "), "words"),
        (("missed", "no_partner", "x" * 301), "words"),
    ],
)  # fmt: skip
def test_what_is_no_reason_is_refused(given, code):
    with pytest.raises(InvalidInput, check=lambda error: error.code == code):
        slot_reasons.words(*given)


def test_every_status_of_a_slot_that_was_not_made_has_its_reasons():
    assert set(slot_reasons.OF_STATUS) == set(interchange.SLOTS.column("status").allowed) - {"planned", "completed"}


def test_every_status_of_a_volunteer_lets_them_go_or_says_why_not():
    known = {*eligibility._GONE, eligibility.ACTIVE, eligibility.LEARNING}
    assert known == set(interchange.VISITORS.column("status").allowed)


def test_every_form_is_for_visitors_of_some_role():
    assert set(eligibility.ROLE_FOR) == set(interchange.FORMS)
