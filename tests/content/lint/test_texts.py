"""The rules on texts: what each must find, and what it must leave alone."""

from typing import Any

import pytest

from tests.content.lint.reading import CASE, QUESTION, messages, subject


def story(text: str) -> dict[str, Any]:
    """A case with this vignette."""
    return {"vignette": text}


def section(text: str) -> dict[str, Any]:
    """A case with this discussion."""
    return {"discussion": [{"heading": "Cause", "text": text}]}


def references(*works: dict[str, Any]) -> dict[str, Any]:
    """A case with these references, each a whole one but for what is said."""
    whole = {"authors": ["Callen JP"], "title": "T", "journal": "J", "year": "2024", "volume": "1"}
    kept = [whole | work for work in works]
    return {"references": [{k: v for k, v in work.items() if v is not None} for work in kept]}


def choices(*whys: str | None) -> dict[str, Any]:
    """A case whose choices have these whys."""
    kept = [
        {key: value for key, value in (choice | {"why": why}).items() if value is not None}
        for choice, why in zip(QUESTION["choices"], whys, strict=True)
    ]
    return {"questions": [QUESTION | {"choices": kept}]}


FOUND = {
    "foreign-markup": [
        story("A man of <i>60</i>."),
        story("A man of 60.<br />He coughs."),
        story("A&nbsp;man of 60."),
        story("A man; pH &#60; 7."),
        story(r"A man; $$\\frac{1}{2}$$ of it."),
        section("## Cause\n\nIt is rare."),
        section("It is rare.\n\n#### Treatment"),
        section("| a | b |\n|---|---|\n| 1 | 2 |"),
        section("Give `aspirin` now."),
        section("Give ~~aspirin~~ now."),
        section("See [the guide](www.example.org/x)."),
        section("![A map](figures/map.png)"),
        section("• fever\n• cough"),
        section("This is **rare."),
        section("This is ** rare**."),
        section("This is __rare."),
        section("这是**「硬」**的。"),
        {"title": "Hard **lumps**"},
        {"title": "Hard ***lumps***"},
        {"questions": [QUESTION | {"prompt": "What is *most likely* the cause?"}]},
        {"questions": [QUESTION | {"prompt": "What is<br>the cause?"}]},
        choices("Because of [this](https://x.org) <b>x</b>.", "A", "B"),
    ],
    "no-vignette": [
        story("Gout is caused by crystals of urate in the joint."),
        story("Which drug inhibits the enzyme?"),
        story("Beta blockers lower the heart rate."),
    ],
    "identifying-detail": [
        story("She came on 12 March 2024."),
        story("On March 12, the rash began."),
        story("Admitted 2024-03-12."),
        story("Admitted 12/03/2024."),
        story("MRN 1234567."),
        story("Hospital number: A123."),
        story("Mrs. O’Brien, a teacher."),
        story("John Smith, a 45-year-old man, has a cough."),
        story("A man named Peter has a cough."),
        story("Peter Miller, 45, has a cough."),
        story("A 93-year-old woman."),
        story("A woman aged 101."),
        story("Write to a.b@example.org."),
        story("She was seen on 3/12/21."),
        story("Her NHS number is 943 476 5919."),
        story("Dr. Jones saw a woman with a rash."),
        story("A 34-year-old woman, Jane Doe, has a rash."),
        story("John Smith is a 50-year-old man with pain."),
        story("A boy called Tim has a rash."),
        story("Patient J.S. fell."),
        story("A 95-yr-old woman."),
        story("A 93 y/o man."),
        story("A woman of 93 has pain."),
        story("He is 94 and well."),
        story("She is 90 years of age."),
        {"questions": [QUESTION | {"reveal": "On 3 May she is well."}]},
    ],
    "undefined-abbreviation": [
        story("A man with MCTD."),
        section("The AChR antibody."),
        section("Two MGUSs were found."),
        section("Non-HFE disease."),
        section("HFE (see below) is common."),
        section("It is seen in SMA (2.1%)."),
    ],
    "names-a-letter": [
        section("Option B is wrong."),
        section("Answers A and C are right."),
        section("Choice 2 is wrong."),
        section("See option (C)."),
        section("B is incorrect because it is late."),
        section("The first choice describes gout."),
        section("The last option is wrong."),
        section("The correct answer is B."),
        section("The answer is (C). It is rare."),
        section("Answer: D"),
        section("B is the correct answer."),
        section("(A) is wrong."),
        section("Choice (c) is wrong."),
        section("Only option b is right."),
        section("The right choice is A, since it is early."),
        {"questions": [QUESTION | {"key_point": "The second answer is right."}]},
    ],
    "choice-without-why": [choices("A", "B", None), choices(None, None, None)],
    "reference-format": [
        references({"year": None}),
        references({"volume": None}),
        references({"journal": None, "site": "S", "year": None, "volume": None}),
        references({"authors": ["J. P. Callen"]}),
        references({"authors": ["Callen, J.P."]}),
        references({"authors": ["Callen, JP"]}),
        references({"authors": ["et al", "Callen JP"]}),
        references({"pages": "pp. 53-57"}),
        references({"volume": "Vol. 3"}),
        references({"title": None, "pmid": "1"}),
    ],
    "reference-incomplete": [
        references({"authors": ["Callen JP", "et al"], "pages": "1-9"}),
        references({"authors": ["Callen JP", "Davuluri S", "et al."], "pages": "1-9"}),
        references({"pages": "53"}),
        references({"pages": "e14058"}),
        references({"doi": "10.1/x"}),
        references({"doi": "10.1/x", "pages": "1-9", "volume": None}),
        references({"pmid": "1", "pages": "1-9", "authors": None}),
        references({"url": "https://a.b", "pages": "1-9", "year": None}),
    ],
    "uncited-number": [
        section("In a cohort of 78 patients the lumps went away in 36%."),
        section("It halves the risk: 14% of children against 28%."),
        section("Among adults, 14 of 78 had lupus."),
        section("Its sensitivity is 92%. It is cheap."),
        section("The odds ratio was 3.4. It is new. So they say [1]."),
        section("The difference was small (95% CI 1.2-3.4)."),
        choices("Only 5% of adults have it.", "B", "C"),
    ],
    "stale-guideline": [
        references({"year": "2020", "title": "Guidelines on the skin"}),
        references({"year": "2019", "title": "The skin: a consensus statement"}),
        references(
            {"year": "2016", "title": "Recommendations on calcinosis"},
            {"year": "2024", "title": "Guideline on gout"},
        ),
    ],
    "stale-reference": [references({"year": "2015"}), references({"year": "1999"}, {"year": None})],
    "title-gives-answer": [
        {"title": "Calcifications of the skin"},
        {"title": "A dystrophic disorder"},
    ],
    "vignette-length": [
        story("A man " + "of " * 199),
        {"questions": [QUESTION | {"reveal": "of " * 201}]},
    ],
    "explanation-length": [section("of " * 201), choices("of " * 201, "B", "C")],
    "stigmatising-term": [section("She is a sickler."), {"title": "A diabetic with a rash"}],
    "reference-unused": [references({})],
    "reference-missing": [section("So it is [1]."), references({}) | section("So it is [1,3].")],
}

