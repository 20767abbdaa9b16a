"""Taking updates in: handle a batch in rounds, commit each, and only then let it be confirmed.

python-telegram-bot's own updater confirms what it has fetched before it is handled. Here the next
batch is asked for, which is the confirmation, after everything the last one means is on disk.
"""

import asyncio
import logging
from collections.abc import Callable, Sequence

from msgspec import Struct
from telegram import Update

from bot.base.logs import place_of
from bot.base.shutdown import STORAGE_PAUSE_S, Stop
from bot.intake.administrator_alerts import AdministratorAlerts
from bot.intake.commit import commit_outcomes
from bot.intake.flood_control import bound_flood, wanted_by
from bot.intake.other_database import answers_a_post, ensure_ours
from bot.intake.rounds import ids_of, in_rounds
from bot.intake.votes import outcomes_of_votes
from bot.services import App, Services
from bot.telegram import bot_api
from bot.telegram.administrators import Lookup, LookupNeededError
from bot.telegram.batches import Arrival, Batch, UpdateSource
from bot.telegram.raw_updates import VOTE, RawUpdate, kind_of, person_of
from storage.errors import StorageError
from storage.ledger import Entry, SetAside
from storage.lock import note_at_work
from storage.outcome import Outcome, Toast

log = logging.getLogger(__name__)

# The system's ms, however fast the clock is; later Telegram takes no answer to a button press.
TOAST_WITHIN_MS = 15_000


class IntakeListeners(Struct, frozen=True):
    """Who hears of what intake does.

    ``committed`` is called after each commit; ``called`` once a button press was answered, or could
    not be: the method, the reply, and after how many of the clock's seconds it came.
    """

    committed: Callable[[Sequence[Entry]], None]
    called: Callable[[str, bot_api.Reply, float], None]


