"""Putting cases and their questions before groups and channels."""

from collections.abc import Iterable

from msgspec.structs import replace

from bot.features.cases.case_view import Destination
from bot.features.cases.private_post import figures_to_keep
from bot.features.posts.chat_night import open_for
from bot.features.posts.post_view import Put, question_calls
from bot.features.shared.case_names import is_in
from bot.features.shared.chat_settings import CHANNEL, ChatSettings, Layout
from bot.features.shared.question_buttons import QuestionRef, button_order
from bot.features.shared.served_chat import ServedChat
from bot.scheduling.rotation import choose
from bot.services import Services
from content.model import Case
from content.snapshot import Snapshot
from storage.case_facts import CasePosted, SnapshotTaken
from storage.chat_facts import QueueSet
from storage.outcome import Outcome
from storage.question_facts import QuestionPut


def matching(services: Services, settings: ChatSettings) -> list[Case]:
    """The cases that a chat wants: on its topics and of its levels, all where it names none."""
    return [
        case
        for case in services.library.cases.values()
        if (not settings.topics or settings.topics.intersection(case.topics))
        and (not settings.levels or case.level in settings.levels)
    ]


async def next_case(
    services: Services, served: ServedChat, among: Iterable[Case] | None = None
) -> Case | None:
    """The case whose turn it is in a chat, of these or else of those it wants; None of none.

    New ones in the chat's language come before others.
    """
    wanted = matching(services, served.settings) if among is None else among
    cases = {case.id: case for case in wanted}
    used = await services.store.chats.used_cases(served.chat.id)
    # What was chosen to come at its time is not used up before.
    chosen = choose(
        cases.keys(),
        [*used, *served.chat.queue],
        served.chat.id,
        preferred=in_language(served, cases.values()),
    )
    return None if chosen is None else cases[chosen]


def in_language(served: ServedChat, cases: Iterable[Case]) -> frozenset[str]:
    """Those of the cases that are in the chat's language."""
    return frozenset(case.id for case in cases if is_in(case, served.words.code))


def queued(services: Services, served: ServedChat) -> list[str]:
    """The cases that administrators chose to come next, as far as the library has them still."""
    return [case_id for case_id in served.chat.queue if case_id in services.library.cases]


async def planned_case(services: Services, served: ServedChat) -> Case | None:
    """The case that comes next by plan: the first of those chosen, else whose turn it is."""
    chosen = queued(services, served)
    return services.library.cases[chosen[0]] if chosen else await next_case(services, served)


async def post_case(
    services: Services,
    served: ServedChat,
    case: Case,
    *,
    due_at: int | None = None,
    asked_by: int | None = None,
) -> Outcome:
    """Put a case's first question before a chat; it is not to come a second time as chosen.

    ``due_at``: a schedule wanted it then; ``asked_by``: a member who is no administrator did.
    """
    now = services.clock.now()
    snapshot = services.library.snapshot(case)
    post_id = services.post_ids.new(now)
    posted = CasePosted(
        post_id,
        served.chat.id,
        None,
        case.id,
        snapshot.digest,
        now,
        served.settings.thread_id,
        due_at,
        asked_by,
    )
    kept = await figures_to_keep(services, snapshot)
    taken = SnapshotTaken(snapshot.digest, snapshot.to_json(), now)
    asked = put_question(
        served, snapshot, QuestionRef(post_id, 0), now=now, broadcast=due_at is not None
    )
    queue = tuple(case_id for case_id in served.chat.queue if case_id != case.id)
    left = () if queue == served.chat.queue else (QueueSet(served.chat.id, queue),)
    return Outcome((taken, *kept, *left, posted)) + asked


def put_question(
    served: ServedChat, snapshot: Snapshot, ref: QuestionRef, *, now: int, broadcast: bool
) -> Outcome:
    """Put one question; it is open from ``now`` (ms) for as long as ``open_for`` says."""
    question = snapshot.case.questions[ref.position]
    goes_on = ref.position + 1 < len(snapshot.case.questions)
    settings = served.settings
    settings = replace(settings, open_for=open_for(settings, now, goes_on=goes_on))
    layout = _layout(served)
    order = tuple(range(len(question.choices)))
    if layout is Layout.BUTTONS:
        order = button_order(question, ref.post_id)
    place = Destination(ref.post_id, served.chat.id)
    closes_at = now + settings.open_for * 1000
    put = Put(snapshot, ref.position, place, layout, order, closes_at)
    fact = QuestionPut(
        ref.post_id,
        ref.position,
        served.chat.id,
        layout,
        order,
        now,
        closes_at,
    )
    return Outcome((fact,), question_calls(put, settings, served.words, broadcast=broadcast))


def _layout(served: ServedChat) -> Layout:
    """The chat's layout. Of polls, channels take anonymous ones alone."""
    if served.settings.layout is Layout.BUTTONS:
        return Layout.BUTTONS
    return Layout.ANONYMOUS if served.chat.kind == CHANNEL else Layout.POLL
