"""The window as a screen reader has it: read and worked over AT-SPI, on a screen and a bus of its own."""

import os
from collections import Counter

import pytest

import resources
from icv_app.laptop import Laptop
from icv_app.profiles.vault import Strength
from tests.journeys import over_the_bus
from tests.journeys.over_the_bus import Node

PASSPHRASE = "three plain words"
CONTROLS = {
    "check box", "combo box", "image", "list", "list item", "page tab", "password text", "push button", "radio button",
    "table", "table cell", "text", "toggle button",
}  # fmt: skip
PAGES = (
    ("Office", "Forms…", "Forms"), ("Office", "Settings…", "Settings of the scheme"),
    ("Scheme", "Recycle bin", "Recycle bin"), ("Scheme", "Change the passphrase…", "Change the passphrase"),
)  # fmt: skip
"""The menus' entries that open a page, and each one's heading."""
RETURN, DOWN = 0xFF0D, 0xFF54  # X's key symbols
ARRIVED, LET_IN = "What time did you arrive at the station?", "Were you let in?"


def check_names(nodes: list[Node]) -> None:
    """Everything that takes the keyboard has a role and a name, and no two on a page are told apart by nothing."""
    stops = [node for node in nodes if "focusable" in node.states and node.role != "table cell"]
    assert stops
    for node in stops:
        assert node.name.strip(), node
        assert node.role in CONTROLS, node
    twice = [one for one, count in Counter((node.role, node.name) for node in stops).items() if count > 1]
    assert twice == []


def by_name(nodes: list[Node], name: str) -> Node:
    """Return the control with this name."""
    return next(node for node in nodes if node.name == name and "focusable" in node.states)


@pytest.mark.journey
@pytest.mark.skipif(
    bool(over_the_bus.missing()) and not os.environ.get("ICV_NEED_AT_SPI"),
    reason=f"no screen reader can be tried here, for want of {over_the_bus.missing()}",
)
def test_a_screen_reader_reads_every_page_and_answers_a_report(tmp_path, shared_folder):
    assert over_the_bus.missing() == ""
    profile = tmp_path / "office"
    with Laptop.start(
        profile, scheme="Northshire", person="OFFICE1", role="coordinator", passphrase=PASSPHRASE,
        hub=shared_folder / "northshire.icvhub", strength=Strength.LIGHT,
    ) as laptop:  # fmt: skip
        laptop.import_folder(resources.path("example"))

    with over_the_bus.listening_to(profile, tmp_path / "bus") as heard:
        # Unlocking: a wrong passphrase is announced, and stands in words.
        heard.write("Passphrase", "not the passphrase")
        heard.press("Open")
        heard.until_said("That is not the passphrase")
        check_names(heard.tree())
        heard.write("Passphrase", PASSPHRASE)
        heard.press("Open")

        # Every page, and every dialog.
        check_names(heard.read("Northshire"))
        for page, heading in (("Coverage", "Coverage"), ("Summary", "Summary of a period"), ("Visits", "Visits")):
            heard.press(f"{page} page")
            check_names(heard.read(heading))
        heard.focus("Visits", role="table")
        heard.key(DOWN)
        heard.until(lambda nodes: any("selected" in node.states and node.role == "table cell" for node in nodes))
        heard.key(RETURN)
        check_names(heard.read("Custody visit CV-*"))
        heard.press("Back")
        for menu, entry, heading in PAGES:
            heard.menu(menu, entry)
            check_names(heard.read(heading))
            heard.press("Back")
        heard.menu("Office", "Invite a person…")
        check_names(heard.read("A passphrase for the invitation"))
        heard.press("Cancel")
        for entry in ("Help", "About"):
            heard.menu("Help", entry)
            check_names(heard.read("Close", role="push button"))
            heard.press("Close")

        # A report: answered, put right, and continued, all over the bus.
        heard.press("Home page")
        heard.press("Custody visit")
        check_names(heard.read("Visit details"))
        heard.press("Continue")
        check_names(heard.read("Section 2 of *"))
        heard.write(ARRIVED, "25:70")
        assert "Enter a time, like 14:30" in by_name(heard.read("Error: *"), ARRIVED).description
        heard.write(ARRIVED, "9.15pm")
        heard.press(f"After a delay. {LET_IN}")
        nodes = heard.read("What time were you let into the custody area?")  # which this answer brought
        check_names(nodes)
        assert [node.name for node in nodes if node.role == "radio button" and "checked" in node.states] == [
            f"After a delay. {LET_IN}"
        ]
        assert by_name(nodes, ARRIVED).text == "9.15pm"
        heard.find("Saved on this laptop*", role="label")
        section = 2
        while not any(node.name == "Check and send" and node.role == "label" for node in nodes):
            section += 1
            heard.press("Continue")
            nodes = heard.read(f"Section {section} of *")
            check_names(nodes)
        heard.press("Save and close")
        check_names(heard.read("Northshire"))
        heard.menu("Scheme", "Quit")

    with Laptop.unlock(profile, PASSPHRASE) as laptop:
        (draft,) = laptop.paperwork.drafts()
        answers = laptop.store.draft(draft.draft).answers
        assert answers["access"] == "admitted_after_delay"
        assert answers["arrived"].startswith("21:15")
