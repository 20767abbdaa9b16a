"""What somebody reads who is to become an author or a reviewer."""

from bot.base.i18n import Words
from bot.features.roles.role_buttons import Accepting, accept_button
from bot.features.shared.buttons import cancel
from bot.features.shared.messages import message
from storage.outcome import OwedCall
from storage.roles import AUTHOR


def no_such_role_link(chat_id: int, words: Words) -> OwedCall:
    """Used already, ended, or none."""
    sentence = words.say(
        "This link lets nobody in any more: it was used, or it has ended. Please ask whoever gave"
        " it to you for another one."
    )
    return message(chat_id, sentence)


def has_role(chat_id: int, role: str, words: Words) -> OwedCall:
    """Somebody opens another link for what they are."""
    if role == AUTHOR:
        sentence = words.say("You write cases here already: /write. The link is still unused.")
    else:
        sentence = words.say("You review cases here already. The link is still unused.")
    return message(chat_id, sentence)


def author_invitation(chat_id: int, token: str, words: Words) -> OwedCall:
    """What it is to be an author."""
    sentence = words.say(
        "**You are invited to write cases here.** You write a case in this chat, see it as learners"
        " will, and publish it: it comes into use at once, marked as not yet reviewed by a"
        " clinician.\n\n"
        "**What is seen:** learners read the name that you choose for each case. Those who run this"
        " bot see your name and your user name in Telegram, and can take this back.\n\n"
        "**What stays:** a published case, with that name, stays in use when you have everything"
        " about you erased. Never write anything by which a patient can be known."
    )
    keyboard = [
        [accept_button(words.say("I will write cases"), Accepting.YES, token)],
        [accept_button(words.say("No"), Accepting.NO, token)],
    ]
    return message(chat_id, sentence, keyboard)


def reviewer_invitation(chat_id: int, token: str, name: str, words: Words) -> OwedCall:
    """What it is to be a reviewer; ``name`` is theirs in Telegram, empty where there is none."""
    sentence = words.say(
        "**You are invited to review cases here, as a clinician.** You read a case with its"
        " explanation and references, and sign it, ask for a change, or reject it.\n\n"
        "**What is seen:** under a case that you signed, learners read that it was reviewed by you,"
        " by the name that you give now, and when. Those who run this bot see your name and your"
        " user name in Telegram, and can take this back.\n\n"
        "Sign only what you checked: every fact, against its sources."
    )
    keyboard = [
        [accept_button(words.say("Another name"), Accepting.OTHER_NAME, token)],
        [accept_button(words.say("No"), Accepting.NO, token)],
    ]
    if name:
        label = words.say("Review as {name}", name=name)
        keyboard.insert(0, [accept_button(label, Accepting.YES, token)])
    return message(chat_id, sentence, keyboard)


def which_public_name(chat_id: int, words: Words) -> OwedCall:
    """Asks for it."""
    sentence = words.say(
        "**Write the name** by which learners are to know you, such as “Ada Byron, MD”: at most 64"
        " characters."
    )
    return message(chat_id, sentence, [[cancel(words)]])


def public_name_unfit(chat_id: int, words: Words) -> OwedCall:
    """It cannot be shown."""
    sentence = words.say(
        "That cannot be a name: it takes one line of at most 64 characters that can be seen."
        " **Write another one.**"
    )
    return message(chat_id, sentence, [[cancel(words)]])


def role_accepted(chat_id: int, role: str, public_name: str | None, words: Words) -> OwedCall:
    """Welcome."""
    if role == AUTHOR:
        sentence = words.say(
            "✅ **You write cases here.** /write begins one, /drafts lists what you have begun."
        )
        return message(chat_id, sentence)
    sentence = words.say(
        "✅ **You review cases here,** as {name}. /review_cases shows those that wait.",
        name=public_name or "",
    )
    return message(chat_id, sentence)


def role_declined(chat_id: int, words: Words) -> OwedCall:
    """No is an answer."""
    return message(
        chat_id,
        words.say("All right: nothing was kept of it. The link still works, should you wish to."),
    )
