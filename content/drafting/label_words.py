"""What authors call the parts of a case as they write it down, in the bot's three languages."""

import re
from collections.abc import Mapping

_NAMES: Mapping[str, str] = {
    "title": r"(?:case\s+)?title|t[ií]tulo(?:\s+del\s+caso)?|titre(?:\s+du\s+cas)?",
    "story": (
        r"(?:clinical\s+)?(?:case|vignette|scenario)|(?:case\s+)?(?:presentation|history)"
        r"|caso(?:\s+cl[ií]nico)?|vi[ñn]eta(?:\s+cl[ií]nica)?|presentaci[oó]n(?:\s+del\s+caso)?"
        r"|historia(?:\s+cl[ií]nica)?|cas(?:\s+clinique)?|vignette\s+clinique"
        r"|pr[eé]sentation(?:\s+du\s+cas)?|histoire(?:\s+clinique)?"
    ),
    "authors": r"authors?|autor(?:es|as|a)?|auteure?s?",
    "key_point": (
        r"key\s+(?:point|message|learning\s+point)s?|take[- ]home(?:\s+(?:message|point)s?)?"
        r"|(?:learning|teaching)\s+points?|bottom\s+line|pearl"
        r"|(?:puntos?|mensajes?|ideas?)\s+claves?|para\s+recordar"
        r"|(?:points?|messages?)[\s-]cl[eé]s?|(?:à|a|pour)\s+retenir"
    ),
    "question": r"question|pregunta",
    "choices": (
        r"(?:answer\s+)?(?:choices|options)|possible\s+answers"
        r"|opciones(?:\s+de\s+respuesta)?|respuestas\s+posibles"
        r"|choix|propositions|r[eé]ponses\s+possibles"
    ),
    "answer": (
        r"(?:the\s+)?(?:correct|right|best)\s+(?:answer|choice|option)|answers?(?:\s+key)?|key|ans"
        r"|solution|(?:la\s+)?respuestas?(?:\s+correctas?)?|opci[oó]n\s+correcta|clave|soluci[oó]n"
        r"|(?:la\s+)?r[eé]ponses?(?:\s+(?:correcte|exacte|juste)s?)?|(?:la\s+)?bonne\s+r[eé]ponse"
    ),
    "section": (
        r"explanations?|discussion|rationale|feedback|comments?|commentary|diagnosis|treatment"
        r"|management|background|explicaci[oó]n|discusi[oó]n|comentarios?|diagn[oó]stico"
        r"|tratamiento|manejo|explications?|commentaires?|diagnostic|traitement"
        r"|prise\s+en\s+charge"
    ),
    "references": (
        r"references?(?:\s+and\s+notes)?|(?:suggested|further|recommended)\s+reading"
        r"|reading\s+list|bibliography|referencias(?:\s+bibliogr[aá]ficas)?|bibliograf[ií]a"
        r"|lecturas?\s+recomendadas?|r[eé]f[eé]rences(?:\s+bibliographiques)?|bibliographie"
        r"|lectures?\s+conseill[eé]es?"
    ),
}
_HAS_A_VALUE = r"\s*:\s*(?P<rest>\S.*)"
_MAY_HAVE_ONE = r"\s*(?::\s*(?P<rest>.*)|$)"
# A letter alone: what says more is a sentence of the explanation.
_IS = r"\s+(?:is|es|est)(?:\s+la)?(?=\s+\(?[A-L]\)?\s*\.?\s*$)"
_ENDS: Mapping[str, str] = {
    "title": _HAS_A_VALUE,
    "story": r"\s*:\s*(?P<rest>.*)",
    "authors": _HAS_A_VALUE,
    "key_point": _MAY_HAVE_ONE,
    "question": r"\s*\d{0,2}" + _MAY_HAVE_ONE,
    "choices": r"\s*:?\s*$",
    "answer": rf"(?:\s*(?::|\s(?:is|es|est)\s*:|\s[-\u2013]\s)|{_IS})\s*(?P<rest>\S.*)",
    "section": r"\s*:\s*(?P<rest>.*)",
    "references": r"\s*:?\s*$",
}
LABELS: Mapping[str, re.Pattern[str]] = {
    kind: re.compile(rf"\s*(?P<name>{names}){_ENDS[kind]}", re.IGNORECASE)
    for kind, names in _NAMES.items()
}
"""By kind, for a whole line: the label's ``name``, and with some the ``rest`` of the line."""
_WITHOUT_WORDS = "|".join(names for kind, names in _NAMES.items() if kind != "section")
_ANY = re.compile(
    rf"\A\s*(?:{_WITHOUT_WORDS}|q|a)\s*\d{{0,2}}(?:\s*(?:is|es|est)?\s*(?::|$|\s[-\u2013]\s)|{_IS})",
    re.IGNORECASE,
)


def without_label(line: str) -> str:
    """A line without the label that says what it is and no more."""
    return _ANY.sub("", line)
