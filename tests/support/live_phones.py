"""A live round as its people see it: the presenter's panel, and a phone for everybody else."""

from typing import Final

from tests.support.sandbox import Message, Person, SandboxClient
from tests.support.seeing import asked, buttons, says, text_of

CASE: Final = "calcinosis-cutis"
TWO_QUESTIONS: Final = "salicylate-acid-base"


async def educator(sandbox: SandboxClient, root: Person, name: str = "Ada") -> Person:
    """Somebody whom an administrator approved."""
    person = await sandbox.person(name, language_code="en")
    offer = await asked(person, "/cohort", "Cohorts are for educators")
    await person.press(offer, buttons(offer)["Ask"])
    card = await root.wait_for(says("asks to be approved", name))
    await root.press(card, buttons(card)["Approve"])
    await person.wait_for(says("You are approved as an educator"))
    return person


class Presenter:
    """Presses the buttons of the panel that stands last in their chat."""

    def __init__(self, person: Person, panel: Message) -> None:
        self.person = person
        self.panel = panel

    @classmethod
    async def begin(cls, person: Person, case: str = CASE) -> "Presenter":
        """Begin a round with a case."""
        sent = await person.send(f"/live {case}")
        panel = await person.wait_for(lambda m: "End" in buttons(m), after=sent["message_id"])
        return cls(person, panel)

    @property
    def code(self) -> str:
        """By which people join."""
        return text_of(self.panel).split("Code: ")[1].split()[0]

    async def press(self, label: str) -> str:
        """Press a button of the panel; what is said briefly, if anything."""
        self.panel = await self.now()
        answer = await self.person.press(self.panel, buttons(self.panel)[label])
        return "" if answer is None else str(answer.get("text", ""))

    async def step(self, label: str) -> None:
        """Press it, and wait until the panel shows that it was done."""
        await self.can(label)
        await self.press(label)
        await self.person.wait_for(
            lambda m: m["message_id"] == self.panel["message_id"] and label not in buttons(m)
        )

    async def can(self, label: str) -> None:
        """Wait until the panel has this button."""
        self.panel = await self.person.wait_for(
            lambda m: m["message_id"] == self.panel["message_id"] and label in buttons(m)
        )

    async def shows(self, *words: str) -> None:
        """Wait until the panel says so."""
        self.panel = await self.person.wait_for(
            lambda m: m["message_id"] == self.panel["message_id"] and says(*words)(m)
        )

    async def now(self) -> Message:
        """The panel as it stands."""
        number = self.panel["message_id"]
        return await self.person.wait_for(lambda m: m["message_id"] == number)


class Phone:
    """Somebody in the room, with the message of the latest question."""

    def __init__(self, person: Person) -> None:
        self.person = person
        self.question: Message = {}

    async def join(self, code: str) -> Message:
        """By the link; what is said."""
        return await asked(self.person, f"/start lv_{code}", "You are in")

    async def asks(self, *words: str) -> Message:
        """Wait until the question stands there, with these words."""
        after = self.question.get("message_id", 0) - 1
        self.question = await self.person.wait_for(
            lambda m: "1" in buttons(m) and says(*words)(m), after=after
        )
        return self.question

    async def says(self, *words: str) -> Message:
        """Wait until the message of the question says this."""
        number = self.question["message_id"]
        self.question = await self.person.wait_for(
            lambda m: m["message_id"] == number and says(*words)(m)
        )
        return self.question

    async def press(self, label: str) -> str:
        """Press a button under the question; what is said briefly."""
        answer = await self.person.press(self.question, buttons(self.question)[label])
        return "" if answer is None else str(answer.get("text", ""))

    def number_of(self, choice: str) -> str:
        """By which number a choice goes here."""
        lines = (line.partition(". ") for line in text_of(self.question).splitlines())
        return next(number for number, _, text in lines if text.startswith(choice))


async def phones(sandbox: SandboxClient, code: str, *names: str) -> list[Phone]:
    """People who have joined."""
    room = [Phone(await sandbox.person(name, language_code="en")) for name in names]
    for phone in room:
        await phone.join(code)
    return room
