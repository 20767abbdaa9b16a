"""Names that mean the same, so that two choices that look different are one."""

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations, groupby

from content.lint.words import ARTICLES, FUNCTION_WORDS, stem, tokens

_SYNONYMS = """
acetaminophen = paracetamol
acid reflux = gastroesophageal reflux disease = gastroesophageal reflux
adrenal failure = adrenal insufficiency = hypoadrenalism
albuterol = salbutamol
ankylosing spondylitis = Bechterew disease
anterior pituitary failure = hypopituitarism
aortic incompetence = aortic insufficiency = aortic regurgitation
ascorbic acid = vitamin C
bleeding = hemorrhage
brain = cerebral
broken heart syndrome = stress cardiomyopathy = takotsubo cardiomyopathy = takotsubo syndrome
cancer = carcinoma
cardiac = heart
celiac disease = celiac sprue = gluten-sensitive enteropathy
cerebrovascular accident = stroke
chickenpox = varicella
cholecalciferol = vitamin D3
chronic lymphocytic thyroiditis = Hashimoto disease = Hashimoto thyroiditis
cobalamin = vitamin B12
collapsed lung = pneumothorax
computed tomography = CT
congestive heart failure = heart failure
cosyntropin test = short Synacthen test = corticotropin test
decreased = lowered = reduced
deep vein thrombosis = deep venous thrombosis
diffuse toxic goiter = Graves disease
disseminated intravascular coagulation = consumption coagulopathy
dyspnea = breathlessness = shortness of breath
electrocardiogram = ECG = EKG
electroencephalogram = EEG
elevated = increased = raised
eosinophilic granulomatosis with polyangiitis = Churg-Strauss syndrome
epinephrine = adrenaline
epistaxis = nosebleed
ergocalciferol = vitamin D2
fainting = syncope
fever = pyrexia
fibre = fiber
folate = folic acid = vitamin B9
frusemide = furosemide
full blood count = complete blood count = CBC = FBC
gallstones = cholelithiasis
giant cell arteritis = temporal arteritis
glyceryl trinitrate = nitroglycerin
goiter = goitre
granulomatosis with polyangiitis = Wegener granulomatosis
heart attack = acute myocardial infarction = myocardial infarction
hemorrhoids = piles
hepatic = liver
herpes zoster = shingles
high blood pressure = hypertension
hives = urticaria
idiopathic facial palsy = Bell palsy
immune thrombocytopenia = immune thrombocytopenic purpura = idiopathic thrombocytopenic purpura
infectious mononucleosis = glandular fever = mono
intravenous = IV = by vein
isoprenaline = isoproterenol
itching = pruritus
kidney = renal
kidney stones = nephrolithiasis = renal calculi
leprosy = Hansen disease
lidocaine = lignocaine
Lou Gehrig disease = amyotrophic lateral sclerosis
low blood pressure = hypotension
low blood sugar = hypoglycemia
lung = pulmonary
magnetic resonance imaging = MRI
meperidine = pethidine
mitral incompetence = mitral insufficiency = mitral regurgitation
mucocutaneous lymph node syndrome = Kawasaki disease
multiple myeloma = plasma cell myeloma
neoplasm = tumor = tumour
nephroblastoma = Wilms tumor
norepinephrine = noradrenaline
oral = orally = by mouth
osteitis deformans = Paget disease of bone
pertussis = whooping cough
primary adrenal insufficiency = Addison disease
primary aldosteronism = Conn syndrome
primary biliary cholangitis = primary biliary cirrhosis
Prinzmetal angina = variant angina = vasospastic angina
pseudogout = calcium pyrophosphate arthritis = calcium pyrophosphate crystal arthritis
pulmonary embolism = pulmonary thromboembolism = lung embolism
radiograph = x-ray
reactive arthritis = Reiter syndrome
renal failure = renal insufficiency
rifampicin = rifampin
thromboangiitis obliterans = Buerger disease
thyroxine = levothyroxine
tricuspid incompetence = tricuspid insufficiency = tricuspid regurgitation
trisomy 21 = Down syndrome
ultrasound = ultrasonography = sonography
underactive thyroid = hypothyroidism
undulant fever = brucellosis
vitamin B1 = thiamine
vitamin B6 = pyridoxine
"""
"""Each line holds names of one thing, all of them textbook synonyms, British and American among
them. What merely belongs together, such as thyrotoxicosis and Graves disease, is not here."""

# What follows “of” can stand before the rest: embolism of the lung.
_OF = re.compile(r"^([^,;]{1,60}?) of (?:the )?([^,;]{1,60})$", re.IGNORECASE)
_ABBREVIATION = re.compile(r"[A-Z]{2,6}")
_LONGEST = 6  # words of a name


def same_things(texts: Sequence[str]) -> Iterator[tuple[int, int]]:
    """The pairs of texts that name one thing in different words."""
    words = [_stems(text) for text in texts]
    named = [_named(_stems(_OF.sub(r"\2 \1", text))) for text in texts]
    for one, other in combinations(range(len(texts)), 2):
        alike = words[one] != words[other] and named[one] and named[one] == named[other]
        if alike or _abbreviates(texts[one], texts[other]):
            yield one, other


def _stems(text: str) -> tuple[str, ...]:
    return tuple(stem(word) for word in tokens(text) if word not in ARTICLES)


def _replaced(words: tuple[str, ...], names: Mapping[tuple[str, ...], str]) -> Iterator[str]:
    """The words, with one word for each name that is known, the longest first."""
    place = 0
    while place < len(words):
        for length in range(min(_LONGEST, len(words) - place), 0, -1):
            if name := names.get(words[place : place + length]):
                yield name
                break
        else:
            length = 1
            yield words[place]
        place += length


def _named(words: tuple[str, ...]) -> list[str]:
    """What the words name, once where it is named twice: epinephrine (adrenaline)."""
    found = _replaced(tuple(_replaced(words, _WORDS)), _NAMES)
    return [name for name, _ in groupby(found)]


def _abbreviates(one: str, other: str) -> bool:
    """Whether one text is the initials of the other: DVT, deep vein thrombosis."""
    short, full = sorted((one, other), key=len)
    if not _ABBREVIATION.fullmatch(short):
        return False
    initials = [token[0] for token in tokens(full)]
    content = [token[0] for token in tokens(full) if token not in FUNCTION_WORDS]
    return short.lower() in ("".join(initials), "".join(content))


def _table() -> tuple[dict[tuple[str, ...], str], dict[tuple[str, ...], str]]:
    """Words that mean the same, then names of several words, both by their stems."""
    lines = [[_stems(name) for name in line.split("=")] for line in _SYNONYMS.strip().splitlines()]
    alone = [names for names in lines if all(len(name) == 1 for name in names)]
    words = {name: names[0][0] for names in alone for name in names}
    phrases = {
        tuple(_replaced(name, words)): " ".join(names[0])
        for names in lines
        if names not in alone
        for name in names
    }
    return words, phrases


_WORDS, _NAMES = _table()