LEFT = {
    "foreign-markup": [
        story("A **man** of *60* sees [a page](https://x.org/a_(b)) of 5\\*3."),
        story("A man with pH <7.2, Na >150, R&D; p<0.05 and i>2; AT&T; x &y; z."),
        story("- fever\n- cough\n\n1. one\n2. two"),
        section("HLA-B*57:01 and HLA-B*58:01; A1*B2*C3; p.R47*, c.1*2."),
        section("It costs $5 or $10 [1]. Take #3 of 4; snake_case_word; 5 * 3 * 2."),
        section("A # sign, a | b, 3--5 – 7, ~5 and ~6, the patient\u2019s [sic] (note)."),
        section("T wave | QRS ----- flat line"),
        {"questions": [QUESTION | {"prompt": "Which allele, HLA-B*57:01 or HLA-B*58:01, is it?"}]},
        {"title": "Hard lumps * years * after a rash [1] (so)"},
    ],
    "no-vignette": [
        story("A woman in her sixties has gout."),
        story("She has gout."),
        story("Your patient has gout."),
        story("A newborn has jaundice."),
        story("A farmer has a rash."),
        story("A G2P1 at 30 weeks presents with itching."),
        story("A 3-week-old with jaundice."),
        story("Un homme de 64 ans consulte pour une douleur."),
        story("Varón de 64 años con dolor."),
    ],
    "identifying-detail": [
        story("A 59-year-old man has had gout since 2019; in August it got worse."),
        story("Visual acuity is 6/6 (20/20), pressure 128/74 mm Hg, ratio 1/2/3."),
        story("eGFR is 78 mL/min/1.73 m2, on day 9, at 10-12 cm."),
        story("She may 5 times a day need May 5 mg tablets."),
        story("On a Friday afternoon in London she fainted."),
        story("In Boston, a 45-year-old man fainted. Recently, a 45-year-old man did."),
        story("Yesterday, a 45-year-old man fainted."),
        story("Mr. X has gout. Miss no dose."),
        story("Sodium, 139, potassium, 4, chloride, 103. Adolescent, 15 years old."),
        story("An 89-year-old woman; a range from ages 90 to 95 was studied."),
        story("Type 1-2-3, 5-10-15 mg."),
        story("A woman aged 90 or older; a man of 90 or over; 90 years old or older."),
        story("Afebrile, a 40-year-old man comes. There is a 40-year-old man in bed 3."),
        story("His pulse is 94 and regular. A patient of 98 kg. It is 94."),
        story("A syndrome called Lynch, with 120/80/60 and 1/2/345."),
        story("A man, Caucasian, has gout; a woman, pale and tired, comes."),
        section("It was approved on 12 March 2019; Mr. Hutchinson described it."),
    ],
    "undefined-abbreviation": [
        section("ECG, CT, MRI, pH, PaCO2, SpO2, HIV, IgG, DNA, mRNA, eGFR and HbA1c."),
        section("mEq, mmol/L, kPa, dL, mIU, MHz, mOsm, kVp and dB."),
        section("Mixed connective tissue disease (MCTD) is rare; MCTD is mild."),
        section("MCTD (mixed connective tissue disease) is rare."),
        section("Parathyroid hormone (PTX, intact) falls. PTXs."),
        section("The CASR gene; CASR is large. *CFTR* too."),
        section("In the RALES trial, and by the HEART score. RALES was large."),
        section("The mnemonic COSTAR helps."),
        section("GNA11, PD-L1, IL-6, CTLA-4, SARS-CoV-2, COVID-19, V1, T9, CD4 and 4Ts."),
        section("Leads II, III, aVL and aVF; types IV and VIII; QRS, ST and PR."),
        section("Do NOT wait; the LEAST likely; always PRESENTATION."),
        section("McArdle, DeBakey and PubMed; NaCl; STEMIs and NSAIDs; anti-HIV."),
        {"based_on": "By Ann Lee, DO, FRCP, Department of XYZ."},
    ],
    "names-a-letter": [
        section("Vitamin A, hepatitis B, influenza A and group A streptococci."),
        section("Beta blockers are the first choice in this patient."),
        section("The first choice is a beta blocker; surgery is the last option."),
        section("A drug of second choice. The choice I made."),
        section("Option B+ is a programme for mothers."),
        section("A is for airway. The answer is calcium."),
        section("One answer, 2 options, an option 3 weeks later."),
        section("The answer is A wave of depolarization. The best choice is B12."),
        section("The drug of choice is D-penicillamine; the answer is C3 and C4."),
        section("An option a patient likes; the choice i made; a choice (if any)."),
        {"questions": [QUESTION | {"shuffle": "false", "key_point": "The last answer is best."}]},
    ],
    "choice-without-why": [
        choices("A", "B", "C"),
        choices("Unlike rheumatoid nodules, these are hard.", "B", None),
    ],
    "reference-format": [
        references({}),
        references({"volume": None, "year": None, "pmid": "1"}),
        references({"volume": None, "doi": "10.1/x"}),
        references({"authors": ["American College of Medical Toxicology"]}),
        references({"authors": ["U.S. Preventive Services Task Force", "Physicians, USA of A"]}),
        references({"authors": ["de Vries APJ", "O'Neil P", "Smith-Jones AB Jr", "et al."]}),
        references({"journal": None, "site": "S", "year": "2014", "volume": None}),
        references({"journal": None, "site": "S", "year": None, "url": "https://a.b"}),
        references({"authors": None, "pages": "S1-S26", "volume": "44", "issue": "Suppl 1"}),
    ],
    "reference-incomplete": [
        references({}),
        references({"doi": "10.1/x", "pages": "53-57"}),
        references({"doi": "10.1/x", "article": "e14058"}),
        references({"pages": "S1-S26"}),
        references({"authors": ["Callen JP", "Davuluri S", "Lood C", "et al"]}),
        references({"authors": ["Callen JP", "Davuluri S"]}),
        references({"journal": None, "site": "S", "url": "https://a.b", "authors": None}),
    ],
    "uncited-number": [
        references({}) | section("In a cohort of 78 patients the lumps went away in 36% [1]."),
        references({}) | section("A cohort was studied [1]. Of 78 patients, 14 (18%) had lupus."),
        references({}) | section("Of 78 patients, 14 (18%) had lupus. The rest had not [1]."),
        section("Her sodium rose by 4%, as in 5 of 10 such patients."),
        section("A saturation of 85% is low."),
        section("Glucose 5% is given; 0.9% saline is not. Patients recover."),
        section("A fall above 50% on days 5 to 10 speaks for it."),
        story("In a trial of 240 patients, she was one of the 12%."),
        {"questions": [QUESTION | {"key_point": "It cures 90% of patients."}]},
    ],
    "stale-guideline": [
        references({"year": "2021", "title": "Guidelines on the skin"}),
        references({"year": "2010", "title": "The skin"}),
        references(
            {"year": "2016", "title": "Consensus guidance on myasthenia gravis"},
            {"year": "2021", "title": "Consensus guidance on myasthenia gravis: an update"},
        ),
        references({"year": None, "title": "Guidelines on the skin"}),
    ],
    "stale-reference": [
        references({"year": "2016"}),
        references({"year": None}),
        references({"year": "1999"}, {"year": "2020"}),
        references({"year": "0" * 5000}),
    ],
    "title-gives-answer": [
        {"title": "Hard deposits"},
        {"title": "Stone-hard lumps"},
        {"title": "Dystrophic or not?", "vignette": "A woman with dystrophic nails."},
    ],
    "vignette-length": [story("A man " + "of " * 198)],
    "explanation-length": [section("of " * 200)],
    "reference-unused": [
        references({}) | section("[1]"),
        references({}, {}, {}) | section("[1-3]"),
    ],
    "reference-missing": [
        references({}) | section("[1]"),
        references({}) | story("A man [1] and a [2](https://a.b)."),
        {"questions": [QUESTION | {"prompt": "What is [9]?"}]},
    ],
}


