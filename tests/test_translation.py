"""The one translation route: every message goes through it, and every catalogue has every message."""

import ast
import gettext
import re
import string
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

import resources
from forms import translation
from forms.translation import plural, tr

ROOT = Path(__file__).resolve().parent.parent
PACKAGES = ("forms", "icv_app", "reports", "ui")
SOURCES = [path for package in PACKAGES for path in sorted((ROOT / package).rglob("*.py"))]
CATALOGUES = sorted((ROOT / "resources" / "locale").glob("*/LC_MESSAGES/icv.po"))
TEXTS = {"tr": 1, "later": 1, "plural": 2}  # how many arguments of each are messages
TELLING = {"InvalidInput", "Unavailable"}  # errors whose second argument a person reads


def calls(path):
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call):
            function = node.func
            name = function.id if isinstance(function, ast.Name) else getattr(function, "attr", "")
            yield name, node


def placeholders(message):
    said = re.sub(r"\$\{\w+\}", "", message)  # how a form names a question: nothing is filled in there
    return {name for _, name, _, _ in string.Formatter().parse(said) if name is not None}


@pytest.fixture
def in_language():
    yield translation.use
    translation.use(translation.ENGLISH)


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(ROOT)))
def test_what_is_translated_is_a_literal_whose_values_are_given(path):
    for name, call in calls(path):
        for message in call.args[: TEXTS.get(name, 0)]:
            if isinstance(message, ast.JoinedStr):
                pytest.fail(f"line {call.lineno}: an f-string is in no catalogue")
            if name == "later":
                assert isinstance(message, ast.Constant), f"line {call.lineno}"
            elsewhere = name == "later" or any(keyword.arg is None for keyword in call.keywords)  # tr(words, **values)
            if isinstance(message, ast.Constant) and not elsewhere:
                given = {keyword.arg for keyword in call.keywords} | ({"count"} if name == "plural" else set())
                assert placeholders(message.value) <= given, f"line {call.lineno}: {message.value}"


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(ROOT)))
def test_what_an_error_says_to_a_person_is_translated(path):
    for name, call in calls(path):
        if name in TELLING and len(call.args) > 1:
            words = call.args[1]
            bare = isinstance(words, ast.JoinedStr) or (
                isinstance(words, ast.Constant) and isinstance(words.value, str)
            )
            assert not bare, f"line {call.lineno}"


def test_every_catalogue_is_up_to_date_and_compiled():
    run = subprocess.run(
        [sys.executable, ".ci/catalogue.py", "--check"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert run.returncode == 0, run.stdout + run.stderr


@pytest.mark.parametrize("path", CATALOGUES, ids=lambda path: path.parent.parent.name)
def test_a_catalogue_has_every_message_with_the_same_values_in_it(path):
    with path.open("rb") as stream:
        catalogue = read_po(stream)
    for message in catalogue:
        if not message.id:
            continue
        originals = message.id if isinstance(message.id, tuple) else (message.id,)
        said = message.string if isinstance(message.string, tuple) else (message.string,)
        assert all(said), f"not translated: {originals[0]}"
        assert not message.fuzzy, f"left out of the compiled file until somebody confirms it: {originals[0]}"
        allowed = placeholders(originals[-1])
        for text in said:
            found = placeholders(text)
            assert found <= allowed, f"{originals[0]}: {text}"
            assert allowed - found <= {"count"}, f"{originals[0]}: {text}"


def test_a_language_without_a_catalogue_is_english(in_language):
    assert resources.catalogue("xx") is None
    in_language("xx", resources.catalogue("xx"))
    assert translation.language() == "en"
    assert tr("Saved at {time}", time="14:02") == "Saved at 14:02"


def test_a_catalogue_speaks_and_english_comes_back(in_language):
    class Shout(gettext.NullTranslations):
        def gettext(self, message):
            return message.upper().replace("{TIME}", "{time}")

        def ngettext(self, one, many, count):
            return (one if count == 1 else many).upper().replace("{COUNT}", "{count}")

    in_language("sh", Shout())
    assert tr("Saved at {time}", time="14:02") == "SAVED AT 14:02"
    assert plural("{count} visit", "{count} visits", 2) == "2 VISITS"
    in_language("en")
    assert tr("Saved at {time}", time="14:02") == "Saved at 14:02"


def test_nothing_stays_nothing():
    assert tr("") == ""


@pytest.mark.parametrize("path", CATALOGUES, ids=lambda path: path.parent.parent.name)
def test_a_language_with_a_catalogue_has_its_own_help_and_about(path):
    code = path.parent.parent.name
    for name in ("help.txt", "about.txt"):
        assert resources.text(name, code) != resources.text(name)
        assert placeholders(resources.text(name, code)) == placeholders(resources.text(name))
    for licence in ("MIT", "Lesser General Public License, version 3", "SIL Open Font License, version 1.1"):
        assert licence in resources.text("about.txt", code)


@pytest.mark.parametrize("language", ["en", "cy"])
@pytest.mark.parametrize(
    "name",
    ["Make a document…", "Write the commentary…", "Publish…", "Te&mplates of papers…", "Evidence of &quality…",
     "All figures and what is behind them", "Show the records behind it", "See a sample", "Before it is made",
     "Go to a section…"],
)  # fmt: skip
def test_the_help_calls_the_pages_of_the_summary_as_their_buttons_do(in_language, language, name):
    in_language(language, resources.catalogue(language) if language != "en" else None)
    assert tr(name).replace("&", "").rstrip("…") in resources.text("help.txt", language)


def test_a_text_without_a_translation_is_english():
    assert resources.text("help.txt", "xx") == resources.text("help.txt")


@pytest.mark.parametrize(
    ("count", "said"),
    [(0, "0 munud"), (1, "1 munud"), (2, "2 funud"), (3, "3 munud"), (6, "6 munud"), (12, "12 munud")],
)
def test_welsh_counts_in_its_own_way(in_language, count, said):
    in_language("cy", resources.catalogue("cy"))
    assert plural("{count} minute", "{count} minutes", count) == said


def test_one_piece_of_work_speaks_its_own_language_while_other_threads_speak_theirs():
    welsh, heard = resources.catalogue("cy"), []
    with translation.speaking("cy", welsh):
        assert (translation.language(), translation.tr("Page {page}", page=1)) == ("cy", "Tudalen 1")
        other = threading.Thread(target=lambda: heard.append((translation.language(), translation.tr("Summary"))))
        other.start()
        other.join()
        with translation.speaking("en"):
            assert translation.tr("Summary") == "Summary"
        assert translation.language() == "cy"
    assert heard == [("en", "Summary")]
    assert translation.language() == "en"
    with pytest.raises(ZeroDivisionError), translation.speaking("cy", welsh):
        _ = 1 / 0
    assert translation.language() == "en"
