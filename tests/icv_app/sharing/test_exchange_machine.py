"""Any order of edits, exchanges, crashes and mishaps loses nothing and leaves all laptops equal (`sync.md` §12.1).

The stories are told by `exchange_stories`. A seed tells the same stories on every machine.
"""

import os
import time
from functools import cache

import pytest
from hypothesis import HealthCheck, Phase, seed, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.icv_app.exchange_stories import Calm, Hostile


class Replicated(Calm):
    """Each laptop has its own replica of the folder."""

    replicated = True


class HostileReplicated(Hostile):
    """Both."""

    replicated = True


KINDS = {"calm": Calm, "hostile": Hostile, "replicated": Replicated, "hostile-replicated": HostileReplicated}
STORIES = int(os.environ.get("ICV_EXCHANGE_STORIES", "0"))  # for a long run, each time with other stories
SHARDS = max(1, STORIES // 100)  # tests a process takes up one by one


@cache
def first_seed() -> int:
    return int(os.environ.get("ICV_EXCHANGE_SEED") or (time.time_ns() if STORIES else 1))


@pytest.mark.parametrize("shard", range(SHARDS))
@pytest.mark.parametrize("kind", KINDS)
def test_no_story_loses_anything(kind: str, shard: int) -> None:
    number = first_seed() + shard
    print(f"seed {number}: ICV_EXCHANGE_SEED={number} tells the stories of this test again")  # noqa: T201
    told = settings(
        max_examples=max(1, STORIES // SHARDS // len(KINDS)) if STORIES else 20,
        stateful_step_count=20,
        deadline=None,
        database=None,
        phases=(Phase.generate,),  # shrinking a story takes minutes
        suppress_health_check=list(HealthCheck),
    )
    run_state_machine_as_test(seed(number)(type("Story", (KINDS[kind],), {})), settings=told)
