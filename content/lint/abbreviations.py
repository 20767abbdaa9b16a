"""Abbreviations: which ones a text uses, which it spells out, and which need no spelling out."""

import re
from collections.abc import Iterator
from typing import Final

from content.lint.words import FUNCTION_WORDS

_TOKEN = re.compile(r"(?<![\w@-])[A-Za-z0-9]{2,20}(?:-[A-Za-z0-9]{1,20}){0,5}(?![\w@])")
_NAMED = re.compile(
    r"\b(?:word|mnemonic|acronym|abbreviation) (?P<before>[A-Z]\w{1,20})"
    r"|\b(?P<after>[A-Z]\w{1,20}) (?i:trials?|stud(?:y|ies)|scores?|scales?|criteria|index|registry"
    r"|classification|(?:work(?:ing )?)?group|consensus|guidelines?|questionnaire|genes?|mutations?"
    r"|variants?|alleles?|locus|exons?)\b"
)
_WORD = re.compile(r"[^\W_]+")
_PARENTHESIS = re.compile(r"[(\[]([^()\[\]]{2,200})[)\]]")
_APART = re.compile(r"\s*[,;/=:]\s*|\s+(?:or|and|is)\s+")
_LONGEST = 6  # capitals: what has more is a word or a name
_REACH = 4  # words beyond its letters within which an abbreviation's full form begins

_EMPHASIS: Final = FUNCTION_WORDS | {
    "best", "correct", "except", "false", "immediately", "incorrect", "initial", "key", "left",
    "mg", "never", "new", "none", "note", "old", "right", "single", "stop", "true", "wrong", "yes",
}  # fmt: skip
"""Words that authors put in capitals for emphasis."""

_WELL_KNOWN = """
AB ABC ABCDE ABO ACE ACTH ADH ADHD ADP AED AIDS ALP ALT AM AMP ANA ANCA APTT aPTT ARB AST ATP
ATPase AV aVF aVL aVR BCG BMI BNP BP BUN CABG cAMP CBC CD CDC cDNA CFU cGMP CI CK CMV CNS CO CoA
COPD CoV COVID CPR CRP CSF CT CVP CXR dB dBA DDT DNA DO dsDNA DVT EBV ECG ED EDTA EEG EF eGFR EKG
ELISA EMA EMG ENT ER ESR EU FBC FDA FEV FSH FVC GABA GBq GCS GDP GERD GFR GGT GH GHz GI GnRH GORD
GTP GU HAV Hb HbA HbS HBV HCG hCG HCl HCV HDL HDU HIV HLA HPV HR HSV HTLV ICD ICP ICU ID IFN IgA
IgD IgE IgG IgM IL IM INR IO IQ IQR IU IUD IV IVC KCl KDIGO kVp LDH LDL LED LH LSD LV MAO MAP MBq
MCH MCHC MCV MD MDMA MERS MeV MHC MHz miRNA mIU MR MRI mRNA MRSA NaCl NAD NADH NADP NADPH NaOH NG
NHS NICE NICU NIH NMDA NO NPO NSAID NSTEMI OK PCI PCR PEEP PET PhD PICU PM PNS PO POCT PPE PPI PQ
PR PSA PT PTH PTT QRS QT QTc RBC RDW Rh RhD RN RNA RR rRNA RSV RV SARS SC SD SE SI SIADH siRNA
SPECT SSRI ssRNA ST STD STEMI STI SVC TB THC TIA TNF TPN tRNA TSH TV UK UN URL USA UTI UV UVA UVB
VLDL VT VZV WBC WHO
"""
WELL_KNOWN: Final = frozenset(_WELL_KNOWN.split())
"""Better known than their full forms, to whoever reads cases: leads and laboratory tests that
appear on every chart, routes and units, common viruses, countries and authorities."""


def abbreviations(text: str) -> Iterator[str]:
    """The abbreviations of a text, in the singular, each as often as it stands there.

    A token with a digit is a symbol (``V1``, ``IL-6``, ``GNA11``) and one of I, V and X a number:
    these are none.
    """
    for token in _TOKEN.finditer(text):
        word = token[0]
        if word[1:].islower() or word.islower() or any(sign.isdigit() for sign in word):
            continue
        parts = (_singular(part) for part in word.split("-"))
        yield from (part for part in parts if _is_abbreviation(part))


def _singular(short: str) -> str:
    return short.removesuffix("s") if short[:-1].isupper() else short


def _is_abbreviation(word: str) -> bool:
    capitals = sum(letter.isupper() for letter in word)
    return (
        2 <= capitals <= _LONGEST
        and len(word) - capitals <= capitals
        and word.lower() not in _EMPHASIS
        and not set(word) <= set("IVX")
    )


def explained(text: str) -> set[str]:
    """What a text explains: ``full form (SHORT)``, ``SHORT (full form)``, or the name of something.

    Names are what stands before *trial*, *score* or *gene*, or after *mnemonic*.
    """
    found = {named["before"] or named["after"] for named in _NAMED.finditer(text)}
    for parenthesis in _PARENTHESIS.finditer(text):
        start = parenthesis.start()
        before = _WORD.findall(text[max(0, start - 200) : start])
        inside = _APART.split(parenthesis[1].strip())
        for short in map(_singular, inside):
            if _stands_for(short, before[-len(short) - _REACH :]):
                found.add(short)
        if before and any(
            _stands_for(_singular(before[-1]), _WORD.findall(full)) for full in inside
        ):
            found.add(_singular(before[-1]))
    return found


def _stands_for(short: str, words: list[str]) -> bool:
    """Whether one of the words begins as the abbreviation does."""
    return _is_abbreviation(short) and any(
        word[0].lower() == short[0].lower() for word in words if word != short
    )
