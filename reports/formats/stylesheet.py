"""The style sheet of an HTML document: its colours by name, light and dark, and the rules that use them."""

from typing import Final

LIGHT: Final = {
    "paper": "#ffffff", "ink": "#1a1a1a", "quiet": "#4a5560", "navy": "#12436d", "on-navy": "#ffffff",
    "tint": "#e6eef6", "rule": "#c3c9cf", "edge": "#6b757e", "focus": "#12436d",
}  # fmt: skip
DARK: Final = {
    "paper": "#15191d", "ink": "#f2f4f6", "quiet": "#b8c1c9", "navy": "#a9cbec", "on-navy": "#10161c",
    "tint": "#22303d", "rule": "#4a525a", "edge": "#8b959e", "focus": "#ffdd80",
}  # fmt: skip
"""Colours by name; `paper` lies under everything, `navy` under heads and in headings, `edge` round what can be reached
by the keyboard."""

PAIRS: Final = (
    ("ink", "paper", 4.5), ("ink", "tint", 4.5), ("quiet", "paper", 4.5), ("navy", "paper", 4.5), ("navy", "tint", 4.5),
    ("on-navy", "navy", 4.5), ("edge", "paper", 3.0), ("focus", "paper", 3.0),
)  # fmt: skip
"""What stands on what, and the contrast that it needs (WCAG 2.2, 1.4.3 and 1.4.11)."""

_RULES = """
*, ::before, ::after { box-sizing: border-box; }
html { -webkit-text-size-adjust: 100%; text-size-adjust: 100%; }
body { margin: 0; background: var(--paper); color: var(--ink); overflow-wrap: break-word;
  font: 1rem/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", Arial, sans-serif; }
header, main, footer { max-width: 62rem; margin: 0 auto; padding: 0 1.25rem; }
.marking { margin: 0; padding: .5rem 0; text-align: center; font-weight: 700; }
.scheme { margin: .75rem 0 0; }
.about { margin: 0; color: var(--navy); font-weight: 700; font-size: 1.25rem; }
h1, h2, h3, h4 { color: var(--navy); line-height: 1.25; margin: 2rem 0 .5rem; break-after: avoid; }
h1 { font-size: 1.9rem; margin-top: .25rem; padding-bottom: .75rem; border-bottom: 4px solid var(--navy); }
h2 { font-size: 1.4rem; }
h3 { font-size: 1.15rem; color: var(--ink); }
h4 { font-size: 1rem; color: var(--ink); }
p, ul, ol, dl { margin: 0 0 1rem; max-width: 46rem; }
li { margin-bottom: .25rem; }
a { color: var(--navy); }
:focus-visible { outline: 3px solid var(--focus); outline-offset: 2px; }
nav ol { padding-left: 0; list-style: none; columns: 18rem; }
nav li { break-inside: avoid; padding: .2rem 0; }
.note, .origin { color: var(--quiet); }
.meta { color: var(--navy); font-weight: 600; margin-bottom: .25rem; }
.numbered { position: relative; padding-left: 3rem; }
.number { position: absolute; left: 0; }
.tiles { display: grid; gap: .75rem; grid-template-columns: repeat(auto-fit, minmax(min(13rem, 100%), 1fr));
  list-style: none; padding: 0; max-width: none; }
.tiles li { margin: 0; padding: .75rem; background: var(--tint); border-top: 4px solid var(--navy);
  break-inside: avoid; }
.tiles span { display: block; }
.tiles .figure { font-size: 1.5rem; font-weight: 700; line-height: 1.3; }
.tiles .share { color: var(--navy); font-weight: 600; }
.region { overflow-x: auto; margin: 0 0 1.5rem; max-width: 100%; }
table { border-collapse: collapse; width: 100%; }
caption { text-align: left; font-weight: 600; padding: .25rem 0; }
th, td { padding: .4rem .5rem; text-align: left; vertical-align: top; border-bottom: 1px solid var(--rule);
  min-width: 4rem; overflow-wrap: normal; }
td { overflow-wrap: break-word; }
thead th { background: var(--navy); color: var(--on-navy); vertical-align: bottom; }
tbody th { font-weight: 400; min-width: 5rem; }
.of-numbers { text-align: right; font-variant-numeric: tabular-nums; }
.dense th, .dense td { padding-top: .2rem; padding-bottom: .2rem; }
td.of-numbers { white-space: nowrap; }
tr.total > * { font-weight: 700; border-top: 2px solid var(--navy); }
.unseen { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
figure { margin: 0 0 1.5rem; }
figure .region { margin: 0; padding: .75rem; background: #ffffff; border: 1px solid var(--rule); }
figcaption { font-weight: 600; padding: .25rem 0; }
svg { display: block; width: 100%; min-width: 40rem; height: auto; forced-color-adjust: none;
  font-family: system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", Arial, sans-serif; }
details { margin: .5rem 0 0; }
summary { cursor: pointer; padding: .3rem 0; color: var(--navy); }
.terms { border: 1px solid var(--rule); border-left: 4px solid var(--navy); padding: .75rem 1rem; max-width: none; }
dt { font-weight: 700; }
dd { margin: 0 0 .6rem; }
.commentary { border-left: 4px solid var(--edge); background: var(--tint); padding: .75rem 1rem; margin: 0 0 1rem; }
.commentary p { margin: 0 0 .5rem; }
footer { margin-top: 2rem; padding-top: .75rem; padding-bottom: 1rem; color: var(--quiet);
  border-top: 1px solid var(--rule); }
footer .marking { color: var(--ink); }
"""

