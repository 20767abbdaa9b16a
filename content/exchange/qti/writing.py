"""A QTI 3.0 package: a manifest, an XML file for each item, and the pictures beside it.

Equal items give equal bytes.
"""

import re
from collections.abc import Iterator, Sequence
from urllib.parse import quote

from content.exchange.html_text import to_html
from content.exchange.item import Item, Picture
from content.exchange.item_names import called
from content.exchange.xml_tree import without_forbidden, xml_attribute, xml_text
from content.exchange.zip_files import packed

_XSI = 'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"'
_SCHEMAS = "https://purl.imsglobal.org/spec/qti/v3p0/schema/xsd"
_ASI = "http://www.imsglobal.org/xsd/imsqtiasi_v3p0"
_CP = "http://www.imsglobal.org/xsd/qti/qtiv3p0/imscp_v1p1"
_LOM = "http://ltsc.ieee.org/xsd/LOM"
_DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>'
_SLASH = re.compile(r"(?<!/)/(?!/)")  # one that parts categories; Moodle doubles one in a name


def write(items: Sequence[Item]) -> bytes:
    """The package, a zip."""
    return packed(_files(items))


def _files(items: Sequence[Item]) -> Iterator[tuple[str, bytes]]:
    names = [f"item-{number:04}" for number in range(1, len(items) + 1)]
    yield "imsmanifest.xml", "\n".join(_manifest(names, items)).encode()
    for name, item in zip(names, items, strict=True):
        yield f"items/{name}.xml", "\n".join(_item(name, item)).encode()
        yield from ((_picture_path(name, picture), picture.data) for picture in item.pictures)


def _picture_path(name: str, picture: Picture) -> str:
    return f"items/{name}/{picture.name}"


def _manifest(names: Sequence[str], items: Sequence[Item]) -> Iterator[str]:
    yield _DECLARATION
    yield f'<manifest xmlns="{_CP}" {_XSI}'
    yield f' xsi:schemaLocation="{_CP} {_SCHEMAS}/imsqtiv3p0_imscpv1p2_v1p0.xsd"'
    yield ' identifier="morning-report">'
    yield "<metadata><schema>QTI Package</schema><schemaversion>3.0.0</schemaversion></metadata>"
    yield "<organizations/>"
    yield "<resources>"
    for name, item in zip(names, items, strict=True):
        path = f"items/{name}.xml"
        yield f'<resource identifier="{name}" type="imsqti_item_xmlv3p0" href="{path}">'
        yield from _metadata(item)
        for file in (path, *(_picture_path(name, picture) for picture in item.pictures)):
            yield f"<file href={xml_attribute(quote(file))}/>"
        yield "</resource>"
    yield "</resources>"
    yield "</manifest>\n"


def _metadata(item: Item) -> Iterator[str]:
    if not (item.tags or item.category):
        return
    yield f'<metadata><lom xmlns="{_LOM}">'
    if item.tags:
        keywords = "".join(f"<keyword>{_string(tag)}</keyword>" for tag in item.tags)
        yield f"<general>{keywords}</general>"
    if item.category:
        parts = _SLASH.split(item.category)
        taxons = "".join(f"<taxon><entry>{_string(part)}</entry></taxon>" for part in parts)
        yield f"<classification><taxonPath>{taxons}</taxonPath></classification>"
    yield "</lom></metadata>"


def _string(text: str) -> str:
    return f"<string>{xml_text(text)}</string>"


