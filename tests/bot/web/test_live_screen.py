"""The screen of a live round over HTTP: told all to who has its token, and nothing to others."""

import asyncio
import json
import logging
import re
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import httpx
import pytest

from bot.features.live.screen import screen_of
from bot.features.live.screen_values import Screen
from bot.services import Services
from bot.web import http_server, screen_streams
from storage.errors import StorageError
from tests.support.library import shipped_library
from tests.support.live_rounds import TOKEN, PlayedRound, begin_round, screens_served
from tests.support.services import services_with_cases

CASE = shipped_library().cases["calcinosis-cutis"]
PAGE = f"/live/{TOKEN}"


@pytest.fixture
async def services(tmp_path: Path) -> AsyncIterator[Services]:
    """A bot with the shipped cases and a new database."""
    async with services_with_cases(tmp_path, 1_700_000_000_000) as services:
        services.library = shipped_library()
        yield services


@pytest.fixture
async def live(services: Services) -> PlayedRound:
    """A round about a case with a figure, in which nobody is yet."""
    return await begin_round(services, CASE)


@pytest.fixture
async def url(services: Services) -> AsyncIterator[str]:
    """Where the bot's web server is."""
    async with screens_served(services) as url:
        yield url


@pytest.fixture
async def http(url: str) -> AsyncIterator[httpx.AsyncClient]:
    """Somebody with a browser."""
    async with httpx.AsyncClient(base_url=url, timeout=20) as http:
        yield http


class Stream:
    """A screen that is open: what it is told, state by state."""

    def __init__(self, response: httpx.Response) -> None:
        self.response = response
        self._lines = response.aiter_lines()

    async def next(self) -> dict[str, Any] | None:
        """The next state; None: there will be none."""
        async with asyncio.timeout(20):
            async for line in self._lines:
                if line.startswith("data: "):
                    return dict(json.loads(line.removeprefix("data: ")))
        return None

    async def until(self, **wanted: Any) -> dict[str, Any]:
        """The next state that is so."""
        while (told := await self.next()) is not None:
            if wanted.items() <= told.items():
                return told
        raise AssertionError(f"the stream ended without {wanted}")


@asynccontextmanager
async def screen(http: httpx.AsyncClient, token: str = TOKEN) -> AsyncIterator[Stream]:
    """Open one."""
    async with http.stream("GET", f"/live/{token}/events") as response:
        yield Stream(response)


async def test_the_page_can_be_had_by_its_token_alone(
    http: httpx.AsyncClient, live: PlayedRound
) -> None:
    """It asks for no login, keeps no cookie, runs its own code alone, and tells none of itself."""
    page = await http.get(PAGE)
    assert (page.status_code, page.headers["content-type"]) == (200, "text/html; charset=utf-8")
    assert "default-src 'none'" in page.headers["content-security-policy"]
    assert "unsafe" not in page.headers["content-security-policy"]
    assert page.headers["referrer-policy"] == "no-referrer"
    assert page.headers["x-robots-tag"] == "noindex"
    assert page.headers["cache-control"] == "no-store"
    assert "set-cookie" not in page.headers
    # Links are relative, so that a proxy may put it below a path of its own; no code stands in it.
    assert not re.search(r"""(?:href|src)="(?:/|https?:)| on\w+=|<style|<script>""", page.text)


async def test_unknown_and_ended_rounds_are_one_friendly_page(
    http: httpx.AsyncClient, live: PlayedRound
) -> None:
    """Nobody learns whether there was one."""
    unknown = await http.get("/live/another")
    await live.end()
    ended = await http.get(PAGE)
    assert (unknown.status_code, ended.status_code) == (404, 404)
    assert unknown.text == ended.text
    assert dict(unknown.headers).keys() == dict(ended.headers).keys()
    assert "No live round is shown here" in ended.text
    for part in ("events", "join.svg", "figures/" + live.snapshot.figures[0]):
        answers = [await http.get(f"/live/{token}/{part}") for token in (TOKEN, "another")]
        assert [answer.status_code for answer in answers] == [404, 404]
        assert answers[0].content == answers[1].content


@pytest.mark.parametrize("token", ["%00", "é", "a" * 5000, "..%2f..", "files", "%ff"])
async def test_what_is_no_token_is_nothing(
    http: httpx.AsyncClient, live: PlayedRound, token: str
) -> None:
    """Whatever somebody tries."""
    assert (await http.get(f"/live/{token}")).status_code == 404
    assert (await http.get(f"/live/{token}/events")).status_code == 404


