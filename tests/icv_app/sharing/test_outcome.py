"""The outcome of an exchange: its numbers and its words tell the same."""

from icv_app.sharing.outcome import told

QUIET = {
    "conflicts": 0, "verified": True, "unseen": 0, "has_hub": True, "untidy": False, "foreign": (), "quarantined": (),
    "remade": False,
}  # fmt: skip


def test_two_exchanges_in_a_row_are_told_as_one():
    first = told(**{**QUIET, "sent": 2, "received": 6, "quarantined": ("a.bad",), "remade": True})
    both = first.then(told(**QUIET, sent=5, received=0))
    assert (both.sent, both.received, both.quarantined, both.remade) == (7, 6, ("a.bad",), True)
    assert both.words.startswith("Sent 7 entries, received 6 entries.")
    assert "a.bad" in both.words


def test_what_the_second_exchange_could_not_prove_is_told():
    both = told(**QUIET, sent=2, received=0).then(told(**{**QUIET, "verified": False, "unseen": 1}, sent=1, received=0))
    assert not both.verified
    assert "1 entry could not yet be seen" in both.words


def test_the_words_count_what_people_wrote_and_the_programs_own_apart():
    both = told(**QUIET, sent=3, received=1, own_sent=2, own_received=1).then(told(**QUIET, sent=1, received=0))
    assert (both.sent, both.received) == (4, 1)
    assert both.words.startswith(
        "Sent 2 entries, received nothing. 3 more were the program’s own, such as a laptop’s log."
    )
