"""What authors are told of publishing: before, while and after a case's file is written."""

import re
from typing import Any, Final

from bot.base.i18n import Words
from bot.features.drafts.draft_buttons import DraftVerb, draft_button
from bot.features.publishing.published_buttons import own_cases_button
from bot.features.shared.buttons import case_button
from bot.features.shared.messages import Keyboard, html_message, message
from bot.features.shared.written_words import in_brief
from content.markup import Paragraph, Run, parse, plain, to_html
from storage.outcome import OwedCall

_LONGEST: Final = 200  # characters
_NO_NAME = re.compile(r"[^a-z0-9-]+")


def no_author(chat_id: int, words: Words) -> OwedCall:
    """Whoever wants to publish has lost the role meanwhile, or never had it."""
    return message(
        chat_id,
        words.say(
            "You do not write cases here, or not any more, so this was not done. Your drafts stay"
            " yours: /drafts. Please ask whoever runs this bot."
        ),
    )


def publishing(chat_id: int, words: Words) -> OwedCall:
    """It is on record, and will be done."""
    sentence = words.say("**It is being published.** I tell you as soon as it is in use.")
    return message(chat_id, sentence)


def under_way(chat_id: int, words: Words) -> OwedCall:
    """The same case is being published, changed or withdrawn already."""
    sentence = words.say(
        "This case is just being published or withdrawn. I tell you once that is done; then try"
        " again."
    )
    return message(chat_id, sentence)


def no_folder(chat_id: int, draft_id: int, words: Words) -> OwedCall:
    """Where nothing can be written, the file itself is the way."""
    sentence = words.say(
        "**This bot has no folder for cases of its own,** so nothing was published. Here is the"
        " case as a file: whoever runs the bot can lay it among the cases, or set"
        " MORNING\\_REPORT\\_CONTENT. Your draft stays."
    )
    return message(chat_id, sentence, _open(draft_id, words))


def not_written_here(chat_id: int, draft_id: int, words: Words) -> OwedCall:
    """What others wrote, or this author no more, is never overwritten."""
    sentence = words.say(
        "**This case's file is not yours to replace,** so nothing was published. Here is your"
        " change as a file, for whoever looks after the cases. Your draft stays."
    )
    return message(chat_id, sentence, _open(draft_id, words))


def changed_by_hand(chat_id: int, draft_id: int | None, words: Words) -> OwedCall:
    """The file is not as it was written here."""
    sentence = words.say(
        "**The case's file was changed by hand,** or there is another by its name, so it was left"
        " alone. Here is what you wrote as a file, for whoever looks after the cases. Your draft"
        " stays."
    )
    return message(chat_id, sentence, _open(draft_id, words))


def another_name(chat_id: int, file: str, words: Words) -> OwedCall:
    """The file's name is somebody else's, so the case has another id."""
    sentence = words.say(
        "**Another file lies by this case's name among the cases,** so yours is written as {file}."
        " You need not do anything.",
        file=file,
    )
    return message(chat_id, sentence)


def lost_to_hand(chat_id: int, words: Words) -> OwedCall:
    """Somebody changed the file between its being written and read: no draft is left of it."""
    sentence = words.say(
        "**The case's file was changed by hand** as soon as it was written, so what you wrote is"
        " not in use. Here it is as a file, for whoever looks after the cases."
    )
    return message(chat_id, sentence)


def left_by_hand(chat_id: int, words: Words) -> OwedCall:
    """The same, of a case that was to be withdrawn."""
    sentence = words.say(
        "**The case's file was changed by hand,** so it was left alone, and the case stays in use."
        " Please ask whoever looks after the cases."
    )
    return message(chat_id, sentence)


def not_done(chat_id: int, draft_id: int | None, words: Words) -> OwedCall:
    """A full disk, or a folder that may not be written to."""
    if draft_id is None:
        sentence = words.say(
            "**The case could not be withdrawn:** its file cannot be moved away here. Those who run"
            " this bot are told. Try again later."
        )
    else:
        sentence = words.say(
            "**The case could not be published:** its file cannot be written here. Those who run"
            " this bot are told. Your draft stays; try again later."
        )
    return message(chat_id, sentence, _open(draft_id, words))


