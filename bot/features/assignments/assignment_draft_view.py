"""What is about to be assigned, chosen by buttons."""

from typing import Final

from msgspec import Struct

from bot.base.i18n import Words
from bot.features.assignments.assignment_buttons import DRAFT
from bot.features.assignments.assignment_draft import (
    SIZES,
    AssignmentDraft,
    Due,
    Opens,
    Times,
    TimesProblem,
    What,
)
from bot.features.assignments.time_words import moment
from bot.features.shared.case_names import topic_name
from bot.features.shared.messages import (
    Button,
    in_rows,
    press,
    titled,
)
from bot.features.sittings.plan import Mode
from storage.cohorts import Cohort
from storage.outcome import OwedCall, Toast

MOST_LISTED: Final = 20  # assignments, or cohorts
ON_A_PAGE: Final = 30  # topics, two to a row


class AssignmentDraftShown(Struct, frozen=True):
    """A draft with what follows from it: its times, and how many cases it takes of how many."""

    draft: AssignmentDraft
    cohort: Cohort
    times: Times
    wrong: TimesProblem | None
    takes: int
    fitting: int
    several_cohorts: bool
    now: int


def page(chat_id: int, shown: AssignmentDraftShown, words: Words) -> OwedCall:
    """All that is chosen so far, and all that can be chosen."""
    draft, times = shown.draft, shown.times
    cases = words.count("{n} case", "{n} cases", shown.takes)
    if shown.takes < shown.fitting:
        cases = words.say("{cases} of {n}", cases=cases, n=shown.fitting)
    lines = [
        words.say("What: {what}, {cases}", what=what_name(draft, words), cases=cases),
        _explained(draft, words),
        words.say("Opens: {time}", time=_opening(shown, words)),
        words.say("Due: {time}", time=_time(times.due_at, shown, words)),
        words.say("Late work is taken until {time}", time=_time(times.closes_at, shown, words))
        if draft.late
        else words.say("Late work is not taken"),
    ]
    if shown.wrong is not None:
        lines.append(f"⚠️ {wrong(shown.wrong, words)}")
    rows = _rows(shown, words)
    if shown.wrong is None and shown.takes:
        rows.append([press(words.say("Assign"), f"{DRAFT}make:")])
    elif not shown.takes:
        lines.append(f"⚠️ {words.say('No case fits that.')}")
    title = words.say("New assignment for {cohort}", cohort=shown.cohort.title)
    return titled(chat_id, title, ["\n".join(lines)], rows)


def _rows(shown: AssignmentDraftShown, words: Words) -> list[list[Button]]:
    draft = shown.draft
    whats = [
        _set(words.say("Topic …"), "topics", "0", chosen=draft.what is What.TOPIC),
        _set(words.say("By code …"), "codes", "", chosen=draft.what is What.CODES),
        _set(words.say("My saved cases"), "what", What.SAVED, chosen=draft.what is What.SAVED),
        _set(words.say("The weakest ten"), "what", What.WEAKEST, chosen=draft.what is What.WEAKEST),
    ]
    rows = in_rows(whats, 2)
    if draft.what in {What.TOPIC, What.SAVED}:
        rows.append([_set(str(n), "size", str(n), chosen=draft.size == n) for n in SIZES])
    rows.append(
        [_set(_mode(mode, words), "mode", mode, chosen=draft.mode is mode) for mode in Mode]
    )
    if draft.mode is Mode.EXAM:
        at_once = words.say("Explained at once")
        later = words.say("Explained after due")
        rows.append(
            [
                _set(at_once, "explained", "0", chosen=not draft.after_due),
                _set(later, "explained", "1", chosen=draft.after_due),
            ]
        )
    rows += _time_rows(draft, words)
    if shown.several_cohorts:
        rows.append([press(words.say("Another cohort"), f"{DRAFT}cohorts:")])
    return rows


def _time_rows(draft: AssignmentDraft, words: Words) -> list[list[Button]]:
    named_opening, named_due = draft.opens_at is not None, draft.due_at is not None
    opens = {
        Opens.NOW: words.say("Opens now"),
        Opens.TOMORROW: words.say("Tomorrow 8:00"),
        Opens.MONDAY: words.say("Monday 8:00"),
    }
    due = {Due.WEEK: words.say("Due in a week"), Due.FORTNIGHT: words.say("In two weeks")}
    opening = [
        _set(name, "opens", one, chosen=draft.opens is one and not named_opening)
        for one, name in opens.items()
    ]
    ending = [
        _set(name, "due", one, chosen=draft.due is one and not named_due)
        for one, name in due.items()
    ]
    return [
        opening[:2],
        [*opening[2:], _set(words.say("Opens on …"), "opens", "typed", chosen=named_opening)],
        [*ending, _set(words.say("Due on …"), "due", "typed", chosen=named_due)],
        [
            _set(words.say("Late: taken"), "late", "1", chosen=draft.late),
            _set(words.say("Late: refused"), "late", "0", chosen=not draft.late),
        ],
    ]


def _set(name: str, part: str, value: str, *, chosen: bool) -> Button:
    return press(f"✓ {name}" if chosen else name, f"{DRAFT}{part}:{value}")


def _mode(mode: Mode, words: Words) -> str:
    return words.say("Study") if mode is Mode.STUDY else words.say("Exam")


def _explained(draft: AssignmentDraft, words: Words) -> str:
    if draft.mode is Mode.STUDY:
        return words.say("Study: each case is explained once it is answered")
    if draft.explained == "at_once":
        return words.say("Exam: explained when it is handed in")
    return words.say("Exam: explained to all when the assignment closes")


def _opening(shown: AssignmentDraftShown, words: Words) -> str:
    if shown.times.opens_at <= shown.now:
        return words.say("now")
    return _time(shown.times.opens_at, shown, words)


def _time(at: int, shown: AssignmentDraftShown, words: Words) -> str:
    return moment(at, shown.now, shown.cohort.zone, words)


def what_name(draft: AssignmentDraft, words: Words) -> str:
    """Which cases a draft takes, in words."""
    match draft.what:
        case What.TOPIC if draft.topic:
            return topic_name(draft.topic, words)
        case What.TOPIC:
            return words.say("all topics")
        case What.CODES:
            return words.say("cases by their codes")
        case What.SAVED:
            return words.say("your saved cases")
    return words.say("the weakest ten")


def title(draft: AssignmentDraft, cases: int, words: Words) -> str:
    """What an assignment is called."""
    count = words.count("{n} case", "{n} cases", cases)
    if draft.what is What.TOPIC and draft.topic:
        name = topic_name(draft.topic, words)
        return words.say("{topic}: {cases}", topic=name, cases=count)
    if draft.what is What.WEAKEST:
        return words.say("Once more: {cases}", cases=count)
    return count


def wrong(why: TimesProblem, words: Words) -> str:
    """What keeps the times from being used."""
    match why:
        case TimesProblem.DUE_PAST:
            return words.say("The time by which it is due is past.")
        case TimesProblem.DUE_BEFORE_OPENING:
            return words.say("It would be due before it opens.")
        case TimesProblem.TOO_FAR:
            return words.say("That is more than a year ahead.")


def not_made_now(words: Words) -> Toast:
    """What was chosen cannot be assigned any more as it is."""
    return Toast(words.say("That cannot be assigned as it is now: look once more."), alert=True)
