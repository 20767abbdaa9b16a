"""Keeping the counts on a post's buttons true, at a bounded rate."""

from collections import Counter

from msgspec.structs import replace

from bot.features.shared.chat_settings import Layout
from bot.features.shared.messages import with_buttons
from bot.features.shared.question_buttons import QuestionRef, choice_buttons
from bot.features.shared.served_chat import ServedChat
from bot.services import Services
from content.disclosure import End, coded, shareable
from content.snapshot import Snapshot
from storage.outcome import Outcome
from storage.question_facts import TallyShown
from storage.questions import PutQuestion
from storage.tallying import Tally


async def show_tally(services: Services, served: ServedChat, asked: PutQuestion) -> Outcome:
    """Bring the buttons under a question up to date.

    They show how many have answered, and where the chat hides no results, what those answers were
    that may be shown by now: not where all were the same.
    """
    shown = Outcome((TallyShown(asked.post_id, asked.position),))
    if asked.message_id is None or asked.layout != Layout.BUTTONS:
        return shown
    answers = await services.store.questions.answers(asked.post_id, asked.position)
    told = 0 if served.settings.hide_results else shareable(len(answers), closed=False)
    taken = Counter(place for answer in answers[:told] for place in answer.choices)
    counts = {place: n for place, n in taken.items() if not isinstance(coded(n / told, told), End)}
    question = Snapshot.from_json(asked.snapshot).case.questions[asked.position]
    ref = QuestionRef(asked.post_id, asked.position)
    tally = Tally(len(answers), counts)
    keyboard = choice_buttons(question, ref, asked.choice_order, tally, served.words)
    edit = with_buttons(asked.chat_id, asked.message_id, keyboard, edit_key(asked))
    return shown + Outcome(owed=(replace(edit, broadcast=True),))


def edit_key(asked: PutQuestion) -> str:
    """What all edits of a question's message share: a newer one replaces an older one."""
    return f"buttons:{asked.post_id:x}:{asked.position:x}"
