"""How somebody becomes an educator: what they read, and what the bot's administrators decide on."""

from collections.abc import Sequence

from bot.base.i18n import Words
from bot.features.cohorts.cohort_buttons import CohortVerb, button
from bot.features.cohorts.cohort_names import called
from bot.features.shared.messages import Keyboard, html_message, message, quoting
from content.markup import Paragraph, parse, plain, to_html
from storage.cohorts import Role
from storage.outcome import OwedCall


def may_ask(chat_id: int, words: Words) -> OwedCall:
    """To somebody who is no educator."""
    sentence = words.say(
        "**Cohorts are for educators:** you gather learners, assign them cases and see how those"
        " who agreed to it are doing. Those who run this bot approve educators. If you ask, they"
        " see your name and your user name in Telegram, which are kept for that."
    )
    return message(chat_id, sentence, [[button(words.say("Ask"), CohortVerb.ASK)]])


def nobody_to_ask(chat_id: int, words: Words) -> OwedCall:
    """Nobody is there who could approve."""
    sentence = words.say(
        "**Cohorts are for educators,** whom those who run this bot approve. But nobody is set as"
        " an administrator of this bot, or none of them has written to me yet, so that I have"
        " nobody to ask. Please tell whoever runs it: MORNING_REPORT_ADMINS names administrators."
    )
    return message(chat_id, sentence)


def waiting(chat_id: int, words: Words) -> OwedCall:
    """Asked, and not decided yet."""
    sentence = words.say(
        "You asked to be approved as an educator. You hear here what those who run this bot decide."
    )
    return message(chat_id, sentence)


def decided(chat_id: int, words: Words, *, approved: bool) -> OwedCall:
    """To who asked."""
    if approved:
        sentence = words.say(
            "✅ **You are approved as an educator.** /cohort makes a cohort. If somebody gave you a"
            " link to teach a cohort with them, open it again."
        )
    else:
        sentence = words.say(
            "Those who run this bot did not approve you as an educator. Please ask them why;"
            " /cohort lets you ask again."
        )
    return message(chat_id, sentence)


def taken_back(chat_id: int, words: Words) -> OwedCall:
    """To an educator who is none any more."""
    sentence = words.say(
        "Those who run this bot took back your approval as an educator. You no longer see your"
        " cohorts; those without another educator are closed."
    )
    return message(chat_id, sentence)


def card(chat_id: int, role: Role, words: Words) -> OwedCall:
    """To an administrator: somebody asks."""
    head = words.say("**Somebody asks to be approved as an educator:**")
    more = words.say(
        "Educators make cohorts; who joins one reads that you approved them, by your name, and that"
        " nothing more was checked. Make sure that you know who this is."
    )
    keyboard = [
        [
            button(words.say("Approve"), CohortVerb.APPROVE, role.person_id),
            button(words.say("Refuse"), CohortVerb.REFUSE, role.person_id),
        ]
    ]
    return _card(chat_id, role, [*parse(head), _who(role, words), *parse(more)], words, keyboard)


def decided_card(chat_id: int, role: Role, words: Words) -> OwedCall:
    """The same once it was decided."""
    keyboard = []
    if role.state == "approved":
        keyboard = [[button(words.say("Take it back"), CohortVerb.TAKE_BACK, role.person_id)]]
    head = words.say("**Asked to be an educator:**")
    told = [*parse(head), _who(role, words), (plain(what_was_decided(role, words)),)]
    return _card(chat_id, role, told, words, keyboard)


def take_back_question(chat_id: int, role: Role, words: Words) -> OwedCall:
    """Asks once."""
    sentence = words.say(
        "**Take the approval back?** They no longer see any of their cohorts, at once. A cohort"
        " without another educator is closed, and its members are told."
    )
    keyboard = [
        [button(words.say("Take it back"), CohortVerb.TAKEN_BACK, role.person_id)],
        [button(words.say("Leave it as it is"), CohortVerb.KEPT, role.person_id)],
    ]
    return _card(chat_id, role, [_who(role, words), *parse(sentence)], words, keyboard)


def gone_card(chat_id: int, words: Words) -> OwedCall:
    """Whoever asked is not known any more."""
    return message(chat_id, gone(words))


def gone(words: Words) -> str:
    """The same in a sentence."""
    return words.say("Whoever asked has had everything about them erased.")


def what_was_decided(role: Role, words: Words) -> str:
    """To whom it was to be decided by, after somebody else did."""
    by = approver(role.decided_by_name, words)
    if role.state == "approved":
        return words.say("Approved by {name}.", name=by)
    return words.say("Not approved, by {name}.", name=by)


def approver(name: str | None, words: Words) -> str:
    """Who approved somebody, as far as that is still known."""
    return name or words.say("an administrator of this bot")


def _who(role: Role, words: Words) -> Paragraph:
    return (plain(called(role.name, role.username, words)),)


def _card(
    chat_id: int, role: Role, told: Sequence[Paragraph], words: Words, keyboard: Keyboard
) -> OwedCall:
    call = html_message(chat_id, to_html(told), keyboard)
    named = {
        role.decided_by: role.decided_by_name,
        role.person_id: called(role.name, role.username, words),
    }
    return quoting(call, *named.items())
