"""Asking an author for one part of a case: what it is for, and what stands there now."""

from collections.abc import Mapping, Sequence
from typing import Final

from msgspec import Struct

from bot.base.i18n import Words
from bot.features.drafts.draft_buttons import DraftVerb, draft_button
from bot.features.drafts.parts import (
    LEVELS,
    OF_CASE,
    OF_QUESTION,
    STEPS,
    option_key,
)
from bot.features.shared.messages import Button, Keyboard, html_message, in_rows
from bot.features.shared.written_words import in_brief
from content.markup import Paragraph, Run, parse, plain, to_html
from storage.outcome import OwedCall

LONGEST_SHOWN: Final = 600  # characters of what stands in a part already


class AskedPart(Struct, frozen=True):
    """A part that is asked for, of which question, and what stands there; empty: nothing.

    ``options`` are what can be chosen by a button; ``choices`` are those of the question, by their
    letters, where what is to be sent names them; ``notes`` say what has just happened, such as
    why what was sent is no such part.
    """

    draft_id: int
    part: str
    question: int = 0
    current: str = ""
    options: Sequence[str] = ()
    choices: str = ""
    notes: Sequence[str] = ()


def part_name(part: str, words: Words) -> str:
    """What a part is called."""
    return {
        "title": words.say("Title"),
        "vignette": words.say("Vignette"),
        "picture": words.say("Picture"),
        "prompt": words.say("Question"),
        "choices": words.say("Choices"),
        "correct": words.say("Right answer"),
        "whys": words.say("Reasons"),
        "key_point": words.say("Key point"),
        "discussion": words.say("Discussion"),
        "references": words.say("References"),
        "topics": words.say("Topics"),
        "level": words.say("Level"),
        "authors": words.say("Author"),
        "licence": words.say("Licence"),
        "language": words.say("Case language"),
        "text": words.say("Text"),
    }.get(part, part)


def ask_part(chat_id: int, asked: AskedPart, words: Words) -> OwedCall:
    """Asks for it; where it is one of the steps, with a way past it and back."""
    told: list[Paragraph] = [(plain(note),) for note in asked.notes]
    told += parse(_what_for(asked.part, words))
    if asked.choices:
        told += [(plain(in_brief(asked.choices, LONGEST_SHOWN)),)]
    if asked.current:
        now = words.say("Now it says:")
        current = asked.current
        current = _levels(words).get(current, current) if asked.part == "level" else current
        told += [(Run(now, italic=True), plain(f"\n{in_brief(current, LONGEST_SHOWN)}"))]
    return html_message(chat_id, to_html(told), _keyboard(asked, words))


def _keyboard(asked: AskedPart, words: Words) -> Keyboard:
    draft_id, part, question = asked.draft_id, asked.part, asked.question
    options = [
        draft_button(
            _option(part, option, words),
            DraftVerb.CHOOSE,
            draft_id,
            option_key(option),
            _of(asked),
        )
        for option in asked.options
    ]
    rows = in_rows(options, 1 if part in {"correct", "authors"} else 2)
    row: list[Button] = []
    if part in STEPS:
        row.append(draft_button(words.say("Back"), DraftVerb.BACK, draft_id, question, part))
        past = words.say("Go on") if asked.current else words.say("Skip")
        row.append(draft_button(past, DraftVerb.NEXT, draft_id, question, part))
    if asked.current:
        row.append(draft_button(words.say("Remove"), DraftVerb.CLEAR, draft_id, question, part))
    whole = draft_button(words.say("The whole draft"), DraftVerb.PAGE, draft_id)
    return [*rows, *([row] if row else []), [whole]]


def _of(asked: AskedPart) -> str:
    """The part, and of which question where it is not the first."""
    return asked.part if not asked.question else f"{asked.part}.{asked.question}"


def _option(part: str, option: str, words: Words) -> str:
    match part:
        case "level":
            return _levels(words).get(option, option)
        case "authors":
            return words.say("As {name}", name=option)
    return option


def _levels(words: Words) -> Mapping[str, str]:
    names = (words.say("Students"), words.say("Residents"), words.say("Fellows"))
    return dict(zip(LEVELS, names, strict=True))


