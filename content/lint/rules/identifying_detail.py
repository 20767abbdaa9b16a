"""The rule ``identifying-detail``."""

import re
from collections.abc import Iterator

from content.lint.rule import Finding, Rule, at
from content.lint.subject import Subject
from content.phrases import Phrase, phrase

_MONTH = (
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December"
    r"|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\.?"
)
_DAY = r"(?:[12]\d|3[01]|0?[1-9])(?:st|nd|rd|th)?"
_CAPITALISED = r"[A-Z][a-z\u00e0-\u024f]+"
_NAME = rf"(?:[A-Z]\.\s+)?(?:[A-Z][\u2019'])?{_CAPITALISED}(?:[-\u2019']{_CAPITALISED})*"
_NO_NAMES = (
    r"(?!(?:A|An|The|In|At|On|From|After|Before|During|This|That|He|She|They|His|Her|Today|Once"
    r"|Yesterday|Tonight|Here|Then|Now|However|Meanwhile|Otherwise|Next|Last|Initially|Eventually"
    r"|Finally|Previously|Recently|Suddenly|Afterwards?|Overnight|Clinically|Sadly|Patient|Man|Woman"
    r"|Boy|Girl|Child|Infant|Baby|Newborn|Adolescent|Teenager|Adult|Male|Female|Mother|Father"
    r"|There|It|Our|Your|Who|Afebrile|Febrile|Pregnant|Well|Unwell|Obese|Confused|Breathless)\b)"
)
_SOMEBODY = (
    r"(?:man|woman|boy|girl|child|infant|baby|newborn|teenager|adolescent|lady|gentleman|patient"
    r"|student|teacher|nurse|worker|farmer|mother|father|son|daughter|brother|sister|husband|wife)"
)
_OLD = r"[\s-]*(?:years?[\s-]*(?:old|of age)|yrs?[\s.-]*old|y/?o)\b"
_OVER_89 = r"(?:9\d|1[0-4]\d)"
# “90 or older” is what to say instead; a range is nobody's age.
_EXACTLY = r"(?!\s*(?:-|\u2013|to\b|(?:and|or) (?:older|over|above|more)\b))"
_NO_NAME = phrase("a name; say “a man”, “she”, “the patient”")
_TELLING = tuple(
    (re.compile(pattern), advice)
    for pattern, advice in (
        (
            rf"\b{_DAY}\s+(?:of\s+)?{_MONTH}(?!\w)|\b{_MONTH}\s+{_DAY}(?!\w|[.,/-]?\d|\s*(?:mg|g|mL|%))"
            r"|(?<![\d./-])(?:(?:19|20)\d\d[-/]\d{1,2}[-/]\d{1,2}|\d{1,2}[-/.]\d{1,2}[-/.](?:19|20)\d\d"
            r"|\d{1,2}/\d{1,2}/\d\d)(?![\d/-])",
            phrase("an exact date; say how long ago, or on which day of the illness"),
        ),
        (
            r"\b(?:MRN|NHS\s+(?:number|no\.?)|SSN|[Ss]ocial [Ss]ecurity (?:number|no\.?)"
            r"|[Mm]edical [Rr]ecord (?:number|no\.?)|[Rr]ecord (?:number|no\.?)"
            r"|[Hh]ospital (?:number|no\.?)|[Pp]atient ID|[Cc]ase (?:number|no\.))"
            r"\s*(?:[:#]|is|was)?\s*\w*\d",
            phrase("a number that names a patient; take it out"),
        ),
        (
            rf"\b(?:Mr|Mrs|Ms|Miss|Mister|Dr|Se\u00f1ora?|Herr|Frau)\.?\s+(?!X\b|Y\b){_NAME}"
            rf"|\b{_SOMEBODY},\s+{_NAME}\s+{_NAME},|\b[Pp]atient\s+[A-Z]\.\s?[A-Z]\b",
            _NO_NAME,
        ),
        (
            rf"(?:^|[.!?]\s+|\n){_NO_NAMES}{_NAME}(?:\s+{_NAME}){{0,2}}(?:,|\s+(?:is|was))\s+"
            r"(?:an?\s+|aged?\s+)?"
            r"\d{1,3}(?:[\s-]*(?:year|month)s?[\s-]*old\b|,\s+(?:an?|who|has|is|was|comes|came|presents)\b)",
            _NO_NAME,
        ),
        (rf"\b(?:[Nn]amed|{_SOMEBODY}\s+called)\s+{_NAME}", _NO_NAME),
        (
            rf"\b{_OVER_89}{_OLD}{_EXACTLY}|\baged?\s+{_OVER_89}\b{_EXACTLY}"
            rf"|\b{_SOMEBODY}\s+of\s+{_OVER_89}(?=[.,;]|\s+(?:and|who|with|has|had|is|was|comes|came"
            r"|presents|presented|years?)\b(?!\s*or\b))"
            rf"|\b[Ss]?[Hh]e\s+(?:is|was)\s+{_OVER_89}(?=[.,;]|\s+(?:and|when|but)\b)",
            phrase("an age that few reach; say “90 or older”"),
        ),
        (r"[\w.+-]{1,64}@[\w-]{1,64}\.[\w.]{2,64}", phrase("an address; take it out")),
    )
)


def find(subject: Subject) -> Iterator[Finding]:
    """Details in the story and around it by which a patient could be found."""
    for passage in subject.before_the_answer:
        told: set[Phrase] = set()
        for pattern, advice in _TELLING:
            if advice not in told and (detail := pattern.search(passage.plain)):
                told.add(advice)
                said = " ".join(detail[0].strip(".!?,\n ").split())
                yield at(passage, phrase("“{detail}” is {advice}", detail=said, advice=advice))


RULE = Rule(
    name="identifying-detail",
    finds="an exact date, a record number, a name, an address or an age over 89",
    reason="Learners do not need it, and in a true story it can lead to the patient. It is judged"
    " only where the story is told: a discussion may name days and people.",
    source="United States, 45 CFR 164.514(b)(2), the safe harbor method of de-identification; ICMJE"
    " Recommendations, protection of research participants",
    bad="""
vignette: >-
  Mrs. Miller, a 93-year-old widow, came on 12 March 2024 with hard lumps beneath the skin of both
  arms.
""",
    good="""
vignette: >-
  A woman of 90 or older comes with hard lumps beneath the skin of both arms, which she noticed two
  weeks ago.
""",
    find=find,
)
