"""A laptop that saves and syncs until it is killed: `python -m tests.journeys.killed_exchange FOLDER HUB SEED`.

Standard output tells, one JSON line each and written whole: the revisions whose save had returned, and those that the
exchange had marked as proved to be on the share. So what was told before the kill is a promise.
"""

import json
import os
import random
import sys
from datetime import timedelta
from pathlib import Path

from icv_app.errors import Unavailable
from icv_app.laptop import Laptop
from icv_app.sharing.consolidation import Limits

PASSPHRASE = "three plain words"
LIMITS = Limits(packs=3, pack_bytes=60_000, grace=timedelta(seconds=3), scrub=timedelta(seconds=2))
COMMON = 5  # visits that the whole office corrects, each without having seen the others' last words


def tell(**line):
    os.write(1, (json.dumps(line) + "\n").encode())


def body(laptop, number, chance):
    person = laptop.identity.person
    field = chance.choice(("notes", "positive_comments", person.lower()))
    return {"visitor_1": person, "site": "suite-1", "n": number, field: chance.randbytes(chance.randint(20, 800)).hex()}


def save(laptop, number, chance):
    """Save one of this person's own visits or, at an office laptop, one that others change at the same time."""
    key = f"CV-{laptop.identity.person}-{chance.randrange(40)}"
    if laptop.office and chance.random() < 0.5:
        key = f"CV-COMMON-{chance.randrange(COMMON)}"
    before = laptop.store.current("visit", key)
    content = {**({} if before is None else before.body), **body(laptop, number, chance)}
    tell(saved=laptop.store.save("visit", key, content).rev.hex())


def main(folder, hub, seed):
    chance = random.Random(int(seed))
    told = set()
    with Laptop.unlock(Path(folder), PASSPHRASE) as laptop:
        tell(begun=True)
        for number in range(10**6):
            for _ in range(chance.randint(1, 4)):
                save(laptop, number, chance)
            try:
                laptop.sync(Path(hub), limits=LIMITS)
            except Unavailable as error:
                tell(trouble=error.code)
            shared = {rev.hex() for (rev,) in laptop.store.connection.execute("SELECT rev FROM shared")}
            new = sorted(shared - told)
            for at in range(0, len(new), 40):  # a longer line would not be written whole (PIPE_BUF)
                tell(shared=new[at : at + 40])
            tell(synced=True)
            told |= shared


if __name__ == "__main__":
    main(*sys.argv[1:])
