"""A file that an author sent, once it was read: for which draft it is, and what is said of it."""

from typing import Any

import pytest

from bot.features.drafts.case_draft import CaseDraft
from bot.features.drafts.parts import WantedPart
from bot.features.writing.take_file import about_draft, take_file
from bot.services import Services
from content.drafting import Reading
from storage.outcome import Outcome
from storage.sent_files import SentFile
from tests.storage.samples import ADA
from tests.support.authors import (
    DRAFT,
    await_part,
    awaited,
    end_authorship,
    keep_draft,
    make_authors,
    texts,
    the_draft,
)
from tests.support.services import commit

LUMPS = {"title": "Lumps"}


@pytest.fixture
async def services(services: Services) -> Services:
    """Ada is an author."""
    await make_authors(services, ADA)
    return services


async def came(services: Services, reading: Reading, draft_id: int = 0) -> Outcome:
    """A file of hers, sent for this draft."""
    file = SentFile(ADA, 60, "BQAC", "case.txt", "draft", about_draft(draft_id))
    return await commit(services, await take_file(services, file, reading))


async def titles(services: Services) -> list[str]:
    """Of all drafts that she has."""
    kept = [CaseDraft.from_json(one.document) for one in await services.store.drafts.of(ADA)]
    return sorted(str(one.case().get("title", "")) for one in kept)


async def test_it_is_a_draft_of_its_own(services: Services) -> None:
    """By which message it came is kept; one case is no number of cases."""
    done = await came(services, Reading((LUMPS,), ("Odd.",)))
    assert await titles(services) == ["Lumps"]
    assert "Odd." in texts(done)
    assert "was found" not in texts(done)
    assert await services.store.drafts.message(ADA, 60) is not None


@pytest.mark.parametrize(
    ("parts", "filled"),
    [
        ({}, True),
        ({"read": True, "base": {"title": "Stones"}}, False),
        ({"texts": CaseDraft().with_text(1, "Stones").texts}, False),
    ],
)
async def test_a_draft_that_was_begun_for_it_is_filled(
    services: Services, parts: dict[str, Any], filled: bool
) -> None:
    """While there is nothing in it; nothing that was written is ever written over."""
    await keep_draft(services, **parts)
    before = await the_draft(services)
    await came(services, Reading((LUMPS, {"title": "More"})), DRAFT)
    assert len(await services.store.drafts.of(ADA)) == 3 - filled
    assert ((await the_draft(services)) != before) is filled
    assert {"Lumps", "More"} <= {*await titles(services)}


@pytest.mark.parametrize(
    ("wanted", "stays"),
    [
        (WantedPart(), None),
        (WantedPart("text", DRAFT), None),
        (WantedPart("title", DRAFT + 1), WantedPart("title", DRAFT + 1)),
    ],
)
async def test_what_is_asked_for_elsewhere_is_still(
    services: Services, wanted: WantedPart, stays: WantedPart | None
) -> None:
    """The file came while its author was at something else; a case is no longer waited for."""
    await keep_draft(services)
    await await_part(services, wanted)
    await came(services, Reading((LUMPS,)), DRAFT)
    assert await awaited(services) == stays


async def test_what_holds_no_case_begins_no_draft(services: Services) -> None:
    """What was not understood is said."""
    assert "no words of a case" in texts(await came(services, Reading((), ("Odd.",))))
    assert await titles(services) == []


async def test_one_that_is_too_large_leaves_the_others(services: Services) -> None:
    """It is said how many were left out; alone, it is said why."""
    large = {"title": "Large", "discussion": [{"text": "long " * 50_000}]}
    done = await came(services, Reading((large, LUMPS)))
    assert await titles(services) == ["Lumps"]
    assert "1 more was not taken" in texts(done)
    done = await came(services, Reading((large,)))
    assert "too much for one case" in texts(done)
    assert await titles(services) == ["Lumps"]


async def test_who_writes_no_more_gets_no_draft(services: Services) -> None:
    """Though they did when they sent it."""
    await end_authorship(services)
    assert "Cases are written by authors" in texts(await came(services, Reading((LUMPS,))))
    assert await titles(services) == []
