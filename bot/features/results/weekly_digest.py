"""The weekly digest of a chat that has switched it on."""

from msgspec.structs import replace

from bot.base.i18n import hundredths
from bot.features.results import results_view as views
from bot.features.results.case_results import right_answers
from bot.features.results.results_view import Ranked, Week
from bot.features.shared.due_times import digest_after
from bot.features.shared.served_chat import ServedChat
from bot.features.shared.share_bars import shareable
from bot.services import Services
from content.snapshot import Snapshot
from storage.chat_facts import DigestDone
from storage.chat_results import QuestionResult
from storage.outcome import Outcome
from storage.store import DAY_MS

_WEEK_MS = 7 * DAY_MS
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
    since = due - _WEEK_MS
    asked = await services.store.results.closed_since(chat.id, since)
    if not served.settings.digest or not asked or now - due > LATEST_MS:
        return Outcome((done,))
    voters = await services.store.results.voters_since(chat.id, since)
    call = views.digest(chat.id, week(asked, voters), served.words)
    thread = served.settings.thread_id
    place = {} if thread is None else {"message_thread_id": thread}
    return Outcome((done,), (replace(call, params={**call.params, **place}, broadcast=True),))


def week(asked: list[QuestionResult], voters: int) -> Week:
    """What these questions, of one week, come to; shares where enough people answered."""
    shares: dict[str, list[float]] = {}
    anonymous = 0
    for one in asked:
        case = Snapshot.from_json(one.snapshot).case
        right = right_answers(one, case.questions[one.position])
        anonymous += one.voters if one.totals is not None else 0
        if shareable(one.voters, closed=True) and right is not None:
            shares.setdefault(case.title, []).append(right / one.voters)
    cases = [Ranked(title, sum(each) / len(each)) for title, each in sorted(shares.items())]
    best, worst = _ends(cases)
    return Week(len({one.post_id for one in asked}), voters, anonymous, best, worst)


def _ends(cases: list[Ranked]) -> tuple[Ranked | None, Ranked | None]:
    """Those answered best and worst; where all were answered alike, in the figure that is read,
    none is the worst.
    """
    if not cases:
        return None, None
    ends = []
    for pick in (max, min):
        end = pick(hundredths(one.share) for one in cases)
        first, *others = (one for one in cases if hundredths(one.share) == end)
        ends.append(replace(first, others=len(others)))
    best, worst = ends
    return best, None if best == worst else worst
