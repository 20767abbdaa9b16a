"""The weekly digest of a chat that has switched it on."""

from msgspec import Struct
from msgspec.structs import replace

from bot.base.i18n import hundredths
from bot.base.time_units import DAY_MS, WEEK_MS
from bot.features.results import results_view as views
from bot.features.results.case_results import right_answers
from bot.features.results.results_view import Ranked, WeekOfChat
from bot.features.shared.due_times import digest_after
from bot.features.shared.served_chat import ServedChat
from bot.services import Services
from content.disclosure import coded, shareable
from content.snapshot import Snapshot
from storage.chat_facts import DigestDone
from storage.chat_results import QuestionResult
from storage.outcome import Outcome

LATEST_MS = DAY_MS  # ms after which a missed digest is let go


async def digest(services: Services, served: ServedChat) -> Outcome:
    """The week's numbers, and when the next digest is due.

    Nothing is said of a week without a case, nor a day late. Only when the digest is due changes;
    everything else about the chat stays as it is.
    """
    now, chat = services.clock.now(), served.chat
    due = chat.digest_due or now
    # Beyond what was due, also where the clock was set back.
    done = DigestDone(chat.id, digest_after(served.settings, max(now, due)))
    since = due - WEEK_MS
    asked = await services.store.results.closed_since(chat.id, since)
    if not served.settings.digest or not asked or now - due > LATEST_MS:
        return Outcome((done,))
    voters = await services.store.results.voters_since(chat.id, since)
    call = views.digest(chat.id, week(asked, voters), served.words)
    thread = served.settings.thread_id
    place = {} if thread is None else {"message_thread_id": thread}
    return Outcome((done,), (replace(call, params={**call.params, **place}, broadcast=True),))


def week(asked: list[QuestionResult], voters: int) -> WeekOfChat:
    """What these questions, of one week, come to; shares where enough people answered."""
    shares: dict[str, list[float]] = {}
    people: dict[str, int] = {}
    anonymous = 0
    for one in asked:
        case = Snapshot.from_json(one.snapshot).case
        right = right_answers(one, case.questions[one.position])
        anonymous += one.voters if one.totals is not None else 0
        if shareable(one.voters, closed=True) and right is not None:
            shares.setdefault(case.title, []).append(right / one.voters)
            people[case.title] = min(one.voters, people.get(case.title, one.voters))
    cases = [
        _CaseShare(title, sum(each) / len(each), people[title])
        for title, each in sorted(shares.items())
    ]
    best, worst = _ends(cases)
    return WeekOfChat(len({one.post_id for one in asked}), voters, anonymous, best, worst)


class _CaseShare(Struct, frozen=True):
    """A case's share of right answers, and how few people answered a question of it."""

    title: str
    share: float
    people: int


def _ends(cases: list[_CaseShare]) -> tuple[Ranked | None, Ranked | None]:
    """Those answered best and worst; where all were answered alike, in the number that is read,
    none is the worst.
    """
    if not cases:
        return None, None
    shares = [hundredths(one.share) for one in cases]
    best, worst = max(shares), min(shares)
    return _alike(cases, best), None if best == worst else _alike(cases, worst)


def _alike(cases: list[_CaseShare], hundredth: int) -> Ranked:
    """The cases of this share, which is told as it may be told of each."""
    alike = [one for one in cases if hundredths(one.share) == hundredth]
    share = coded(alike[0].share, min(one.people for one in alike))
    return Ranked(alike[0].title, share, len(alike) - 1)
