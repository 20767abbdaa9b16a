"""One problem of Open edX."""

import re
from collections.abc import Callable, Iterator

from content.exchange.html_reading import HtmlText, joined, read_html
from content.exchange.item import Item, ItemChoice, LeftOutError
from content.exchange.markdown_text import from_plain
from content.exchange.olx.choices import read_choices
from content.exchange.pictures import gather
from content.exchange.stems import one_line
from content.exchange.xml_tree import Node, inner_html

_CHOICES = {"multiplechoiceresponse", "choiceresponse", "optionresponse", "truefalseresponse"}
_WRITTEN, _PROGRAM = "is a question with a written answer", "is marked by a program"
_NUMERICAL, _POINTING = "is a question with a numerical answer", "asks to point at a picture"
_OTHERS = {
    "stringresponse": _WRITTEN, "numericalresponse": _NUMERICAL,
    "formularesponse": "asks for a formula", "symbolicresponse": "asks for a formula",
    "customresponse": _PROGRAM, "coderesponse": _PROGRAM, "externalresponse": _PROGRAM,
    "javascriptresponse": _PROGRAM, "jsmeresponse": _PROGRAM, "schematicresponse": _PROGRAM,
    "imageresponse": _POINTING, "annotationresponse": "asks about marks in a text",
    "choicetextresponse": "has choices with gaps", "drag_and_drop_input": _PROGRAM,
    "openendedresponse": "is an essay question",
}  # fmt: skip
_BESIDE = {
    *("choicegroup", "checkboxgroup", "radiogroup", "optioninput", "solution", "solutionset"),
    *("demandhint", "script", "targetedfeedbackset", "responseparam", "hintgroup", "hintpart"),
}
_BLOCKS = {"label", "description", "question", "legend", "text", *_CHOICES}
_MARKERS = {"startouttext", "endouttext"}
_PROGRAMS = ("python", "loncapa", "perl")
_HEADING = re.compile(r"\A\**(?:Explanation|Targeted Feedback|Correct Answer)\**:?\**\s*\n\s*\n")
_NAMELESS = re.compile(
    r"(?:blank (?:common |advanced )?problem|problem|multiple choice|checkboxes|dropdown"
    r"|single select|multi-select)(?: with hints and feedback)?",
    re.IGNORECASE,
)


def parts(problem: Node) -> list[Node]:
    """A problem as its questions, where each holds all that it asks; else the problem alone.

    What explains all of them goes with each.
    """
    shared = {"solution", "demandhint", "targetedfeedbackset"}
    asked = [node for node in problem.elements() if node.name not in shared]
    alone = [node for node in asked if _is_response(node) and node.first("label")]
    if len(alone) < 2 or len(alone) < len(asked) or problem.text.strip():
        return [problem]
    others = [node for node in problem.elements() if node.name in shared]
    return [Node("problem", problem.attributes, node.line, [node, *others]) for node in alone]


def _is_response(node: Node) -> bool:
    return node.name.endswith("response") or node.name in _OTHERS


def read_problem(
    problem: Node, find: Callable[[str], bytes | None], category: str = ""
) -> tuple[Item, tuple[str, ...]]:
    """The item, and notes on what of it could not be taken. Raises LeftOutError.

    ``find`` gives the bytes of a picture by its address. The problem is used up.
    """
    response = _only_response(problem)
    choices = read_choices(response, _targeted(problem))
    general = joined([_headless(node) for node in problem.walk() if node.name == "solution"])
    stem = _stem(problem, choices.label)
    pictures = gather(stem.images, find)
    item = Item(
        stem=stem.markdown,
        choices=tuple(
            ItemChoice(option.text.markdown, option.correct, option.feedback.markdown)
            for option in choices.options
        ),
        name=name_of(problem),
        multiple=choices.multiple,
        shuffle=choices.shuffle,
        feedback=general.markdown,
        category=category,
        pictures=pictures.found,
        line=problem.line,
    )
    texts = [general]
    texts += (text for option in choices.options for text in (option.text, option.feedback))
    notes = (*_losses(stem, texts), *pictures.missing, *choices.notes, *_hints(problem))
    return item, notes


def name_of(problem: Node) -> str:
    """What a problem is called, unless it is what Studio calls all of its kind."""
    name = " ".join(problem.attributes.get("display_name", "").split())
    return "" if _NAMELESS.fullmatch(name) else name


def _only_response(problem: Node) -> Node:
    """Raises LeftOutError."""
    found = [node for node in problem.walk() if _is_response(node)]
    for node in found:
        if node.name not in _CHOICES:
            raise LeftOutError(_OTHERS.get(node.name, f"is a question of the kind “{node.name}”"))
    if not found:
        raise LeftOutError("asks nothing: it has no response")
    if len(found) > 1:
        raise LeftOutError("asks several questions at once")
    if any(node.name == "script" and _is_program(node) for node in problem.walk()):
        raise LeftOutError("its text or key is made by a program")
    return found[0]


def _is_program(script: Node) -> bool:
    """Whether it runs before the problem is shown, and not in the browser."""
    kind = script.attributes.get("type", "python").lower()
    return any(language in kind for language in _PROGRAMS)


def _targeted(problem: Node) -> dict[str, HtmlText]:
    """What is said of a choice, by the identifier that the choice has for it."""
    return {
        node.attributes.get("explanation-id", ""): _headless(node)
        for node in problem.walk()
        if node.name == "targetedfeedback" and node.attributes.get("explanation-id")
    }


def _headless(node: Node) -> HtmlText:
    """A text without the heading that Studio puts above all of its kind."""
    text = read_html(inner_html(node))
    return HtmlText(_HEADING.sub("", text.markdown), text.images, text.lost)


def _stem(problem: Node, label: str) -> HtmlText:
    """All but the choices and what is said later; the label where it says something else."""
    for node in problem.walk():
        if node.name in _BLOCKS:
            node.name = "div"
        elif node.name in _MARKERS:
            node.name = "span"
    stem = read_html(inner_html(problem, _BESIDE))
    words = " ".join(label.split())
    if not words or words.rstrip(".?: ") in one_line(stem.markdown):
        return stem
    return joined([stem, HtmlText(from_plain(words))])


def _losses(stem: HtmlText, texts: list[HtmlText]) -> Iterator[str]:
    for loss in dict.fromkeys(loss for text in (stem, *texts) for loss in text.lost):
        yield f"{loss} was left out"
    if any(text.images for text in texts):
        yield "pictures beside its stem were left out"


def _hints(problem: Node) -> Iterator[str]:
    if any(node.name in {"hint", "hintpart"} for node in problem.walk()):
        yield "its hints were left out"
