"""A month's transcript beside what was planned: order, completeness, times and wording."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from itertools import groupby
from pathlib import Path
from zoneinfo import ZoneInfo

from msgspec import Struct

from bot.base.time_units import MINUTE_MS
from bot.features.shared.chat_settings import ChatSettings
from bot.scheduling.timetable import EVERY_DAY, Timetable, Weekday, due_between
from content.model import Case
from tests.soak.case_marks import CaseMarks
from tests.soak.day_checks import BrokenPromiseError, unfinished
from tests.soak.transcript import Line, Transcript
from tests.support.database import query

_ZONE = "Europe/Berlin"
_SOON_MS = 10 * MINUTE_MS  # after what somebody did
_LATE_MS = 75 * MINUTE_MS  # after a due time; the bot is killed and started anew now and then
_TOLD = "⏰ Time is up."
_DIGEST = "📅"
_ODD = re.compile(
    r"\bNone\b(?! of)|[{}]|\*\*|\b\d{4}-\d\d-\d\d\b|&(?:amp|lt|gt|quot);|</?[a-z]+>|\bnan\b|%\("
    r"|\b1 (?:voters|cases|people|days|answers|times)\b|\b1 of \d+ voters were|\b100 %"
)


class Planned(Struct, frozen=True):
    """What the month was to be; ``kills``: each may bring a message a second time.

    ``skips``: from when until when nobody lived, UTC ms, in order. ``passed``: due times that an
    administrator passed over, and those that an open case of two questions may take.
    """

    chats: Mapping[int, ChatSettings]
    cases: Mapping[str, Case]
    database: Path
    kills: int
    skips: Sequence[tuple[int, int]]
    passed: int

    def before(self, at: int, lived: int) -> int:
        """The time that lies so many lived milliseconds before another."""
        earlier = at - lived
        for begin, end in reversed(self.skips):
            if earlier < end <= at:
                earlier -= end - begin
        return earlier


def check_month(transcript: Transcript, planned: Planned) -> dict[str, object]:
    """What the month came to. Raises BrokenPromiseError, which lists all that is wrong."""
    check = _Check(transcript, planned)
    wrong = [
        *(f"odd words: {_at(line)}: {odd}" for line, odd in check.odd()),
        *(said for chat_id in planned.chats for said in check.order(chat_id)),
        *check.results(),
        *check.missed(),
        *check.digests(),
        *check.untimely(),
        *check.repeated(),
        *(f"{number} still {name}" for name, number in check.unfinished().items()),
    ]
    numbers = check.numbers()
    if wrong:
        raise BrokenPromiseError("\n".join([*wrong, str(numbers)]))
    return numbers


class _Check:
    def __init__(self, transcript: Transcript, planned: Planned) -> None:
        self._planned = planned
        self._lines = transcript.lines
        self._said = [line for line in self._lines if line.by_bot and not line.edited]
        self._about = CaseMarks(planned.cases.values())
        self._again = 0
        self.let_go: list[str] = []

    def numbers(self) -> dict[str, object]:
        """How much there was to check."""
        told = [line for line in self._said if _TOLD in line.text]
        return {
            "messages of the bot": len(self._said),
            "answers": query(self._planned.database, "SELECT count(*) FROM answers")[0][0],
            "results told in chats": len(told),
            "messages sent again after a kill": self._again,
            "due times passed over": ", ".join(self.let_go) or "none",
        }

    def unfinished(self) -> dict[str, int]:
        """What is owed still; questions may be open, and cases are due tomorrow."""
        left = unfinished(self._planned.database)
        return {name: number for name, number in left.items() if name in {"owed", "parked"}}

    def odd(self) -> Iterator[tuple[Line, str]]:
        """Words that no person would write."""
        for line in self._lines:
            # What a command looks like is shown in examples.
            said = re.sub(r"^/.*$", "", line.text, flags=re.MULTILINE)
            if line.by_bot and (found := _ODD.search(said)):
                yield line, found[0]

    def order(self, chat_id: int) -> Iterator[str]:
        """No case comes into the midst of another, nor twice while others were not seen."""
        said = [line for line in self._said if line.chat_id == chat_id]
        cases = [self._about.case_of(line.text) for line in said]
        told = list(zip(said, cases, strict=True))
        for (first, case), (one, other), (last, same) in zip(
            told, told[1:], told[2:], strict=False
        ):
            if case is not None and case == same != other and last.at - first.at < _SOON_MS:
                yield f"cut in two by {_at(one)}"
        for one, case in told:
            yield from self._numbered(one, case)
        blocks = [case for case, _ in groupby(case for case in cases if case is not None)]
        seen: set[str] = set()
        for case in blocks:
            if case in seen and seen != set(self._planned.cases):
                yield f"chat {chat_id}: {case} again, or in the midst of another: {blocks}"
            seen = {case} if case in seen else seen | {case}

    def _numbered(self, line: Line, case: str | None) -> Iterator[str]:
        questions = self._planned.cases[case].questions if case else ()
        for place, question in enumerate(questions):
            asks = question.prompt in line.text and _TOLD not in line.text
            if place and asks and f"Question {place + 1} of {len(questions)}" not in line.text:
                yield f"not numbered: {_at(line)}"

    def results(self) -> Iterator[str]:
        """Each question that closed was told about, and once but for kills."""
        sql = (
            "SELECT q.chat_id, p.case_id FROM questions q JOIN posts p ON p.id = q.post_id"
            " WHERE closed_at IS NOT NULL AND sent_at IS NOT NULL"
        )
        closed = Counter(query(self._planned.database, sql))
        told = Counter(
            (line.chat_id, self._about.case_of(line.text))
            for line in self._said
            if _TOLD in line.text
        )
        yield from (f"no results of {each}" for each in closed - told)
        self._again = (told - closed).total()
        if self._again > self._planned.kills:
            yield f"told without need: {told - closed}"

    def missed(self) -> Iterator[str]:
        """Each time of a schedule brought a case, or a question of one that was waited for."""
        put = query(self._planned.database, "SELECT chat_id, put_at FROM questions")
        last = max(line.at for line in self._lines)
        for chat_id, settings in self._planned.chats.items():
            assert settings.timetable is not None
            for at in due_between(settings.timetable, self._lines[0].at, last - _LATE_MS):
                if not any(
                    chat == chat_id and at - _LATE_MS < one < at + _LATE_MS for chat, one in put
                ):
                    self.let_go.append(f"{_day(at, settings.zone)}")
        if len(self.let_go) > self._planned.passed:
            yield f"no case at {self.let_go}"

    def digests(self) -> Iterator[str]:
        """One each Monday morning, of a week with cases."""
        last = max(line.at for line in self._lines)
        for chat_id, settings in self._planned.chats.items():
            due = due_between(
                _digest_days(settings.zone), self._lines[0].at + 7 * 24 * 60 * MINUTE_MS // 2, last
            )
            came = [
                line.at
                for line in self._said
                if line.chat_id == chat_id and line.text.startswith(_DIGEST)
            ]
            for at in due:
                if not any(at <= one < at + _LATE_MS for one in came):
                    yield f"chat {chat_id}: no digest on {_day(at, settings.zone)}"
            if len(came) > len(due) + self._planned.kills:
                yield f"chat {chat_id}: {len(came)} digests, {len(due)} due"

    def untimely(self) -> Iterator[str]:
        """What came at no time that anybody chose, and to nobody who did something."""
        did = [line for line in self._lines if not line.by_bot]
        closing = query(self._planned.database, "SELECT chat_id, closes_at FROM questions")
        for line in self._said:
            settings = self._planned.chats.get(line.chat_id)
            soon, late = (self._planned.before(line.at, lived) for lived in (_SOON_MS, _LATE_MS))
            if any(soon < one.at <= line.at for one in did if self._same(one, line)):
                continue
            zone = _ZONE if settings is None else settings.zone
            daily = Timetable(EVERY_DAY, 7 * 60 + 45, zone)
            planned = [daily if settings is None or not settings.timetable else settings.timetable]
            if settings is not None:
                planned.append(_digest_days(zone))
            if any(due_between(each, late, line.at) for each in planned):
                continue
            if not any(chat == line.chat_id and late < at <= line.at for chat, at in closing):
                yield f"untimely: {_at(line)}"

    def _same(self, did: Line, said: Line) -> bool:
        """Whether what somebody did can have brought this."""
        return did.chat_id == said.chat_id or said.chat_id not in self._planned.chats

    def repeated(self) -> Iterator[str]:
        """No question comes to somebody a second time, unanswered, unless they asked for it."""
        asked: dict[tuple[int, str], str] = {}
        acted: dict[int, int] = {}
        announced: dict[int, bool] = {}
        for line in self._lines:
            if not line.by_bot:
                acted[line.chat_id] = line.at
                chosen = line.text.removeprefix("(votes: ").partition(";")[0].rstrip(")")
                asked = {
                    which: text
                    for which, text in asked.items()
                    if which[0] != line.chat_id or f"o {chosen}\n" not in f"{text}\n"
                }
            elif line.chat_id > 0 and not line.edited and line.text.startswith("[poll"):
                (question,) = re.findall(r"^\? (.+)$", line.text, re.MULTILINE)
                silent = acted.get(line.chat_id, 0) < self._planned.before(line.at, _SOON_MS)
                silent &= not announced.get(line.chat_id, False)
                if silent and (line.chat_id, question) in asked:
                    yield f"came again: {_at(line)}"
                asked[line.chat_id, question] = line.text
            announced[line.chat_id] = "Once more" in line.text


def _digest_days(zone: str) -> Timetable:
    return Timetable(frozenset({Weekday.MONDAY}), 8 * 60, zone)


def _at(line: Line) -> str:
    return f"chat {line.chat_id}, {_day(line.at, 'Europe/Berlin')}: {line.text[:160]!r}"


def _day(at: int, zone: str) -> str:
    return f"{datetime.fromtimestamp(at / 1000, ZoneInfo(zone)):%a %d %b %H:%M}"
