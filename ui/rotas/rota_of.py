"""The rota of the laptop that a page stands on."""

from typing import TYPE_CHECKING

from icv_app.rotas.rota_office import Rota

if TYPE_CHECKING:
    from icv_app.laptop import Laptop


def rota_of(laptop: "Laptop") -> Rota:
    """Return the rota as `laptop` reads and, for the office, writes it."""
    return Rota(laptop.store, laptop.identity, laptop.clock, office=laptop.office)
