"""What the bot says outside of cases and of people's own data: brief, warm, exact."""

from collections.abc import Mapping

from bot.base.i18n import Languages, Words
from bot.features.shared.buttons import (
    LANGUAGE,
    NEXT,
    REPEAT,
    REPEAT_TOPIC,
    TOPIC,
    TOPICS,
    next_case,
    topics,
    what_next,
)
from bot.features.shared.messages import Button, html_message, in_rows, message, press
from content.markup import plain, to_html
from storage.outcome import OwedCall


def welcome(chat_id: int, cases: int, words: Words) -> OwedCall:
    """The first message."""
    sentence = words.count(
        "**Good morning.** I send short clinical cases: read the vignette, look at the figure,"
        " vote, and get the explanation with its references at once.\n\n"
        "There is {n} case. Your answers are kept for your own progress; /privacy says more.",
        "**Good morning.** I send short clinical cases: read the vignette, look at the figure,"
        " vote, and get the explanation with its references at once.\n\n"
        "There are {n} cases. Your answers are kept for your own progress; /privacy says more.",
        cases,
    )
    buttons = ((press(words.say("Start"), NEXT), press(words.say("Choose a topic"), TOPICS)),)
    return message(chat_id, sentence, buttons)


def help_text(chat_id: int, words: Words, *, administers: bool = False) -> OwedCall:
    """`/help`. ``administers``: the person is an administrator of the bot itself."""
    sentence = words.say(
        "/case – a case you have not seen\n\n"
        "/case _topic_ or _code_ – a case of your choice\n\n"
        "/topics – all topics\n\n"
        "/daily – a case a day, at your time\n\n"
        "/channel – cases for your channel\n\n"
        "/language – the language I speak\n\n"
        "/cancel – leave off what I asked you to write\n\n"
        "/mydata – everything kept about you\n\n"
        "/forget – erase it\n\n"
        "/privacy – what is kept, why, and how long\n\n"
        "/about – who makes this\n\n"
        "In a group: /case for all, /leaderboard; for administrators /settings and /results.\n\n"
        "Vote in the poll, and the explanation follows. Your first answer counts."
    )
    if administers:
        sentence += "\n\n" + words.say(
            "For you, as an administrator of the bot: /reload reads the cases again; /flags lists"
            " what learners flagged."
        )
    return message(chat_id, sentence, what_next(words))


def about(chat_id: int, cases: int, words: Words) -> OwedCall:
    """`/about`."""
    sentence = words.count(
        "**Morning Report** is free software for case-based medical learning (MIT licence); it"
        " brings {n} case, under the licence named with it.\n\n"
        "Each explanation ends with its sources, credits and review status. Patients are invented."
        " For teaching only; not advice for the care of a patient.",
        "**Morning Report** is free software for case-based medical learning (MIT licence); it"
        " brings {n} cases, each under the licence named with it.\n\n"
        "Each explanation ends with its sources, credits and review status. Patients are invented."
        " For teaching only; not advice for the care of a patient.",
        cases,
    )
    return message(chat_id, sentence)


def all_seen(chat_id: int, topic: str | None, to_repeat: int, words: Words) -> OwedCall:
    """Nothing new is left; what was not right may be tried again."""
    if topic is None:
        sentence = words.say("You have seen every case. New ones come with time.")
    else:
        sentence = words.say("You have seen every case on {topic}.", topic=topic_name(topic))
    keyboard: list[list[Button]] = []
    if to_repeat:
        sentence += " " + words.count(
            "{n} of those you have seen is not yet answered right.",
            "{n} of those you have seen are not yet answered right.",
            to_repeat,
        )
        again = REPEAT if topic is None else REPEAT_TOPIC + topic
        keyboard.append([press(words.say("Try one again"), again)])
    keyboard.append([topics(words)] if topic is None else [next_case(words), topics(words)])
    return message(chat_id, sentence, keyboard)


def all_right(chat_id: int, words: Words) -> OwedCall:
    """A wish to repeat, with nothing to repeat."""
    sentence = words.say("✅ Nothing to repeat: you answered every case you have seen right.")
    return message(chat_id, sentence, what_next(words))


def no_such_case(chat_id: int, words: Words) -> OwedCall:
    """A case or topic asked for by a name that the library does not know."""
    sentence = words.say(
        "I have no case and no topic of that name. /topics lists them all, and /case alone brings"
        " one you have not seen."
    )
    return message(chat_id, sentence, what_next(words))


MOST_TOPICS = 90  # buttons; Telegram takes no more than about a hundred under one message


