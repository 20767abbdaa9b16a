"""Short replies around practice sessions and exams."""

from zoneinfo import ZoneInfo

from msgspec import Struct

from bot.base.i18n import Words
from bot.features.shared.buttons import STUDY, what_next
from bot.features.shared.messages import Button, message, press
from bot.features.sittings.sitting_buttons import SittingPress, SittingVerb
from bot.scheduling.wall_time import wall
from bot.scheduling.zones import label
from storage.outcome import OwedCall, Toast
from storage.sittings import Sitting


class SittingProgress(Struct, frozen=True):
    """How far somebody has come: ``done`` of ``count``, cases of a session, questions of an exam.

    ``minutes`` are left of an exam.
    """

    done: int
    count: int
    minutes: int | None = None


def in_view(words: Words) -> Toast:
    """A press that opens what is open."""
    return Toast(words.say("It is open already, further down."))


def locked(words: Words) -> Toast:
    """A choice pressed too late."""
    sentence = words.say("Locked: you have opened what comes after it, and that may tell.")
    return Toast(sentence, alert=True)


def not_yours(words: Words) -> Toast:
    """A press on what belongs to another."""
    return Toast(words.say("That is not yours. /practice begins your own."), alert=True)


def over(sitting: Sitting, zone: str, words: Words) -> Toast:
    """A press on what is over; the time is that of a clock in ``zone``."""
    at = f"{wall(sitting.ended_at or 0, ZoneInfo(zone)):%H:%M}"
    place = label(zone)
    if sitting.state == "void":
        sentence = words.say("Cancelled at {time} ({place}).", time=at, place=place)
    elif sitting.deadline is None:
        sentence = words.say("Ended at {time} ({place}).", time=at, place=place)
    else:
        sentence = words.say("Handed in at {time} ({place}).", time=at, place=place)
    return Toast(sentence, alert=True)


def none_open(words: Words) -> Toast:
    """A press that goes on with a session, where none is open."""
    sentence = words.say("You have no session open. /practice begins one.")
    return Toast(sentence, alert=True)


def exam_open(words: Words) -> Toast:
    """A press that goes on with a session, where an exam is open."""
    return Toast(words.say("You have an exam open: /practice goes on with it."), alert=True)


def answer_first(words: Words) -> Toast:
    """A press for the next case of a session, before the last is answered."""
    sentence = words.say("The case above waits for your answer. /practice brings it again.")
    return Toast(sentence, alert=True)


def one_is_open(
    chat_id: int, sitting: Sitting, standing: SittingProgress, words: Words
) -> OwedCall:
    """`/practice`, where something is open already."""
    done, count = standing.done, standing.count
    go_on = press(words.say("Go on"), _data(sitting, SittingVerb.RESUME))
    if standing.minutes is None:
        sentence = words.say(
            "You have a session open: {done} of {count} done.", done=done, count=count
        )
        assigned = sitting.assignment_id is not None
        ends = SittingVerb.LEAVE if assigned else SittingVerb.HAND_IN
        end = press(words.say("End it"), _data(sitting, ends))
        return message(chat_id, sentence, ((go_on, end),))
    left = words.count("{n} minute left", "{n} minutes left", standing.minutes)
    sentence = words.say(
        "You have an exam open: {done} of {count} answered, {left}.",
        done=done,
        count=count,
        left=left,
    )
    leave = press(words.say("Cancel the exam"), _data(sitting, SittingVerb.LEAVE))
    overview = press(words.say("Overview and hand in"), _data(sitting, SittingVerb.OVERVIEW))
    assigned = sitting.assignment_id is not None
    return message(chat_id, sentence, ((go_on,), (overview,), *(() if assigned else ((leave,),))))


def leave_off(chat_id: int, sitting: Sitting, words: Words) -> OwedCall:
    """Before an exam is left off."""
    sentence = words.say("**Cancel the exam?** Nothing of it will count, and nothing is shown.")
    buttons = (
        (press(words.say("Cancel the exam"), _data(sitting, SittingVerb.VOID)),),
        (press(words.say("Go on"), _data(sitting, SittingVerb.RESUME)),),
    )
    return message(chat_id, sentence, buttons)


def one_attempt(words: Words) -> Toast:
    """An exam that was assigned is not left off."""
    sentence = words.say("You have one attempt at what is assigned: hand in what you have.")
    return Toast(sentence, alert=True)


def end_assigned(
    chat_id: int, sitting: Sitting, standing: SittingProgress, words: Words
) -> OwedCall:
    """Before what was assigned is handed in, with cases left to do."""
    sentence = words.say(
        "**Hand it in as it is?** {done} of {count} done, and you have one attempt: the others"
        " cannot be done afterwards.",
        done=standing.done,
        count=standing.count,
    )
    buttons = (
        (press(words.say("Hand in"), _data(sitting, SittingVerb.HAND_IN)),),
        (press(words.say("Go on"), _data(sitting, SittingVerb.RESUME)),),
    )
    return message(chat_id, sentence, buttons)


def left_off(chat_id: int, words: Words) -> OwedCall:
    """It is left off."""
    return message(chat_id, words.say("Cancelled: nothing of it counts."), what_next(words))


def paused(chat_id: int, sitting: Sitting, standing: SittingProgress, words: Words) -> OwedCall:
    """A session rests."""
    sentence = words.say(
        "Paused: {done} of {count} done. /practice goes on where you are.",
        done=standing.done,
        count=standing.count,
    )
    go_on = press(words.say("Go on"), _data(sitting, SittingVerb.RESUME))
    return message(chat_id, sentence, ((go_on,),))


def which_of(chat_id: int, sitting: Sitting, standing: SittingProgress, words: Words) -> OwedCall:
    """Above each case of a session: which of how many it is."""
    sentence = words.say("**{n} of {count}**", n=standing.done + 1, count=standing.count)
    return message(chat_id, sentence, ((_pause(sitting, words),),))


def case_refused(chat_id: int, words: Words) -> OwedCall:
    """Telegram would not take a case of a session."""
    sentence = words.say("Telegram would not take that case. It does not count.")
    return message(chat_id, sentence, ((press(words.say("Go on"), STUDY),),))


def time_runs_out(
    chat_id: int, sitting: Sitting, standing: SittingProgress, words: Words
) -> OwedCall:
    """Shortly before the deadline of an exam."""
    sentence = words.count(
        "⏰ {n} minute left. {done} of {count} answered; then the exam is handed in as it stands.",
        "⏰ {n} minutes left. {done} of {count} answered; then the exam is handed in as it stands.",
        standing.minutes or 0,
        done=standing.done,
        count=standing.count,
    )
    go_on = press(words.say("Go on"), _data(sitting, SittingVerb.RESUME))
    return message(chat_id, sentence, ((go_on,),))


def _pause(sitting: Sitting, words: Words) -> Button:
    return press(words.say("Pause"), _data(sitting, SittingVerb.PAUSE))


def _data(sitting: Sitting, verb: SittingVerb) -> str:
    return str(SittingPress(sitting.id, verb))
