"""Text made safe to print."""

from hypothesis import given, settings
from hypothesis import strategies as st

from reports import plain


def test_pasted_signs_become_ones_that_the_font_can_draw():
    drawable = {ord(letter) for letter in "abcdefghijklmnopqrstuvwxyzé ->?"}
    assert plain.clean("caf\u0065\u0301 \u2192 \u1e3f \U0001f46e\u200b", drawable) == "café -> m ?"


@settings(max_examples=200, deadline=None)
@given(st.text())
def test_cleaned_text_holds_nothing_but_what_can_be_drawn(text):
    drawable = set(range(32, 127))
    assert all(letter == "\n" or ord(letter) in drawable for letter in plain.clean(text, drawable))


@settings(max_examples=200, deadline=None)
@given(st.text(alphabet="<>&abr/;\"'\n =", max_size=60))
def test_no_text_opens_a_tag(text):
    marked = plain.markup(text).replace("<br/>", "")
    assert "<" not in marked
    assert ">" not in marked


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=80), st.integers(1, 40))
def test_a_shortened_text_is_never_longer_than_asked(text, longest):
    assert len(plain.shortened(text, longest)) <= longest
