"""Items as educators write them: 28 with one flaw each, and 16 with none. All are invented."""

from typing import Any

from msgspec import Struct

_WHOLE = {"authors": ["Callen JP"], "title": "Skin", "journal": "J", "year": "2024", "volume": "1"}


class Item(Struct, frozen=True):
    """A case of one question; a star is before each right choice, and bars part the choices.

    ``told`` is what `check` has to say of it, nothing if empty; ``keys`` are further keys of the
    case.
    """

    told: str
    vignette: str
    prompt: str
    choices: str
    keys: dict[str, Any] = {}


def _cites(text: str, **reference: Any) -> dict[str, Any]:
    """A discussion, and the one reference that it can cite."""
    fields = {"pages": "53-57", "doi": "10.1000/182"} | _WHOLE | reference
    known = {key: value for key, value in fields.items() if value is not None}
    return {"discussion": [{"heading": "Course", "text": text}], "references": [known]}


BAD = (
    Item(
        "negative-lead-in",
        "A 71-year-old man with heart failure takes six medicines. His potassium is 6.4 mmol/L.",
        "Which of his medicines is contraindicated now?",
        "*Spironolactone | Bisoprolol | Furosemide | Atorvastatin",
    ),
    Item(
        "negative-lead-in",
        "A 34-year-old woman has pain in one calf after a long flight. The calf is not swollen.",
        "Which of these findings argues most strongly against a thrombus?",
        "*A normal D-dimer | Pain on squeezing | Recent travel | Use of the pill",
    ),
    Item(
        "negative-lead-in",
        "A 22-year-old man has had a runny nose and a dry cough for two days. His chest is clear.",
        "Which investigation is unnecessary in this patient?",
        "*A chest radiograph | A temperature reading | A look at the throat",
    ),
    Item(
        "negative-lead-in",
        "A 60-year-old woman is to have an iodinated contrast scan. Her creatinine has doubled.",
        "Which drug should she avoid until the scan is over?",
        "*Naproxen | Paracetamol | Amlodipine | Levothyroxine",
    ),
    Item(
        "negative-lead-in",
        "A 45-year-old man with a stiff neck and fever becomes drowsy within an hour.",
        "Which next step would be inappropriate?",
        "*Waiting for the scan | Giving ceftriaxone | Giving fluid | Calling intensive care",
    ),
    Item(
        "all-of-the-above",
        "A 67-year-old woman with breast cancer is confused. Her calcium is 3.6 mmol/L.",
        "Which treatment is most appropriate today?",
        "Isotonic saline | Zoledronic acid | Calcitonin | *Each of these",
    ),
    Item(
        "none-of-the-above",
        "A 19-year-old man has had a sore throat and a cough for three days, without fever.",
        "Which treatment is most appropriate?",
        "Amoxicillin | Azithromycin | Doxycycline | *No drug listed here",
    ),
    Item(
        "none-of-the-above",
        "A 50-year-old man has sudden pain in the flank and blood in his urine.",
        "What is the most likely diagnosis?",
        "Appendicitis | Diverticulitis | Cholecystitis | *None of these diagnoses",
    ),
    Item(
        "k-type",
        "A 66-year-old man has a coronary stent since this morning and feels well.",
        "Which treatment should he take for the next months?",
        "*Aspirin plus clopidogrel | Aspirin alone | Clopidogrel alone | Neither of the two",
    ),
    Item(
        "k-type",
        "A 29-year-old woman is short of breath after a bee sting. Her lips are swollen.",
        "Which treatment is most appropriate first?",
        "Intramuscular epinephrine | Oral cetirizine | High-flow oxygen | *Both A and C",
    ),
    Item(
        "double-choice",
        "A 58-year-old man has had a dull chest pain for a week. His oxygen saturation is 91%.",
        "What is the most appropriate next step?",
        "*Start apixaban and order a CT | Chest radiograph | Spirometry"
        " | Exercise test",
    ),
    Item(
        "double-choice",
        "A 40-year-old gardener has a hot red shin and a temperature of 38.4 °C.",
        "What is the most likely diagnosis?",
        "*Cellulitis; start flucloxacillin | Gout | Venous thrombosis | Erythema nodosum",
    ),
    Item(
        "synonymous-choices",
        "A 31-year-old woman is suddenly breathless two weeks after a caesarean section.",
        "What is the most likely diagnosis?",
        "*Pulmonary embolism | Asthma | Pulmonary thromboembolism | Pneumothorax",
    ),
    Item(
        "synonymous-choices",
        "A 25-year-old man has taken an unknown number of tablets for pain. He is jaundiced.",
        "Which drug did he most likely take?",
        "*Acetaminophen | Ibuprofen | Codeine | Paracetamol",
    ),
    Item(
        "mixed-choices",
        "A 70-year-old woman has headaches, and her jaw tires while she chews. Her ESR is 88 mm/h.",
        "Which of these is most fitting for this patient?",
        "*Giant cell arteritis | Prednisone | Biopsy of the temporal artery | Migraine",
    ),
    Item(
        "vignette-not-needed",
        "A 66-year-old man has had a cough and fever for three days. He is admitted.",
        "Which organism most commonly causes community-acquired pneumonia in adults?",
        "*Streptococcus pneumoniae | Legionella pneumophila | Chlamydia psittaci",
    ),
    Item(
        "vignette-not-needed",
        "A 52-year-old man has had four attacks of pain in the big toe within a year.",
        "Which enzyme does allopurinol inhibit?",
        "*Xanthine oxidase | Cyclooxygenase | Urate oxidase | Adenosine deaminase",
    ),
    Item(
        "longest-correct",
        "A 24-year-old woman has had diarrhea for two days on a trip to Peru. She drinks well.",
        "What is the most appropriate treatment?",
        "*Oral rehydration with a single dose of azithromycin if she has to travel | Metronidazole"
        " | Intravenous saline | Ciprofloxacin",
    ),
    Item(
        "clang-cue",
        "A 43-year-old woman has blue fingers in the cold. Her face is sclerodermatous.",
        "What is the most likely diagnosis?",
        "*Sclerodermatous graft reaction | Lupus erythematosus | Cryoglobulinemia",
    ),
    Item(
        "equal-choices",
        "A 36-year-old man has a fever and a new murmur. He injects heroin.",
        "Which organism is most likely?",
        "*Staphylococcus aureus | Candida albicans | Staphylococcus\u00a0aureus",
    ),
    Item(
        "all-correct",
        "A 62-year-old man has crushing chest pain and ST elevation in leads II, III and aVF.",
        "Which drugs should he be given now?",
        "*Aspirin | *Ticagrelor | *Heparin",
    ),
    Item(
        "future-review",
        "A 28-year-old man has a swollen testicle that does not hurt.",
        "What is the most appropriate next test?",
        "*Ultrasound of the scrotum | Urine culture | CT of the abdomen",
        {"review": {"status": "reviewed", "by": "A. Clinician", "on": "2027-05-01"}},
    ),
    Item(
        "grammar-cue",
        "A 33-year-old woman sees double in the evening. Her pupils are normal.",
        "Which two tests will show the cause? Select two.",
        "*Antibodies in the serum | CT of the orbits | Lumbar puncture | Visual fields",
    ),
    Item(
        "reference-incomplete",
        "A 55-year-old woman has had a rash on her eyelids for a month, and her thighs are weak.",
        "What is the most likely diagnosis?",
        "*Dermatomyositis | Rosacea | Myasthenia gravis",
        _cites("The rash may come first [1].", volume=None, pages=None),
    ),
    Item(
        "reference-incomplete",
        "A 55-year-old man has had a rash on his knuckles for a month, and his thighs are weak.",
        "What is the most likely diagnosis?",
        "*Dermatomyositis | Psoriasis | Myasthenia gravis",
        _cites("The rash may come first [1].", pages="53"),
    ),
    Item(
        "reference-incomplete",
        "A 9-year-old girl has had a rash on her knuckles for a month and cannot climb stairs.",
        "What is the most likely diagnosis?",
        "*Dermatomyositis | Psoriasis | Myasthenia gravis",
        _cites("The rash may come first [1].", authors=["Callen JP", "et al"]),
    ),
    Item(
        "uncited-number",
        "A 48-year-old man has hard lumps beneath the skin of both elbows.",
        "What are these lumps most likely to be?",
        "*Calcium deposits | Gouty tophi | Rheumatoid nodules",
        _cites("In one series of 78 patients a third had lupus; 14% did so before age 20. It is"
               " seldom painful. Deposits may ulcerate [1]."),
    ),
    Item(
        "stale-guideline",
        "A 73-year-old woman has had palpitations since this morning. Her pulse is irregular.",
        "Which drug will best protect her from a stroke?",
        "*Apixaban | Aspirin | Clopidogrel",
        _cites("Women are at higher risk [1].", year="2016", title="Guidelines on the atria"),
    ),
)  # fmt: skip
"""Each with what `check` must say of it."""

