"""A draft on one page: what `check` says of it, and what can be done with it."""

from collections.abc import Sequence
from typing import Final

from msgspec import Struct

from bot.base.i18n import Words
from bot.features.drafts.draft_buttons import DraftVerb, draft_button
from bot.features.drafts.findings_view import finding_text, note_text, part_label
from bot.features.shared.messages import Button, Keyboard, ListPage, html_message
from bot.features.shared.written_words import in_brief
from content.drafting import DraftFinding, Note
from content.markup import Paragraph, Run, parse, plain, to_html
from content.problems import Severity
from storage.outcome import OwedCall

FINDINGS_AT_ONCE: Final = 4
_MOST_PROBLEMS = 4
_LONGEST_NAME: Final = 60  # characters
_LONGEST_PROBLEM = 250  # characters
_LONGEST_TITLE = 80
_MARKS = {Severity.ERROR: "❗", Severity.WARNING: "⚠️", Severity.NOTE: "–"}


class DraftOnPage(Struct, frozen=True):
    """A draft with its name, what is found in it, and sentences on what has just happened.

    ``missing``: something that is asked for by itself is not there yet. ``stale``: it was shown as
    a case before it changed. ``rest``: words that found no place. ``not_english``: it is said to be
    in another language, whose words the rules do not know.
    """

    draft_id: int
    title: str
    findings: ListPage[DraftFinding]
    errors: int
    warnings: int
    notes: Sequence[str] = ()
    problems: Sequence[Note] = ()
    missing: bool = False
    stale: bool = False
    rest: str = ""
    pictures: int = 0
    pictures_to_come: bool = False
    not_english: bool = False


class TakenSoFar(Struct, frozen=True):
    """How much of a text came; ``notes`` say what of the last message did not."""

    draft_id: int
    messages: int
    characters: int
    notes: Sequence[str] = ()
    pictures: int = 0


def collecting(chat_id: int, so_far: TakenSoFar, words: Words) -> OwedCall:
    """While an author sends a text in a row; pictures that come with it are asked about later."""
    messages, pictures = so_far.messages, so_far.pictures
    noted = words.count(
        "**{n} picture noted.** I ask about it before I take it, once you press Done.",
        "**{n} pictures noted.** I ask about them before I take them, once you press Done.",
        pictures,
    )
    taken = words.count(
        "**{n} message taken,** {characters} characters. Send the rest, if there is more; then"
        " press Done.",
        "**{n} messages taken,** {characters} characters, as one text. Send the rest, if there is"
        " more; then press Done.",
        messages,
        characters=f"{so_far.characters:,}",
    )
    said = (
        [taken]
        if messages
        else [words.say("I can't read words in a picture: send the text as text. Then press Done.")]
    )
    said += [noted] if pictures else []
    keyboard = [
        [draft_button(words.say("Done"), DraftVerb.READ, so_far.draft_id)],
        [draft_button(words.say("Delete"), DraftVerb.DELETE, so_far.draft_id)],
    ]
    told: list[Paragraph] = [(plain(note),) for note in so_far.notes]
    told += [paragraph for sentence in said for paragraph in parse(sentence)]
    return html_message(chat_id, to_html(told), keyboard)


def draft_name(name: str, words: Words) -> str:
    """By what a draft is known."""
    return in_brief(name, _LONGEST_NAME) or words.say("without words yet")


def first_questions(shown: int, questions: int, words: Words) -> str:
    """Not all of a case is shown."""
    return words.say(
        "Only its first questions are shown above: {shown} of {questions}.",
        shown=shown,
        questions=questions,
    )


def part_changed(name: str, words: Words) -> str:
    """An edited message, or a part that was sent anew, changed the draft."""
    return words.say("Changed: {part}.", part=name)


def draft_page(chat_id: int, shown: DraftOnPage, words: Words) -> OwedCall:
    """The whole draft, in brief."""
    told: list[Paragraph] = [_head(shown, words)]
    told += [(plain(note),) for note in shown.notes]
    told += _problems(shown, words)
    told += parse(_verdict(shown, words))
    if shown.not_english:
        told += parse(
            words.say(
                "Lengths, numbers and references are judged in every language, wording in English"
                " alone."
            )
        )
    if shown.findings.items:
        told.append(_findings(shown, words))
    if shown.stale:
        told += parse(words.say("Above it is shown as it was before; Show it brings it anew."))
    return html_message(chat_id, to_html(told), _keyboard(shown, words))


