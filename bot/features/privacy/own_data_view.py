"""What the bot says about a person's own data. True to what storage/ keeps, and for how long."""

from collections.abc import Iterator, Mapping
from typing import Any

from bot.base.i18n import Words
from bot.base.time_units import DAY_MS, HOUR_MS
from bot.features.shared.buttons import FORGET, what_next
from bot.features.shared.messages import message, pages, press
from content.markup import parse
from content.pages import Part
from storage.drafts import IDLE_DRAFT_MS
from storage.namings import KEPT
from storage.outcome import OwedCall
from storage.retention import CLOSED_COHORT_MS, LIVE_ROUND_MS, Retention


def privacy(chat_id: int, retention: Retention, words: Words) -> list[OwedCall]:
    """`/privacy`: true to what storage/ keeps, and for how long."""
    kept = words.say(
        "**What is kept:** your Telegram id, the language of your app and the one you chose, when"
        " we first met, whether you blocked me; the cases you were given, when, and their polls;"
        " your answers with time, choices, verdict and time taken, and how sure you said you were;"
        " when each is to be reviewed, and what you want no review of; the cases you saved or"
        " passed by; which cases you prefer, and the plan of your daily case; your practice"
        " sessions and exams, with what you marked and, until you hand in, chose; the questions you"
        " flagged, and what you wrote when asked what is the matter; messages not yet delivered."
        " Not your name, not your user name, nor what else you write, unless you join a cohort or"
        " ask to be an educator.\n\n"
        "**In groups and channels:** your answers there, in the same way; choices that you marked"
        " and have not submitted, until you do or the question closes; of the chat its id, title"
        " and settings, and who added me or looks after it. Your first name only if you press “Show"
        " my name” under a group's leaderboard, and until you hide it; then also the latest {n}"
        " messages there that name people, so that a name can be taken out. In a group's polls"
        " Telegram itself shows who voted for what; with buttons nobody sees it.\n\n"
        "**Flags** are read by those who administer me, without your name or id.\n\n"
        "**Why:** to send you cases you have not seen and what is due again, to show you your"
        " /progress, to count each answer once, and to show everybody how a question was answered,"
        " without saying by whom. A leaderboard counts points; who did not agree to be named is “a"
        " colleague”. Those who run me may take all answers out to study them, under made-up names"
        " or, where they must, Telegram ids.",
        n=KEPT,
    )
    cohorts = words.say(
        "**In cohorts,** if you join one: the name or the alias that you chose, when you joined and"
        " which terms you agreed to; what is assigned to you there, and until when. Its educators"
        " see what you were told before you joined. It goes when you leave by /cohorts, or {days}"
        " after the cohort was closed; totals that name nobody stay that long.\n\n"
        "**Of educators:** name and user name in Telegram, when they asked to be approved and who"
        " decided on it, by name; the cohorts they teach, their links and what they assign. Members"
        " see who teaches them, and who approved that.",
        days=_days(CLOSED_COHORT_MS, words),
    )
    live = words.say(
        "**In live rounds,** if you join one: when you joined, and how you voted, the first time"
        " and after discussion, until {days} after its end. Your first vote is an answer like any"
        " other. Whoever presents, and the screen, see how many chose what, where at least five"
        " voted, and no names. Of who presents: which case, when, and in which language.",
        days=_days(min(LIVE_ROUND_MS, retention.answers or LIVE_ROUND_MS), words),
    )
    writing = words.say(
        "**Of authors and reviewers of cases:** name and user name in Telegram, who made them one"
        " and when, and the name by which a reviewer is shown. Of a case that you write: what you"
        " sent, of pictures nothing but what is seen, and in which messages, until you publish or"
        " delete it, or do not change it for {days}; and which cases you published. Those stay when"
        " you are erased, with the author's name in them.",
        days=_days(IDLE_DRAFT_MS, words),
    )
    reviewers = words.say(
        "**Of reviewers:** how they wish to be named, which cases they signed and when, which they"
        " sent back. Learners read that name under the cases. With /forget it goes from all of"
        " them: your signature comes off, and the case counts as not reviewed. Files that were"
        " exported with it keep it. Who signed is not erased for being silent."
    )
    how_long = words.say(
        "**How long:** until you erase it with /forget. Technical notes on an update that failed"
        " and votes whose poll could not be found go after 30 days; so do your words and your id on"
        " a flag 30 days after it was closed; the numbers by which repeated updates are known go"
        " after 3."
    )
    how_long += " " + words.say(
        "That it was you who asked for a case in a group goes after two days."
    )
    yours = words.say(
        "**How to see it:** /mydata. **How to be rid of it:** /forget – your answers then stay in"
        " the totals, without you, and of a flag only what kind it was. {gone} {mark} {open}\n\n"
        "Telegram itself keeps this chat and your votes under its own rules.",
        gone=_gone(retention, words),
        mark=_mark(retention, words),
        open=_open_questions(words),
    )
    ends = " ".join((how_long, *_ends(retention, words)))
    # Some languages need more than one message can hold.
    told = (kept, cohorts, live, writing, reviewers, ends, yours)
    return pages(chat_id, [Part(parse(text)) for text in told])


