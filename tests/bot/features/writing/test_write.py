"""`/write`: who may, and how a case is begun part by part."""

import pytest

from bot.features.drafts.parts import WantedPart
from bot.features.writing.write import begin_steps, write
from bot.services import Services
from storage.outcome import Outcome
from tests.storage.samples import ADA
from tests.support.authors import (
    DRAFT,
    awaited,
    end_authorship,
    keep_draft,
    make_authors,
    texts,
    visit,
)
from tests.support.services import commit

PAGE = 50


@pytest.fixture
async def services(services: Services) -> Services:
    """Ada is an author."""
    await make_authors(services, ADA)
    return services


async def written(services: Services) -> Outcome:
    """She sends `/write`."""
    return await commit(services, await write(services, await visit(services), ""))


async def part_by_part(services: Services, message_id: int = PAGE) -> Outcome:
    """She presses the button under what she was told."""
    return await commit(services, await begin_steps(services, await visit(services), message_id))


async def test_the_next_text_is_a_case(services: Services) -> None:
    """Nothing is kept before it comes; drafts that there are are counted."""
    done = await written(services)
    assert "Write a case" in texts(done)
    assert "draft" not in str(done.owed[0].params["reply_markup"]["inline_keyboard"][1:])
    assert await awaited(services) == WantedPart()
    assert await services.store.drafts.of(ADA) == []
    await keep_draft(services, read=True)
    assert "1 draft" in str((await written(services)).owed[0].params["reply_markup"])


@pytest.mark.parametrize("drafts", [0, 1])
async def test_who_is_no_author_writes_nothing(services: Services, drafts: int) -> None:
    """Drafts from when they were one are still theirs."""
    if drafts:
        await keep_draft(services, read=True)
    await end_authorship(services)
    told = texts(await written(services))
    assert "Cases are written by authors" in told
    assert ("still yours" in told) is bool(drafts)
    assert await awaited(services) is None


async def test_the_parts_are_asked_for_in_place_of_the_message(services: Services) -> None:
    """The title first; pressed twice, it begins one draft."""
    done = await part_by_part(services)
    assert [call.params["message_id"] for call in done.owed] == [PAGE]
    (kept,) = await services.store.drafts.of(ADA)
    assert await awaited(services) == WantedPart("title", kept.id)
    await part_by_part(services)
    assert [one.id for one in await services.store.drafts.of(ADA)] == [kept.id]
    await part_by_part(services, PAGE + 1)
    assert len(await services.store.drafts.of(ADA)) == 2


async def test_there_is_no_room_for_more_than_twenty(services: Services) -> None:
    """That is said, and nothing is begun."""
    for number in range(DRAFT, DRAFT + 20):
        await keep_draft(services, number, read=True)
    assert "as many as I keep" in texts(await part_by_part(services))
    assert len(await services.store.drafts.of(ADA)) == 20
