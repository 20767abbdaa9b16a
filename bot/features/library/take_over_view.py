"""What administrators are told of cases that were read again."""

import os
from collections.abc import Iterable, Sequence
from pathlib import Path

from bot.base.i18n import Words
from bot.features.shared.messages import html_message, message
from bot.features.shared.written_words import in_brief
from content.candidate import Difference
from content.markup import Paragraph, parse, plain, to_html
from content.model import Case
from content.problems import Problem
from storage.outcome import OwedCall

MOST_PROBLEMS = 10  # in one message, each of at most so many characters:
_LINE = 300
MOST_TITLES = 5


def looking(chat_id: int, words: Words) -> OwedCall:
    """The answer to `/reload` while the cases are being read."""
    return message(chat_id, words.say("Reading the cases again …"))


def taken_over(
    chat_id: int, cases: int, changes: Difference, warnings: int, words: Words
) -> OwedCall:
    """The changed cases are in use."""
    head = words.count(
        "✅ **Changed cases are in use:** {n} case now.",
        "✅ **Changed cases are in use:** {n} cases now.",
        cases,
    )
    listed = [
        _titles(label, some, words)
        for label, some in (
            (words.say("New:"), changes.added),
            (words.say("Changed:"), changes.changed),
            (words.say("Gone:"), changes.removed),
        )
        if some
    ]
    return _said(chat_id, [*parse(head), *listed, *_warnings(warnings, words)])


def unchanged(chat_id: int, cases: int, warnings: int, words: Words) -> OwedCall:
    """All is well, and as it was."""
    sentence = words.count(
        "✅ The cases are in order, and nothing in them has changed: {n} case.",
        "✅ The cases are in order, and nothing in them has changed: {n} cases.",
        cases,
    )
    return _said(chat_id, [*parse(sentence), *_warnings(warnings, words)])


def kept(chat_id: int, problems: Sequence[str], words: Words) -> OwedCall:
    """The cases in use stay, because of these lines of problems."""
    head = words.say(
        "❌ **The changed cases are not in use:** something in them is wrong. Those from before"
        " stay until it is mended."
    )
    lines = [_plain(line) for line in problems[:MOST_PROBLEMS]]
    more = _more(len(problems) - MOST_PROBLEMS, words)
    return _said(chat_id, [*parse(head), *lines, *more])


def failed(chat_id: int, what: str, words: Words) -> OwedCall:
    """Reading did not come to an end, through a mistake of the program's."""
    head = words.say("❌ **The cases could not be read again.** Those from before stay in use.")
    return _said(chat_id, [*parse(head), _plain(what)])


def problem_line(problem: Problem, folders: Iterable[Path]) -> str:
    """``file:line: code message``, with files named from their content folder on."""
    name, said = str(problem.path), problem.message
    for folder in folders:
        if problem.path.is_relative_to(folder):
            name = str(problem.path.relative_to(folder)) if problem.path != folder else folder.name
        if folder.is_absolute():
            said = said.replace(f"{folder}{os.sep}", "")
    line = f"{name}:{problem.line}: {problem.code} {said}"
    # A file's name may hold bytes that are no text.
    line = line.encode("utf-8", "replace").decode("utf-8")
    return in_brief(line, _LINE)


def _titles(label: str, cases: Sequence[Case], words: Words) -> Paragraph:
    titles = "; ".join(words.isolated(case.title) for case in cases[:MOST_TITLES])
    more = "".join(run.text for part in _more(len(cases) - MOST_TITLES, words) for run in part)
    return (plain(f"{label} {titles} {more}".rstrip()),)


def _warnings(number: int, words: Words) -> tuple[Paragraph, ...]:
    if not number:
        return ()
    sentence = words.count(
        "morning-report check has {n} remark on all cases together.",
        "morning-report check has {n} remarks on all cases together.",
        number,
    )
    return (_plain(sentence),)


def _more(number: int, words: Words) -> tuple[Paragraph, ...]:
    if number <= 0:
        return ()
    return (_plain(words.count("… and {n} more", "… and {n} more", number)),)


def _plain(text: str) -> Paragraph:
    return (plain(text),)


def _said(chat_id: int, paragraphs: Iterable[Paragraph]) -> OwedCall:
    return html_message(chat_id, to_html(paragraphs))