def _gone(retention: Retention, words: Words) -> str:
    """Until when what was erased is somewhere."""
    if retention.replica is None:
        disk = words.say(
            "What is erased is gone at once from all that I show and send (messages posted before"
            " stay in their chats; your name is taken out of the latest {n} that name people in"
            " each group, where Telegram lets me), and from my disk as soon as nothing is reading"
            " there: mostly within a minute, and within 24 hours while I am at work.",
            n=KEPT,
        )
    else:
        disk = words.say(
            "As it changes, all that is kept is copied to another place, so that little is lost"
            " when a machine fails. What is erased is gone at once from all that I show and send"
            " (messages posted before stay in their chats; your name is taken out of the latest {n}"
            " that name people in each group, where Telegram lets me), and from my disk and that"
            " place within {hours} while I am at work.",
            n=KEPT,
            hours=words.count("{n} hour", "{n} hours", retention.replica // HOUR_MS),
        )
    return f"{disk} {_backups(retention, words)}"


def _backups(retention: Retention, words: Words) -> str:
    if retention.backups is None:
        return words.say("Backups made before hold it until whoever runs me deletes them.")
    return words.count(
        "Backups made before hold it for {n} day at most.",
        "Backups made before hold it for {n} days at most.",
        retention.backups // DAY_MS,
    )


def _mark(retention: Retention, words: Words) -> str:
    """What is kept of somebody who was erased."""
    why = words.say(
        "So that no restored backup brings you back, I keep a mark made from your id with a secret"
        " of my database: nobody comes from it to you, but who has both can tell whether a given id"
        " was erased."
    )
    if retention.backups is None:
        return why
    days = words.count(
        "It goes after {n} day too.", "It goes after {n} days too.", retention.backups // DAY_MS
    )
    return f"{why} {days}"


def _open_questions(words: Words) -> str:
    """What is kept where somebody who was erased could answer once more."""
    return words.say(
        "So that nobody counts twice, each question that you answered in a group or channel and"
        " that is still open keeps a mark of you too, made with a random key of its own; both go"
        " when it closes, which is within 30 days."
    )


def _ends(retention: Retention, words: Words) -> Iterator[str]:
    """What whoever runs the bot has set an end to, a sentence each."""
    if retention.answers is not None:
        yield words.say(
            "After {days} an answer no longer leads to you, nor does the case it was given"
            " to; I may then send you that case again. While its question is open in a group, a"
            " mark stays there, as after /forget.",
            days=_days(retention.answers, words),
        )
    if retention.people is not None:
        yield words.say(
            "If you neither ask for a case, answer one nor join a cohort for {days}, you are erased"
            " as by /forget; a daily case that still comes, a chat that I am in because of you, an"
            " open cohort that you teach, a draft, or that you write or review cases keeps you"
            " here.",
            days=_days(retention.people, words),
        )
    if retention.chats is not None:
        yield words.say(
            "Title and settings of a chat, who added me, and the names shown there go {days}"
            " after I left it.",
            days=_days(retention.chats, words),
        )


def _days(span: int, words: Words) -> str:
    """So many whole days, of milliseconds."""
    return words.count("{n} day", "{n} days", span // DAY_MS)


def my_data(chat_id: int, data: Mapping[str, Any], document: str, words: Words) -> OwedCall:
    """`/mydata`: the document, with what it holds as its caption."""
    answers = len(data.get("answers", ()))
    caption = words.count(
        "Everything kept about you: {n} answer and what belongs to it. /forget erases it.",
        "Everything kept about you: {n} answers and what belongs to them. /forget erases it.",
        answers,
    )
    params = {
        "document": {"$file": {"name": "morning-report-my-data.json", "content": document}},
        "caption": caption,
    }
    return OwedCall(chat_id, "sendDocument", params)


def forget_question(chat_id: int, retention: Retention, words: Words) -> OwedCall:
    """`/forget` asks once."""
    sentence = words.say(
        "**Erase everything kept about you?** Your progress is lost. Your answers stay in the"
        " totals, without you. This cannot be undone."
    )
    sentence += " " + words.say(
        "You leave your cohorts; one that nobody else teaches is closed, and its members are told."
    )
    sentence += " " + words.say(
        "Your drafts go; cases that you published stay in use, with the name that they bear."
    )
    sentence += " " + words.say(
        "If you signed cases, your signatures come off; exported files keep your name."
    )
    buttons = (
        (press(words.say("Erase everything"), FORGET + "yes"),),
        (press(words.say("Keep it"), FORGET + "no"),),
    )
    return message(chat_id, f"{sentence}\n\n{_gone(retention, words)}", buttons)


def forgotten(chat_id: int, retention: Retention, words: Words) -> OwedCall:
    """It is done."""
    sentence = words.say(
        "Done: nothing that leads to you is shown or sent any more, and it is being wiped from my"
        " disk. {backups} /start begins anew.",
        backups=_backups(retention, words),
    )
    return message(chat_id, sentence)


def kept(chat_id: int, words: Words) -> OwedCall:
    """The person thought better of it."""
    return message(chat_id, words.say("Nothing was erased."), what_next(words))
