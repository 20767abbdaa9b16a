"""What was voted in a live round comes back in each person's review, and counts once."""

from pathlib import Path

from bot.base.time_units import DAY_MS
from bot.features.live.record_live_answers import record_live_answers
from bot.features.live.states import Step
from bot.features.practice.send_review import review
from bot.features.progress.show_progress import progress
from bot.services import Services
from storage.live_rounds import LiveRound
from tests.bot.features.live.conftest import ROOM, later, visit, vote, walk
from tests.support.database import query
from tests.support.services import commit


async def test_the_first_ballot_comes_back_in_the_review(
    services: Services, live: LiveRound, tmp_path: Path
) -> None:
    """Of who voted, right or wrong, before the discussion or after it alone; of nobody else.

    The vote after the discussion is no answer of who had voted before.
    """
    first, again, late, silent = ROOM[:4]
    live = await walk(services, live, Step.SHOW, Step.OPEN)
    await vote(services, live, (2,), (1,))
    live = await walk(services, live, Step.CLOSE, Step.AGAIN)
    await vote(services, live, (1,), (1,), (1,))
    live = await walk(services, live, Step.CLOSE, Step.REVEAL, Step.END)
    await commit(services, await record_live_answers(services, live))
    later(services, 90 * DAY_MS)
    for person in (first, again, late):
        outcome = await review(services, await visit(services, person), "")
        assert "Made question 0-a?" in str(outcome.owed)
    outcome = await review(services, await visit(services, silent), "")
    assert "Made question 0-a?" not in str(outcome.owed)
    sql = "SELECT person_id, choices, first FROM answers ORDER BY person_id"
    assert query(tmp_path / "bot.db", sql) == [
        (first, "[2]", 1),
        (again, "[1]", 1),
        (late, "[1]", 0),
    ]
    told = str((await progress(services, await visit(services, first), "")).owed)
    assert "Right at the first try: 0% (0 of 1)" in told