def pairs(table: dict[str, list[dict[str, Any]]]) -> list[Any]:
    """Each rule with each of its texts."""
    return [
        pytest.param(rule, text, id=f"{rule}-{n}")
        for rule in table
        for n, text in enumerate(table[rule])
    ]


@pytest.mark.parametrize(("rule", "changes"), pairs(FOUND))
def test_a_flaw_in_a_text_is_found(rule: str, changes: dict[str, Any]) -> None:
    """The rule says something."""
    assert messages(rule, subject(**changes)) != []


@pytest.mark.parametrize(("rule", "changes"), pairs(LEFT))
def test_a_text_without_the_flaw_is_left_alone(rule: str, changes: dict[str, Any]) -> None:
    """An author who gets false alarms stops reading."""
    assert messages(rule, subject(**changes)) == []


@pytest.mark.parametrize("key", ["caption", "alt"])
def test_a_figure_that_tells_the_answer_is_found(key: str) -> None:
    """In its caption and in its alt text, in whatever ending the word comes."""
    figure = {"file": "map.png", "caption": "Sites of the lumps.", "alt": "A body with circles."}
    assert messages("caption-gives-answer", subject(figures=[figure])) == []
    told = messages("caption-gives-answer", subject(figures=[figure | {key: "Calcifications."}]))
    assert len(told) == 1
    assert "“calcifications”" in told[0]


def test_each_abbreviation_is_told_once() -> None:
    """At its first use, in the order in which learners read."""
    read = subject(title="MCTD", vignette="She has MCTD and QXY.", **section("QXY and MCTD."))
    told = messages("undefined-abbreviation", read)
    assert [message.split()[0] for message in told] == ["MCTD", "QXY"]


def test_nothing_is_stale_without_a_date() -> None:
    """Who gives no date gets no judgement by age."""
    read = subject(**references({"year": "1950"}))
    assert messages("stale-reference", type(read)(read.file)) == []


def test_the_case_of_these_tests_is_in_order() -> None:
    """What is found comes from the changes alone."""
    read = subject(**CASE)
    assert [rule for rule in FOUND if messages(rule, read)] == []
