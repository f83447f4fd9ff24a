"""An identity: who works at this laptop, in which scheme, and what the laptop itself is called."""

import secrets
from dataclasses import dataclass, field
from typing import Final

ROLES: Final = ("visitor", "coordinator", "assurance")


def new_device() -> str:
    """Return a new random device id (32 hex digits)."""
    return secrets.token_hex(16)


def new_hub_id() -> str:
    """Return a new random id for a scheme's shared file (32 hex digits)."""
    return secrets.token_hex(16)


@dataclass(frozen=True, slots=True, kw_only=True)
class Identity:
    """`person` is a reference such as ICV01, never a name; `role` is one of `ROLES`; `hub_id` names the shared file."""

    person: str
    role: str
    scheme: str
    hub_id: str = field(default_factory=new_hub_id)
    device: str = field(default_factory=new_device)
