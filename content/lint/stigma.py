"""Words that stigmatise, with the better ones.

They are those on which published guidance agrees; the rule ``stigmatising-term`` names it.
"""

import re
from collections.abc import Iterator
from typing import Final

from msgspec import Struct

from content.phrases import Phrase, phrase
from content.problems import Severity


class Term(Struct, frozen=True):
    """A word that was found, and what to write instead; a phrase says what to tell."""

    said: str
    better: str | Phrase
    severity: Severity


class _Word(Struct, frozen=True):
    """``key`` stands in every text in which ``pattern`` can be found: a quick first look."""

    key: str
    pattern: re.Pattern[str]
    better: str | Phrase
    severity: Severity


_PERSON = (
    r"(?:patients?|persons?|people|adults?|child(?:ren)?|adolescents?|individuals?|m[ae]n|wom[ae]n"
    r"|boys?|girls?|mothers?|fathers?|parents?|infants?|newborns?|neonates?|bab(?:y|ies))"
)
_SUBJECT = rf"(?:he|she|they|who|{_PERSON})"
_HAVE = r"(?:(?:has|have|had|is|was|were|are|been|also|often|still|now) ){0,3}"
_SUBSTANCE = r"(?:substance|drug|alcohol|opioid|opiate|cocaine|heroin|narcotics?)"
_TREATMENT = r"(?:medic|tablet|treat|therap|diet|dialys|follow|insulin|drug|anti|oral)\w*"
# An adjective before a noun ("a diabetic foot") says nothing of a person; one by itself does.
_ALONE = (
    r"(?=[.,;:!?)]|$| (?:who|whose|with|is|are|was|were|has|have|had|on|presents?|presented|comes?"
    r"|came|taking|treated|for|since|should|than)\b)"
)
_A = (
    r"(?:(?<=\ba )|(?<=\ban )|(?<=\bthe )|(?<=\bthis )|(?<=\bknown )|(?<=\bold )|(?<=-old )"
    r"|(?<=\bformer )|(?<=\bchronic )|(?<=\bdependent )|(?<=\bcontrolled ))"
)

_LABELS: Final = (
    ("diabetic", "person with diabetes"),
    ("epileptic", "person with epilepsy"),
    ("asthmatic", "person with asthma"),
    ("schizophrenic", "person with schizophrenia"),
    ("alcoholic", "person with alcohol use disorder"),
)
"""Adjectives that label a person when they stand alone, or in the plural."""

