"""What the bot says of itself."""

from bot.base.i18n import Languages, Words
from bot.features.shared.buttons import (
    LANGUAGE,
    NEXT,
    TOPICS,
    next_case,
)
from bot.features.shared.messages import Button, in_rows, message, press
from storage.outcome import OwedCall


def welcome(chat_id: int, cases: int, words: Words) -> OwedCall:
    """The first message."""
    sentence = words.count(
        "**Good morning.** I send short clinical cases: read the vignette, look at the figure,"
        " vote, and get the explanation with its references at once.\n\n"
        "There is {n} case. Your answers are kept for your own /progress; /privacy says more.",
        "**Good morning.** I send short clinical cases: read the vignette, look at the figure,"
        " vote, and get the explanation with its references at once.\n\n"
        "There are {n} cases. Your answers are kept for your own /progress; /privacy says more.",
        cases,
    )
    buttons = ((press(words.say("Start"), NEXT), _topics(words)),)
    return message(chat_id, sentence, buttons)


def help_text(
    chat_id: int, words: Words, *, administers: bool = False, writes: bool = False
) -> OwedCall:
    """`/help`. ``administers``: the person is an administrator of the bot itself; ``writes``: they
    are an author of cases.
    """
    sentence = words.say(
        "/case – a case you have not seen\\\n"
        "/review – what is due again\\\n"
        "/practice – several cases, or an exam\\\n"
        "/progress – how you are doing\\\n"
        "/daily – a case a day, at your time\\\n"
        "/find /topics /saved – find a case\\\n"
        "/refs – references of your last case\\\n"
        "/cohorts – what you are assigned\\\n"
        "/preferences /language – as you like\\\n"
        "/mydata /forget /privacy – your data\\\n"
        "/about – who makes this\\\n"
        "/cancel – skip what I asked you\n\n"
        "Or without the slash: “next”, “ecg”, “stop”. Your first vote counts.\n\n"
        "To teach: /cohort, /assign, /report, /channel. In a group: /case, /refs, /leaderboard; for"
        " administrators /settings, /results, /report."
    )
    theirs = []
    if writes:
        theirs.append(words.say("To write cases: /write, /drafts."))
    if administers:
        theirs.append(words.say("For the bot's administrators: /reload, /flags, /items, /roles."))
    if theirs:
        sentence += "\n\n" + "\\\n".join(theirs)
    return message(chat_id, sentence, ((next_case(words), _topics(words)),))


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


def _topics(words: Words) -> Button:
    return press(words.say("Choose a topic"), TOPICS)
