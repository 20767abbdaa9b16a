"""References looked up: at a server that stands in for Crossref and PubMed."""

import asyncio
import time
from collections.abc import AsyncIterator, Sequence
from pathlib import Path
from typing import Any

import pytest
from aiohttp import web
from msgspec.structs import replace

from bot.base.shutdown import Stop
from bot.features.drafts.at_draft import new_draft
from bot.features.drafts.case_draft import CaseDraft
from bot.features.shared.visitors import Visitor, receive
from bot.features.writing.take_references import drop, read_references, show_pending
from bot.jobs import look_up_references
from bot.jobs.job_context import JobContext
from bot.jobs.look_up_references import MOST_BYTES, LookupAddresses, ReferenceLookup
from bot.services import Services
from bot.settings import Settings
from storage.ledger import Entry
from storage.outcome import Outcome
from tests.content.drafting.test_looked_up import CROSSREF, PUBMED
from tests.storage.samples import ADA, NOW
from tests.support.services import commit, services_with_cases

DOI = "10.1016/S0140-6736(99)05157-0"
BOTH = frozenset({"crossref", "pubmed"})


@pytest.fixture
async def services(tmp_path: Path) -> AsyncIterator[Services]:
    """Of a bot at work."""
    async with services_with_cases(tmp_path, NOW) as services:
        yield services


class StandIn:
    """Answers as it is told to, and keeps what it was asked."""

    def __init__(self) -> None:
        self.asked: list[web.Request] = []
        self.times: list[float] = []
        self.answer: Any = None
        self.url = ""

    async def serve(self, request: web.Request) -> web.StreamResponse:
        self.asked.append(request)
        self.times.append(time.monotonic())
        if callable(self.answer):
            made: web.StreamResponse = await self.answer(request)
            return made
        if self.answer is not None:
            return web.json_response(self.answer)
        return web.json_response(CROSSREF if "/works/" in request.path else PUBMED)


@pytest.fixture
async def stand_in() -> AsyncIterator[StandIn]:
    """On a free port."""
    standing = StandIn()
    application = web.Application()
    application.router.add_get("/{tail:.*}", standing.serve)
    runner = web.AppRunner(application, shutdown_timeout=0.1)  # a slow answer is never given
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    address: tuple[str, int] = runner.addresses[0]
    standing.url = f"http://127.0.0.1:{address[1]}"
    yield standing
    await runner.cleanup()


async def sent(services: Services, text: str, lookup: frozenset[str] = BOTH) -> int:
    """Ada sends a reference for a new draft; its number."""
    services.settings = Settings(lookup=lookup)
    who = await receive(services, Visitor(ADA, "en", "Ada"))
    at, begun = new_draft(services, who, CaseDraft()).changed(
        CaseDraft(read=True, pending=read_references(text, 5))
    )
    assert at.draft.pending is not None
    await commit(services, begun + show_pending(at, at.draft.pending))
    return at.draft_id


def job(
    services: Services, standing: StandIn, stop: Stop, committed: list[Entry]
) -> ReferenceLookup:
    """The job; what it commits is kept."""

    def note(entries: Sequence[Entry]) -> None:
        committed.extend(entries)

    addresses = LookupAddresses(standing.url, standing.url)
    return ReferenceLookup(JobContext(services, asyncio.Lock(), stop, note), addresses)


async def pending(services: Services, draft_id: int) -> Any:
    """What waits to be confirmed."""
    kept = await services.store.drafts.get(draft_id, ADA)
    assert kept is not None
    return CaseDraft.from_json(kept.document).pending


async def looked_up(services: Services, standing: StandIn) -> Outcome | None:
    """What came of all that was asked."""
    committed: list[Entry] = []
    looking = job(services, standing, Stop(services.clock), committed)
    for asked in services.lookups.take():
        await looking.look_up(asked)
    return committed[0].outcome if committed else None


@pytest.mark.parametrize(
    ("text", "path"),
    [
        (DOI, "/works/10.1016%2FS0140-6736(99)05157-0"),
        ("PMID: 10615903", "/esummary.fcgi?db=pubmed&retmode=json&tool=morning-report&id=10615903"),
    ],
)
async def test_a_number_is_filled_in_and_shown_again(
    services: Services, stand_in: StandIn, text: str, path: str
) -> None:
    """Only the number leaves the machine, with the name of the program."""
    draft_id = await sent(services, text)
    outcome = await looked_up(services, stand_in)
    assert outcome is not None
    (call,) = outcome.owed
    assert "Dermatomyositis" in str(call.params["text"])
    found = await pending(services, draft_id)
    assert found.fields[0]["journal"].endswith("Lancet")
    assert found.uncertain == ()
    (asked,) = stand_in.asked
    assert asked.raw_path == path
    assert asked.headers["User-Agent"].startswith("morning-report")
    assert await asked.read() == b""
    assert set(asked.headers) == {"Host", "User-Agent", "Accept", "Accept-Encoding"}