_PRINT = """
@media print {
  html { font-size: 11pt; }
  header, main, footer { max-width: none; padding-left: 0; padding-right: 0; }
  p, ul, ol, dl { max-width: none; margin-bottom: .5rem; orphans: 3; widows: 3; }
  h2, h3, h4 { margin-top: 1.25rem; }
  nav, details { display: none; }
  .region { overflow: visible; }
  thead { display: table-header-group; break-after: avoid; }
  tr, .tiles li, .together, .commentary, figure { break-inside: avoid; }
  thead th, .tiles li, figure .region { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
  tr.total, footer { break-before: avoid; }
  footer { break-inside: avoid; }
  dt, .meta { break-after: avoid; }
  .tiles { grid-template-columns: repeat(auto-fit, minmax(9rem, 1fr)); }
  svg { min-width: 0; }
  th, td, tbody th { min-width: 0; padding: .25rem .35rem; font-size: .92em; }
  .dense th, .dense td { padding: .1rem .35rem; font-size: .85em; }
}
"""


def of(marking: str) -> str:
    """Return the whole style sheet. `marking`, untrusted, stands at the head and foot of every printed page.

    Browsers that draw no boxes in the margin of a page leave that out; the page itself is marked at its head and foot.
    """
    words = _quoted(marking)
    page = (
        "@page { size: A4; margin: 20mm 18mm;\n"
        f"  @top-center {{ content: {words}; font: 700 10pt sans-serif; }}\n"
        f"  @bottom-center {{ content: {words}; font: 700 10pt sans-serif; }}\n"
        '  @bottom-right { content: counter(page) " / " counter(pages); font: 10pt sans-serif; } }\n'
    )
    dark = f"@media screen and (prefers-color-scheme: dark) {{ {_tokens(DARK)} }}"
    return f":root {{ color-scheme: light dark; }}\n{_tokens(LIGHT)}\n{dark}\n{_RULES}{_PRINT}{page}"


def _tokens(colours: dict[str, str]) -> str:
    return ":root { " + " ".join(f"--{name}: {colour};" for name, colour in colours.items()) + " }"


def _quoted(text: str) -> str:
    """Return a text as a string of CSS in which every sign but letters, figures and spaces is written by its number."""
    plain = (sign if sign == " " or (sign.isascii() and sign.isalnum()) else f"\\{ord(sign):06x}" for sign in text)
    return f'"{"".join(plain)}"'
