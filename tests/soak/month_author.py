"""A case in a month, from an author's pasted text to its signature and to the group."""

from collections.abc import Mapping

from msgspec import Struct

from content.codes import case_code
from tests.soak.month_actors import Actor, Scene, showing
from tests.support.panels import data_behind
from tests.support.sandbox import Chat, Message
from tests.support.seeing import buttons, text_of

TITLE = "A hand that hangs after a night on a bench"
CASE_ID = "a-hand-that-hangs-after-a-night-on-a-bench"
_TEXT = f"""\
{TITLE}

A 34-year-old man wakes on a park bench after a party, and cannot lift his right hand. Wrist and \
fingers hang; he cannot straighten them. Elbow extension and the triceps reflex are normal, and \
the back of the hand between thumb and index finger is numb. He feels well otherwise.

Where is the lesion most likely?

A. Left motor cortex
B. Radial nerve in the upper arm
C. Seventh cervical root
D. Posterior interosseous nerve

The nerve lies against the humerus in the spiral groove, where an edge presses on it [1].

References
1. Spinner RJ, Tiel RL. The origin of Saturday night palsy? Neurosurgery 2002;51:737-41.
"""
_WHY = """\
A. A cortical hand is seldom numb in one nerve's area, and flexion would be weak as well.
B. The triceps leaves above the spiral groove: it is spared, while wrist, fingers and skin are not.
C. The triceps and its reflex would be weak.
D. That nerve carries no skin, and the wrist can still be lifted.
"""
_KEY_POINT = (
    "A wrist that hangs with a strong triceps and a numb first web is a radial nerve pressed on."
)


class MonthAuthor(Struct):
    """Grace writes, Ann signs, Rosa made them what they are, and Dora brings it to the group."""

    actors: Mapping[str, Actor]
    group: Chat

    def scenes(self) -> dict[tuple[int, int], Scene]:
        """By day and window: what happens."""
        return {
            (9, 0): self._write,
            (10, 1): self._publish_sign_and_choose,
            (20, 0): self._look,
        }

    async def _invited(self, name: str, label: str, *words: str) -> Message:
        """Somebody opens a link for a role."""
        rosa = self.actors["Rosa"]
        page = await rosa.say("/roles", label)
        page = await rosa.turn(page, label, "?start=")
        payload = text_of(page).split("?start=")[1].split()[0]
        return await self.actors[name].say(f"/start {payload}", *words)

    async def _write(self) -> None:
        """Grace accepts, and sends a text that does not say which choice is right."""
        invited = await self._invited("Grace", "Link for an author", "invited to write cases")
        grace = self.actors["Grace"]
        await grace.turn(invited, "I will write cases", "You write cases here")
        await grace.say("/write", "Send it now as it stands")
        page = await grace.say(_TEXT, "1 message taken")
        await grace.turn(page, "Done", f"Draft: {TITLE}")

    async def _publish_sign_and_choose(self) -> None:
        """In one evening: later the group might have had the case by its turn."""
        await self._publish()
        await self._sign()
        await self._choose()

    async def _publish(self) -> None:
        """She goes on, and publishes."""
        grace = self.actors["Grace"]
        listed = await grace.say("/drafts", TITLE)
        page = await grace.turn(listed, "1", "Open")
        page = await grace.turn(page, "Open", "Go on: what is missing")
        page = await grace.turn(page, "Go on: what is missing", "right?")
        while "It can be published" not in text_of(page):
            page = await self._supply(grace, page)
        page = await grace.turn(page, "Publish", "What stays:")
        page = await grace.turn(page, "Publish it now", "It is being published")
        await grace.sees("Published and in use", after=page["message_id"])

    async def _supply(self, grace: Actor, page: Message) -> Message:
        """What the page asks for; the page that comes of it."""
        asked = text_of(page)
        for words, answer in (
            ("Why is each", _WHY),
            ("What to remember", _KEY_POINT),
            ("Send one or more", "neurology"),
        ):
            if words in asked:
                return await self._next(grace, asked, await grace.person.send(answer))
        for label in ("Radial", "Students", "As Grace", "CC-BY-4.0", "Take it", "Skip"):
            if any(text.startswith(label) for text in buttons(page)):
                await grace.press(page, label)
                return await self._next(grace, asked, page)
        raise AssertionError(f"what to say to this? {asked!r}: {list(buttons(page))}")

    async def _next(self, grace: Actor, asked: str, last: Message) -> Message:
        """The page as soon as it is another."""
        return await grace.person.wait_for(
            lambda m: showing()(m) and bool(buttons(m)) and text_of(m) not in {"", asked},
            after=last["message_id"] - 1,
        )

    async def _sign(self) -> None:
        """Ann becomes a reviewer, looks at what waits, and signs the case."""
        invited = await self._invited("Ann", "Link for a reviewer", "invited to review cases")
        ann = self.actors["Ann"]
        await ann.turn(invited, "Another name", "Write the name")
        await ann.say("Ann Lee, MD, neurologist", "You review cases here")
        await ann.say("/review_cases", "Neurology")
        page = await ann.say(f"/review_cases {case_code(CASE_ID)}", "If you sign")
        await ann.turn(page, "Sign", "You signed case")

    async def _choose(self) -> None:
        """Dora lets it come next in the group."""
        dora, group = self.actors["Dora"], self.group
        sent = await group.send(dora.person, "/settings")
        after: int = sent["message_id"]
        words: tuple[str, ...] = ("Schedule",)
        for label in ("Schedule", "Coming cases", "Choose a case", "Neurology", TITLE[:20]):
            page = await group.wait_for(None, showing(*words), after=after - 1)
            after, words = page["message_id"], _NEXT[label]
            await group.press(dora.person, page, data_behind(page, label))
            dora.transcript.did(group.id, dora.name, f"presses {label}")
        await group.wait_for(None, showing(*words), after=after - 1)

    async def _look(self) -> None:
        """Grace looks what became of her case."""
        grace = self.actors["Grace"]
        page = await grace.say("/drafts", "My published cases")
        page = await grace.turn(page, "My published cases", "Cases that you published")
        await grace.turn(page, "1", "State: in use")


_NEXT = {
    "Schedule": ("Coming cases",),
    "Coming cases": ("Choose a case",),
    "Choose a case": ("Which topic?",),
    "Neurology": ("posted here before", TITLE[:20]),
    TITLE[:20]: ("Unpin",),
}
"""What the settings message shows once a button is pressed."""