async def test_nothing_is_asked_unless_it_is_set(services: Services, stand_in: StandIn) -> None:
    """Nor of what is known already; nor of a service that is not named."""
    await sent(services, DOI, frozenset())
    assert services.lookups.take() == ()
    await sent(services, f"Roe R. Gout. BMJ. 2001;1:2-3. doi:{DOI}")
    assert services.lookups.take() == ()
    await sent(services, "PMID: 10615903", frozenset({"crossref"}))
    assert await looked_up(services, stand_in) is None
    assert stand_in.asked == []


async def not_found(_: web.Request) -> web.Response:
    return web.Response(status=404, text="Resource not found.")


async def elsewhere(request: web.Request) -> web.Response:
    if request.path.endswith("other"):
        return web.json_response(CROSSREF)
    return web.Response(status=302, headers={"Location": "/works/other"})


async def no_json(_: web.Request) -> web.Response:
    return web.Response(text="<html>")


async def endless(request: web.Request) -> web.StreamResponse:
    response = web.StreamResponse()
    await response.prepare(request)
    with_room = MOST_BYTES // 1000 + 200
    for _ in range(with_room):
        await response.write(b"[" * 1000)
    return response


async def cut_off(request: web.Request) -> web.StreamResponse:
    response = web.StreamResponse(headers={"Content-Length": "1000"})
    await response.prepare(request)
    await response.write(b"{")
    assert request.transport is not None
    request.transport.abort()
    return response


@pytest.mark.parametrize(
    "answer", [not_found, elsewhere, no_json, endless, cut_off, {}, [], {"message": {"title": 1}}]
)
async def test_a_service_that_fails_changes_nothing(
    services: Services, stand_in: StandIn, answer: Any
) -> None:
    """What was read stands, and nobody hears of it; the next is looked up all the same."""
    stand_in.answer = answer
    draft_id = await sent(services, DOI)
    before = await pending(services, draft_id)
    assert await looked_up(services, stand_in) is None
    assert await pending(services, draft_id) == before
    stand_in.answer = None
    await sent(services, DOI)
    assert await looked_up(services, stand_in) is not None


async def test_of_several_each_gets_its_own(services: Services, stand_in: StandIn) -> None:
    """What one service knows is not said of another reference."""

    async def one_of_two(request: web.Request) -> web.Response:
        if "/works/" in request.path:
            return web.Response(status=404)
        return web.json_response(PUBMED)

    stand_in.answer = one_of_two
    draft_id = await sent(services, "PMID: 10615903\n10.1000/182")
    assert await looked_up(services, stand_in) is not None
    found = await pending(services, draft_id)
    assert found.fields[0]["title"] == "Dermatomyositis"
    assert found.fields[1] == {"doi": "10.1000/182"}


async def test_a_slow_service_is_given_up(
    services: Services, stand_in: StandIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    """After a bounded time, and at once when the bot is to stop."""

    arrived = asyncio.Event()

    async def slow(_: web.Request) -> web.Response:
        arrived.set()
        await asyncio.sleep(60)
        return web.Response()

    stand_in.answer = slow
    await sent(services, DOI)
    stop = Stop(services.clock)
    working = asyncio.create_task(job(services, stand_in, stop, []).run())
    async with asyncio.timeout(10):
        await arrived.wait()
        stop.set()
        await working
    monkeypatch.setattr(look_up_references, "WITHIN_S", 0.2)
    await sent(services, DOI)
    assert await looked_up(services, stand_in) is None


async def test_what_its_author_did_meanwhile_stands(services: Services, stand_in: StandIn) -> None:
    """Dropped while it was looked up: it does not come back."""
    draft_id = await sent(services, DOI)
    who = await receive(services, Visitor(ADA, "en", "Ada"))

    async def meanwhile(_: web.Request) -> web.Response:
        kept = await services.store.drafts.get(draft_id, ADA)
        assert kept is not None
        at = new_draft(services, who, CaseDraft.from_json(kept.document))
        await commit(services, drop(replace(at, draft_id=draft_id)))
        return web.json_response(CROSSREF)

    stand_in.answer = meanwhile
    outcome = await looked_up(services, stand_in)
    assert outcome in {None, Outcome()}
    assert await pending(services, draft_id) is None


async def test_no_more_than_three_a_second_are_asked(services: Services, stand_in: StandIn) -> None:
    """As NCBI wishes of whoever has no key."""
    await sent(services, "PMID: 10615903\nPMID: 2\nPMID: 3\nPMID: 4")
    await looked_up(services, stand_in)
    assert len(stand_in.times) == 4
    assert stand_in.times[3] - stand_in.times[0] >= 1.0
