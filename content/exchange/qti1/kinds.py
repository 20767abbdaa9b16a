"""What platforms call their kinds of question, and which of them are choices."""

import re

from content.exchange.xml_tree import Node

_PAIRS = {"truefalse", "eitheror", "tf"}
_SINGLE = {"multiplechoice", "multiplechoicevariation", *_PAIRS}
_MULTIPLE = {"multipleanswer", "multipleanswers", "multipleresponse", "multiselect"}
_WRITTEN = "is a question with a written answer"
_GAPS = "is a question with gaps"
_NUMERICAL = "is a question with a numerical answer"
_CALCULATED = "is a calculated question"
_ESSAY = "is an essay question"
_MATCHING = "is a matching question"
_ORDERING = "is an ordering question"
_POINTING = "asks to point at a picture"
_OPINION = "asks for an opinion: no answer is right"
_FILE = "asks for a file"
_OTHERS = {
    "essay": _ESSAY, "shortresponse": _ESSAY, "longanswer": _ESSAY, "writtenresponse": _ESSAY,
    "shortanswer": _WRITTEN, "fib": _WRITTEN, "patternmatch": _WRITTEN, "quizbowl": _WRITTEN,
    "fillintheblank": _WRITTEN, "fillinblank": _WRITTEN, "multishortanswer": _WRITTEN,
    "fillintheblanks": _GAPS, "cloze": _GAPS, "fillinmultipleblanks": _GAPS,
    "fillintheblankplus": _GAPS, "multipledropdowns": _GAPS,
    "missingword": _GAPS, "jumbledsentence": _GAPS,
    "numerical": _NUMERICAL, "numeric": _NUMERICAL, "significantfigures": _NUMERICAL,
    "calculated": _CALCULATED, "arithmetic": _CALCULATED, "formula": _CALCULATED,
    "matching": _MATCHING, "ordering": _ORDERING, "hotspot": _POINTING,
    "opinionscale": _OPINION, "likert": _OPINION, "fileupload": _FILE,
    "textonly": "is a text without a question", "message": "is a text without a question",
    "categorization": _MATCHING,
}  # fmt: skip
_LABELS = ("question_type", "cc_profile", "bbmd_questiontype", "respondusapi_qtype")
_LAST_LABELS = ("qmd_questiontype", "questiontype", "qmd_itemtype")
_AFFIX = re.compile(r"\Acc\.|\.v[0-9]+p[0-9]+\Z|[_ ]question\Z")
_NO_LETTER = re.compile(r"[^a-z]")
_RESPONSES = {
    "response_str": _WRITTEN, "response_num": _NUMERICAL, "response_xy": _POINTING,
    "response_grp": _MATCHING,
}  # fmt: skip
_FIELDS = ("qtimetadatafield", "qti_metadatafield")


def metadata(item: Node) -> dict[str, str]:
    """An item's fields by their labels in lower case, Blackboard's own among them."""
    fields: dict[str, str] = {}
    for node in item.walk():
        if node.name in {"presentation", "resprocessing", "itemfeedback"}:
            continue
        if node.name in _FIELDS:
            label, entry = node.first("fieldlabel"), node.first("fieldentry")
            if label and entry:
                fields.setdefault(label.text.strip().lower(), entry.text.strip())
        elif node.name.startswith(("bbmd_", "qmd_")):
            fields.setdefault(node.name.lower(), node.text.strip())
    return fields


def kind(fields: dict[str, str]) -> str:
    """The kind of question in letters only, whoever named it; empty where nobody did."""
    for label in (*_LABELS, *_LAST_LABELS):
        written = fields.get(label, "").lower()
        name = _NO_LETTER.sub("", _AFFIX.sub("", _AFFIX.sub("", written)))
        if name in _SINGLE or name in _MULTIPLE or name in _OTHERS:
            return name
    return ""


def other_kind(name: str, presentation: Node) -> str:
    """What else than one choice question an item is; empty where it is that."""
    if name in _OTHERS:
        return _OTHERS[name]
    found = [node for node in presentation.walk() if node.name.startswith("response_")]
    if other := next((_RESPONSES[node.name] for node in found if node.name in _RESPONSES), ""):
        return other
    choices = [node for node in found if node.name == "response_lid"]
    if not choices:
        return "asks nothing: it has no response"
    if len(choices) > 1:
        return "asks several questions at once"
    if choices[0].attributes.get("rcardinality", "").lower() == "ordered":
        return _ORDERING
    if not any(node.name == "render_choice" for node in choices[0].walk()):
        return _POINTING
    return ""


def is_pair(name: str) -> bool:
    """Whether it has two choices in the order in which one says them, such as true and false."""
    return name in _PAIRS


def is_multiple(name: str, response: Node) -> bool:
    """Whether all right choices are asked for."""
    return name in _MULTIPLE or response.attributes.get("rcardinality", "").lower() == "multiple"
