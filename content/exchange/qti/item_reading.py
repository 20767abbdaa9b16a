"""One QTI item: its stem, choices, key and feedback."""

from collections.abc import Callable, Iterator, Sequence

from msgspec import Struct

from content.exchange.html_reading import HtmlText, joined, read_html
from content.exchange.item import Item, ItemChoice, LeftOutError
from content.exchange.pictures import gather
from content.exchange.qti.key import read_key
from content.exchange.xml_tree import Node, inner_html

_INTERACTIONS = {
    "extended-text-interaction": "is an essay question",
    "text-entry-interaction": "is a question with a written answer",
    "inline-choice-interaction": "is a question with gaps",
    "gap-match-interaction": "is a question with gaps",
    "match-interaction": "is a matching question",
    "associate-interaction": "is a matching question",
    "order-interaction": "is an ordering question",
    "hottext-interaction": "asks to mark words in a text",
    "hotspot-interaction": "asks to point at a picture",
    "select-point-interaction": "asks to point at a picture",
    "upload-interaction": "asks for a file",
    "drawing-interaction": "asks for a drawing",
    "slider-interaction": "is a question with a numerical answer",
}
_FEEDBACK = ("feedback-inline", "feedback-block", "modal-feedback")
_BESIDE = {
    *(*_FEEDBACK, "end-attempt-interaction", "rubric-block", "template-block"),
    *("catalog-info", "companion-materials-info"),
}
_GENERAL = ("general", "solution", "explanation", "rationale", "always", "show")
_TEMPLATES = {"template-declaration", "template-processing", "printed-variable"}
_EXCERPT = 60  # characters of a feedback in a note


class Surroundings(Struct, frozen=True):
    """What an item is read with: the files around it, and what its manifest says of it.

    ``find`` gives the bytes of a file at an address relative to the item, or after a slash to the
    package; ``stimulus`` the text that several items share, its addresses made such.
    """

    find: Callable[[str], bytes | None]
    stimulus: Callable[[str], Node | None]
    tags: tuple[str, ...] = ()
    category: str = ""


def read_item(root: Node, around: Surroundings) -> tuple[Item, tuple[str, ...]]:
    """The item, and notes on what of it could not be taken. Raises LeftOutError.

    ``root`` is an ``assessment-item`` in the one spelling (``respell``); it is used up.
    """
    body = root.first("item-body")
    if body is None:
        raise LeftOutError("has no item body")
    if any(node.name in _TEMPLATES for node in root.walk()):
        raise LeftOutError("makes its text from a template")
    interaction = _only_interaction(body)
    choices = list(interaction.elements("simple-choice"))
    key = read_key(root, interaction, [_identifier(choice) for choice in choices])
    said = _said_of_choices(root, choices)
    general, notes = _general_feedback(root, [_identifier(choice) for choice in choices])
    notes += [*_hidden(root, choices), *_instructions(body)]
    options = [_html(choice) for choice in choices]
    shuffled = _shuffled(interaction, choices)
    stem = _html(_stem(root, body, interaction, around))
    pictures = gather(stem.images, around.find)
    besides = [*options, *said, general]
    item = Item(
        stem=stem.markdown,
        choices=tuple(
            ItemChoice(option.markdown, _identifier(choice) in key.right, feedback.markdown)
            for choice, option, feedback in zip(choices, options, said, strict=True)
        ),
        name=" ".join((root.attributes.get("title") or _identifier(root)).split()),
        multiple=key.multiple,
        shuffle=shuffled,
        feedback=general.markdown,
        tags=around.tags,
        category=around.category,
        pictures=pictures.found,
        line=root.line,
    )
    lost = dict.fromkeys(loss for text in (stem, *besides) for loss in text.lost)
    notes += [f"{loss} was left out" for loss in lost]
    notes += pictures.missing
    if any(text.images for text in besides):
        notes.append("pictures beside its stem were left out")
    if item.shuffle and any(choice.attributes.get("fixed") == "true" for choice in choices):
        notes.append("choices that keep their place are shuffled with the others")
    return item, (*notes, *key.notes)


def image_objects(node: Node) -> None:
    """Make an ``object`` that shows a picture an ``img``, in place."""
    for element in node.walk():
        kind = element.attributes.get("type", "")
        if element.name == "object" and kind.startswith("image/"):
            alt = " ".join("".join(below.text for below in element.walk()).split())
            element.name, element.children = "img", []
            element.attributes = {"src": element.attributes.get("data", ""), "alt": alt}