def folder_fails(chat_id: int, reason: str, words: Words) -> OwedCall:
    """The same, said to an administrator."""
    sentence = words.say(
        "**A case that was written in the chat could not be published or withdrawn:** the folder of"
        " MORNING\\_REPORT\\_CONTENT cannot be written to. Free space, or let the bot's user write"
        " there; its author then tries again."
    )
    return html_message(chat_id, to_html([*parse(sentence), (plain(in_brief(reason, _LONGEST)),)]))


def case_file(chat_id: int, case_id: str, content: str, words: Words) -> OwedCall:
    """The case as a file."""
    name = _NO_NAME.sub("", case_id) or "case"
    params: dict[str, Any] = {
        "document": {"$file": {"name": f"{name}.yaml", "content": content}},
        "caption": words.say("The case as a file. Send it to me after /write to go on with it."),
    }
    return OwedCall(chat_id, "sendDocument", params)


def in_use(
    chat_id: int, case_id: str, title: str, words: Words, *, signed: bool = False
) -> OwedCall:
    """Learners meet it from now on; ``signed``: nothing changed that a signature covers."""
    head = words.say("✅ **Published and in use:**")
    if signed:
        note = words.say("It is still signed: nothing changed that a signature covers.")
    else:
        note = words.say("Learners read that no clinician has reviewed it yet.")
    told: list[Paragraph] = [*parse(head), _titled(title, words), *parse(note)]
    keyboard = [
        [case_button(case_id, words.say("See it as learners do"))],
        [own_cases_button(words)],
    ]
    return html_message(chat_id, to_html(told), keyboard)


def still_retired(chat_id: int, title: str, words: Words) -> OwedCall:
    """Its file is as its author wants it, and holds what administrators retired."""
    head = words.say("**Your case is written, and not in use:**")
    note = words.say(
        "It has a question, worded as it was, that those who run this bot have retired. It comes"
        " into use once you change that question, or they take their decision back."
    )
    told: list[Paragraph] = [*parse(head), _titled(title, words), *parse(note)]
    return html_message(chat_id, to_html(told), [[own_cases_button(words)]])


def withdrawn(chat_id: int, title: str, words: Words) -> OwedCall:
    """Learners meet it no more."""
    head = words.say("**Withdrawn:** learners do not meet this case any more.")
    note = words.say("What was sent of it stays as it was.")
    told: list[Paragraph] = [
        *parse(head),
        *([_titled(title, words)] if title else []),
        *parse(note),
    ]
    return html_message(chat_id, to_html(told))


def not_in_use_yet(chat_id: int, title: str, words: Words) -> OwedCall:
    """Something in the folder of cases keeps all changes from being used."""
    head = words.say(
        "**Your case is written, and not in use yet:** something in the files of cases is wrong."
        " Those who run this bot are told what. I tell you as soon as it is in use."
    )
    told: list[Paragraph] = [*parse(head), *([_titled(title, words)] if title else [])]
    return html_message(chat_id, to_html(told))


def not_withdrawn_yet(chat_id: int, words: Words) -> OwedCall:
    """The same, of a case that is taken away."""
    sentence = words.say(
        "**The case's file is taken away; what was in use stays so for now:** something in the"
        " files of cases is wrong. Those who run this bot are told what. I tell you as soon as"
        " learners do not meet it any more."
    )
    return message(chat_id, sentence)


def _open(draft_id: int | None, words: Words) -> Keyboard:
    """A way back to the draft, which stays."""
    if draft_id is None:
        return ()
    return ((draft_button(words.say("Open"), DraftVerb.PAGE, draft_id),),)


def _titled(title: str, words: Words) -> Paragraph:
    return (Run(words.lead + words.isolated(in_brief(title, _LONGEST)), bold=True),)
