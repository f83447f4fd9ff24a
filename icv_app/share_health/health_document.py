"""The health of the shared file as one JSON document, for `icv-app health --json` and whatever watches it."""

from datetime import datetime
from typing import Any

from icv_app.share_health.devices import Device
from icv_app.share_health.health import Health
from icv_app.share_health.health_report import points
from icv_app.sharing.share_state import ShareState


def document(health: Health) -> dict[str, Any]:
    """Return everything as JSON has it: `ok` is whether nothing needs doing; moments are ISO 8601, sizes bytes."""
    found = points(health)
    return {
        "ok": all(point.level != "act" for point in found),
        "at": health.moment.isoformat(),
        "points": [
            {"level": each.level, "code": each.code, "about": each.about, "words": each.words, "advice": each.advice}
            for each in found
        ],
        "share": None if health.share is None else _share_document(health, health.share),
        "devices": [_device_document(each) for each in health.devices],
        "put_aside": [
            {
                "name": each.file.name, "size": each.file.size, "since": each.since.isoformat(),
                "readable": each.examined.readable if each.examined else None,
                "new": each.examined.new if each.examined else None,
                "missing": [list(name) for name in each.examined.missing] if each.examined else None,
            }
            for each in health.put_aside
        ],
        "not_arrived": health.unknown,
        "withheld": dict(health.withheld),
        "conflicts": health.conflicts,
        "entries": health.sharing.total,
        "unshared": health.sharing.unshared,
        "checked": _iso(health.sharing.checked),
        "sync_within_days": health.within,
    }  # fmt: skip


def _share_document(health: Health, share: ShareState) -> dict[str, Any]:
    maker = health.device_of(share.hub.maker)
    return {
        "hub": str(share.hub_path), "trouble": share.trouble, "state": share.hub.state,
        "size": share.hub.file.size if share.hub.file else None,
        "renewed": _iso(share.hub.file.changed) if share.hub.file else None,
        "renewed_by": maker.person if maker else None, "entries": share.hub.entries, "format": share.hub.format,
        "packs": share.packs, "pack_bytes": share.pack_bytes, "packs_waiting": share.packs - share.folded,
        "unread": share.unread, "copies": [file.name for file in share.copies],
        "foreign": [file.name for file in share.foreign], "half_written": [file.name for file in share.half],
        "read": _iso(share.read), "free": share.free,
    }  # fmt: skip


def _device_document(device: Device) -> dict[str, Any]:
    said = device.presence
    return {
        "device": device.device, "person": device.person, "role": device.role, "own": device.own,
        "entries": device.entries, "seen": _iso(device.seen), "received": _iso(device.received),
        "overdue": device.overdue, "missing": [list(gap) for gap in device.gaps], "forks": device.forks,
        "writers": len(device.writers), "clock_steps": len(device.steps),
        "clock_fast_seconds": round(device.fast.total_seconds()) if device.fast is not None else None,
        "said": None
        if said is None
        else {
            "at": said.at.isoformat(), "program": said.program, "waiting": said.waiting, "drafts": said.drafts,
            "oldest_draft": said.oldest.isoformat() if said.oldest else None,
        },
    }  # fmt: skip


def _iso(moment: datetime | None) -> str | None:
    return moment.isoformat() if moment else None
