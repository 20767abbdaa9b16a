"""Files that people sent, fetched from Telegram beside everything else.

A file may take a minute to come, and no other update may wait so long. So a route only notes that
it was sent (``FileSent``), which confirms the update; here it is fetched under no lock, and what is
done with it is committed together with the note's end: a kill costs no file, and takes none twice.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Any, Final

from telegram import Bot

from bot.base.logs import place_of
from bot.base.shutdown import STORAGE_PAUSE_S
from bot.features.pictures.fetched_picture import take_fetched
from bot.features.pictures.picture_steps import PURPOSE
from bot.features.writing.take_file import DRAFT_FILE, take_file
from bot.intake.administrator_alerts import AdministratorAlerts
from bot.intake.commit import commit_outcomes
from bot.jobs.job_context import JobContext
from bot.services import Services
from bot.telegram.downloads import DownloadError, NoFile, download_file
from content.drafting import read_file
from content.plain_picture import plain_picture
from storage.errors import StorageError
from storage.ledger import Entry
from storage.outcome import Outcome
from storage.sent_file_facts import FileSent, FileTaken
from storage.sent_files import SentFile

log = logging.getLogger(__name__)

AT_ONCE: Final = 4  # files under way together, each of another person
TRIES: Final = 5
_PAUSE_S: Final = 2.0  # seconds before the second try; twice as long before each one after

OnFile = Callable[[Services, SentFile, Any], Awaitable[Outcome]]
"""A rule that takes a file, as its reader gives it, or hears why there is none (``NoFile``). It is
asked under the lock that intake holds too: what takes long is for the reader."""

ON_FILES: Mapping[str, OnFile] = {DRAFT_FILE: take_file, PURPOSE: take_fetched}
"""The rules, by the purposes of the files that they take."""

READERS: Mapping[str, Callable[[str, bytes], object]] = {
    DRAFT_FILE: read_file,
    PURPOSE: lambda _, content: plain_picture(content),
}
"""What reads a file by its name and bytes, in a thread and under no lock; without one, a rule gets
the bytes."""


class FileFetcher:
    """Fetches what was sent, one person's files in their order."""

    def __init__(self, context: JobContext, bot: Bot) -> None:
        self._context = context
        self._services = context.services
        self._bot = bot
        self._stop = context.stop
        self._news = asyncio.Event()
        self._under_way: set[int] = set()  # whose files
        self._alerts = AdministratorAlerts(
            self._services.settings.admins, self._services.languages.choose(None, None)
        )

    def note(self, entries: Sequence[Entry]) -> None:
        """Something was committed: perhaps a file was sent."""
        if any(isinstance(fact, FileSent) for entry in entries for fact in entry.outcome.facts):
            self._news.set()

    async def run(self) -> None:
        """Work until asked to stop; what was not taken by then is, after the next start."""
        async with asyncio.TaskGroup() as fetching:
            while not self._stop:
                self._news.clear()
                for file in await self._waiting():
                    self._under_way.add(file.person_id)
                    fetching.create_task(self._serve(file))
                await self._stop.or_news(self._news, None)

    async def _waiting(self) -> list[SentFile]:
        """What can be fetched beside what is under way."""
        try:
            found = await self._services.store.sent_files.waiting(AT_ONCE)
        except StorageError as error:
            log.error("Files that were sent must wait: the database failed (%s).", error)
            await self._stop.pause(STORAGE_PAUSE_S)
            self._news.set()
            return []
        return [file for file in found if file.person_id not in self._under_way]

    async def _serve(self, file: SentFile) -> None:
        try:
            came: object = await self._fetched(file)
            if isinstance(came, bytes):
                came = await self._read(file, came)
            if came is not None:
                await self._take(file, came)
        except StorageError as error:
            log.error("A file that was sent must wait: the database failed (%s).", error)
            await self._stop.pause(STORAGE_PAUSE_S)
        finally:
            self._under_way.discard(file.person_id)
            self._news.set()

    async def _fetched(self, file: SentFile) -> bytes | NoFile | None:
        """The file, or why there is none; None when asked to stop."""
        pause = _PAUSE_S
        for attempt in range(1, TRIES + 1):
            try:
                return await self._stop.unless(download_file(self._bot, file.file_id))
            except DownloadError as error:
                if error.why is not NoFile.UNREACHABLE or attempt == TRIES:
                    return error.why
            await self._stop.pause(pause)
            if self._stop:
                return None
            pause *= 2
        return NoFile.UNREACHABLE

    async def _read(self, file: SentFile, content: bytes) -> object:
        """What its reader makes of it; the error, where it fails, which is met when it is taken."""
        read = READERS.get(file.purpose)
        try:
            return content if read is None else await asyncio.to_thread(read, file.name, content)
        except Exception as error:  # noqa: BLE001 - it must not stop the others
            return error

    async def _take(self, file: SentFile, came: object) -> None:
        """Commit what comes of it. Raises StorageError."""
        taken = Outcome((FileTaken(file.person_id, file.message_id),))
        async with self._context.working:
            if not await self._services.store.sent_files.is_waiting(file):
                return
            try:
                if isinstance(came, Exception):
                    raise came
                outcome = await ON_FILES[file.purpose](self._services, file, came)
            except StorageError:
                raise
            except Exception as error:  # noqa: BLE001 - it must not stop the others
                outcome = self._set_aside(error)
            await commit_outcomes(
                self._services.store.ledger,
                self._services.clock,
                [Entry(taken + outcome)],
                lambda _, error: Entry(taken + self._set_aside(error)),
                self._context.committed,
            )

    def _set_aside(self, error: Exception) -> Outcome:
        what = place_of(error)
        log.error("A file that was sent cannot be taken: %s", what, exc_info=error)
        return Outcome(owed=self._alerts.about("file", what, self._services.clock.now()))
