"""`morning-report preview`: sandbox, bot and learners about one case file."""

import asyncio
import tempfile
from collections.abc import Awaitable, Callable
from contextlib import aclosing, suppress
from pathlib import Path

import aiohttp
from msgspec import Struct
from msgspec.structs import replace
from rich.console import Console

from bot.app import attend
from bot.base.clock import Clock
from bot.base.shutdown import Stop
from bot.demo.run_demo import TOKEN, for_play, started
from bot.demo.sandbox_client import Sandbox
from bot.jobs.watch_files import changes
from bot.preview.browser import find_browser
from bot.preview.panel import Held, Shown, State, Stuck, clock_time, notes, summary
from bot.preview.picture import write_picture
from bot.preview.preview_chats import NotPreviewedError, PreviewChats, PreviewedCase
from bot.preview.source import Version, checked, files_of
from bot.sending.rate_limits import Pace
from bot.services import Services, equipped
from bot.settings import Settings
from content.file_state import FileState, state_of
from content.library import library_of
from content.loader import CaseFile, read_case
from content.model import Case
from content.one_question_case import alone

_LOOK_EVERY_S = 0.3  # the system's; a file that stays as it is for so long counts as saved
_QUIET_WITHIN_S = 20.0  # the system's, until the bot has answered what was refused
_AT_ONCE = Pace(per_second=1000, burst=1000, chat_per_second=1000, chat_burst=1000)


class PreviewError(Exception):
    """There is nothing to show; the message says why and what to do."""


class BotAtWork(Struct):
    """A bot at work for the learners of a preview, in the sandbox at ``url``."""

    url: str
    services: Services
    chats: PreviewChats
    stop: Stop

    async def go_through(self, file: CaseFile) -> PreviewedCase | None:
        """Show the case of a file, instead of any other; then each variant, as a review asks it.

        None where the stop came first. Raises NotPreviewedError.
        """
        if file.case is None:
            raise NotPreviewedError("There is no case in it.")
        variants = _variants(file.case)
        shown = [replace(file, case=each) for each in variants]
        self.services.library = library_of([file, *shown])
        try:
            return await self.stop.unless(self.chats.go_through(file.case, variants))
        except NotPreviewedError:
            await self.stop.unless(self._quiet())
            raise

    async def _quiet(self) -> None:
        """Wait, for a while, until the bot has sent what it sends in place of what was refused: the
        next version is not to be taken for that, nor that for it.
        """
        with suppress(TimeoutError):
            async with asyncio.timeout(_QUIET_WITHIN_S):
                while True:
                    if await self.chats.has_answered() and not await self._owes():
                        return
                    await asyncio.sleep(_LOOK_EVERY_S)

    async def _owes(self) -> bool:
        return (await self.services.store.outbox.backlog()).calls > 0


def _variants(case: Case) -> list[Case]:
    """Each variant as a case by itself, under an id of its own."""
    return [
        alone(case, position, variant.id).model_copy(
            update={"id": f"{case.id}/{question.id}/{variant.id}"}
        )
        for position, question in enumerate(case.questions)
        for variant in question.variants
    ]


class Follower(Struct):
    """Keeps what is shown equal to a file."""

    at_work: BotAtWork
    path: Path
    console: Console
    _files: tuple[
        Path, ...
    ] = ()  # of what was read last; while that is no YAML, of what was before
    _read: CaseFile | None = None
    _shown: CaseFile | None = None
    _shown_at: int | None = None

    async def run(self) -> None:
        """Show the file as it is, and again whenever it or a figure of it changes."""
        watching = changes(self.at_work.stop, self._state, _LOOK_EVERY_S)
        async with aclosing(watching) as news:
            async for _ in news:
                await self._look()

    def _state(self) -> FileState:
        return state_of(self._files or (self.path,))

    async def _look(self) -> None:
        file = await asyncio.to_thread(read_case, self.path)
        if file == self._read:
            return
        self._read = file
        if file.tree is not None:
            self._files = files_of(file)
        version = await _check(file, self.at_work.services.clock)
        state = await self._show(file)
        chats = self.at_work.chats
        await chats.tell(notes(version, state, chats.learners.by_name))
        now = clock_time(self.at_work.services.clock.now())
        what = "shown" if isinstance(state, Shown) else "not shown"
        self.console.print(f"  {now}  {what}. {summary(version)}", highlight=False)

    async def _show(self, file: CaseFile) -> State:
        if file.case is None:
            return Held(self._shown_at)
        now = self.at_work.services.clock.now()
        shown = self._shown
        if shown is None or (shown.case, shown.figures) != (file.case, file.figures):
            self._shown = None
            try:
                await self.at_work.go_through(file)
            except NotPreviewedError as error:
                return Stuck(str(error))
            self._shown, self._shown_at = file, now
        return Shown(now)