def why_page(chat_id: int, draft_id: int, one: DraftFinding, page: int, words: Words) -> OwedCall:
    """Why something that is found matters."""
    told: list[Paragraph] = [
        (
            Run(f"{_MARKS[one.severity]} {part_label(one, words)}", bold=True),
            plain(finding_text(one, words)),
        ),
        (plain(words.tell(one.why)),),
    ]
    back = draft_button(words.say("Back"), DraftVerb.PAGE, draft_id, page)
    return html_message(chat_id, to_html(told), [[back]])


def _head(shown: DraftOnPage, words: Words) -> Paragraph:
    label = words.say("Draft:")
    return (Run(f"{label} {words.isolated(in_brief(shown.title, _LONGEST_TITLE))}", bold=True),)


def _problems(shown: DraftOnPage, words: Words) -> list[Paragraph]:
    """What was not understood of what was sent; and what found no place, as it was sent."""
    notes = [note_text(one, words) for one in shown.problems[:_MOST_PROBLEMS]]
    lines = [in_brief(one, _LONGEST_PROBLEM) for one in notes]
    if more := len(shown.problems) - len(lines):
        lines.append(words.count("And {n} more.", "And {n} more.", more))
    told: list[Paragraph] = []
    if lines:
        told += [(plain("\n".join(lines)),)]
    if shown.rest:
        label = words.say("Found no place yet:")
        rest = in_brief(shown.rest, 2 * _LONGEST_PROBLEM)
        told += [(Run(label, italic=True), plain(f"\n{words.isolated(rest)}"))]
    return told


def _verdict(shown: DraftOnPage, words: Words) -> str:
    if shown.errors:
        return words.count(
            "**{n} thing is still needed** before it can be published:",
            "**{n} things are still needed** before it can be published:",
            shown.errors,
        )
    if shown.warnings:
        return words.count(
            "**It can be published.** {n} thing could be better:",
            "**It can be published.** {n} things could be better:",
            shown.warnings,
        )
    return words.say("✅ **It can be published.**")


def _findings(shown: DraftOnPage, words: Words) -> Paragraph:
    """A line each."""
    runs: list[Run] = []
    for number, one in _numbered(shown):
        head = f"{words.lead}{_MARKS[one.severity]} {number}. {part_label(one, words)}"
        runs += [plain("\n")] if runs else []
        runs += [Run(head, bold=True), plain(finding_text(one, words))]
    return tuple(runs)


def _numbered(shown: DraftOnPage) -> list[tuple[int, DraftFinding]]:
    first = shown.findings.number * FINDINGS_AT_ONCE + 1
    return list(enumerate(shown.findings.items, first))


def _keyboard(shown: DraftOnPage, words: Words) -> Keyboard:
    draft_id = shown.draft_id

    def button(text: str, verb: DraftVerb, number: int = 0) -> Button:
        return draft_button(text, verb, draft_id, number)

    rows = []
    if shown.missing:
        rows.append([button(words.say("Go on: what is missing"), DraftVerb.NEXT)])
    if whys := [
        button(words.say("{n}. Why?", n=number), DraftVerb.WHY, number)
        for number, _ in _numbered(shown)
    ]:
        rows.append(whys)
    rows += shown.findings.turning(lambda sign, to: button(sign, DraftVerb.PAGE, to), "◀▶")
    if shown.pictures_to_come:
        rows.append([button(words.say("Go on with the picture"), DraftVerb.PICTURE_NEXT)])
    if shown.pictures:
        pictures = words.count("{n} picture", "{n} pictures", shown.pictures)
    else:
        pictures = words.say("Picture")
    rows.append(
        [
            button(words.say("Change a part"), DraftVerb.PARTS),
            button(pictures, DraftVerb.PICTURES),
        ]
    )
    rows.append(
        [
            button(words.say("Show it"), DraftVerb.SHOW),
            button(words.say("Publish"), DraftVerb.PUBLISH),
        ]
    )
    rows.append([button(words.say("My drafts"), DraftVerb.LIST)])
    return rows