async def test_the_page_is_in_the_presenter_s_language(
    services: Services, http: httpx.AsyncClient
) -> None:
    """And so is what stands on it; who has no round reads what their browser asks for."""
    await begin_round(services, CASE, language="es")
    assert '<html lang="es"' in (await http.get(PAGE)).text
    async with screen(http) as told:
        assert (await told.until(state="gathering"))["language"] == "es"
    french = await http.get("/live/another", headers={"Accept-Language": "fr-FR,fr;q=0.9"})
    assert '<html lang="fr"' in french.text


async def test_a_screen_is_told_at_once_and_at_each_change(
    http: httpx.AsyncClient, live: PlayedRound
) -> None:
    """A whole question, as the presenter goes through it."""
    async with screen(http) as told:
        assert told.response.headers["x-accel-buffering"] == "no"
        assert told.response.headers["content-encoding"] == "identity"
        assert told.response.headers["cache-control"] == "no-store"
        first = await told.until(state="gathering")
        assert first["join"]["code"] == "K7MRW2"
        assert (first["vignette"], first["asked"]) == ([], None)
        await live.join(7)
        assert (await told.next() or {})["count"] == "7 people are in"
        await live.step("shown")
        shown = await told.until(state="shown")
        assert (len(shown["vignette"]), len(shown["figures"]), shown["asked"]) == (2, 1, None)
        await live.step("open")
        await live.vote([0], [0], [0], [0], [1], [2])
        opened = await told.until(state="open", count="6 of 7 in")
        assert len(opened["asked"]["choices"]) == 4
        await live.step("closed")
        assert (await told.until(state="closed"))["bars"] == []
        await live.step("closed", votes_shown=True)
        (bars,) = (await told.next() or {})["bars"]
        assert [share["told"] for share in bars["shares"]] == ["67%", "17%", "17%", "< 5%"]
        await live.step("open", ballot=2, votes_shown=False)
        assert (await told.until(state="open", count="0 of 7 in"))["bars"] == []
        await live.vote([0], [0], [0], [0], [0], [1])
        await live.step("closed")
        await live.step("closed", votes_shown=True)
        before, after = (await told.until(state="closed", count="6 of 7 in"))["bars"] or (
            (await told.next() or {})["bars"]
        )
        assert (before["title"], after["title"]) == ("First vote", "After discussion")
        assert after["shares"][0]["told"] == "83%"
        await live.step("revealed")
        answer = (await told.until(state="revealed"))["answer"]
        assert (answer["right"], answer["mark"]) == ([0], "right answer")
        await live.end()
        assert (await told.until(state="ended"))["join"] is None
        assert await told.next() is None


async def test_who_comes_later_is_told_where_it_stands(
    http: httpx.AsyncClient, live: PlayedRound
) -> None:
    """A projector that reloads has the state at once, whether others look or not."""
    await live.step("shown")
    for _ in range(2):
        async with screen(http) as told, screen(http) as beside:
            assert (await told.next() or {})["state"] == "shown"
            assert (await beside.next() or {})["state"] == "shown"


async def test_only_figures_that_stand_there_can_be_had(
    http: httpx.AsyncClient, live: PlayedRound
) -> None:
    """Not before the case is shown, and none of another case."""
    (sha256,) = live.snapshot.figures
    address = f"{PAGE}/figures/{sha256}"
    assert (await http.get(address)).status_code == 404
    await live.step("shown")
    figure = await http.get(address)
    assert (figure.status_code, figure.headers["content-type"]) == (200, "image/png")
    assert figure.content == shipped_library().figure(sha256)
    assert (await http.get(f"{PAGE}/figures/{'0' * 64}")).status_code == 404


async def test_the_code_to_scan_is_a_picture_from_here(
    http: httpx.AsyncClient, live: PlayedRound
) -> None:
    """Nothing is fetched from elsewhere for it."""
    code = await http.get(f"{PAGE}/join.svg")
    assert (code.status_code, code.headers["content-type"]) == (200, "image/svg+xml")
    assert b"<svg" in code.content


async def test_the_page_s_own_files_are_served_and_no_others(http: httpx.AsyncClient) -> None:
    """Neither its templates nor anything beside them."""
    for name in ("screen.js", "parts.js", "fit.js", "screen.css", "icon.svg"):
        assert (await http.get(f"/live/files/{name}")).status_code == 200
    for name in ("screen.html", "..%2fhealth.py", "%2e%2e", "no.js"):
        assert (await http.get(f"/live/files/{name}")).status_code == 404


