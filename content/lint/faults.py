"""The problems that are no rule of style: what each code means, and what to do.

They are found while a file is read; ``content.lint.registry`` has the rules of style.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from msgspec import Struct


class Fault(Struct, frozen=True):
    """Why this is refused or told, and how to mend it."""

    reason: str
    remedy: str


_READING = {
    "unreadable": Fault(
        "There is no such file or folder, or it may not be read.",
        "Look at its name and its permissions.",
    ),
    "no-such-folder": Fault(
        "Cases are looked for in a folder that is not there.",
        "Look at the path, and at MORNING_REPORT_CONTENT if it is set.",
    ),
    "no-cases": Fault(
        "A folder given to check holds no file that ends in .yaml or .yml; files in folders below"
        " it are not looked at.",
        "Give the folder in which the cases lie.",
    ),
    "cases-below": Fault(
        "The cases of a folder are the files in it; those in folders below it are never asked.",
        "Move them up, or give that folder itself.",
    ),
    "too-large": Fault(
        "A case is a few pages; a file of more than a million bytes is something else.",
        "Keep figures as files beside the case, and one case in a file.",
    ),
    "encoding": Fault(
        "Case files are UTF-8, so that every letter and sign means the same everywhere.",
        "In the editor, save the file with the encoding UTF-8.",
    ),
    "byte-order-mark": Fault(
        "The file begins with an invisible mark that some programs take for part of the first key.",
        "In the editor, save the file as UTF-8 without a byte order mark (BOM).",
    ),
    "empty-file": Fault("The file holds no case.", "Write one, or take the file away."),
    "control-character": Fault(
        "Telegram drops this character, so learners would not read what is written here. It mostly"
        " comes along when text is pasted from a PDF.",
        "Delete it; it may be invisible, so type the words around it again.",
    ),
}

_YAML = {
    "yaml-syntax": Fault(
        "The file cannot be read as YAML. Often a text holds a colon followed by a space, begins"
        " with a special sign, or is indented differently from its neighbours.",
        "Put the text in quotes, or write it as a block after `|`; indent with spaces, never tabs.",
    ),
    "several-documents": Fault(
        "A line of three hyphens begins a second document.",
        "Write each case in a file of its own.",
    ),
    "not-a-case": Fault(
        "A case file is a mapping: keys such as id and title, each with its value.",
        "Begin the line with a key and a colon, without a hyphen before it.",
    ),
    "too-deep": Fault(
        "No case needs brackets or lists nested this deep.", "Look for a bracket too many."
    ),
    "alias": Fault(
        "An asterisk at the beginning of a value asks YAML for a text from elsewhere.",
        "Put the value in quotes if the asterisk belongs to it; write the text again if not.",
    ),
    "anchor": Fault(
        "An ampersand at the beginning of a value gives it a name in YAML, and vanishes.",
        "Put the value in quotes if the ampersand belongs to it.",
    ),
    "tag": Fault(
        "An exclamation mark at the beginning of a value changes its type in YAML, and vanishes.",
        "Put the value in quotes.",
    ),
    "look-alike": Fault(
        "The character cannot be seen, or looks like one of YAML's own and is another: a no-break"
        " space, a zero-width space, a full-width colon, a dash instead of a hyphen. Such come"
        " along when text is pasted. In a text they are welcome; here YAML needs its own.",
        "Delete what stands at that line and column, and type it again.",
    ),
    "comment-in-text": Fault(
        "A blank followed by # begins a comment in YAML, so what follows would be lost, as of"
        " “the man in bed #3”.",
        "Put the text in quotes, or write it as a block after `|`; of a comment, put a space behind"
        " the #.",
    ),
    "null": Fault(
        "YAML takes this word or sign for nothing at all.",
        "Leave the key out if there is nothing to say; put the word in quotes if it is meant.",
    ),
    "complex-key": Fault(
        "A list or a mapping stands where a key should be; often a text begins with a bracket.",
        "Put a text that begins with [ or { in quotes.",
    ),
    "merge-key": Fault(
        "Merge keys (<<) bring in entries from elsewhere, which hides what a case says.",
        "Write the entries out.",
    ),
    "duplicate-key": Fault(
        "Of two equal keys one would win in silence, and the other text would be lost.",
        "Join the two, or take one out.",
    ),
}

_FIELDS = {
    "missing": Fault(
        "Every case needs this key; without it something that learners meet would be empty.",
        "Add it; `morning-report schema` and the guide to content say what it holds.",
    ),
    "unknown-key": Fault(
        "A key that nobody reads is mostly a typing error, and its text would be lost.",
        "Take the key that the message proposes, or see the list of known ones.",
    ),
    "empty": Fault(
        "The key is there and its value is not.", "Fill it in, or take the key out if it may be."
    ),
    "invisible": Fault(
        "The text holds nothing that leaves a trace on a screen.",
        "Write something, or take it out.",
    ),
    "wrong-type": Fault(
        "A text stands where a list or a mapping belongs, or the other way round. A list has a"
        " hyphen before each item, or brackets around all of them.",
        "See the example of a whole case in the guide to content.",
    ),
    "wrong-value": Fault(
        "Only certain words are allowed here, and they are listed in the message.",
        "Use one of them.",
    ),
    "wrong-boolean": Fault(
        "What is either so or not so is written true or false. Words such as yes and on mean true"
        " to some programs and are text to others.",
        "Write true or false.",
    ),
    "wrong-number": Fault(
        "Numbers are plain digits: no words, no thousands separators, no exponents, and within the"
        " limits that the message names.",
        "Write digits, and only as far as the value is known.",
    ),
    "wrong-date": Fault("Days are written year-month-day.", "Write it as in 2026-03-01."),
    "wrong-form": Fault(
        "This text must have a fixed form so that links, credits and statistics can rely on it.",
        "Write it as the message shows.",
    ),
    "wrong-name": Fault(
        "A rule's name is kebab-case: lower-case letters and digits, joined by single hyphens.",
        "Take the name from the report, such as negative-lead-in.",
    ),
    "too-long": Fault(
        "Telegram refuses a poll whose question, choice or explanation is too long, and nothing"
        " goes out cut short.",
        "Shorten it; a prompt's details belong in the vignette, a choice's in its why.",
    ),
    "too-many": Fault(
        "Telegram takes at most 12 choices in a poll and 10 figures in an album; a case of more"
        " than 20 questions is a course.",
        "Take the weakest out, or make two cases of it.",
    ),
    "too-few": Fault(
        "A question needs at least two choices, a case at least one question, topic and author.",
        "Add what is missing.",
    ),
    "key-point-lines": Fault(
        "Telegram takes at most two line feeds in a poll's explanation.",
        "Write the key point as one paragraph.",
    ),
}

_CASE = {
    "duplicate-id": Fault(
        "Answers are kept by the case's id, so two cases cannot share one.",
        "Change the id of the newer case; never that of one which has been asked already.",
    ),
    "duplicate-code": Fault(
        "Learners meet a case by a short code made of its id, and two ids happen to share theirs.",
        "Change the id of the newer case a little.",
    ),
    "duplicate-question-id": Fault(
        "Answers are kept by the question's id.", "Give each question of a case an id of its own."
    ),
    "duplicate-choice-id": Fault(
        "Statistics are joined by the choice's id.",
        "Give each choice of a question an id of its own, or none.",
    ),
    "former-id": Fault(
        "What learners answered under a former id counts for the case that names it, so it can"
        " belong to one case only, and to none that is called so today.",
        "Take the id out of `formerly`, or give the other case another one.",
    ),
    "duplicate-variant-id": Fault(
        "Which wording a learner met is known by the variant's id.",
        "Give each variant of a question an id of its own.",
    ),
    "variant-vignette": Fault(
        "A review asks a variant by itself, without what came before it in the case.",
        "Give the variant a `vignette`; one of the first question can do with `figures` alone.",
    ),
    "duplicate-topic": Fault("The case would be counted twice.", "Name each topic once."),
    "correct-missing": Fault(
        "A quiz without a right answer cannot be sent.",
        "Write `correct: true` below the right choice.",
    ),
    "all-correct": Fault(
        "Where every choice is right, no answer can be wrong, and the question asks nothing.",
        "Take `correct: true` from the wrong choices, or add one that is wrong.",
    ),
    "equal-choices": Fault(
        "Of two choices that read the same one is right and one is wrong, so whoever knows the"
        " answer is told at random. Spaces, what cannot be seen, a full stop at the end and a"
        " capital at the beginning make no difference to a reader.",
        "Replace one of the two, or take it out.",
    ),
    "key-point-missing": Fault(
        "The key point is what Telegram shows as soon as somebody has answered; the last question"
        " always needs one, and a variant needs its own or its question's.",
        "Say in one or two sentences what the case teaches.",
    ),
    "reference-source": Fault(
        "A work appeared in a journal or on a web site; the citation is printed accordingly.",
        "Name one of the two: `journal` or `site`.",
    ),
    "pages-and-article": Fault(
        "A work has pages or an article number; the citation has room for one.",
        "Keep the one that the journal itself gives.",
    ),
    "reference-title": Fault(
        "A reader must be able to tell or to find the work; a title that nobody has seen is not"
        " guessed.",
        "Give the `title`, or a `doi`, `pmid` or `url` that leads to the work.",
    ),
    "review-incomplete": Fault(
        "Learners are told who has reviewed a case and when; an unsigned review is none.",
        "Add `by` and `on`, or set the status to unreviewed.",
    ),
}

_FIGURES = {
    "consent-unknown": Fault(
        "A picture of a patient must not be published without the patient's consent, and nobody"
        " knows whether this one was given.",
        "Find out and write `obtained`; write `not-required` for a drawing or a healthy volunteer;"
        " else take another figure.",
    ),
    "figure-outside": Fault(
        "A figure lies in the case's folder, so that a case can be moved and cannot show other"
        " files of the computer.",
        "Copy the picture beside the case and name it by its path from there.",
    ),
    "figure-missing": Fault(
        "The picture that the case names is not there; upper and lower case count.",
        "Copy it beside the case, or mend its name.",
    ),
    "figure-unreadable": Fault(
        "The picture is there and cannot be read.", "Look at its permissions and its name."
    ),
    "figure-too-large": Fault(
        "Telegram takes photos of up to 10 MB.", "Save the picture smaller, or as JPEG."
    ),
    "figure-dimensions": Fault(
        "Telegram takes photos whose width and height add up to at most 10,000 pixels and are at"
        " most 20 to 1.",
        "Scale the picture down or crop it; 1200 pixels of width are plenty for a phone.",
    ),
    "figure-format": Fault(
        "Telegram shows PNG and JPEG as photos; what a file is called does not decide what it is."
        " Of a picture that moves only its author knows which frame is meant.",
        "Save the picture as PNG (drawings, curves) or JPEG (photographs).",
    ),
}

_CHECK = {
    "unused-ignore": Fault(
        "An ignore that has no effect hides the next real problem of its kind. Errors cannot be"
        " ignored: they would break a post or break the law.",
        "Take it out of `lint: {ignore: ...}`.",
    ),
    "ignore-without-reason": Fault(
        "By the reason readers of the case judge the ignore; without one it has no effect.",
        "Write behind the rule's name why it does not hold for this case.",
    ),
    "unknown-rule": Fault(
        "The ignore names a rule that does not exist, so it does nothing.",
        "Take the name from the report, or from `morning-report check --rules`.",
    ),
    "topic-table": Fault(
        "The table of topics is read line by line, and each line is one topic: what is not as its"
        " first line says would be taken for something else.",
        "Write `topic,specialty,synonyms`, each topic once and in kebab-case, with semicolons"
        " between synonyms and no spaces around them.",
    ),
    "unknown-specialty": Fault(
        "Learners choose a specialty first: a topic of one that is not there is found by nobody.",
        "Name a topic of the table whose own specialty is empty, or leave it empty.",
    ),
    "ambiguous-synonym": Fault(
        "What learners write leads to one topic: of two, chance would decide.",
        "Keep the word with the topic that most people mean by it.",
    ),
    "too-many-problems": Fault(
        "Of one file no more is told than a person can read.",
        "Mend what is told, then check again.",
    ),
}

FAULTS: Final[Mapping[str, Fault]] = MappingProxyType(
    _READING | _YAML | _FIELDS | _CASE | _FIGURES | _CHECK
)
"""By code; what is both found while reading and a rule, such as figure-damaged, is a rule."""
