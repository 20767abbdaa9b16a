"""Metrics of the bot at work, for Prometheus: how much, how fast, and what went wrong.

None is about a person: labels are verdicts, methods, kinds of updates and kinds of errors.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest

from bot.sending.delivery import Delivery
from bot.telegram import bot_api
from bot.telegram.raw_updates import ALLOWED_UPDATES
from bot.web.observer import Observer
from content.grading import Verdict
from storage.case_facts import AnswerGiven
from storage.ledger import Entry
from storage.outbox import Backlog
from storage.poll_facts import AnswerParked
from storage.settlements import Sent

CONTENT_TYPE: Final = "text/plain; version=0.0.4; charset=utf-8"
_SECONDS: Final = (0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0, 60.0)
"""Upper bounds of the latency histograms."""
_ERRORS: Final = {
    bot_api.TooMany: "too_many_requests",
    bot_api.GroupUpgraded: "chat_moved",
    bot_api.NotAllowed: "forbidden",
    bot_api.Wrong: "bad_request",
    bot_api.UpdatesTaken: "conflict",
    bot_api.BadToken: "unauthorized",
    bot_api.NoAnswer: "no_answer",
}


class Metrics(Observer):
    """Counts from the start of the program; one to a bot."""

    def __init__(self) -> None:
        self._registry = registry = CollectorRegistry()
        self._updates = Counter(
            "morning_report_updates", "Updates recorded as handled", registry=registry
        )
        self._set_aside = Counter(
            "morning_report_updates_set_aside",
            "Updates that could not be handled",
            ["kind"],
            registry=registry,
        )
        self._votes = Counter(
            "morning_report_votes", "Answers recorded", ["verdict"], registry=registry
        )
        self._parked = Counter(
            "morning_report_votes_parked", "Votes in polls not known yet", registry=registry
        )
        self._commits = Histogram(
            "morning_report_commit_seconds",
            "From the arrival of updates to their commit",
            registry=registry,
            buckets=_SECONDS,
        )
        self._calls = Histogram(
            "morning_report_telegram_call_seconds",
            "Calls of the Bot API, by method",
            ["method"],
            registry=registry,
            buckets=_SECONDS,
        )
        self._errors = Counter(
            "morning_report_telegram_errors",
            "Calls that the Bot API did not do, by kind",
            ["kind"],
            registry=registry,
        )
        self._waits = Histogram(
            "morning_report_owed_seconds",
            "From owing a message to Telegram's having it",
            ["line"],
            registry=registry,
            buckets=_SECONDS,
        )
        self._owed = Gauge("morning_report_outbox_calls", "Calls owed now", registry=registry)
        self._oldest = Gauge(
            "morning_report_outbox_oldest_seconds", "Age of the oldest owed call", registry=registry
        )
        self._cases = Gauge("morning_report_cases", "Cases in the library", registry=registry)
        self._ready = Gauge(
            "morning_report_ready",
            "1 where all is well, as /readyz says",
            ["part"],
            registry=registry,
        )
        self._begin()

    def _begin(self) -> None:
        """Give what is to be expected from zero on: of what begins at 1 no increase is seen."""
        for counter, values in (
            (self._set_aside, ALLOWED_UPDATES),
            (self._votes, Verdict),
            (self._errors, _ERRORS.values()),
            (self._waits, ("people", "broadcast")),
        ):
            for value in values:
                counter.labels(value)

    def committed(self, entries: Sequence[Entry], waited_ms: int) -> None:
        updates = sum(entry.update_id is not None for entry in entries)
        self._updates.inc(updates)
        if updates:
            self._commits.observe(max(0, waited_ms) / 1000)
        for entry in entries:
            if entry.set_aside is not None:
                self._set_aside.labels(entry.set_aside.kind).inc()
            for fact in entry.outcome.facts:
                match fact:
                    case AnswerGiven(verdict=verdict):
                        self._votes.labels(verdict).inc()
                    case AnswerParked():
                        self._parked.inc()

    def called(self, method: str, reply: bot_api.Reply, seconds: float) -> None:
        self._calls.labels(method).observe(seconds)
        self.answered(reply)

    def answered(self, reply: bot_api.Reply) -> None:
        if kind := _ERRORS.get(type(reply)):
            self._errors.labels(kind).inc()

    def settled(self, deliveries: Iterable[Delivery], now: int) -> None:
        for delivery in deliveries:
            if isinstance(delivery.settlement, Sent):
                line = "broadcast" if delivery.row.broadcast else "people"
                self._waits.labels(line).observe(max(0.0, (now - delivery.row.owed_at) / 1000))

    def text(self, backlog: Backlog, cases: int, ready: Mapping[str, bool], now: int) -> bytes:
        """All metrics in Prometheus's text format; ``now`` is UTC milliseconds."""
        for part, well in ready.items():
            self._ready.labels(part).set(well)
        self._owed.set(backlog.calls)
        oldest = backlog.oldest_at
        self._oldest.set(0.0 if oldest is None else max(0.0, (now - oldest) / 1000))
        self._cases.set(cases)
        return generate_latest(self._registry)