_WHAT_AND_WHY = phrase("what is not taken or done, and why")
_WARNINGS: Final = (
    ("mophiliac", r"ha?emophiliacs?", "person with hemophilia"),
    ("sickler", r"sicklers?", "person with sickle cell disease"),
    ("leper", r"lepers?", "person with leprosy"),
    ("midget", r"midgets?", "person with short stature"),
    ("addict", r"addicts?", "person with a substance use disorder"),
    ("junkie", r"junkies?", "person with a substance use disorder"),
    ("addicted", r"addicted (?:bab(?:y|ies)|newborns?|infants?)", "newborn exposed to the drug"),
    ("crack bab", r"crack bab(?:y|ies)", "newborn exposed to cocaine"),
    ("abuser", rf"{_SUBSTANCE} abusers?", "person who uses it, or has a use disorder"),
    ("abuse", rf"(?<!institute on ){_SUBSTANCE} abuse", "use, or use disorder"),
    ("abus", r"abus(?:es|ed|ing) (?:alcohol|drugs|opioids?|cocaine|heroin|substances)", "uses"),
    ("ivd", r"IVD[AU]s?", "person who injects drugs"),
    ("drug user", r"(?:intravenous|injecti(?:on|ng)|IV) drug users?", "person who injects drugs"),
    ("seek", r"drug[- ]seek(?:ing|ers?)", "asks for pain relief"),
    ("dirty", r"dirty (?:urines?|drug screens?|tox\w* screens?)", "positive for a named drug"),
    ("complian", rf"non-?complian(?:t|ce) (?:with|to) (?:\w+ )?{_TREATMENT}", _WHAT_AND_WHY),
    ("complian", r"(?:medication|treatment|drug) non-?compliance", _WHAT_AND_WHY),
    ("complian", rf"non-?compliant {_PERSON}", _WHAT_AND_WHY),
    ("complian", rf"{_SUBJECT} {_HAVE}non-?compliant(?=[.,;]|$| (?:and|in)\b)", _WHAT_AND_WHY),
    ("poor historian", r"poor historians?", phrase("why the history is incomplete")),
    ("frequent fl", r"frequent fl[iy]ers?", "patient who comes often"),
    ("suffer", rf"{_SUBJECT} {_HAVE}suffer(?:s|ed|ing)? from", "has"),
    ("afflicted", r"afflicted (?:with|by)", "has"),
    ("victim", r"(?:stroke|AIDS|HIV|cancer|polio|heart attack) victims?", "person who has had it"),
    ("wheelchair", r"wheelchair[- ]bound|confined to a wheelchair", "uses a wheelchair"),
    ("cripple", r"cripple[sd]?", "with a disability"),
    ("handicapped", r"handicapped", "with a disability"),
    ("retard", r"mental(?:ly)? retard(?:ed|ation)", "intellectual disability"),
    ("demented", r"demented", "with dementia"),
    ("mongol", r"mongol(?:oids?|ism)", "Down syndrome"),
    ("deaf", r"deaf[- ](?:and[- ])?(?:mutes?|dumb)", "deaf"),
    ("lip", r"hare-?lips?", "cleft lip"),
    ("obes", r"morbid(?:ly)? obes(?:e|ity)|super-?obes(?:e|ity)", "severe obesity"),
    ("the obese", rf"the obese{_ALONE}", "people with obesity"),
    ("the disabled", rf"the disabled{_ALONE}", "people with a disability"),
    ("the mentally ill", rf"the mentally ill{_ALONE}", "people with a mental illness"),
    ("suicide", r"commit(?:s|ted|ting)? suicide", "dies by suicide"),
    ("suicide", r"(?:successful|completed|failed) suicides?(?: attempts?)?", "suicide, attempt"),
    ("prostitut", r"prostitutes?|prostitution", "sex worker, sex work"),
    ("transgendered", r"transgendered", "transgender"),
    ("illegal", r"illegal (?:immigrants?|aliens?)", "person without legal papers"),
)  # fmt: skip
"""What labels or blames."""

_CARE = r"(?:access|admission|asylum|care|entry|treatment)"
_NOTES: Final = (
    ("denie", rf"{_SUBJECT} {_HAVE}denie[sd](?! {_CARE})|(?<=[.;] )denies", "reports no"),
    ("complain", rf"{_SUBJECT} {_HAVE}complain(?:s|ed|ing) of", "reports"),
    ("claim", rf"(?:he|she|patient) {_HAVE}claim(?:s|ed)(?: that| to| he| she| they)", "says"),
    ("obese", rf"(?<!morbidly )obese (?:[\w-]+ ){{0,2}}{_PERSON}", "person with obesity"),
    ("the elderly", rf"the elderly{_ALONE}", "older adults"),
    ("caucasian", r"caucasians?", "White"),
    ("oriental", rf"oriental {_PERSON}", "Asian"),
    ("infected", rf"HIV[- ]infected {_PERSON}", "person living with HIV"),
    ("aids", r"AIDS (?:patients?|sufferers?)", "person living with HIV"),
)
"""What guidance advises against, without its being an insult."""


def _words() -> Iterator[_Word]:
    def word(key: str, pattern: str, better: str | Phrase, severity: Severity) -> _Word:
        whole = re.compile(rf"\b(?:{pattern})(?!\w)", re.IGNORECASE | re.MULTILINE)
        return _Word(key, whole, better, severity)

    for label, person in _LABELS:
        pattern = rf"(?<!anti-){label}s(?! anonymous)|{_A}{label}{_ALONE}"
        yield word(label, pattern, person, Severity.WARNING)
        # What a child of hers is called after is a term of its own.
        pattern = rf"(?<!of a )(?<!of )(?<!non-){label} {_PERSON}"
        yield word(label, pattern, person, Severity.NOTE)
    for key, pattern, better in _WARNINGS:
        yield word(key, pattern, better, Severity.WARNING)
    for key, pattern, better in _NOTES:
        yield word(key, pattern, better, Severity.NOTE)


_WORDS: Final = tuple(_words())


def stigmatising(text: str) -> Iterator[Term]:
    """The words of a text that stigmatise."""
    lowered = text.lower()
    for word in _WORDS:
        if word.key in lowered:
            for found in word.pattern.finditer(text):
                yield Term(" ".join(found[0].split()), word.better, word.severity)
