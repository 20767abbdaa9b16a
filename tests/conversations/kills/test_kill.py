"""The promise of the whole: whatever goes wrong, no vote is lost and none counts twice.

Short forms of what ``make soak`` does for long.
"""

import logging
import os
import random
from pathlib import Path

from tests.soak.campaign import Campaign, Plan
from tests.soak.campaign_checks import CampaignResults, CampaignSize
from tests.soak.faults import CHAT_TROUBLES, TROUBLES

log = logging.getLogger(__name__)

PEOPLE = 12
QUESTIONS = 2  # of each case
KILLS = int(os.environ.get("MORNING_REPORT_TEST_KILLS", "6"))
ROUNDS = int(os.environ.get("MORNING_REPORT_TEST_ROUNDS", "3"))
SEED = int(os.environ.get("MORNING_REPORT_TEST_SEED", "0")) or random.SystemRandom().getrandbits(32)


async def test_no_kill_loses_or_doubles_a_vote(tmp_path: Path) -> None:
    """People vote while the bot is killed and restarted: every vote is recorded once, every
    explanation arrives, and after a kill nobody gets more than one message again.
    """
    results = await _lived(Plan(CampaignSize(KILLS, PEOPLE, SEED)), tmp_path)
    assert results.most_extra_in_a_life <= 1


async def test_no_trouble_loses_or_doubles_a_vote(tmp_path: Path) -> None:
    """The same with everything else going wrong as well: the network, Telegram, the disk, the
    clock, and the database's log.
    """
    await _lived(Plan(CampaignSize(ROUNDS, PEOPLE, SEED), TROUBLES), tmp_path)


async def test_no_trouble_loses_or_doubles_what_chats_vote(tmp_path: Path) -> None:
    """The same in groups and channels, where people tap too and the bot loses its rights: each
    chat's results and explanations come, and say what was voted.
    """
    plan = Plan(CampaignSize(ROUNDS, PEOPLE, SEED), CHAT_TROUBLES, in_chats=True)
    results = await _lived(plan, tmp_path)
    assert results.numbers["questions closed"]


async def _lived(plan: Plan, folder: Path) -> CampaignResults:
    log.warning("MORNING_REPORT_TEST_SEED=%d", plan.size.seed)
    results = await Campaign(plan, folder).run()
    assert results.every_promise_kept, results
    if not plan.in_chats:  # where each asks for one case at the least
        assert results.numbers["votes"] >= QUESTIONS * plan.size.people
    return results
