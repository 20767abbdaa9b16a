"""A month's transcript beside what was planned: order, completeness, times and wording."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import datetime
from itertools import groupby
from pathlib import Path
from zoneinfo import ZoneInfo

from msgspec import Struct

from bot.features.shared.chat_settings import ChatSettings
from bot.scheduling.timetable import Timetable, Weekday, due_between
from content.markup import parse, visible
from content.model import Case
from tests.soak.day_checks import BrokenPromiseError, unfinished
from tests.soak.transcript import Line, Transcript
from tests.support.database import query

_MINUTE = 60_000
_SOON = 10 * _MINUTE  # after what somebody did
_LATE = 75 * _MINUTE  # after a due time; the bot is killed and started anew now and then
_TOLD = "⏰ Time is up."
_DIGEST = "📅"
_ODD = re.compile(
    r"\bNone\b(?! of)|[{}]|\*\*|\b\d{4}-\d\d-\d\d\b|&(?:amp|lt|gt|quot);|</?[a-z]+>|\bnan\b|%\("
    r"|\b1 (?:voters|cases|people|days|answers|times)\b|\b1 of \d+ voters were|\b100 %"
)


class Planned(Struct, frozen=True):
    """What the month was to be; ``kills``: each may bring a message a second time."""

    chats: Mapping[int, ChatSettings]
    cases: Mapping[str, Case]
    database: Path
    kills: int


def check_month(transcript: Transcript, planned: Planned) -> dict[str, object]:
    """What the month came to. Raises BrokenPromiseError, which lists all that is wrong."""
    check = _Check(transcript, planned)
    wrong = [
        *(f"odd words: {_at(line)}: {odd}" for line, odd in check.odd()),
        *(said for chat_id in planned.chats for said in check.order(chat_id)),
        *check.results(),
        *check.digests(),
        *check.untimely(),
        *check.repeated(),
        *(f"{number} still {name}" for name, number in check.unfinished().items()),
    ]
    figures = check.figures()
    if wrong:
        raise BrokenPromiseError("\n".join([*wrong, str(figures)]))
    return figures


class _Check:
    def __init__(self, transcript: Transcript, planned: Planned) -> None:
        self._planned = planned
        self._lines = transcript.lines
        self._said = [line for line in self._lines if line.by_bot and not line.edited]
        self._marks = {case.id: list(_marks(case)) for case in planned.cases.values()}
        self._again = 0

    def figures(self) -> dict[str, object]:
        """How much there was to check."""
        told = [line for line in self._said if _TOLD in line.text]
        return {
            "messages of the bot": len(self._said),
            "answers": query(self._planned.database, "SELECT count(*) FROM answers")[0][0],
            "results told in chats": len(told),
            "messages sent again after a kill": self._again,
        }

    def unfinished(self) -> dict[str, int]:
        """What is owed still; questions may be open, and cases are due tomorrow."""
        left = unfinished(self._planned.database)
        return {name: number for name, number in left.items() if name in {"owed", "parked"}}

    def odd(self) -> Iterator[tuple[Line, str]]:
        """Words that no person would write."""
        for line in self._lines:
            if line.by_bot and (found := _ODD.search(line.text)):
                yield line, found[0]

    def order(self, chat_id: int) -> Iterator[str]:
        """No case comes into the midst of another, nor twice while others were not seen."""
        said = [line for line in self._said if line.chat_id == chat_id]
        cases = [self._case_of(line) for line in said]
        told = list(zip(said, cases, strict=True))
        for (first, case), (one, other), (last, same) in zip(
            told, told[1:], told[2:], strict=False
        ):
            if case is not None and case == same != other and last.at - first.at < _SOON:
                yield f"cut in two by {_at(one)}"
        for one, case in told:
            yield from self._numbered(one, case)
        blocks = [case for case, _ in groupby(case for case in cases if case is not None)]
        seen: set[str] = set()
        for case in blocks:
            if case in seen and seen != set(self._marks):
                yield f"chat {chat_id}: {case} again, or in the midst of another: {blocks}"
            seen = {case} if case in seen else seen | {case}

    def _case_of(self, line: Line) -> str | None:
        text = _flat(line.text)
        return next(
            (one for one, marks in self._marks.items() if any(m in text for m in marks)), None
        )

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
            (line.chat_id, self._case_of(line)) for line in self._said if _TOLD in line.text
        )
        yield from (f"no results of {each}" for each in closed - told)
        self._again = (told - closed).total()
        if self._again > self._planned.kills:
            yield f"told without need: {told - closed}"

    def digests(self) -> Iterator[str]:
        """One each Monday morning, of a week with cases."""
        last = max(line.at for line in self._lines)
        for chat_id, settings in self._planned.chats.items():
            mondays = Timetable(frozenset({Weekday.MONDAY}), 8 * 60, settings.zone)
            due = due_between(mondays, self._lines[0].at + 7 * 24 * 60 * _MINUTE // 2, last)
            came = [
                line.at
                for line in self._said
                if line.chat_id == chat_id and line.text.startswith(_DIGEST)
            ]
            for at in due:
                if not any(at <= one < at + _LATE for one in came):
                    yield f"chat {chat_id}: no digest on {_day(at, settings.zone)}"
            if len(came) > len(due) + self._planned.kills:
                yield f"chat {chat_id}: {len(came)} digests, {len(due)} due"

    def untimely(self) -> Iterator[str]:
        """What came at no time that anybody chose, and to nobody who did something."""
        did = [line for line in self._lines if not line.by_bot]
        closing = query(self._planned.database, "SELECT chat_id, closes_at FROM questions")
        for line in self._said:
            settings = self._planned.chats.get(line.chat_id)
            if any(0 <= line.at - one.at < _SOON for one in did if self._same(one, line)):
                continue
            zone = "Europe/Berlin" if settings is None else settings.zone
            daily = Timetable(frozenset(Weekday), 7 * 60 + 45, zone)
            planned = [daily if settings is None or not settings.timetable else settings.timetable]
            if settings is not None:
                planned.append(Timetable(frozenset({Weekday.MONDAY}), 8 * 60, zone))
            if any(due_between(each, line.at - _LATE, line.at) for each in planned):
                continue
            if not any(chat == line.chat_id and 0 <= line.at - at < _LATE for chat, at in closing):
                yield f"untimely: {_at(line)}"

    def _same(self, did: Line, said: Line) -> bool:
        """Whether what somebody did can have brought this."""
        return did.chat_id == said.chat_id or said.chat_id not in self._planned.chats

    def repeated(self) -> Iterator[str]:
        """No question comes to somebody a second time, unanswered, unless they asked for it."""
        asked: dict[tuple[int, str], str] = {}
        acted: dict[int, int] = {}
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
                silent = line.at - acted.get(line.chat_id, 0) > _SOON
                if silent and (line.chat_id, question) in asked:
                    yield f"came again: {_at(line)}"
                asked[line.chat_id, question] = line.text


def _marks(case: Case) -> Iterator[str]:
    """Words by which each message about a case is known."""
    yield case.title
    yield from (_flat(visible(parse(figure.caption))) for figure in case.figures)
    for question in case.questions:
        yield question.prompt
        if question.key_point:
            yield _flat(visible(parse(question.key_point)))
        for choice in question.choices:
            if choice.why:
                yield _flat(visible(parse(choice.why)))[:60]
    for section in case.discussion:
        yield from (_flat(visible([one]))[:60] for one in parse(section.text))


def _flat(text: str) -> str:
    return " ".join(re.sub(r"^\| ?", "", text, flags=re.MULTILINE).split())


def _at(line: Line) -> str:
    return f"chat {line.chat_id}, {_day(line.at, 'Europe/Berlin')}: {line.text[:160]!r}"


def _day(at: int, zone: str) -> str:
    return f"{datetime.fromtimestamp(at / 1000, ZoneInfo(zone)):%a %d %b %H:%M}"