def topic_list(chat_id: int, counts: Mapping[str, tuple[int, int]], words: Words) -> OwedCall:
    """The topics as buttons; each comes with how many of its cases are new, and how many it has.

    Of very many topics, those with the most cases.
    """
    shown = sorted(sorted(counts, key=lambda topic: -counts[topic][1])[:MOST_TOPICS])
    buttons = [
        press(f"{topic_name(topic)} ({counts[topic][0]}/{counts[topic][1]})", TOPIC + topic)
        for topic in shown
    ]
    if not buttons:
        return message(chat_id, words.say("There are no cases yet."))
    sentence = words.say("**Choose a topic.** In brackets: new to you / in all.")
    return message(chat_id, sentence, in_rows(buttons, 2))


def topic_name(topic: str) -> str:
    """A topic as people read it: ``connective-tissue-disease`` as *Connective tissue disease*."""
    return topic.replace("-", " ").capitalize()


def languages(chat_id: int, known: Languages, chosen: str | None, words: Words) -> OwedCall:
    """The languages as buttons; the person's own choice is marked."""

    def label(name: str, code: str | None) -> str:
        return f"✓ {name}" if code == chosen else name

    buttons = [
        press(label(other.name, code), LANGUAGE + code) for code, other in known.words.items()
    ]
    buttons.append(press(label(words.say("As in my Telegram"), None), LANGUAGE))
    sentence = words.say(
        "**Which language shall I speak?** Cases stay as their authors wrote them."
    )
    return message(chat_id, sentence, in_rows(buttons, 2))


def language_set(chat_id: int, words: Words) -> OwedCall:
    """Said in the language just chosen."""
    return message(chat_id, words.say("From now on I speak English."), ((next_case(words),),))


def already_answered(chat_id: int, words: Words) -> OwedCall:
    """A second vote on a question of the same post."""
    return message(
        chat_id,
        words.say("You have already answered this question; your first answer counts."),
        what_next(words),
    )


def answer_stands(chat_id: int, words: Words) -> OwedCall:
    """A vote was taken back."""
    return message(
        chat_id,
        words.say("You took your vote back. Your first answer stays on record all the same."),
        what_next(words),
    )


def unknown_poll(chat_id: int, words: Words) -> OwedCall:
    """A vote whose poll nobody knows."""
    return message(
        chat_id,
        words.say(
            "I got your vote, but could not find out which question it was for. If I do, it will"
            " count. Meanwhile, here is more:"
        ),
        what_next(words),
    )


def answer_first(chat_id: int, words: Words) -> OwedCall:
    """An explanation was asked for by somebody who has not answered."""
    return message(chat_id, words.say("Answer the question in its chat first; then I explain it."))


def no_such_question(chat_id: int, words: Words) -> OwedCall:
    """An explanation was asked for of a question that is not known."""
    return message(chat_id, words.say("I don't have this question any more."), what_next(words))


def unknown_command(chat_id: int, words: Words) -> OwedCall:
    """A command that does not exist."""
    return message(
        chat_id,
        words.say("I don't know that command. /help lists those I do."),
        what_next(words),
    )


def only_in_groups(chat_id: int, words: Words) -> OwedCall:
    """A command of groups, in private."""
    return message(chat_id, words.say("That works in a group: send it there."), what_next(words))


def asked_too_fast(chat_id: int, words: Words) -> OwedCall:
    """So much is owed to the chat already that this was not taken."""
    return message(chat_id, too_fast(words))


def too_fast(words: Words) -> str:
    """The same in a sentence."""
    return words.say("I have not yet answered all that was asked here. Try again in a minute.")


def not_understood(chat_id: int, words: Words) -> OwedCall:
    """Free text."""
    return message(
        chat_id,
        words.say(
            "I can't hold a conversation: I send cases and read votes. To answer a case, tap a"
            " choice in its poll."
        ),
        what_next(words),
    )


def no_pictures(chat_id: int, words: Words) -> OwedCall:
    """A photo, a document, a voice message."""
    return message(
        chat_id,
        words.say(
            "I can't look at pictures or files, and did not keep this one. Please never send me"
            " anything from a real patient."
        ),
        what_next(words),
    )


def trouble(chat_id: int, kind: str, what: str, more: int, words: Words) -> OwedCall:
    """To an administrator: an update was set aside."""
    sentence = words.say(
        "An update of kind {kind} could not be handled and was set aside: {what}.",
        kind=kind,
        what=what,
    )
    if more:
        sentence += " " + words.count("{n} more like it came.", "{n} more like it came.", more)
    # Names of kinds and files are full of underscores, which Markdown would take for emphasis.
    return html_message(chat_id, to_html([(plain(sentence),)]))
