"""The workbook of a cohort's report: members who are named, assignments, topics, questions."""

from bot.base.i18n import Words
from bot.features.reports.cohort_report_view import (
    Reported,
    notes,
    question_name,
    wrong_choice,
)
from bot.features.reports.cohort_values import (
    AnswerCount,
    AssignmentNumbers,
    MemberNumbers,
    QuestionNumbers,
)
from bot.features.shared.case_names import topic_name
from bot.features.shared.dates import whole_date
from bot.features.shared.file_messages import workbook_message
from bot.files.workbook import Cell, Column, ColumnKind, Table, Workbook, person_cell
from content.codes import case_code
from storage.outcome import OwedCall


def workbook(chat_id: int, shown: Reported, words: Words) -> OwedCall:
    """Made when it is sent; whoever has themselves erased until then is not in it."""
    sheets = (
        _members(shown, words),
        _assignments(shown, words),
        _topics(shown, words),
        _questions(shown, words),
    )
    made = Workbook(f"report-{shown.day(shown.now)}.xlsx", sheets, words.right_to_left)
    named = {one.person.person_id: one.person.name for one in shown.numbers.people}
    caption = words.say(
        "{title}, {date}", title=shown.cohort.title, date=whole_date(shown.day(shown.now), words)
    )
    instead = words.say("The workbook could not be made this time; /report tries again.")
    return workbook_message(chat_id, made, named, caption, instead)


def _members(shown: Reported, words: Words) -> Table:
    columns = (
        Column(words.say("Name")),
        Column(words.say("Username")),
        Column(words.say("Joined"), ColumnKind.DATE),
        Column(words.say("Closed assignments")),
        Column(words.say("Finished")),
        Column(words.say("On time")),
        Column(words.say("Questions answered")),
        Column(words.say("Right")),
        Column(words.say("Share right"), ColumnKind.PERCENT),
        Column(words.say("Under way")),
        Column(words.say("Begun")),
        Column(words.say("Finished already")),
        Column(words.say("Last active"), ColumnKind.DATE),
    )
    rows = tuple(_member(one, shown) for one in shown.numbers.people)
    others = shown.numbers.members - shown.numbers.named
    note = [words.say("What is assigned alone; never what somebody practises in private.")]
    if others:
        sentence = words.count(
            "{n} member under an alias has no row.",
            "{n} members under an alias have no row.",
            others,
        )
        note.append(sentence)
    return Table(words.say("Members"), columns, rows, tuple(note))


def _member(one: MemberNumbers, shown: Reported) -> tuple[Cell, ...]:
    person = one.person
    return (
        person_cell(person.person_id, person.name),
        None if person.username is None else f"@{person.username}",
        _day(person.joined_at, shown),
        one.assigned,
        one.finished,
        one.on_time,
        one.questions,
        one.right,
        one.right / one.questions if one.questions else None,
        one.open,
        one.begun_open,
        one.finished_open,
        None if one.last_at is None else _day(one.last_at, shown),
    )


def _assignments(shown: Reported, words: Words) -> Table:
    columns = (
        Column(words.say("Assignment")),
        Column(words.say("Kind")),
        Column(words.say("Opened"), ColumnKind.DATE),
        Column(words.say("Due"), ColumnKind.DATE),
        Column(words.say("Closed"), ColumnKind.DATE),
        Column(words.say("On time")),
        Column(words.say("Of members")),
        *_share_columns(words),
        Column(words.say("Who is in it")),
    )
    rows = tuple(_assignment(one, shown, words) for one in shown.numbers.done)
    return Table(words.say("Assignments"), columns, rows, tuple(notes(shown.numbers, words)))


def _assignment(one: AssignmentNumbers, shown: Reported, words: Words) -> tuple[Cell, ...]:
    made = one.assignment
    return (
        made.title,
        words.say("exam") if made.mode == "exam" else words.say("study"),
        _day(made.opens_at, shown),
        _day(made.due_at, shown),
        None if made.closed_at is None else _day(made.closed_at, shown),
        one.on_time,
        one.members,
        *_share(one.answered, words),
        words.say("those named alone") if one.named_alone else words.say("all members"),
    )


def _topics(shown: Reported, words: Words) -> Table:
    columns = (
        Column(words.say("Topic")),
        Column(words.say("Answers")),
        *_share_columns(words),
    )
    rows = tuple(
        (topic_name(topic, words), answered.answers, *_share(answered, words))
        for topic, answered in shown.numbers.topics
    )
    return Table(words.say("Topics"), columns, rows, tuple(notes(shown.numbers, words)))


def _questions(shown: Reported, words: Words) -> Table:
    columns = (
        Column(words.say("Question")),
        Column(words.say("Case code")),
        Column(words.say("Prompt")),
        Column(words.say("People")),
        *_share_columns(words),
        Column(words.say("Wrong choice taken most")),
    )
    rows = tuple(_question(one, words) for one in shown.numbers.questions)
    few = words.say("The wrong choice is told where 5 people or more were wrong.")
    return Table(words.say("Questions"), columns, rows, (*notes(shown.numbers, words), few))


def _question(one: QuestionNumbers, words: Words) -> tuple[Cell, ...]:
    return (
        question_name(one, words),
        case_code(one.case_id),
        one.question.prompt,
        one.answered.people,
        *_share(one.answered, words),
        wrong_choice(one),
    )


def _share_columns(words: Words) -> tuple[Column, ...]:
    return (
        Column(words.say("Share right"), ColumnKind.PERCENT),
        Column(words.say("95% interval from"), ColumnKind.PERCENT),
        Column(words.say("to"), ColumnKind.PERCENT),
    )


def _share(answered: AnswerCount | None, words: Words) -> tuple[Cell, Cell, Cell]:
    """The share as it may be told; no interval where that would tell more."""
    if answered is None:
        return words.say("too few people to tell"), None, None
    if answered.interval is None:
        return words.percent(answered.told), None, None
    return answered.share, answered.interval.low, answered.interval.high


def _day(at_ms: int, shown: Reported) -> str:
    return shown.day(at_ms).isoformat()
