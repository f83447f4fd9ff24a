"""The command that changes the passphrase of a laptop."""

import argparse
from collections.abc import Callable, Mapping

from forms.translation import tr
from icv_app.commands.everyday import VARIABLE
from icv_app.commands.terminal import Terminal
from icv_app.errors import InvalidInput
from icv_app.profiles.profile import Profile
from icv_app.profiles.vault import Strength
from icv_app.program import Program

NEW_VARIABLE = "ICV_NEW_PASSPHRASE"


def change(options: argparse.Namespace, program: Program, terminal: Terminal) -> None:
    """Seal the laptop's key under a new passphrase. Its data are not opened, and not a byte of them changes."""
    if not Profile.exists(options.profile):
        raise InvalidInput(
            "no_profile", tr("There is no profile in {folder}. Start with: icv-app init", folder=options.profile)
        )
    old = terminal.passphrase(tr("Passphrase of this laptop"), variable=VARIABLE, file=options.passphrase_file)
    new = terminal.passphrase(tr("A new passphrase for this laptop"), variable=NEW_VARIABLE, new=True)
    strength = program.strength or Strength.MODERATE
    Profile.exchange_passphrase(options.profile, old, new, strength=strength, clock=program.clock)
    terminal.say(tr("The passphrase is changed. Use the new one from now on."))


COMMANDS: Mapping[str, Callable[[argparse.Namespace, Program, Terminal], int | None]] = {"passphrase": change}
