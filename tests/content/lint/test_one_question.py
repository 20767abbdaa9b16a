"""The rules that hold a question to one patient and its choices to one thing each."""

import pytest

from content.lint.kinds import Kind, kind_of
from tests.content.lint.reading import asking, messages

DISEASE, DRUG, TEST, PROCEDURE = Kind.DISEASE, Kind.DRUG, Kind.TEST, Kind.PROCEDURE
STEP = "What is the most appropriate next step?"


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Acute pericarditis", DISEASE),
        ("Infarction of one occipital lobe", DISEASE),
        ("Deep vein thrombosis", DISEASE),
        ("Heparin-induced thrombocytopenia", DISEASE),
        ("Intravenous ceftriaxone", DRUG),
        ("Ibuprofen 600 mg twice daily", DRUG),
        ("Heparin by infusion, aiming at a ratio of 2", DRUG),
        ("Statins", DRUG),
        ("An electrocardiogram", TEST),
        ("Therapeutic paracentesis", PROCEDURE),
        ("A training program", None),
        ("CT of the chest with contrast", TEST),
        ("Order a renal biopsy", TEST),
        ("Colonoscopy", TEST),
        ("Emergency appendectomy", PROCEDURE),
        ("Dialysis (intermittent)", PROCEDURE),
        # What is done about a disease, and sentences, are no diseases.
        ("Treatment of pneumonia", None),
        ("Treat the pneumonia", None),
        ("It predicts stroke", None),
        # No ending and no list knows these.
        ("A second opinion", None),
        ("Make no diagnosis", None),
        ("12%", None),
        ("", None),
    ],
)
def test_the_head_word_tells_the_kind(text: str, kind: Kind | None) -> None:
    """Its last word before a preposition, a comma or a number."""
    assert kind_of(text) is kind


@pytest.mark.parametrize(
    ("prompt", "choices", "found"),
    [
        ("What is most fitting?", ("Pneumonia", "Amoxicillin", "Chest radiograph"), 1),
        ("What is right for him?", ("Hypothyroidism", "Levothyroxine", "A TSH assay"), 1),
        (STEP, ("Appendicitis", "CT of the abdomen", "Wait"), 1),
        # A step may be a drug, a test or an operation.
        (STEP, ("Ceftriaxone", "CT of the abdomen", "Laparotomy"), 0),
        # Much can be a cause.
        ("Which most likely caused his anemia?", ("Colon cancer", "Naproxen", "Diet"), 0),
        ("What explains the rash?", ("Measles", "Amoxicillin", "Sunlight"), 0),
        ("Which of these raises his risk?", ("Diabetes", "Warfarin", "Smoking"), 0),
        ("Which is expected?", ("Hypokalemia", "Positive blood cultures", "Fever"), 0),
        ("What does it mean?", ("It is benign", "It predicts stroke", "It needs a biopsy"), 0),
    ],
)
def test_a_disease_beside_a_drug_is_found(
    prompt: str, choices: tuple[str, ...], found: int
) -> None:
    """Or beside a test or a procedure, unless causes are asked for."""
    assert len(messages("mixed-choices", asking(prompt, *choices))) == found


OTHERS = ("Observation", "Lumbar puncture", "Oral prednisone")


