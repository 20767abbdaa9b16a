"""References: `/refs` in groups, and the button under an explanation."""

from telegram import CallbackQuery, Message

from bot.features.cases.references import of_question
from bot.features.posts.chat_references import RepliedTo, chat_references
from bot.features.shared import texts
from bot.features.shared.question_buttons import REFERENCES, REFERENCES_LINK, QuestionRef
from bot.features.shared.visitors import Visit
from bot.routes.reading_updates import IN_GROUPS, answering, command, press
from bot.services import Services
from storage.outcome import Outcome


async def in_group(services: Services, who: Visit, message: Message, _argument: str) -> Outcome:
    """`/refs`, by anybody."""
    replied_to = message.reply_to_message
    question = None
    if replied_to is not None:
        question = RepliedTo(replied_to.message_id, _named_by_link(replied_to))
    outcome = await chat_references(services, who, message.chat.id, question)
    return answering(outcome, message)


def _named_by_link(message: Message) -> QuestionRef | None:
    """The question of the explanation that a message is, by its link to the references."""
    rows = () if message.reply_markup is None else message.reply_markup.inline_keyboard
    found = (
        (button.url or "").partition(f"?start={REFERENCES_LINK}") for row in rows for button in row
    )
    return next((QuestionRef.parse(payload) for _, link, payload in found if link), None)


async def button(services: Services, who: Visit, query: CallbackQuery) -> Outcome:
    """Under an explanation in private."""
    ref = QuestionRef.parse((query.data or "").removeprefix(REFERENCES))
    if ref is None:
        return Outcome(toast=texts.old_button(who.words))
    return await of_question(services, who, ref)


HANDLERS = (command("refs", in_group, IN_GROUPS), press(button, f"^{REFERENCES}"))
