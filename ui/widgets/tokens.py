"""The colours of the window by their use, light and dark; the contrast of every pair is a test."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Tokens:
    """One set of colours, each "#rrggbb". The pairs that carry words reach 7:1, edges of controls 3:1."""

    name: str  # "light" or "dark"; also the ending of the icons' file names
    page: str  # behind everything
    panel: str  # a quiet second surface: help, table heads
    ink: str
    hint: str
    line: str  # hairlines that only divide
    box: str  # the edge of a control
    brand: str  # what can be pressed
    on_brand: str
    brand_down: str
    selected: str
    error: str
    good: str
    warn: str  # a calm notice that is no error
    rail: str  # the navigator
    on_rail: str
    rail_hint: str
    rail_chosen: str
    on_rail_chosen: str
    focus: str  # the ring's inside
    focus_edge: str  # the ring's outside, since yellow alone is faint on white


LIGHT = Tokens(
    name="light",
    page="#ffffff",
    panel="#eef2f6",
    ink="#0f1419",
    hint="#4a5561",
    line="#c5ced8",
    box="#5d6b78",
    brand="#12436d",
    on_brand="#ffffff",
    brand_down="#0b2c48",
    selected="#e3edf6",
    error="#a8101c",
    good="#00613a",
    warn="#6f4300",
    rail="#12436d",
    on_rail="#ffffff",
    rail_hint="#dbe7f2",
    rail_chosen="#ffffff",
    on_rail_chosen="#0f1419",
    focus="#ffdd00",
    focus_edge="#0f1419",
)

DARK = Tokens(
    name="dark",
    page="#1d2329",
    panel="#263746",
    ink="#f2f5f7",
    hint="#c3ccd5",
    line="#3d4854",
    box="#8d9aa7",
    brand="#9accf5",
    on_brand="#12212e",
    brand_down="#c4e2fa",
    selected="#263746",
    error="#ffa8a8",
    good="#86e0b0",
    warn="#ffcf7a",
    rail="#0f2a44",
    on_rail="#f2f5f7",
    rail_hint="#cfdbe6",
    rail_chosen="#263746",
    on_rail_chosen="#f2f5f7",
    focus="#ffdd00",
    focus_edge="#ffffff",
)


def contrast(one: str, other: str) -> float:
    """Return the contrast ratio of two colours, 1 to 21 (WCAG 2.2's relative luminance)."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: str) -> float:
    parts = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