@pytest.mark.parametrize(
    ("prompt", "choices", "found"),
    [
        (STEP, ("Order an MRI and consult neurology", *OTHERS), 1),
        (STEP, ("Stop lisinopril; give an antihistamine", *OTHERS), 1),
        (STEP, ("CT scan followed by surgery", *OTHERS), 1),
        (STEP, ("Biopsy plus methotrexate", *OTHERS), 1),
        ("What is it?", ("Cellulitis; start flucloxacillin", "Gout", "Erysipelas"), 1),
        ("What is it?", ("Pneumonia, to be treated with amoxicillin", "Asthma", "Gout"), 1),
        ("What is it?", ("Gout; give colchicine", "Sepsis; give ceftriaxone", "Asthma"), 2),
        # One treatment has two drugs; one finding, two names.
        (STEP, ("Ibuprofen plus colchicine", *OTHERS), 0),
        (STEP, ("Nausea and vomiting", *OTHERS), 0),
        (STEP, ("Ulcers of the tongue and lower lip", *OTHERS), 0),
        # Several join two, so that none stands out.
        (STEP, ("Stop the drug and repeat the ECG", "Start heparin, then CT", "Wait"), 0),
        ("What is it?", ("Gout; give colchicine", "Sepsis; give ceftriaxone"), 0),
        # That is what was asked for.
        # A disease and what a test shows are findings.
        ("What is found?", ("Anemia and a positive direct antiglobulin test", "Fever"), 0),
        ("Which combination is best?", ("Biopsy plus methotrexate", *OTHERS), 0),
        ("What is it, and what follows?", ("Gout; give colchicine", "Asthma"), 0),
    ],
)
def test_two_things_in_one_choice_are_found(
    prompt: str, choices: tuple[str, ...], found: int
) -> None:
    """A diagnosis with its treatment, or the one choice of two steps."""
    assert len(messages("double-choice", asking(prompt, *choices))) == found


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Pulmonary embolism", "Pulmonary thromboembolism"),
        ("Pulmonary embolism", "Thromboembolism of the lung"),
        ("Acute renal failure", "Acute kidney failure"),
        ("Intravenous frusemide", "IV furosemide"),
        ("Cancer of the lung", "Pulmonary carcinoma"),
        ("Herpes zoster", "Shingles"),
        ("Adrenaline", "Epinephrine (adrenaline)"),
        ("Vitamin B12 deficiency", "Deficiency of cobalamin"),
        ("Granulomatosis with polyangiitis", "Wegener's granulomatosis"),
        ("DVT", "Deep vein thrombosis"),
        ("Systemic lupus erythematosus", "SLE"),
        ("Electrocardiogram", "ECG"),
        ("Acute myocardial infarction", "Heart attack"),
        ("Diffuse toxic goitre", "Graves disease"),
    ],
)
def test_two_names_of_one_thing_are_found(one: str, other: str) -> None:
    """Everyday and learned, British and American, short and in full."""
    read = asking("What is the most likely diagnosis?", one, "Sarcoidosis", other)
    assert len(messages("synonymous-choices", read)) == 1


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Pulmonary embolism", "Pulmonary infarction"),
        ("Acute kidney failure", "Chronic renal failure"),
        ("Hypothyroidism", "Hyperthyroidism"),
        ("Graves disease", "Thyrotoxicosis"),
        ("Insulin before potassium", "Potassium before insulin"),
        ("Surgery with antibiotics", "Antibiotics with surgery"),
        ("Aortic regurgitation", "Mitral insufficiency"),
        ("Oral prednisone", "Oral prednisolone"),
        ("Low TSH, high T4", "High TSH, low T4"),
        ("MRI", "Mitral regurgitation"),
        ("Rest", "Rest."),
    ],
)
def test_names_of_two_things_are_left_alone(one: str, other: str) -> None:
    """However near they are; and what reads the same is found by another rule."""
    read = asking("What is the most likely diagnosis?", one, "Sarcoidosis", other)
    assert messages("synonymous-choices", read) == []


@pytest.mark.parametrize(
    "prompt",
    [
        "Which enzyme does allopurinol inhibit?",
        "What is the mechanism of action of metformin?",
        "Which organism most commonly causes community-acquired pneumonia?",
        "What is the most common cause of acute pancreatitis?",
        "Which of the following is a risk factor for osteoporosis?",
        "Which gene is mutated in cystic fibrosis?",
        "What is the drug of choice for absence seizures?",
        "Which chromosome carries the gene for Huntington disease?",
        "Which antibody is typical of Graves disease?",
        "What is the most common cause of nephrotic syndrome in children?",
        "Which drug reduces mortality in patients with heart failure?",
        "Which drug inhibits HMG-CoA reductase?",
        "Which nerve supplies the deltoid muscle?",
        "What is the incubation period of the virus?",
        "Which hormone is secreted by the adrenal cortex?",
        "Which of these is found in patients with dermatomyositis?",
    ],
)
def test_a_question_on_a_disease_in_general_is_found(prompt: str) -> None:
    """The patient could be anybody."""
    assert len(messages("vignette-not-needed", asking(prompt))) == 1


@pytest.mark.parametrize(
    "prompt",
    [
        "What is the most likely diagnosis?",
        "Which treatment is most appropriate?",
        "What is the most likely cause of her hyponatremia?",
        "What is the mechanism of the hyperkalemia?",
        "Which drug should be given for the pneumonia?",
        "Which antibiotic is most appropriate for pneumonia?",
        "Which test best distinguishes gout from septic arthritis?",
        "Which type of leukemia does the smear show?",
        "How does allopurinol harm this patient?",
        "Which finding in the figure points to tuberculosis?",
        "What explains why aspirin was ineffective?",
        "Which diagnosis do the crystals in the figure establish?",
        "Which nerve is injured?",
        "Which enzyme is inhibited by the toxin?",
        "What is the most likely cause of her heart failure?",
        "Which stage of the disease is this?",
        "Which artery supplies the infarcted area?",
        "¿Qué tratamiento necesita la artritis de este paciente?",
        "Quel est le traitement de la polyarthritis chez cette patiente ?",
        "Which nerve supplies the weak muscles?",
        "Which disease causes these lumps?",
        "Which hepatitis B marker is expected?",
        "Which asthma drug is safest in pregnancy?",
    ],
)
def test_a_question_on_the_patient_is_left_alone(prompt: str) -> None:
    """It asks about what was told or shown, or for a decision."""
    assert messages("vignette-not-needed", asking(prompt)) == []
