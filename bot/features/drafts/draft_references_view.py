"""References of a draft: read from what was pasted, shown as fields, confirmed."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from msgspec import Struct

from bot.base.i18n import Words
from bot.features.drafts.draft_buttons import DraftVerb, draft_button
from bot.features.drafts.findings_view import note_text
from bot.features.drafts.parts import has_source
from bot.features.shared.messages import html_message, in_rows
from bot.features.shared.written_words import in_brief
from content.drafting import Note
from content.markup import Paragraph, Run, parse, plain, to_html
from storage.outcome import OwedCall

_EXAMPLE: Final = "Callen JP. Dermatomyositis. Lancet 2000;355:53-57."
_LONGEST: Final = 160  # characters of one in a list
_MOST_LISTED = 20
_MOST_FIELDS = 3  # references whose fields are shown one by one


class ReadReferences(Struct, frozen=True):
    """References that were read, and in sentences what is not sure of them."""

    draft_id: int
    fields: Sequence[Mapping[str, Any]]
    uncertain: Sequence[Note] = ()


def ask_references(
    chat_id: int, draft_id: int, listed: Sequence[Mapping[str, Any]], words: Words
) -> OwedCall:
    """Those that the draft has, each with a button that takes it away, and how to add more."""
    sentence = words.say(
        "**References.** Send a DOI, a PubMed number, a citation or a link; several, one a line or"
        " numbered. They are cited in the texts as [1], [2]."
    )
    told: list[Paragraph] = [*parse(sentence)]
    lines = [
        f"{words.lead}{number}. {words.isolated(in_brief(in_one_line(each), _LONGEST))}"
        for number, each in enumerate(listed[:_MOST_LISTED], 1)
    ]
    if lines:
        told += [(plain("\n".join(lines)),)]
    bare = [str(number) for number, each in enumerate(listed, 1) if not has_source(each)]
    if bare:
        told += parse(
            words.say(
                "⚠️ Title and journal are missing: {numbers}. Send the whole citation with its DOI"
                " or PubMed number: it takes that place.",
                numbers=", ".join(bare[:_MOST_LISTED]),
            )
        )
    drops = [
        draft_button(f"✕ {number}", DraftVerb.REMOVE, draft_id, number)
        for number in range(1, len(lines) + 1)
    ]
    part = "references"
    keyboard = [
        *in_rows(drops, 5),
        [
            draft_button(words.say("Back"), DraftVerb.BACK, draft_id, 0, part),
            draft_button(
                words.say("Go on") if lines else words.say("Skip"),
                DraftVerb.NEXT,
                draft_id,
                0,
                part,
            ),
        ],
        [draft_button(words.say("The whole draft"), DraftVerb.PAGE, draft_id)],
    ]
    return html_message(chat_id, to_html(told), keyboard)


def confirm_references(chat_id: int, read: ReadReferences, words: Words) -> OwedCall:
    """What was understood: taken only once its author says that it is so."""
    head = words.count(
        "**{n} reference: is this so?**", "**{n} references: is this so?**", len(read.fields)
    )
    told: list[Paragraph] = [*parse(head)]
    for number, fields in enumerate(read.fields[:_MOST_LISTED], 1):
        if len(read.fields) <= _MOST_FIELDS:
            told += [_field_lines(fields, words)]
        else:
            line = in_brief(in_one_line(fields), _LONGEST)
            told += [(plain(f"{words.lead}{number}. {words.isolated(line)}"),)]
    doubts = [note_text(each, words) for each in read.uncertain[:3]]
    told += [(Run(in_brief(each, 2 * _LONGEST), italic=True),) for each in doubts]
    keyboard = [
        [draft_button(words.say("Take it"), DraftVerb.TAKE, read.draft_id)],
        [
            draft_button(words.say("Mend"), DraftVerb.MEND, read.draft_id),
            draft_button(words.say("Drop"), DraftVerb.DROP, read.draft_id),
        ],
    ]
    return html_message(chat_id, to_html(told), keyboard)


def mend_reference(chat_id: int, draft_id: int, words: Words) -> OwedCall:
    """It is sent anew, or the message that gave it is edited."""
    sentence = words.say(
        "**Edit your message,** or send the reference anew, such as: {example}",
        example=_EXAMPLE,
    )
    drop = [[draft_button(words.say("Drop"), DraftVerb.DROP, draft_id)]]
    return html_message(chat_id, to_html(parse(sentence)), drop)


def in_one_line(fields: Mapping[str, Any]) -> str:
    """A reference in brief, as far as it is known."""
    authors = ", ".join(map(str, fields.get("authors", ())))
    where = str(fields.get("journal") or fields.get("site") or "")
    year = str(fields.get("year", ""))
    where = " ".join(filter(None, (where, year)))
    known = [authors, in_brief(str(fields.get("title", "")), _LONGEST // 2), where]
    found = ". ".join(filter(None, known))
    if not found:
        labels = {"doi": "doi:", "pmid": "PMID ", "url": ""}
        found = ". ".join(f"{label}{fields[key]}" for key, label in labels.items() if key in fields)
    return found or "…"


def _field_lines(fields: Mapping[str, Any], words: Words) -> Paragraph:
    """Each field that was found, a line each."""
    names = {
        "authors": words.say("Authors"),
        "title": words.say("Title"),
        "journal": words.say("Journal"),
        "site": words.say("Site"),
        "year": words.say("Year"),
        "volume": words.say("Volume"),
        "issue": words.say("Issue"),
        "pages": words.say("Pages"),
        "article": words.say("Article"),
        "doi": words.say("DOI"),
        "pmid": words.say("PubMed"),
        "url": words.say("Link"),
    }
    lines: list[Run] = []
    for name, label in names.items():
        value = fields.get(name)
        if value:
            text = ", ".join(map(str, value)) if isinstance(value, list) else str(value)
            shown = words.isolated(in_brief(text, 2 * _LONGEST))
            lines += [plain("\n")] if lines else []
            lines += [Run(f"{label} ", italic=True), plain(shown)]
    return tuple(lines)
