"""What comes of an invitation: joined, declined, refused."""

from msgspec import Struct

from bot.base.i18n import Words
from bot.features.cohorts.cohort_buttons import CohortVerb, button
from bot.features.cohorts.cohort_names import LONGEST_ALIAS, called
from bot.features.shared.buttons import RUN, cancel, what_next
from bot.features.shared.messages import html_message, message, press, quoting
from content.markup import parse, plain, to_html
from storage.outcome import OwedCall


class NewEducator(Struct, frozen=True):
    """An educator who was not one of the cohort before."""

    person_id: int
    name: str
    username: str | None


def no_such_link(chat_id: int, words: Words) -> OwedCall:
    """Forged, ended, used up, renewed, or of a closed cohort: it is not said which."""
    sentence = words.say(
        "This link lets nobody in, or no more. Ask whoever gave it to you for another."
    )
    return message(chat_id, sentence, what_next(words))


def declined(chat_id: int, words: Words) -> OwedCall:
    """No."""
    sentence = words.say("You did not join, and nothing was kept of the invitation.")
    return message(chat_id, sentence)


def which_alias(chat_id: int, words: Words) -> OwedCall:
    """The person's next message is their alias."""
    sentence = words.say(
        "**Write the alias under which you join,** in {most} characters at most. Educators see it"
        " in the list of members: let it not tell who you are.",
        most=LONGEST_ALIAS,
    )
    return message(chat_id, sentence, [[cancel(words)]])


def alias_unfit(chat_id: int, words: Words) -> OwedCall:
    """Too long, or nothing of it can be seen."""
    sentence = words.say(
        "An alias has 1 to {most} characters that can be seen. Please write another.",
        most=LONGEST_ALIAS,
    )
    return message(chat_id, sentence, [[cancel(words)]])


def alias_taken(chat_id: int, words: Words) -> OwedCall:
    """Somebody in the cohort is called so."""
    sentence = words.say("Somebody in this cohort is called that. Please write another alias.")
    return message(chat_id, sentence, [[cancel(words)]])


def joined(chat_id: int, title: str, name: str, words: Words) -> OwedCall:
    """The person is a member now."""
    sentence = words.say("✅ You joined {title} as {name}.", title=title, name=name)
    more = words.say("/cohorts shows your cohorts, and lets you leave.")
    own = press(words.say("My cohorts"), f"{RUN}cohorts")
    return html_message(chat_id, to_html([(plain(sentence),), *parse(more)]), [[own]])


def member_already(chat_id: int, title: str, words: Words, *, to_teach: bool) -> OwedCall:
    """A member opens a link; ``to_teach``: one for educators."""
    sentence = words.say("You are a member of {title} already.", title=title)
    if to_teach:
        sentence += " " + words.say("To teach it, leave it first, by /cohorts.")
    own = press(words.say("My cohorts"), f"{RUN}cohorts")
    return html_message(chat_id, to_html([(plain(sentence),)]), [[own]])


def teaches_already(chat_id: int, title: str, cohort_id: int, words: Words) -> OwedCall:
    """An educator of the cohort opens a link for educators."""
    sentence = words.say(
        "You teach {title} already. This link is for one other person: pass it on.", title=title
    )
    show = button(words.say("Show the cohort"), CohortVerb.SHOW, cohort_id)
    return html_message(chat_id, to_html([(plain(sentence),)]), [[show]])


def to_be_approved(chat_id: int, words: Words) -> OwedCall:
    """Somebody who is no educator opens a link for educators."""
    sentence = words.say(
        "This link is for an educator whom those who run this bot approved, as members are"
        " promised. If you ask, they see your name and your user name in Telegram, which are kept"
        " for that. Once you are approved, open the link again."
    )
    return message(chat_id, sentence, [[button(words.say("Ask"), CohortVerb.ASK)]])


def teaches(chat_id: int, title: str, cohort_id: int, words: Words) -> OwedCall:
    """The person is an educator of the cohort now."""
    sentence = words.say("✅ You teach {title} now. Its members are told.", title=title)
    show = button(words.say("Show the cohort"), CohortVerb.SHOW, cohort_id)
    return html_message(chat_id, to_html([(plain(sentence),)]), [[show]])


def link_used(
    chat_id: int, title: str, educator: NewEducator, words: Words, *, over: bool
) -> OwedCall:
    """To who made the link: ``educator`` teaches; ``over``: in their place."""
    label = called(educator.name, educator.username, words)
    if over:
        sentence = words.say("{name} has taken over {title} from you.", name=label, title=title)
    else:
        sentence = words.say("{name} teaches {title} with you now.", name=label, title=title)
    call = html_message(chat_id, to_html([(plain(sentence),)]))
    return quoting(call, (educator.person_id, label))


def educator_joined(chat_id: int, title: str, educator: NewEducator, words: Words) -> OwedCall:
    """To a member: who sees from now on what the educators of the cohort see."""
    label = called(educator.name, educator.username, words)
    sentence = words.say(
        "{name} teaches {title} from now on, and sees what its educators see: which assigned cases"
        " those who joined by name did, when, and whether they were right. If you do not want"
        " that, you can leave at any time by /cohorts.",
        name=label,
        title=title,
    )
    own = press(words.say("My cohorts"), f"{RUN}cohorts")
    call = html_message(chat_id, to_html([(plain(sentence),)]), [[own]])
    return quoting(call, (educator.person_id, label))


def full(words: Words) -> str:
    """So many educators that there is no room for another."""
    return words.say("This cohort has as many educators as it can have.")
