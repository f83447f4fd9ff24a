"""Disposing: an erasure carried through to the shared file, its certificate brought up to date, and both shared."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from forms.translation import plural, tr
from icv_app.errors import IcvError, InvalidInput
from icv_app.laptop import Laptop
from icv_app.office import certificate, disposal
from icv_app.office.certificate import Certificate
from icv_app.office.disposal import Change
from icv_app.sharing.proof import Progress


@dataclass(frozen=True, slots=True, kw_only=True)
class Disposed:
    """What came of it: the certificate as it stands now, and words for the person."""

    certificate: Certificate
    words: str


def refuse_others(laptop: Laptop) -> None:
    """Raise InvalidInput("office_only") unless this laptop speaks for the office."""
    if not laptop.office:
        raise InvalidInput("office_only", tr("Only the scheme's office does that. Nothing was changed."))


def carry_out(
    laptop: Laptop, planned: Sequence[Change], *, act: str, reason: str, confirmed: str = "",
    left_out: Mapping[str, str] | None = None, progress: Progress | None = None,
) -> Disposed:  # fmt: skip
    """Erase what was planned, share that, and say how far it is done. Safe to call from another thread.

    Raises what `disposal.carry_out` raises, and InvalidInput("office_only"); then nothing was changed. A shared folder
    that is away is no failure: the rest follows with the next exchange.
    """
    refuse_others(laptop)
    with laptop.profile.store() as store:
        number = disposal.carry_out(
            store, planned, act=act, reason=reason, by=laptop.identity.person, confirmed=confirmed, left_out=left_out
        )
    finish(laptop, progress)
    with laptop.profile.store() as store:
        made = certificate.one(store, number)
    return Disposed(certificate=made, words=words(made))


def finish(laptop: Laptop, progress: Progress | None = None) -> tuple[Certificate, ...]:
    """Share, see what is left of what was erased, enter it in the certificates, and return those not complete.

    Safe to call from another thread. What cannot be done now is left for another time.
    """
    _shared(laptop, progress)
    with laptop.profile.store() as store:
        before = [record.heads for record in store.records(disposal.KIND)]
        left = certificate.follow_up(laptop.profile, store, laptop.hub)
        changed = before != [record.heads for record in store.records(disposal.KIND)]
    if changed:
        _shared(laptop, progress)
    return left


def _shared(laptop: Laptop, progress: Progress | None) -> None:
    if laptop.hub is None:
        return
    try:
        laptop.sync(progress=progress)
    except IcvError:  # away, full, ...: the exchange says so wherever it is asked for
        return


def words(made: Certificate) -> str:
    """Return how far a certificate is carried out, in words."""
    parts = [tr("Erased on this laptop. Certificate {number}.", number=made.number)]
    if made.share == "clean":
        parts.append(tr("The shared file holds none of it any more."))
    else:
        parts.append(tr("The shared file still has to be renewed: that is done when this laptop shares next."))
    if made.outstanding:
        parts.append(
            plural(
                "{count} thing is to be destroyed by hand: see the certificate.",
                "{count} things are to be destroyed by hand: see the certificate.",
                len(made.outstanding),
            )
        )
    return " ".join(parts)
