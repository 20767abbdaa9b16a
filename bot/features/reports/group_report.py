"""`/report`: how a group or channel did of late, for its administrators, in private."""

import asyncio
from collections import Counter, defaultdict
from collections.abc import Sequence
from typing import Final

from msgspec import Struct

from bot.features.membership.warn_inviter import can_be_told
from bot.features.reports import group_report_view as views
from bot.features.reports.group_report_view import (
    GroupReport,
    MissedQuestion,
    TopicShare,
    WeekTurnout,
)
from bot.features.results.case_results import counts_of, must_write_first, right_answers
from bot.features.shared.served_chat import ServedChat
from bot.features.shared.visitors import Visit
from bot.scheduling.whole_weeks import WholeWeek, last_whole_weeks
from bot.scheduling.zones import zone_named
from bot.services import Services
from content.disclosure import commonest_wrong, shareable
from content.revision import revision_of
from content.snapshot import Snapshot
from storage.chat_results import QuestionResult
from storage.outcome import Outcome, Toast

WEEKS: Final = 8  # whole ones that it looks back; what closed since the last is told of as well


async def group_report(
    services: Services, served: ServedChat, visit: Visit, *, by_press: bool = False
) -> Outcome:
    """The report to an administrator of the chat, in private."""
    if not await can_be_told(services, visit.person_id):
        return must_write_first(services, served, visit, by_press=by_press)
    zone = zone_named(served.settings.zone)
    weeks = last_whole_weeks(services.clock.now(), zone, WEEKS)
    closed = await services.store.results.closed_since(served.chat.id, weeks[0].start)
    voters = [
        await services.store.results.voters_between(served.chat.id, week.start, week.end)
        for week in weeks
    ]
    told = await asyncio.to_thread(report_of, served.chat.title, closed, weeks, voters)
    private = views.report(visit.person_id, told, visit.words)
    if by_press:
        return Outcome(owed=tuple(private), toast=Toast(views.report_sent(visit.words)))
    return Outcome(owed=(*private, views.report_sent_in_private(served.chat.id, served.words)))


class _Counted(Struct, frozen=True):
    """A closed question whose numbers may be told, as it was asked once."""

    result: QuestionResult
    snapshot: Snapshot
    right: int

    @property
    def wording(self) -> tuple[str, str]:
        """What it shares with other times that it was asked."""
        return self.result.case_id, revision_of(self.snapshot, self.result.position)


def report_of(
    title: str, closed: Sequence[QuestionResult], weeks: Sequence[WholeWeek], voters: Sequence[int]
) -> GroupReport:
    """What these questions come to, ``closed`` since the first of the weeks.

    ``voters`` is how many people answered those of each week. Shares are sums over questions of
    which each may be told by itself: so no difference of two sums tells more.
    """
    turnouts = [_turnout(closed, *each) for each in zip(weeks, voters, strict=True)]
    first = next((n for n, one in enumerate(turnouts) if one.questions), len(turnouts))
    told = [counted for one in closed if (counted := _counted(one)) is not None]
    return GroupReport(
        title, weeks[0].monday, len(closed), tuple(turnouts[first:]), _missed(told), _topics(told)
    )


def _turnout(closed: Sequence[QuestionResult], week: WholeWeek, voters: int) -> WeekTurnout:
    its = [one for one in closed if week.start <= (one.closed_at or 0) < week.end]
    anonymous = sum(one.voters for one in its if one.totals is not None)
    return WeekTurnout(week.monday, len(its), voters, anonymous)


def _counted(one: QuestionResult) -> _Counted | None:
    """None where its numbers may not be told, or nobody knows how many were right."""
    if not shareable(one.voters, closed=True):
        return None
    snapshot = Snapshot.from_json(one.snapshot)
    right = right_answers(one, snapshot.case.questions[one.position])
    return None if right is None else _Counted(one, snapshot, right)


def _missed(told: Sequence[_Counted]) -> tuple[MissedQuestion, ...]:
    """Each question over all the times it was asked, first what was missed most."""
    times: defaultdict[tuple[str, str], list[_Counted]] = defaultdict(list)
    for one in told:
        times[one.wording].append(one)
    over = [_over(each) for each in times.values()]
    missed = [one for one in over if one.right < one.answers]
    return tuple(sorted(missed, key=lambda one: (one.right / one.answers, -one.answers, one.title)))


def _over(times: Sequence[_Counted]) -> MissedQuestion:
    """A wrong choice is named only if enough people were wrong at one time: over several they may
    be the same.
    """
    counts: Counter[int] = Counter()
    for one in times:
        counts.update(counts_of(one.result))
    position, case = times[-1].result.position, times[-1].snapshot.case
    question = case.questions[position]
    wrong = max(one.result.voters - one.right for one in times)
    place = commonest_wrong(counts, question.correct, wrong)
    return MissedQuestion(
        case.title,
        position + 1,
        len(case.questions),
        sum(one.right for one in times),
        sum(one.result.voters for one in times),
        min(one.result.voters for one in times),
        None if place is None else question.choices[place].text,
    )


def _topics(told: Sequence[_Counted]) -> tuple[TopicShare, ...]:
    """Each topic over all its questions, the weakest first."""
    by_topic: defaultdict[str, list[_Counted]] = defaultdict(list)
    for one in told:
        for topic in one.snapshot.case.topics:
            by_topic[topic].append(one)
    shares = [_share(topic, each) for topic, each in by_topic.items()]
    return tuple(sorted(shares, key=lambda one: (one.right / one.answers, -one.answers, one.topic)))


def _share(topic: str, asked: Sequence[_Counted]) -> TopicShare:
    voters = [one.result.voters for one in asked]
    return TopicShare(topic, sum(one.right for one in asked), sum(voters), min(voters))
