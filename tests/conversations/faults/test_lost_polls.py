"""Polls whose sending was interrupted: their votes find home."""

import pytest

from bot.services import equipped
from bot.settings import Settings
from content.library import library_of
from tests.support.bot import running_bot
from tests.support.database import query
from tests.support.sandbox import Person, SandboxClient
from tests.support.trouble import (
    CHOICE,
    PATIENCE_S,
    answers,
    arrive,
    ask,
    explained,
    is_poll,
    repeats,
    says,
    settled,
)


@pytest.mark.parametrize("first", ["orphan", "copy"])
async def test_a_poll_whose_answer_was_lost_is_still_ours(
    sandbox: SandboxClient, learner: Person, bot: Settings, first: str
) -> None:
    """A vote counts on the lost poll as on its copy, once; the other gets a kind answer."""
    await sandbox.fault("drop-response", "sendPoll")
    orphan = await ask(learner)
    copy = await learner.wait_for(is_poll, after=orphan["message_id"])
    one, other = (orphan, copy) if first == "orphan" else (copy, orphan)
    await learner.vote(one, [CHOICE])
    await explained(learner)
    await learner.vote(other, [0])
    await learner.wait_for(says("your first answer counts"))
    assert answers(bot.database) == [(learner.id, "association", f"[{CHOICE}]")]


async def test_a_vote_before_the_copy_is_sent_counts(
    sandbox: SandboxClient, learner: Person, bot: Settings
) -> None:
    """The vote in the lost poll is adopted even while its copy cannot be sent yet."""
    await sandbox.fault("drop-response", "sendPoll")
    await sandbox.fault("500", "sendPoll", times=3)
    orphan = await ask(learner)
    await learner.vote(orphan, [CHOICE])
    await explained(learner, after=orphan["message_id"])
    await settled(bot.database)
    assert answers(bot.database) == [(learner.id, "association", f"[{CHOICE}]")]
    assert query(bot.database, "SELECT count(*) FROM parked_answers") == [(0,)]


async def test_a_vote_in_one_of_several_lost_polls_counts_for_the_question(
    sandbox: SandboxClient, learner: Person, bot: Settings
) -> None:
    """Two posts of the case, each with a lost poll: the vote counts, its post is unknown."""
    polls = []
    for _ in range(2):
        await sandbox.fault("drop-response", "sendPoll")
        orphan = await ask(learner)
        await learner.wait_for(is_poll, after=orphan["message_id"])
        polls.append(orphan)
        await settled(bot.database)
    await learner.vote(polls[0], [CHOICE])
    await explained(learner)
    assert query(bot.database, "SELECT person_id, post_id, choices FROM answers") == [
        (learner.id, None, f"[{CHOICE}]")
    ]


async def test_nobody_adopts_anothers_poll(sandbox: SandboxClient, bot: Settings) -> None:
    """Lost polls of the same case in two private chats: each voter's is their own."""
    people = [await arrive(sandbox, name) for name in ("Ada", "Ben")]
    await sandbox.fault("drop-response", "sendPoll", times=2)
    polls = [await ask(person) for person in people]
    for person, poll in zip(people, polls, strict=True):
        await person.vote(poll, [CHOICE])
        await explained(person)
    rows = query(
        bot.database,
        "SELECT a.person_id, p.person_id FROM answers a JOIN posts p ON p.id = a.post_id"
        " ORDER BY a.person_id",
    )
    assert rows == [(person.id, person.id) for person in people]


async def test_a_poll_of_another_life_is_told_of(
    sandbox: SandboxClient, settings: Settings
) -> None:
    """With its database gone the bot cannot know the question: after a minute it says so, once."""
    async with running_bot(settings, PATIENCE_S):
        learner = await arrive(sandbox)
        poll = await ask(learner)
    for path in settings.database.parent.glob("bot.db*"):
        path.unlink()
    async with equipped(settings, library_of([])) as services:
        await services.store.begin_anew()
    async with running_bot(settings, PATIENCE_S):
        await learner.vote(poll, [CHOICE])
        await learner.wait_for(says("could not find out which question"), timeout=60)
        await arrive(sandbox, "Ben")
    assert answers(settings.database) == []
    assert query(settings.database, "SELECT person_id FROM parked_answers") == [(learner.id,)]
    async with running_bot(settings, PATIENCE_S):
        await arrive(sandbox, "Cy")
    assert await repeats(learner) == 0
