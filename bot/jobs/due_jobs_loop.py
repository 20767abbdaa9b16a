"""The loop that does what falls due: scheduled cases, closings, tallies, digests, daily
cases, hand-ins of exams, and names to be taken out of what was posted.

Due times come from the database, never from when the process woke: what fell due while the bot was
down is seen to at start. While the clock is wrong nothing falls due.
"""

import asyncio
import logging
from collections.abc import Callable, Hashable, Sequence

from bot.base.logs import place_of
from bot.base.shutdown import STORAGE_PAUSE_S
from bot.intake.administrator_alerts import AdministratorAlerts
from bot.intake.commit import commit_outcomes
from bot.jobs.due_jobs import DUE_JOBS, AsOf, DueJob, DueTask
from bot.jobs.job_context import JobContext
from storage import (
    assignment_facts,
    chat_facts,
    cohort_facts,
    facts,
    flag_facts,
    item_facts,
    live_facts,
    question_facts,
    sitting_facts,
)
from storage.errors import StorageError
from storage.ledger import Entry
from storage.outcome import Outcome

log = logging.getLogger(__name__)

BATCH = 100  # things done in one commit, between which people's own requests get their turn
LAST_VOTES_S = 3.0  # seconds after the end of a question in which last votes may still arrive
_LONGEST_SLEEP_S = 60.0  # seconds; the system's clock may be set meanwhile
_RETRY_S = 1.0  # seconds before what could not be done yet is tried again
_SHORTEST_WAIT_S = 0.02  # the system's seconds between looks, however fast the clock runs
_TIMED = (
    chat_facts.ChatSet
    | chat_facts.ChatMoved
    | question_facts.ClosingDue
    | chat_facts.DailySet
    | chat_facts.NameHidden
    | question_facts.MayWriteAgain
    | question_facts.QuestionPut
    | question_facts.TallyDue
    | facts.PersonForgotten
    | cohort_facts.RoleDecided
    | flag_facts.QuestionFlagged
    | item_facts.ItemDecided
    | live_facts.RoundFact
    | sitting_facts.SittingBegun
    | assignment_facts.AssignedTo
    | assignment_facts.AllReminded
    | assignment_facts.AssignmentCancelled
    | assignment_facts.AssignmentExtended
    | assignment_facts.AssignmentMade
)


class DueJobsLoop:
    """Sees to what is due, in batches.

    ``caught_up`` tells whether all that people did has been read: until then nothing is closed.
    """

    def __init__(self, context: JobContext, caught_up: Callable[[], bool]) -> None:
        self._context = context
        self._services = context.services
        self._stop = context.stop
        self._caught_up = caught_up
        self._news = asyncio.Event()
        self._failed: set[Hashable] = set()
        self._alerts = AdministratorAlerts(
            self._services.settings.admins, self._services.languages.choose(None, None)
        )

    def note(self, entries: Sequence[Entry]) -> None:
        """Something was committed: it may have changed when the next thing is due."""
        if any(isinstance(fact, _TIMED) for entry in entries for fact in entry.outcome.facts):
            self._news.set()

    async def run(self) -> None:
        """Work until asked to stop."""
        while not self._stop:
            self._news.clear()
            if not self._services.clock.right:
                await self._stop.pause(_RETRY_S)
                continue
            try:
                more = False
                for job in DUE_JOBS:
                    more |= await self._serve(job) == BATCH
                    # A turn for everybody else, however much is due.
                    await asyncio.sleep(0)
                pause = 0.0 if more else await self._until_next()
            except StorageError as error:
                log.error("What is due must wait: the database failed (%s).", error)
                await self._stop.pause(STORAGE_PAUSE_S)
            else:
                await self._wait(pause)

    async def _serve(self, job: DueJob) -> int:
        """Do what is due of one kind, up to a batch; tells how much. Raises StorageError."""
        async with self._context.working:
            now = self._services.clock.now()
            settled = now - round(LAST_VOTES_S * 1000) if self._caught_up() else 0
            as_of, limit = AsOf(now, settled), BATCH + len(self._failed)
            found = await job.find(self._services, as_of, limit)
            tasks = [task for task in found if (job.name, task.key) not in self._failed][:BATCH]
            if not tasks:
                return 0
            entries = [Entry(await self._outcome(job, task)) for task in tasks]
            await commit_outcomes(
                self._services.store.ledger,
                self._services.clock,
                entries,
                lambda position, error: Entry(self._set_aside(job, tasks[position], error)),
                self._context.committed,
            )
        return len(tasks)

    async def _outcome(self, job: DueJob, task: DueTask) -> Outcome:
        """What a task comes to; one that cannot be done is set aside. Raises StorageError."""
        try:
            return await task.act()
        except StorageError:
            raise
        except Exception as error:  # noqa: BLE001 - it must not stop the others
            return self._set_aside(job, task, error)

    def _set_aside(self, job: DueJob, task: DueTask, error: Exception) -> Outcome:
        """Until the next start, when a later version of the program may know what to do."""
        what = place_of(error)
        log.error("What was due (%s) cannot be done: %s", job.name, what, exc_info=error)
        self._failed.add((job.name, task.key))
        return Outcome(owed=self._alerts.about(job.name, what, self._services.clock.now()))

    async def _until_next(self) -> float:
        """Seconds until something is due; not at once where it could not be done just now."""
        due = await self._services.store.chats.next_due(round(LAST_VOTES_S * 1000))
        if due is None:
            return _LONGEST_SLEEP_S
        wait = (due - self._services.clock.now()) / 1000
        return min(_LONGEST_SLEEP_S, wait if wait > 0 else _RETRY_S)

    async def _wait(self, pause: float) -> None:
        """For so many of the clock's seconds, or until there is news."""
        within = max(_SHORTEST_WAIT_S, self._services.clock.real(pause)) if pause else 0
        await self._stop.or_news(self._news, within)