async def _check(file: CaseFile, clock: Clock) -> Version:
    """A file with all its problems."""
    return await asyncio.to_thread(checked, file, clock.latest_day())


async def run_preview(
    settings: Settings, stop: Stop, path: Path, port: int | None, console: Console
) -> None:
    """Serve the page until asked to stop. Raises SandboxError, BotError."""

    async def follow(at_work: BotAtWork) -> None:
        console.print(
            f"\n  {path.name} is at  [bold]{at_work.url}[/bold]\n\n"
            "  It is shown anew whenever you save it. Ctrl-C ends it.\n",
            highlight=False,
        )
        await Follower(at_work, path, console).run()

    await _with_bot(settings, stop, port, follow)


async def run_picture(
    settings: Settings, stop: Stop, path: Path, target: Path, console: Console
) -> None:
    """Write the picture of a case: its poll, and what follows a right and a wrong answer.

    Raises PreviewError, BrowserError, SandboxError, BotError.
    """
    browser = find_browser()
    version = await _check(await asyncio.to_thread(read_case, path), settings.clock)
    if version.file.case is None:
        listed = "\n".join(str(problem) for problem in version.problems if problem.is_error)
        raise PreviewError(f"{path} has errors; mend them first:\n{listed}")

    async def draw(at_work: BotAtWork) -> None:
        try:
            previewed = await at_work.go_through(version.file)
        except NotPreviewedError as error:
            raise PreviewError(str(error)) from None
        if previewed is None:
            return
        learners = at_work.chats.learners
        wanted = (
            f"{learners.you}",
            f"{learners.right}:{previewed.right_poll}",
            f"{learners.wrong}:{previewed.wrong_poll}",
        )
        query = "&".join(f"chat={each}" for each in wanted)
        sheet = f"{at_work.url}/page/sheet.html?{query}"
        await stop.unless(write_picture(browser, sheet, target))
        if not stop:
            console.print(f"{target} is written.", highlight=False, markup=False, soft_wrap=True)

    # Whatever else runs on this computer, there is a port for a picture.
    await _with_bot(settings, stop, None, draw)


async def _with_bot(
    settings: Settings,
    stop: Stop,
    port: int | None,
    work: Callable[[BotAtWork], Awaitable[None]],
) -> None:
    """Do this work beside a bot, and end with it."""
    server = await started(settings, port, limits=False)
    try:
        with tempfile.TemporaryDirectory(prefix="morning-report-preview-") as folder:
            own = for_play(
                settings,
                server.url,
                Path(folder) / "preview.db",
                content=None,
                admins=frozenset(),
                watch=False,
            )
            async with (
                equipped(own, library_of([])) as services,
                aiohttp.ClientSession(server.url) as http,
            ):
                chats = await PreviewChats.build(Sandbox(http, settings.clock))
                at_work = BotAtWork(server.url, services, chats, stop)
                await _both(attend(services, TOKEN, stop, pace=_AT_ONCE), work(at_work), stop)
    finally:
        await server.stop()


async def _both(bot: Awaitable[None], work: Awaitable[None], stop: Stop) -> None:
    """The end or failure of either is the end of both. Raises what it raised."""

    async def ending(part: Awaitable[None]) -> None:
        try:
            await part
        finally:
            stop.set()

    try:
        async with asyncio.TaskGroup() as tasks:
            for part in (bot, work):
                tasks.create_task(ending(part))
    except ExceptionGroup as group:
        raise group.exceptions[0] from None