class Intake:
    """The loop from Telegram to the commit.

    ``working`` is held while rules look at the database and until their Outcomes are in it, so
    that nobody acts on what is just changing.
    """

    def __init__(
        self,
        application: App,
        source: UpdateSource,
        working: asyncio.Lock,
        stop: Stop,
        told: IntakeListeners,
    ) -> None:
        self._application = application
        self._services: Services = application.bot_data
        self._source = source
        self._working = working
        self._stop = stop
        self._told = told
        self._alerts = AdministratorAlerts(
            self._services.settings.admins, self._services.languages.choose(None, None)
        )
        self._toasts: set[asyncio.Task[None]] = set()
        self._ours = False  # whether what people answer was posted from this database

    async def run(self) -> None:
        """Work until asked to stop. Raises TokenRefusedError, OtherCopyError."""
        while not self._stop:
            batch = await self._source.fetch()
            if batch is None:
                continue
            try:
                await self._work(batch)
            except StorageError as error:
                # Not the updates' fault: nothing is confirmed, and Telegram gives them again.
                log.error("The database failed (%s); trying again.", error)
                await self._stop.pause(STORAGE_PAUSE_S)
            else:
                self._source.done(batch)
                note_at_work(self._services.settings.database, self._services.clock.now())
        if self._toasts:
            await asyncio.wait(self._toasts, timeout=1)

    async def _work(self, batch: Batch) -> None:
        by_id = {update["update_id"]: update for update in batch.updates}
        known = await self._services.store.ledger.handled(by_id) if by_id else frozenset()
        new = [update for number, update in by_id.items() if number not in known]
        if not self._ours and any(map(answers_a_post, new)):
            await ensure_ours(self._services)
            self._ours = True
        self._services.rights.new_batch()
        while new:
            new, lookups = await self._work_on(new, batch.arrival)
            # Under no lock: whatever is due, and whoever was not held up by this, goes on.
            await self._services.rights.look_up(lookups)

    async def _work_on(
        self, updates: Sequence[RawUpdate], arrival: Arrival
    ) -> tuple[list[RawUpdate], set[Lookup]]:
        """Handle and commit these updates, but for those that need to know more of Telegram.

        They are given back, with what the same people and chats did after them, and what is to be
        asked. Raises StorageError.
        """
        waiting: list[RawUpdate] = []
        held: set[int] = set()
        lookups: set[Lookup] = set()
        for ready in in_rounds(updates):
            free = [raw for raw in ready if held.isdisjoint(ids_of(raw))]
            waiting += [raw for raw in ready if raw not in free]
            async with self._working:
                self._services.arrival = arrival
                try:
                    handled = list(zip(free, await self._handle_round(free), strict=True))
                    done = [(raw, entry) for raw, entry in handled if isinstance(entry, Entry)]
                    entries = await self._commit(*zip(*done, strict=True)) if done else ()
                except StorageError:
                    self._alerts.lost()
                    raise
            self._alerts.committed()
            self._send_toasts([raw for raw, _ in done], entries, arrival)
            for raw, needed in handled:
                if isinstance(needed, LookupNeededError):
                    waiting.append(raw)
                    held.update(ids_of(raw))
                    lookups.update(needed.lookups)
        return waiting, lookups

    async def _handle_round(self, updates: Sequence[RawUpdate]) -> list[Entry | LookupNeededError]:
        """Handle a round's updates: votes together, the others one after another."""
        kinds = [kind_of(raw) for raw in updates]
        cast = [raw for raw, kind in zip(updates, kinds, strict=True) if kind == VOTE]
        votes = iter(await outcomes_of_votes(self._services, cast) if cast else ())
        return [
            self._entry(raw, next(votes)) if kind == VOTE else await self._handle(raw)
            for raw, kind in zip(updates, kinds, strict=True)
        ]

    async def _handle(self, raw: RawUpdate) -> Entry | LookupNeededError:
        """Handle one update. Raises StorageError alone: any other trouble is the update's own."""
        number = raw["update_id"]
        try:
            update = Update.de_json(raw, self._application.bot)
        except Exception as error:  # noqa: BLE001 - whatever it is, it must not stop the others
            return self._set_aside(raw, error)
        outcomes = self._services.outcomes
        outcomes.open(number)
        try:
            await self._application.process_update(update)
        except Exception as error:  # noqa: BLE001 - as above
            outcomes.fail(number, error)
        result = outcomes.collect(number)
        if isinstance(result, Outcome) and result.owed and (wanted := wanted_by(update)):
            try:
                result = await bound_flood(self._services, wanted, result)
            except LookupNeededError as needed:
                result = needed
        return self._entry(raw, result)

    def _entry(
        self, raw: RawUpdate, result: Outcome | Exception | None
    ) -> Entry | LookupNeededError:
        """What an update came to, as it is to be committed. Raises StorageError."""
        match result:
            case Outcome() as outcome:
                return Entry(outcome, raw["update_id"])
            case StorageError() as failure:
                raise failure
            case LookupNeededError() as needed:
                return needed
            case failure:
                return self._set_aside(raw, failure)

    def _set_aside(self, raw: RawUpdate, error: Exception | None) -> Entry:
        """Note an update that cannot be handled, by kind and place, without what it says."""
        kind = kind_of(raw)
        what = "nothing handled it" if error is None else place_of(error)
        log.error("An update of kind %s was set aside: %s", kind, what, exc_info=error)
        told = self._alerts.about(kind, what, self._services.clock.now())
        aside = SetAside(kind, what, person_of(raw))
        return Entry(Outcome(owed=told), raw["update_id"], aside)

    async def _commit(
        self, updates: Sequence[RawUpdate], entries: Sequence[Entry]
    ) -> Sequence[Entry]:
        """Commit a round; an update whose Outcome cannot be kept is set aside."""
        return await commit_outcomes(
            self._services.store.ledger,
            self._services.clock,
            entries,
            lambda position, error: self._set_aside(updates[position], error),
            self._told.committed,
        )

    def _send_toasts(
        self, updates: Sequence[RawUpdate], entries: Sequence[Entry], arrival: Arrival
    ) -> None:
        """Answer button presses, best effort: the press itself is already on record."""
        clock = self._services.clock
        if clock.real(clock.now() - arrival.received_at) > TOAST_WITHIN_MS:
            return
        for raw, entry in zip(updates, entries, strict=True):
            query = raw.get("callback_query")
            if isinstance(query, dict) and isinstance(query.get("id"), str):
                task = asyncio.create_task(self._toast(query["id"], entry.outcome.toast or Toast()))
                self._toasts.add(task)
                task.add_done_callback(self._toasts.discard)

    async def _toast(self, query_id: str, toast: Toast) -> None:
        params: dict[str, object] = {"callback_query_id": query_id}
        if toast.text:
            params |= {"text": toast.text, "show_alert": toast.alert}
        if toast.url:
            params["url"] = toast.url
        clock, method = self._services.clock, "answerCallbackQuery"
        begun = clock.monotonic()
        reply = await bot_api.call(self._application.bot, method, params, timeout=10)
        self._told.called(method, reply, clock.monotonic() - begun)
