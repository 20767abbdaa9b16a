"""What most tests begin with: a sandbox, and the real bot talking to it over HTTP."""

import asyncio
import gc
import os
import signal
import sys
import time
from collections.abc import AsyncIterator
from operator import itemgetter
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings as examples

from bot.base.clock import Clock
from bot.sandbox.server import SandboxServer
from bot.settings import Settings
from tests.support.answering import CERTIFICATE
from tests.support.bot import running_bot, settings_for
from tests.support.library import two_cases
from tests.support.sandbox import Person, SandboxClient

# Programs that tests start again and again are not to be compiled each time.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
sys.dont_write_bytecode = False  # nor tests, whose asserts each worker would rewrite each time
# What fonts there are takes each process that draws a second to find out.
os.environ.setdefault("MPLCONFIGDIR", str(Path(__file__).parents[1] / ".pytest_cache/matplotlib"))
# Nobody but one is to be believed: to read whom the system believes takes each program long.
os.environ["SSL_CERT_FILE"] = str(CERTIFICATE)
# httpcore looks for it, in vain, several times a call: a sixth of what conversations take.
sys.modules.setdefault("sniffio", None)  # type: ignore[arg-type]

# How long an example takes is the machine's business, not the test's; `make soak` tries many more.
EXAMPLES = int(os.environ.get("MORNING_REPORT_TEST_EXAMPLES", "50"))
examples.register_profile("house", deadline=None, max_examples=EXAMPLES)
examples.load_profile("house")


class Hurried:
    """asyncio as it is, but that pauses are soon over."""

    def __getattr__(self, name: str) -> Any:
        return getattr(asyncio, name)

    async def sleep(self, delay: float) -> None:
        """A twentieth of the pause."""
        await asyncio.sleep(delay / 20)


# A quarter of a second to end a server, hundreds of times: uvicorn looks now and then whether to.
pytest.MonkeyPatch().setattr("uvicorn.server.asyncio", Hurried())


def _interrupted(*_: object) -> None:
    raise KeyboardInterrupt


# asyncio puts a handler of its own into each loop's run and takes it away again where Python's is
# in force; for that, Python spells out all that the handler holds: a tenth of the processor time.
signal.signal(signal.SIGINT, _interrupted)


def pytest_xdist_auto_num_workers() -> int:
    """Three workers for each core: much of the time tests wait for clocks and other programs."""
    return 3 * (os.cpu_count() or 1)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Whatever starts the program again and again, to kill it or to watch it, is long.

    Conversations, which mostly wait, are spread among the tests that reckon, and are over before
    those: so the cores have work, and nothing is waited for alone at the end.
    """
    waiting = [item for item in items if "conversations" in item.path.parts]
    reckoning = [item for item in items if "conversations" not in item.path.parts]
    between = max(1, 2 * len(reckoning) // (3 * max(1, len(waiting))))
    places = [*((n * between, one) for n, one in enumerate(waiting)), *enumerate(reckoning)]
    if "PYTEST_XDIST_WORKER" in os.environ:
        items[:] = [one for _, one in sorted(places, key=itemgetter(0))]
    for item in items:
        if item.path.parent.name in {"kills", "demo"}:
            item.add_marker("long")


def pytest_collection_finish() -> None:
    """Ten thousand tests are not searched for garbage again and again: a fifth of the time."""
    gc.collect()
    gc.freeze()


@pytest.fixture
def clock() -> Clock:
    """Time at five times its speed, in bot and sandbox alike: the bot paces itself by it."""
    now = time.time()
    return Clock(now, 5, now)


@pytest.fixture
async def server(clock: Clock) -> AsyncIterator[SandboxServer]:
    """A sandbox on a free port, without sending limits."""
    server = SandboxServer(clock=clock)
    await server.start()
    yield server
    await server.stop()


@pytest.fixture
async def sandbox(server: SandboxServer) -> AsyncIterator[SandboxClient]:
    """The sandbox's control interface."""
    async with SandboxClient(server.url) as client:
        yield client


@pytest.fixture
def settings(server: SandboxServer, clock: Clock, tmp_path: Path) -> Settings:
    """Settings of a bot at that sandbox, with two cases and a database of its own."""
    library = two_cases(tmp_path / "library")
    return settings_for(server.url, tmp_path, clock=clock, content=library, shipped_cases=False)


@pytest.fixture
async def bot(settings: Settings) -> AsyncIterator[Settings]:
    """The bot at work."""
    async with running_bot(settings):
        yield settings


@pytest.fixture
async def learner(sandbox: SandboxClient, bot: Settings) -> Person:
    """Someone who has just pressed Start and been welcomed."""
    person = await sandbox.person("Ada", language_code="en")
    await person.send("/start")
    await person.wait_for(lambda message: message["from"]["is_bot"])
    return person
