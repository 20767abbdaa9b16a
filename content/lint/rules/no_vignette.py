"""The rule ``no-vignette``."""

import re
from collections.abc import Iterator

from content.lint.rule import Finding, Rule, at
from content.lint.subject import Subject
from content.lint.words import FUNCTION_WORDS
from content.phrases import phrase

_AGE = re.compile(
    r"\d+[\s-]*(?:year|month|week|day|hour)s?[\s-]*old|\baged?\s+(?:of\s+)?\d|\bof\s+\d{1,3}\b"
    r"|\bin (?:his|her|their) (?:\w+[\s-])?(?:teens|twenties|thirties|forties|fifties|sixties"
    r"|seventies|eighties|nineties|\d0s)\b"
    r"|\b(?:newborn|neonat|infant|toddler|teenager|adolescent|middle-aged|elderly|older)",
    re.IGNORECASE,
)
_PERSONS = frozenset(
    {
        "patient", "patients", "person", "man", "men", "woman", "women", "boy", "girl", "child",
        "children", "baby", "mother", "father", "he", "she", "they", "his", "her", "you", "your",
        "student", "worker", "volunteer", "family", "couple", "village", "cohort", "trial",
        "lady", "gentleman", "mrs", "mr", "ms", "teacher", "nurse", "farmer", "athlete", "runner",
        "smoker", "twin", "twins", "siblings", "brother", "sister", "son", "daughter", "driver",
        "primigravida", "multigravida", "swimmer", "traveler", "traveller", "soldier", "doctor",
    }
)  # fmt: skip
_COMES = frozenset(
    {
        "presents", "presented", "complains", "complained", "comes", "came", "brought", "admitted",
        "referred", "hospitalized", "hospitalised", "collapses", "collapsed",
    }
)  # fmt: skip


def find(subject: Subject) -> Iterator[Finding]:
    """A vignette with neither an age nor a person; silent in other languages than English."""
    vignette = subject.vignette
    if not vignette or _AGE.search(vignette.plain):
        return
    words = set(vignette.words)
    if words & FUNCTION_WORDS and not words & (_PERSONS | _COMES):
        message = phrase("no patient in sight; say who comes, about what age, and with what")
        yield at(vignette, message)


RULE = Rule(
    name="no-vignette",
    finds="a vignette with neither a patient nor an age",
    reason="A question without a patient asks what is remembered; a case asks what would be done"
    " with it. About the right age is enough.",
    source="NBME Item-Writing Guide 2020 (clinical vignettes test application of knowledge); BMJ"
    " Heart, instructions for image challenges (approximate age)",
    bad="""
vignette: Calcium hydroxyapatite is deposited in the skin in several diseases.
""",
    good="""
vignette: A woman in her sixties comes with hard lumps beneath the skin of both arms.
""",
    find=find,
)
