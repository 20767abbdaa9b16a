"""What kind of thing a choice names: a disease, a drug, a test or a procedure."""

import re
from enum import StrEnum

from content.lint.words import tokens, word_set


class Kind(StrEnum):
    """Told by a choice's last word before a preposition: “acute *asthma*”, “*biopsy* of the skin”.

    What is known by no ending and no list is of no kind.
    """

    DISEASE = "disease"
    DRUG = "drug"
    TEST = "test"
    PROCEDURE = "procedure"


_WORDS = {
    Kind.DISEASE: word_set(
        """
        abscess anaphylaxis aneurysm appendicitis arrhythmia asthma attack botulism bradycardia
        cancer cirrhosis crisis delirium dementia depression dermatomyositis diabetes diphtheria
        disease disorder dissection eczema edema effusion embolism emphysema encephalopathy
        endometriosis epilepsy failure fibrillation flutter fracture gout haemorrhage hemorrhage
        hernia hyperparathyroidism hypersensitivity hypertension hyperthyroidism
        hypoparathyroidism hypotension hypothyroidism infarction infection infections influenza
        injury insufficiency ischaemia ischemia leprosy leukaemia leukemia lupus malaria
        malignancy measles metastases migraine mumps myopathy myxedema myxoedema neuralgia
        obstruction oedema overdose palsy pellagra pneumonia pneumothorax poisoning preeclampsia
        psoriasis regurgitation rejection rickets rubella rupture sarcoidosis schizophrenia
        sclerosis scurvy seizure seizures sepsis shock stenosis stroke syncope syndrome syphilis
        tachycardia tamponade tetanus thalassaemia thalassemia toxicity tuberculosis tumor
        tumour typhoid ulcer urticaria varicella vasculitis zoster
        """
    ),
    Kind.DRUG: word_set(
        """
        acetaminophen acetylcysteine adenosine adrenaline albuterol allopurinol aminophylline
        amiodarone antibiotics antihistamine aspirin atropine azathioprine baclofen
        benzodiazepine bisphosphonate bumetanide carbamazepine ceftriaxone cetirizine
        clopidogrel codeine colchicine corticosteroids cyclophosphamide dabigatran desmopressin
        dexamethasone digoxin diltiazem dopamine enoxaparin epinephrine fentanyl furosemide
        glucagon heparin hydrocortisone hydroxychloroquine ibuprofen insulin iron isoniazid
        ketamine levetiracetam levodopa levothyroxine lithium loperamide magnesium mannitol
        metformin methimazole methotrexate methylprednisolone metoclopramide morphine naloxone
        naproxen nitrofurantoin nitroglycerin noradrenaline norepinephrine octreotide opioid
        paracetamol phenobarbital phenytoin prednisolone prednisone probenecid propylthiouracil
        pyridostigmine rifampicin rifampin salbutamol spironolactone statin steroids
        sulfasalazine tramadol triamcinolone valproate vancomycin verapamil warfarin
        """
    ),
    Kind.TEST: word_set(
        """
        angiogram arteriography assay audiogram audiometry biopsy capnography ct ctpa culture
        cultures ecg echocardiogram eeg electrophoresis elisa manometry mri oximetry pcr
        radiograph radiographs scan scintigraphy serology sonogram spirometry test testing tests
        titer titre ultrasonography ultrasound urinalysis x-ray xray
        """
    ),
    Kind.PROCEDURE: word_set(
        """
        ablation amputation angioplasty arthroplasty cardioversion cesarean dialysis drainage
        haemodialysis hemodialysis intubation laparotomy lithotripsy operation
        pericardiocentesis phototherapy plasmapheresis radiotherapy resection surgery
        thoracentesis transplant transplantation
        """
    ),
}
_ENDINGS = {
    Kind.DISEASE: word_set("aemia algia emia itis oma opathy osis penia plegia"),
    Kind.DRUG: word_set(
        "azole bactam barbital caine cillin codone coxib cycline dipine dronate fenac floxacin"
        " gliflozin gliptin glutide grel lukast mab micin mycin nib nisolone nisone olol oxetine"
        " parin phylline platin prazole pril profen quine sartan semide setron statin terol"
        " thiazide tidine trexate triptan vir xaban zepam zolam zosin"
    ),
    Kind.TEST: word_set("ogram ography oscopy"),
    Kind.PROCEDURE: word_set("centesis ectomy oplasty ostomy otomy"),
}
_OF_NO_KIND = word_set(
    "apoptosis coma diagnosis endocytosis hypnosis kilogram meiosis mitosis osmosis phagocytosis"
    " prognosis program stoma stroma symptomatology"
)
_ACTIONS = word_set(
    """
    add adjust administer admit advise anticoagulate apply arrange ask assess avoid begin cancel
    change check consult continue decrease defer delay discharge discontinue do drain elevate
    encourage ensure evaluate examine exchange explain give hold immobilize increase initiate
    inject insert intubate investigate keep leave measure monitor move note observe obtain offer
    omit operate order perform place postpone prepare prescribe proceed provide raise reassure
    recommend record reduce refer remove repeat replace report request resume schedule screen
    send start stop substitute switch take taper tell transfer transfuse treat try vaccinate
    ventilate wait warn watch withdraw withhold
    """
)
_PRONOUNS = word_set("he her his it its she that their there these they this those")
_RESULTS = word_set(
    "abnormal decreased elevated high increased low negative normal positive prolonged raised"
    " reduced"
)
_BEFORE_ACTIONS = word_set("do immediately not now then to urgently")
_UNSPOKEN = re.compile(r"\([^()]*\)|\b\d[\d.,]*\s*(?:%|[a-zµ]+(?:/[a-z]+)*)?", re.IGNORECASE)
_HEAD_ENDS = re.compile(
    r"\s+(?:about|after|against|as|at|because|before|beside|by|caused|due|for|from|given|if|in|into"
    r"|of|on|per|that|through|to|under|until|when|while|with|within|without)\b|[,;:]",
    re.IGNORECASE,
)
_MANNER = word_set(
    "again alone daily early first immediately intravenously later now once only orally today"
    " tomorrow tonight twice urgently"
)


def kind_of(text: str) -> Kind | None:
    """The kind of what a text names; None where its head word is not known."""
    head = _HEAD_ENDS.split(_UNSPOKEN.sub(" ", text).strip(), maxsplit=1)[0]
    words = tokens(head)
    if words[:1] and words[0] in _PRONOUNS:  # a sentence, not a name
        return None
    while words and words[-1] in _MANNER:
        words.pop()
    kind = kind_of_word(words[-1]) if words else None
    if kind is Kind.DISEASE and is_action(head):
        return None
    return None if kind is Kind.TEST and not _RESULTS.isdisjoint(words) else kind


def is_action(text: str) -> bool:
    """Whether a text tells to do something: start, give, order; but not “increase in”."""
    words = [word for word in tokens(text) if word not in _BEFORE_ACTIONS][:2]
    return bool(words) and words[0] in _ACTIONS and words[1:] not in (["in"], ["of"])


def kind_of_word(word: str) -> Kind | None:
    """The kind of what a lower-case word names, by a list or by its ending."""
    if word in _OF_NO_KIND:
        return None
    forms = (word, word.removesuffix("s"))
    for kind, known in _WORDS.items():
        if not known.isdisjoint(forms):
            return kind
    for kind, endings in _ENDINGS.items():
        if any(f.endswith(end) and len(f) > len(end) + 1 for f in forms for end in endings):
            return kind
    return None
