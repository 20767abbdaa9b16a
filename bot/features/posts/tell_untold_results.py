"""Results that a chat did not take when a question closed: told once it takes them."""

from collections.abc import Sequence

from msgspec.structs import replace

from bot.base.time_units import DAY_MS, HOUR_MS
from bot.features.posts.close_question import close
from bot.features.posts.explain import private_link
from bot.features.shared.chat_settings import Results
from bot.features.shared.messages import link, message
from bot.features.shared.question_buttons import QuestionRef
from bot.features.shared.served_chat import ServedChat, in_thread
from bot.services import Services
from content.snapshot import Snapshot
from storage.outcome import About, Outcome, OwedCall
from storage.question_facts import TellingTried
from storage.questions import PutQuestion

_AGAIN_AFTER_MS = HOUR_MS  # between two tries in a chat
_GIVE_UP_AFTER_MS = 7 * DAY_MS
_MOST_BUTTONS = 20  # of a week's questions, under one line


async def tell_again(services: Services, served: ServedChat, thread_id: int | None) -> Outcome:
    """Try to tell in full how the latest question ended, and where the others are explained.

    The outbox knows when it was told; until then it is tried again.
    """
    now = services.clock.now()
    given_up = now - _GIVE_UP_AFTER_MS
    tried = Outcome((TellingTried(served.chat.id, thread_id, now + _AGAIN_AFTER_MS, given_up),))
    untold = [
        asked
        for asked in await services.store.questions.untold(served.chat.id, thread_id)
        if asked.untold_since is not None and asked.untold_since > given_up
    ]
    if not untold or await services.store.questions.is_telling(untold[-1]):
        return tried
    *others, latest = untold
    told = tried + await close(services, served, latest)
    if others:
        line = _others(services, in_thread(served, thread_id), others[-_MOST_BUTTONS:])
        about = About(latest.post_id, latest.position)
        told += Outcome(owed=(replace(line, about=about, broadcast=True),))
    return told


async def waits_to_tell(services: Services, served: ServedChat) -> bool:
    """Whether a chat does not take what is to be told where its next case would go."""
    settings = served.settings
    # Elsewhere or in an edit, what is refused says nothing of a new post.
    return settings.results is Results.REPLY and bool(
        await services.store.questions.untold(served.chat.id, settings.thread_id)
    )


def _others(services: Services, served: ServedChat, others: Sequence[PutQuestion]) -> OwedCall:
    sentence = served.words.count(
        "While I could not write here, {n} more question closed. Its explanation:",
        "While I could not write here, {n} more questions closed. Their explanations:",
        len(others),
    )
    keyboard = [
        [link(_name(asked), private_link(services, QuestionRef(asked.post_id, asked.position)))]
        for asked in others
    ]
    line = message(served.chat.id, sentence, keyboard)
    thread_id = served.settings.thread_id
    thread = {} if thread_id is None else {"message_thread_id": thread_id}
    return replace(line, params={**line.params, **thread})


def _name(asked: PutQuestion) -> str:
    case = Snapshot.from_json(asked.snapshot).case
    return case.title if len(case.questions) == 1 else f"{case.title} · {asked.position + 1}"