def _only_interaction(body: Node) -> Node:
    found = [
        node
        for node in body.walk()
        if node.name.endswith("-interaction") and node.name != "end-attempt-interaction"
    ]
    if not found:
        raise LeftOutError("asks nothing: it has no interaction")
    for node in found:
        if node.name != "choice-interaction":
            reason = _INTERACTIONS.get(node.name, f"is a question of the kind “{node.name}”")
            raise LeftOutError(reason)
    if len(found) > 1:
        raise LeftOutError("asks several questions at once")
    return found[0]


def _stem(root: Node, body: Node, interaction: Node, around: Surroundings) -> Node:
    """All that stands before and after the choices, with their prompt in their place."""
    prompt = interaction.first("prompt")
    interaction.name, interaction.attributes = "div", {}
    interaction.children = prompt.children if prompt else []
    stem = Node("div", {}, body.line)
    for reference in root.elements("assessment-stimulus-ref"):
        shared = around.stimulus(reference.attributes.get("href", ""))
        if shared is None:
            raise LeftOutError("refers to a text that is not here")
        stem.children.append(shared)
    stem.children.append(body)
    return stem


def _html(node: Node) -> HtmlText:
    image_objects(node)
    return read_html(inner_html(node, _BESIDE))


def _said_of_choices(root: Node, choices: Sequence[Node]) -> list[HtmlText]:
    """Each choice's feedback: what stands in it, and the modal feedback of its identifier."""
    modal = [node for node in root.elements("modal-feedback") if _is_shown(node)]
    return [
        joined(
            [_html(node) for node in choice.walk() if node.name in _FEEDBACK and _is_shown(node)]
            + [_html(node) for node in modal if _identifier(node) == _identifier(choice)]
        )
        for choice in choices
    ]


def _general_feedback(root: Node, choices: Sequence[str]) -> tuple[HtmlText, list[str]]:
    """What is said whatever the answer was, and notes on what is said to some answers only."""
    said: dict[str, tuple[Node, HtmlText]] = {}
    for node in _outside_choices(root):
        text = _html(node)
        if text.markdown and _identifier(node) not in choices:
            said.setdefault(text.markdown, (node, text))
    if len(said) == 1 and all(_is_shown(node) for node, _ in said.values()):
        return joined([text for _, text in said.values()]), []
    general, notes = [], []
    for node, text in said.values():
        if _is_shown(node) and _identifier(node).lower().startswith(_GENERAL):
            general.append(text)
        else:
            notes.append(_no_place(node, text))
    return joined(general), notes


def _no_place(feedback: Node, text: HtmlText) -> str:
    excerpt = " ".join(text.markdown[:_EXCERPT].split())
    return f"the feedback “{_identifier(feedback)}” has no place in a case: “{excerpt}”"


def _hidden(root: Node, choices: Sequence[Node]) -> Iterator[str]:
    """Notes on what is said of a choice only to those who did not choose it."""
    identifiers = {_identifier(choice) for choice in choices}
    found = [node for choice in choices for node in choice.walk() if node.name in _FEEDBACK]
    found += [node for node in _outside_choices(root) if _identifier(node) in identifiers]
    for node in found:
        if not _is_shown(node):
            yield _no_place(node, _html(node))


def _instructions(body: Node) -> Iterator[str]:
    """Notes on what is said about answering or scoring: it is no part of the story."""
    for rubric in [node for node in body.walk() if node.name == "rubric-block"]:
        text = " ".join(_html(rubric).markdown[:_EXCERPT].split())
        if text:
            yield f"its instructions were left out: “{text}”"


def _outside_choices(node: Node) -> Iterator[Node]:
    for child in node.elements():
        if child.name in _FEEDBACK:
            yield child
        elif child.name != "simple-choice":
            yield from _outside_choices(child)


def _is_shown(feedback: Node) -> bool:
    return feedback.attributes.get("show-hide", "show") == "show"


def _identifier(node: Node) -> str:
    return node.attributes.get("identifier", "").strip()


def _shuffled(interaction: Node, choices: Sequence[Node]) -> bool:
    fixed = all(choice.attributes.get("fixed") == "true" for choice in choices)
    return interaction.attributes.get("shuffle") == "true" and not fixed
