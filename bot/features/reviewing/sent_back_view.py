"""A reviewer asks for a change, or rejects a case: what is asked, and who reads it."""

from msgspec import Struct

from bot.base.i18n import Words
from bot.features.reviewing.reviewer_buttons import ReviewerVerb, reviewer_button
from bot.features.shared.buttons import cancel
from bot.features.shared.messages import html_message, message, quoting
from content.codes import case_code
from content.markup import Run, parse, plain, to_html
from content.model import Case
from storage.outcome import OwedCall


def write_change(chat_id: int, most: int, words: Words, *, to_author: bool) -> OwedCall:
    """The reviewer's next message says what is to change."""
    if to_author:
        sentence = words.say(
            "**Write in one message what is to change,** in {most} characters at most. It goes,"
            " with your name, to its author. The case stays in use, as not reviewed, and comes back"
            " to you once it has changed.",
            most=most,
        )
    else:
        sentence = words.say(
            "**Write in one message what is to change,** in {most} characters at most. It goes,"
            " with your name, to those who run this bot. The case stays in use, as not reviewed,"
            " and comes back to you once it has changed.",
            most=most,
        )
    return message(chat_id, sentence, [[cancel(words)]])


def write_rejection(chat_id: int, most: int, words: Words) -> OwedCall:
    """The reviewer's next message says why."""
    sentence = words.say(
        "**Write in one message why you reject the case,** in {most} characters at most. It goes,"
        " with your name, to those who run this bot, and to its author if it was written here."
        " Those who run the bot decide whether learners still get it."
        " Until then it stays in use, as not reviewed. It comes back to you only if it changes.",
        most=most,
    )
    return message(chat_id, sentence, [[cancel(words)]])


def passed_on(chat_id: int, case: Case, words: Words) -> OwedCall:
    """The words are on their way."""
    sentence = words.say(
        "Thank you: what you wrote of case {code} is passed on.",
        code=case_code(case.id),
    )
    following = [[reviewer_button(words.say("Next"), ReviewerVerb.NEXT, case_code(case.id))]]
    return message(chat_id, sentence, following)


def not_in_use_any_more(chat_id: int, words: Words) -> OwedCall:
    """The case went while the words were written."""
    sentence = words.say("This case is not in use now. What you wrote was not sent.")
    return message(chat_id, sentence)


def nobody_to_tell(chat_id: int, words: Words) -> OwedCall:
    """Nobody would read it."""
    sentence = words.say(
        "Nobody would read it: no administrator of this bot has written to me yet. Please tell"
        " whoever runs it (MORNING_REPORT_ADMINS names administrators)."
    )
    return message(chat_id, sentence)


class SentBack(Struct, frozen=True):
    """A case that a reviewer sent back, with their name and words."""

    case: Case
    person_id: int
    name: str
    text: str


def change_asked(chat_id: int, sent: SentBack, words: Words) -> OwedCall:
    """To who can change the case."""
    head = words.say("**A reviewer asks for a change of this case:**")
    more = words.say(
        "It stays in use, as not reviewed, and comes back to the reviewer once it has changed."
    )
    return _told(chat_id, sent, (head, more), words)


def rejected_yours(chat_id: int, sent: SentBack, words: Words) -> OwedCall:
    """To its author."""
    head = words.say("**A reviewer rejects this case of yours:**")
    more = words.say(
        "It stays in use, as not reviewed, until those who run this bot decide. You can change or"
        " withdraw it: /drafts."
    )
    return _told(chat_id, sent, (head, more), words)


def rejected(chat_id: int, sent: SentBack, words: Words) -> OwedCall:
    """To the bot's administrators."""
    head = words.say("**A reviewer rejects this case:**")
    more = words.say(
        "It stays in use, as not reviewed, until you decide: “Retire” on the card of a question"
        " (below) withdraws the case, and so does taking its file away."
    )
    return _told(chat_id, sent, (head, more), words)


def _told(chat_id: int, sent: SentBack, said: tuple[str, str], words: Words) -> OwedCall:
    case, (head, more) = sent.case, said
    which = words.say("Case {code}: {title}", code=case_code(case.id), title=case.title)
    # In one piece, so that it is blotted out in one where the reviewer has themselves erased.
    theirs = f"{sent.name}:\n{sent.text}"
    told = [*parse(head), (Run(which, bold=True),), (plain(theirs),), *parse(more)]
    return quoting(html_message(chat_id, to_html(told)), (sent.person_id, theirs))
