"""The grammar of the command on the templates of papers; apart, since every start of the program reads it."""

import argparse
from pathlib import Path


def add(papers: argparse.ArgumentParser, common: argparse.ArgumentParser) -> None:
    """Add the verbs of `paper-templates` to its parser; `common` are the options that every command takes."""
    verbs = papers.add_subparsers(metavar="VERB", dest="verb", required=True, parser_class=type(papers))

    def verb(name: str, words: str) -> argparse.ArgumentParser:
        return verbs.add_parser(name, parents=[common], allow_abbrev=False, help=words, description=words)

    verb("list", "list the templates, and whether the scheme has its own").add_argument("--json", action="store_true")
    verb("names", "list the names that templates may use, with an example").add_argument("--json", action="store_true")

    export = verb("export", "write a template for editing, as a workbook or as TOML")
    export.add_argument("name", metavar="NAME")
    export.add_argument("file", metavar="FILE", type=Path, help="ends in .xlsx or .toml")
    export.add_argument("--shipped", action="store_true", help="the program's own, whatever is in force")
    export.add_argument("--yes", action="store_true", help="replace the file where it is there")

    check = verb("check", "tell what is wrong with a template in a file, and show what it would make")
    check.add_argument("file", metavar="FILE", type=Path)

    brought = verb("import", "check a template, show what it makes, and use it from now on (the office)")
    brought.add_argument("file", metavar="FILE", type=Path)
    brought.add_argument("--yes", action="store_true", help="use it without asking")

    sample = verb("sample", "show what a template makes, of the example quarter or of a period")
    sample.add_argument("name", metavar="NAME")
    sample.add_argument("--period", metavar="PERIOD", help="of this period's figures, such as 2025-26-Q2")

    start = verb("start", "number the paragraphs of a paper from a number on (the office)")
    start.add_argument("name", metavar="NAME")
    start.add_argument("number", metavar="N", type=int)

    reset = verb("reset", "go back to the template that the program ships (the office)")
    reset.add_argument("name", metavar="NAME")
    reset.add_argument("--yes", action="store_true", help="go back without asking")

    history = verb("history", "list the templates of its own that the scheme has used, the latest first")
    history.add_argument("name", metavar="NAME")
    history.add_argument("--json", action="store_true")
