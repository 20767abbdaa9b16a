"""What people are shown of a tally tells on no single answer."""

import asyncio
import tempfile
from itertools import pairwise
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from content.disclosure import STEP
from storage.tallying import Tallies, Tally
from tests.storage.samples import NOW, answered, record
from tests.support.new_store import new_store

answers = st.lists(st.sets(st.integers(0, 3), min_size=1), min_size=1, max_size=8)


@settings(max_examples=25, deadline=None)
@given(st.lists(answers, min_size=1, max_size=6))
def test_what_is_shown_changes_by_several_answers(commits: list[list[set[int]]]) -> None:
    """However answers come together, in storage as in what is worked out beforehand."""
    with tempfile.TemporaryDirectory() as folder:
        asyncio.run(_live(Path(folder) / "bot.db", commits))


async def _live(path: Path, commits: list[list[set[int]]]) -> None:
    store = await new_store(path, NOW)
    expected, seen = Tallies(Tally(0, {}), Tally(0, {})), [Tally(0, {})]
    try:
        for number, commit in enumerate(commits):
            facts = [
                answered(100 * number + place, None, choices=tuple(sorted(choices)))
                for place, choices in enumerate(commit, start=1)
            ]
            await record(store, *facts)
            for choices in commit:
                expected = expected.with_answer(choices)
                if expected.shown != seen[-1]:
                    seen.append(expected.shown)
            assert await store.polls.tally("revision") == expected
    finally:
        await store.close()
    assert expected.all.answers - expected.shown.answers < STEP
    for before, after in pairwise(seen):
        assert after.answers - before.answers == STEP
        assert all(after.choices[choice] >= n for choice, n in before.choices.items())
