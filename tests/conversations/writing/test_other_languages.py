"""What is found in a draft is said in its author's language; topics that no case has are told."""

from tests.conversations.writing.conftest import answered, pressed
from tests.support.sandbox import Person
from tests.support.seeing import asked, says, text_of


async def test_findings_and_reasons_come_in_the_author_s_language(ada: Person) -> None:
    """Errors, advice, `Why?`, and why a part is refused; the words of the case stay."""
    question = await asked(ada, "/language", "Which language")
    await ada.press(question, "lang:es")
    await ada.wait_for(says("A partir de ahora hablo español."))
    page = await asked(ada, "/write", "Envía")
    page = await pressed(ada, page, "Parte por parte", "Título.")
    await answered(ada, "Nódulos", "Viñeta.")
    page = await answered(ada, "A man of 50 always denies pain.", "Imagen.")
    page = await pressed(ada, page, "Todo el borrador", "Borrador: Nódulos", "Aún no hay pregunta.")
    assert "There is" not in text_of(page)
    page = await pressed(ada, page, "1. ¿Por qué?", "Todo caso")
    page = await pressed(ada, page, "Volver", "Borrador: Nódulos")
    page = await pressed(ada, page, "Cambiar una parte", "¿Qué parte?")
    page = await pressed(ada, page, "Opciones", "Opciones.")
    await answered(ada, "Solo una", "Escribe de 2 a 12 opciones, una por línea.")


async def test_a_topic_that_no_case_has_is_told_with_those_that_may_be_meant(ada: Person) -> None:
    """Also where its message is edited; a known one is taken without a word."""
    page = await asked(ada, "/write", "Send it now")
    page = await pressed(ada, page, "Part by part", "Title.")
    page = await answered(ada, "Lumps", "Vignette.")
    page = await pressed(ada, page, "The whole draft", "Draft: Lumps")
    page = await pressed(ada, page, "Change a part", "Which part?")
    page = await pressed(ada, page, "Topics", "Topics.")
    sent = await ada.send("cardiolgy, dermatology")
    before = sent["message_id"]
    page = await ada.wait_for(says("has the topic “cardiolgy” yet"), after=before)
    assert "There is: cardiology." in text_of(page)
    assert "“dermatology”" not in text_of(page)
    await ada.edit(sent, "cardiology")
    page = await ada.wait_for(says("Changed: Topics."), after=before)
    assert "has the topic" not in text_of(page)
    await ada.edit(sent, "space walks")
    page = await ada.wait_for(says("has the topic “space-walks” yet"), after=before)
    assert "There is:" not in text_of(page)


async def test_whose_case_is_in_another_language_reads_what_is_not_judged(ada: Person) -> None:
    """The lists of words that weaken a question are English; nothing is said of an English case."""
    page = await asked(ada, "/write", "Send it now")
    page = await pressed(ada, page, "Part by part", "Title.")
    page = await answered(ada, "Nódulos duros", "Vignette.")
    page = await pressed(ada, page, "The whole draft", "Draft: Nódulos duros")
    assert "wording in English alone" not in text_of(page)
    page = await pressed(ada, page, "Change a part", "Which part?")
    page = await pressed(ada, page, "Case language", "In which language")
    page = await pressed(ada, page, "es", "Draft: Nódulos duros", "wording in English alone.")