async def test_all_screens_share_one_look_and_crowds_of_votes_few(
    http: httpx.AsyncClient, live: PlayedRound, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Forty votes, one by one, are not forty states; and twenty screens are not twenty looks."""
    looks = 0
    look = screen_of

    async def counted(services: Services, token: str) -> Screen | None:
        nonlocal looks
        looks += 1
        return await look(services, token)

    monkeypatch.setattr(screen_streams, "screen_of", counted)
    monkeypatch.setattr(screen_streams, "_PAUSE_S", 60.0)
    await live.join(40)
    await live.step("shown")
    await live.step("open")
    async with _many(http, 20) as screens:
        first = await asyncio.gather(*(each.next() for each in screens))
        assert all(told == first[0] for told in first)
        for number in range(40):
            await live.vote(*[[0]] * (number + 1))
        assert looks == 1


@asynccontextmanager
async def _many(http: httpx.AsyncClient, count: int) -> AsyncIterator[list[Stream]]:
    if not count:
        yield []
        return
    async with screen(http) as one, _many(http, count - 1) as others:
        yield [one, *others]


async def test_there_is_a_bound_on_open_screens(
    http: httpx.AsyncClient, live: PlayedRound, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One more is asked to come again later; and can, once another has gone."""
    monkeypatch.setattr(screen_streams, "MOST_OF_A_ROUND", 2)
    async with screen(http) as one:
        await one.next()
        async with screen(http) as two:
            await two.next()
            refused = await http.get(f"{PAGE}/events")
            assert (refused.status_code, "retry-after" in refused.headers) == (503, True)
        await _until(http, 200)


async def test_a_screen_that_reads_nothing_is_hung_up_on(
    url: str, http: httpx.AsyncClient, live: PlayedRound, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It holds up no other, and does not stay: another has its place."""
    monkeypatch.setattr(http_server, "_READS_WITHIN_S", 0.2)
    monkeypatch.setattr(screen_streams, "MOST_OF_A_ROUND", 1)
    monkeypatch.setattr(screen_streams.Showing, "events", _endless)
    address = httpx.URL(url)
    with socket.create_connection((address.host, address.port or 0)) as hanging:
        hanging.sendall(f"GET {PAGE}/events HTTP/1.1\r\nHost: bot\r\n\r\n".encode())
        await _until(http, 503)
        await _until(http, 200)


async def _until(http: httpx.AsyncClient, status: int) -> None:
    """Wait until whoever opens one more screen is answered so."""
    async with asyncio.timeout(20):
        while (await http.head(f"{PAGE}/events")).status_code != status:  # noqa: ASYNC110
            await asyncio.sleep(0.01)


async def _endless(_showing: object) -> AsyncIterator[bytes]:
    while True:
        yield b"data: " + b"x" * 100_000 + b"\n\n"
        await asyncio.sleep(0)


async def test_a_failing_database_ends_no_screen(
    http: httpx.AsyncClient, live: PlayedRound, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It shows what it showed, and goes on when the database is back."""
    look = screen_of
    fails, failed = asyncio.Event(), asyncio.Event()

    async def failing(services: Services, token: str) -> Screen | None:
        if fails.is_set():
            failed.set()
            raise StorageError("disk I/O error")
        return await look(services, token)

    monkeypatch.setattr(screen_streams, "screen_of", failing)
    async with screen(http) as told:
        await told.until(state="gathering")
        fails.set()
        await live.step("shown")
        async with asyncio.timeout(20):
            await failed.wait()
        fails.clear()
        await live.step("open")
        await told.until(state="open")


async def test_stopping_lets_open_screens_go_at_once(services: Services, live: PlayedRound) -> None:
    """Nobody waits for a page that stays open for hours."""
    async with httpx.AsyncClient(timeout=20) as http:
        async with screens_served(services) as url:
            http.base_url = httpx.URL(url)
            response = await http.send(http.build_request("GET", f"{PAGE}/events"), stream=True)
            told = Stream(response)
            await told.until(state="gathering")
            began = asyncio.get_running_loop().time()
        assert asyncio.get_running_loop().time() - began < 1
        assert await told.next() is None
        await response.aclose()


async def test_the_token_reaches_no_log(
    http: httpx.AsyncClient,
    live: PlayedRound,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    """Whatever is asked for, and whatever fails."""
    # What the test's own client notes is not the server's.
    for client in ("httpx", "httpcore"):
        caplog.set_level(logging.ERROR, logger=client)
    caplog.set_level(logging.DEBUG)

    async def failing(*_: object) -> None:
        raise StorageError("disk I/O error")

    for address in (PAGE, f"{PAGE}/join.svg", f"{PAGE}/figures/x", f"{PAGE}/nothing", f"{PAGE}/"):
        await http.get(address)
    async with screen(http) as told:
        await told.next()
    monkeypatch.setattr(screen_streams, "open_round", failing)
    assert (await http.get(PAGE)).status_code == 503
    assert "disk I/O error" in caplog.text
    assert TOKEN not in caplog.text