def _item(name: str, item: Item) -> Iterator[str]:
    yield _DECLARATION
    yield f'<qti-assessment-item xmlns="{_ASI}" {_XSI}'
    yield f' xsi:schemaLocation="{_ASI} {_SCHEMAS}/imsqti_asiv3p0p1_v1p0.xsd"'
    yield f' identifier="{name}" title={xml_attribute(called(item))}'
    yield ' adaptive="false" time-dependent="false">'
    yield from _response(item)
    yield _outcome("SCORE", "single", "float")
    yield _outcome("FEEDBACK", "multiple", "identifier")
    yield "<qti-item-body>"
    yield f"<div>{_html(item.stem)}</div>"
    for picture in item.pictures:
        source = xml_attribute(quote(f"{name}/{picture.name}"))
        yield f"<p><img src={source} alt={xml_attribute(picture.alt)}/></p>"
    most = 0 if item.multiple else 1
    shuffle = "true" if item.shuffle else "false"
    yield '<qti-choice-interaction response-identifier="RESPONSE"'
    yield f' shuffle="{shuffle}" max-choices="{most}">'
    for number, choice in enumerate(item.choices, 1):
        feedback = _choice_feedback(number, choice.feedback)
        yield f'<qti-simple-choice identifier="choice-{number}">'
        yield f"{_html(choice.text)}{feedback}</qti-simple-choice>"
    yield "</qti-choice-interaction>"
    yield "</qti-item-body>"
    yield from _processing(_is_paid_by_mapping(item))
    if item.feedback:
        yield '<qti-modal-feedback outcome-identifier="FEEDBACK" identifier="general"'
        yield ' show-hide="show">'
        yield f"<qti-content-body>{_html(item.feedback)}</qti-content-body></qti-modal-feedback>"
    yield "</qti-assessment-item>\n"


def _html(markdown: str) -> str:
    return without_forbidden(to_html(markdown))


def _is_paid_by_mapping(item: Item) -> bool:
    """Where any one of several right choices will do, QTI has no correct response that says so."""
    return not item.multiple and sum(choice.correct for choice in item.choices) > 1


def _response(item: Item) -> Iterator[str]:
    cardinality = "multiple" if item.multiple else "single"
    right = [f"choice-{n}" for n, choice in enumerate(item.choices, 1) if choice.correct]
    yield f'<qti-response-declaration identifier="RESPONSE" cardinality="{cardinality}"'
    yield ' base-type="identifier">'
    if _is_paid_by_mapping(item):
        yield '<qti-mapping default-value="0">'
        yield from (f'<qti-map-entry map-key="{key}" mapped-value="1"/>' for key in right)
        yield "</qti-mapping>"
    elif right:
        values = "".join(f"<qti-value>{key}</qti-value>" for key in right)
        yield f"<qti-correct-response>{values}</qti-correct-response>"
    yield "</qti-response-declaration>"


def _outcome(identifier: str, cardinality: str, base_type: str) -> str:
    return (
        f'<qti-outcome-declaration identifier="{identifier}" cardinality="{cardinality}"'
        f' base-type="{base_type}"/>'
    )


def _choice_feedback(number: int, markdown: str) -> str:
    """Inline where it is one paragraph, for inline feedback holds no other."""
    if not markdown:
        return ""
    html = _html(markdown)
    inline = html.removeprefix("<p>").removesuffix("</p>")
    attributes = f'outcome-identifier="FEEDBACK" identifier="choice-{number}" show-hide="show"'
    if f"<p>{inline}</p>" == html and "<p>" not in inline and "<li" not in inline:
        return f"<qti-feedback-inline {attributes}>{inline}</qti-feedback-inline>"
    body = f"<qti-content-body>{html}</qti-content-body>"
    return f"<qti-feedback-block {attributes}>{body}</qti-feedback-block>"


def _processing(by_mapping: bool) -> Iterator[str]:
    """Scores the response, and shows the feedback of what was chosen and that for all."""
    yield "<qti-response-processing>"
    yield '<qti-set-outcome-value identifier="FEEDBACK"><qti-multiple>'
    yield '<qti-variable identifier="RESPONSE"/>'
    yield '<qti-base-value base-type="identifier">general</qti-base-value>'
    yield "</qti-multiple></qti-set-outcome-value>"
    if by_mapping:
        yield _score('<qti-map-response identifier="RESPONSE"/>')
    else:
        yield "<qti-response-condition><qti-response-if>"
        yield '<qti-match><qti-variable identifier="RESPONSE"/>'
        yield '<qti-correct identifier="RESPONSE"/></qti-match>'
        yield _score('<qti-base-value base-type="float">1</qti-base-value>')
        yield "</qti-response-if><qti-response-else>"
        yield _score('<qti-base-value base-type="float">0</qti-base-value>')
        yield "</qti-response-else></qti-response-condition>"
    yield "</qti-response-processing>"


def _score(expression: str) -> str:
    return f'<qti-set-outcome-value identifier="SCORE">{expression}</qti-set-outcome-value>'