def _what_for(part: str, words: Words) -> str:
    """What is to be sent, in a sentence or two."""
    told = _of_questions(words) if part in OF_QUESTION else _of_cases(words)
    more = words.say("**The text.** Send more of it, in as many messages as it takes.")
    return told.get(part, more)


def _of_questions(words: Words) -> Mapping[str, str]:
    return {
        "prompt": words.say(
            "**Question.** One thing that is asked, and that can be answered without reading the"
            " choices. Send it."
        ),
        "choices": words.say(
            "**Choices.** Send three to five, a line each, alike in kind and length. A right one"
            " can end with an asterisk."
        ),
        "correct": words.say(
            "**Which one is right?** Press it. If several are, send their letters, such as A, C."
        ),
        "whys": words.say(
            "**Why is each right or wrong?** Send a line for each choice, begun by its letter:"
            " A. Because it is soft [1]."
        ),
        "key_point": words.say(
            "**Key point.** What to remember, in at most 200 characters: it comes with the verdict."
            " Send it."
        ),
    }


def _of_cases(words: Words) -> Mapping[str, str]:
    return {
        "title": words.say(
            "**Title.** Learners see it first, so it names the complaint and not the disease. Send"
            " it."
        ),
        "vignette": words.say(
            "**Vignette.** The story in at most 200 words: an approximate age, what brings the"
            " patient, what is found. Nothing by which a patient can be known. Send it."
        ),
        "discussion": words.say(
            "**Discussion.** What follows the answer. A short line by itself is a heading; numbers"
            " such as [1] cite the references. Send it."
        ),
        "topics": words.say("**Topics.** Send one or more, such as: cardiology, chest pain."),
        "level": words.say("**Whom is it written for?**"),
        "authors": words.say(
            "**By which name shall learners know you?** It stands under the case and stays there,"
            " also after /forget. Press it or send it; several, one a line."
        ),
        "licence": words.say(
            "**Under which licence may others use the text?** CC-BY asks them to name you; SA to"
            " share alike; NC to earn nothing by it; CC0 asks nothing."
        ),
        "language": words.say(
            "**In which language is the case?** Press it, or send its code, such as pt."
        ),
    }


def new_topic(topic: str, near: Sequence[str], words: Words) -> str:
    """That no case has this topic yet, and which may have been meant."""
    if not near:
        return words.say(
            "No case has the topic “{topic}” yet: learners find it by this name alone.",
            topic=topic,
        )
    return words.say(
        "No case has the topic “{topic}” yet: learners find it by this name alone. There is:"
        " {near}. If you mean that, send the topics anew.",
        topic=topic,
        near=", ".join(near),
    )


class PartsMenu(Struct, frozen=True):
    """The parts of a draft, of so many questions those of one; ``adds``: more text can be sent."""

    draft_id: int
    question: int
    questions: int
    adds: bool


def parts_menu(chat_id: int, menu: PartsMenu, words: Words) -> OwedCall:
    """Which part is to be replaced; of several questions those of one at a time."""
    draft_id, question = menu.draft_id, menu.question
    sentence = words.say(
        "**Which part?** You can also edit the message in which you sent it: the draft follows."
    )
    names = (*OF_CASE[:2], *OF_QUESTION, *OF_CASE[2:])
    buttons = [
        draft_button(part_name(part, words), DraftVerb.PART, draft_id, question, part)
        for part in names
    ]
    rows = in_rows(buttons, 3)
    if menu.questions > 1:
        turns = [
            draft_button(words.say("Question {n}", n=place + 1), DraftVerb.PARTS, draft_id, place)
            for place in range(menu.questions)
            if place != question
        ]
        rows += in_rows(turns[:9], 3)
        sentence += " " + words.say("Of question {n}:", n=question + 1)
    if menu.adds:
        rows.append([draft_button(words.say("Add text"), DraftVerb.ADD, draft_id)])
    rows.append([draft_button(words.say("The whole draft"), DraftVerb.PAGE, draft_id)])
    return html_message(chat_id, to_html(parse(sentence)), rows)