GOOD = (
    Item(
        "",
        "A 57-year-old man has had swollen ankles since he began amlodipine. He has gained 1 kg.",
        "Which drug would best replace it?",
        "*Hydrochlorothiazide | Nifedipine | Verapamil | Minoxidil",
    ),
    Item(
        "",
        "A 38-year-old woman has a fever, a stiff neck and a rash that does not blanch.",
        "Which two steps come first? Select two.",
        "*Ceftriaxone by vein | *Blood cultures | CT of the head | Lumbar puncture first"
        " | Oral penicillin | Observation for an hour",
    ),
    Item(
        "",
        "A 26-year-old man has sharp chest pain that eases when he sits up. A rub is heard.",
        "Which initial treatment is most appropriate for him?",
        "*Ibuprofen plus colchicine | Emergency coronary angiography | Intravenous alteplase"
        " | Reassurance without drugs, as this is a variant of the normal ECG",
    ),
    Item(
        "",
        "A 74-year-old woman is pale and tired. Her hemoglobin is 71 g/L and her ferritin is low.",
        "Which of these most likely caused her anemia?",
        "*Cancer of the colon | Naproxen for her knees | A diet without meat | Celiac disease",
    ),
    Item(
        "",
        "A 63-year-old smoker is confused. His sodium is 118 mmol/L, his urine is concentrated.",
        "What is the most likely cause of his low sodium?",
        "*Syndrome of inappropriate antidiuresis | Adrenal insufficiency | Heart failure"
        " | Excessive drinking of water",
    ),
    Item(
        "",
        "A 41-year-old man has had gout twice this year. Aspirin is contraindicated in him.",
        "What is the best way to avoid a further attack?",
        "*Allopurinol every day | Colchicine at each attack | A diet without meat",
    ),
    Item(
        "",
        "An 80-year-old man with a mechanical valve vomits blood. His INR is 6.1.",
        "What should be given first?",
        "*Prothrombin complex with vitamin K | Fresh frozen plasma alone | Vitamin K by mouth"
        " | Tranexamic acid alone",
    ),
    Item(
        "",
        "A 20-year-old woman faints on standing. Her pulse rises from 72 to 124 per minute.",
        "What is the most appropriate next step?",
        "*Start fluids and salt, and review in a month | Admit for monitoring and an echocardiogram"
        " | Order a CT of the head and an EEG | Begin a beta blocker, and repeat the ECG",
    ),
    Item(
        "",
        "A 35-year-old nurse pricked herself with a needle. She was vaccinated as a child.",
        "Against which viruses did the vaccine protect her?",
        "*Hepatitis A and B | Hepatitis B and C | Hepatitis C and E",
    ),
    Item(
        "",
        "A 59-year-old man with diabetes has a potassium of 6.9 mmol/L and wide QRS complexes.",
        "How does calcium protect his heart?",
        "*By stabilizing the membrane | By moving potassium into cells | By binding potassium",
    ),
    Item(
        "",
        "A 30-year-old woman, 32 weeks pregnant, has a blood pressure of 168/112 mm Hg.",
        "Which drug should she be given first?",
        "*Labetalol | Ramipril | Atenolol | Hydralazine with furosemide",
    ),
    Item(
        "",
        "A 47-year-old man has had a positive screening test. One in 100 men like him is ill.",
        "The test is positive in 90% of the ill and 9% of the healthy. How likely is he ill?",
        "*About 9% | About 50% | About 90%",
    ),
    Item(
        "",
        "A 15-year-old boy has pain below the knee when he jumps. He grew 9 cm in a year.",
        "What should he be advised?",
        "*Rest from jumping until it hurts less | Surgery within the month"
        " | A brace by day and night | No sport before he stops growing",
    ),
    Item(
        "",
        "A 68-year-old man has lost 10 kg. His stools are pale, and his skin is yellow.",
        "Which test is most likely to show the cause?",
        "*CT of the pancreas | Gastroscopy | Liver biopsy | Stool culture",
        _cites(
            "A mass is seen early [1]. In a study of 240 patients CT found 92% of them. So it is"
            " done first.",
            authors=["Callen JP", "Khan M", "Lee S", "et al"],
        ),
    ),
    Item(
        "",
        "A 53-year-old woman has hot flushes and sleeps badly. She had a clot in a leg at 40.",
        "Which treatment is safest for her?",
        "*A low-dose antidepressant | Oral estrogen | Transdermal estrogen | Tibolone",
        _cites("The clot weighs most [1].", year="2022", title="Consensus on hot flushes"),
    ),
    Item(
        "",
        "A 44-year-old woman has a lump in the thyroid. Her TSH is low; a scan shows uptake.",
        "Which statement about the lump best fits the scan?",
        "*It makes hormone by itself | It is inflamed | It is full of fluid | It has spread",
    ),
)
"""None of which deserves a word."""
