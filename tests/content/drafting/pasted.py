"""A case as physicians paste it, in pieces that tests put together."""

STORY = (
    "A 54-year-old man comes with chest pain that wakes him at night. It lasts 10 minutes.\n\n"
    "He smokes 20 cigarettes a day, and his ECG between attacks is normal."
)
QUESTION = "What is the most likely diagnosis?"
CHOICES = ("Unstable angina", "Vasospastic angina", "Acute pericarditis", "Reflux disease")
EXPLANATION = "Attacks at rest in a smoker, with a normal ECG between them, point to spasm [1]."
POINT = "Chest pain at rest at night with ST elevation is vasospasm."
REFERENCE = (
    "1. Beltrame JF, Crea F, Kaski JC, et al. International standardization of diagnostic criteria"
    " for vasospastic angina. Eur Heart J. 2017;38(33):2565-2568. doi:10.1093/eurheartj/ehv351"
)


def pasted(answer: str = "Answer: B", mark: str = "{letter}. {text}", starred: int = -1) -> str:
    """The whole text, with its choices marked so and the right one told so, if at all."""
    choices = [
        mark.format(letter="ABCD"[n], number=n + 1, text=text) + (" *" if n == starred else "")
        for n, text in enumerate(CHOICES)
    ]
    parts = ["Title: Chest pain at night", STORY, QUESTION + "\n" + "\n".join(choices), answer]
    parts += [f"Explanation: {EXPLANATION}", f"Key point: {POINT}", f"References\n{REFERENCE}"]
    return "\n\n".join(filter(None, parts))


SPANISH = """\
Título: Dolor torácico nocturno

Caso clínico: Un hombre de 54 años consulta por dolor torácico que lo despierta de noche.

Pregunta: ¿Cuál es el diagnóstico más probable?
a) Angina inestable
b) Angina vasoespástica
c) Pericarditis aguda

Respuesta correcta: b
Explicación: El dolor en reposo de un fumador señala al espasmo [1].
Punto clave: El dolor nocturno en reposo es vasoespasmo.

Bibliografía
1. Kaski JC. Microvascular angina. Lancet 2000;355:53-57.
"""
FRENCH = """\
Titre : Douleur thoracique nocturne

Un homme de 54 ans consulte pour une douleur thoracique qui le réveille la nuit.

Quel est le diagnostic le plus probable ?
A. Angor instable
B. Angor spastique
C. Péricardite aiguë

Réponse : B
Explication : La douleur au repos chez un fumeur oriente vers un spasme [1].
À retenir : La douleur nocturne au repos est un spasme.

Références
1. Kaski JC. Microvascular angina. Lancet 2000;355:53-57.
"""
