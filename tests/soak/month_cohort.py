"""A cohort in a month: its link, weekly assignments, their reports, and a live round."""

import asyncio
import random
from collections.abc import Mapping, Sequence

from msgspec import Struct

from tests.soak.month_actors import Actor, Scene
from tests.support.live_phones import Phone, Presenter
from tests.support.sandbox import Message
from tests.support.seeing import buttons, is_poll, text_of

_GO_ON = "Go on with the session"
LIVE = (18, 1)
"""The day and the window of the live round."""
_MEMBERS = ("Ada", "Ben", "Eli", "Femi", "Grace")
_ALIASED = "Hugo"
_OVER = "the exam is handed in"
_PRESENTED = "salicylate-acid-base"


class MonthCohort(Struct):
    """Dora teaches, Rosa runs the bot, and the others are residents."""

    actors: Mapping[str, Actor]
    dice: random.Random

    def scenes(self) -> dict[tuple[int, int], Scene]:
        """By day and window: what happens."""
        return {
            (1, 1): self._begin,
            (2, 1): self._assign_study,
            (3, 1): self._some_do_it,
            (7, 1): self._others_do_it,
            (8, 1): self._look,
            (12, 1): self._report,
            (14, 1): self._assign_exam,
            (15, 1): self._sit_exam,
            LIVE: self._live,
            (23, 1): self._report,
        }

    async def _begin(self) -> None:
        """The educator is approved, makes the cohort, and all join."""
        dora, rosa = self.actors["Dora"], self.actors["Rosa"]
        await rosa.say("/start", "Good morning")
        offer = await dora.say("/cohort", "Cohorts are for educators")
        await dora.press(offer, "Ask")
        card = await rosa.sees("asks to be approved")
        await rosa.press(card, "Approve")
        await dora.sees("You are approved as an educator")
        page = await dora.say("/cohort", "You teach no cohort yet")
        await dora.turn(page, "Make a cohort", "Write the cohort's title")
        page = await dora.say("Residents", "0 members", "?start=")
        await dora.turn(page, "Report each Monday", "No report on Mondays")
        payload = text_of(page).split("?start=")[1].split()[0]
        for name in _MEMBERS:
            member = self.actors[name]
            consent = await member.say(f"/start {payload}", "You are invited to join")
            await member.turn(consent, f"Join as {name}", "You joined")
        hugo = self.actors[_ALIASED]
        consent = await hugo.say(f"/start {payload}", "You are invited to join")
        await hugo.turn(consent, "Join under an alias", "Write the alias")
        await hugo.say("Owl", "You joined")

    async def _assign_study(self) -> None:
        page = await self._draft("5")
        await self.actors["Dora"].turn(page, "Assign", "Try it")

    async def _assign_exam(self) -> None:
        page = await self._draft("5", "Exam", "Explained after due", "Late: refused")
        await self.actors["Dora"].turn(page, "Assign", "Try it")

    async def _draft(self, *labels: str) -> Message:
        """What Dora is about to assign, due on a Friday evening."""
        dora = self.actors["Dora"]
        listed = await dora.say("/assign", "New assignment")
        page = await dora.turn(listed, "New assignment", "New assignment for")
        for label in labels:
            if f"✓ {label}" not in buttons(page):
                page = await dora.turn(page, label, f"✓ {label}")
        await dora.turn(page, "Due on", "By when is it due?")
        return await dora.say("Friday 18:00", "New assignment for", "✓ Due on")

    async def _some_do_it(self) -> None:
        await self._do("Eli", "Grace", "Hugo")

    async def _others_do_it(self) -> None:
        await self._do("Femi")

    async def _do(self, *names: str) -> None:
        """They work through what was assigned last."""
        await asyncio.gather(*(self._work(self.actors[name]) for name in names))

    async def _work(self, member: Actor) -> None:
        card = await self._card(member)
        after = card["message_id"]
        await member.press(card, "Start")
        while True:
            said = await member.person.wait_for(
                lambda m: is_poll(m) or _GO_ON in buttons(m) or "Handed in:" in text_of(m),
                after=after,
            )
            after = said["message_id"]
            if is_poll(said):
                await self._vote(member, said)
            elif _GO_ON in buttons(said):
                await member.press(said, _GO_ON)
            else:
                return

    async def _card(self, member: Actor) -> Message:
        """The latest card of an assignment."""
        await member.sees("Your cohort has something to do")
        cards = [one for one in await member.person.messages() if "Start" in buttons(one)]
        return cards[-1]

    async def _vote(self, member: Actor, poll: Message) -> None:
        many = 2 if poll["poll"]["allows_multiple_answers"] else 1
        await member.vote(poll, self.dice.sample(range(len(poll["poll"]["options"])), many))

    async def _look(self) -> None:
        """Dora looks how far all are, and reminds the others."""
        dora = self.actors["Dora"]
        listed = await dora.say("/assign", "New assignment")
        label = next(label for label in buttons(listed) if "5 cases" in label)
        page = await dora.turn(listed, label, "Remind now")
        await dora.press(page, "Remind now")
        await self.actors["Femi"].say("/cohorts", "Residents")

    async def _report(self) -> None:
        await self.actors["Dora"].say("/report", "Report: Residents")

    async def _sit_exam(self) -> None:
        for name in ("Eli", "Grace", "Femi", "Hugo"):
            await self._sit(self.actors[name])

    async def _sit(self, member: Actor) -> None:
        card = await self._card(member)
        page = await member.turn(card, "Start", "Question 1 of", "Overview")
        while True:
            choices = [label for label, data in buttons(page).items() if ":c:" in data]
            if choices:  # else it was taken away meanwhile
                await member.press(page, self.dice.choice(choices))
            if "Next →" not in buttons(page):
                break
            place = int(_seen(page).split("Question ")[1].split()[0])
            await member.press(page, "Next →")
            words = (f"Question {place + 1} of", "Overview")
            page = await member.either(*words, other=_OVER, after=card)
            if _OVER in text_of(page):  # this clock is fast
                return
        await member.press(page, "Overview")
        page = await member.either(" answered ·", other=_OVER, after=card)
        if "Hand in" in buttons(page):
            await member.turn(page, "Hand in", "anded in")

    async def _live(self) -> None:
        """Two questions, the first of which is discussed; two come late, and one never votes."""
        presenter = await Presenter.begin(self.actors["Dora"].person, _PRESENTED)
        room = [Phone(self.actors[name].person) for name in (*_MEMBERS, _ALIASED)]
        await asyncio.gather(*(phone.join(presenter.code) for phone in room[:4]))
        await _steps(presenter, "Show the case", "Open")
        await asyncio.gather(*(phone.join(presenter.code) for phone in room[4:]))
        await self._ballot(room)
        await _steps(presenter, "Close", "Show votes", "Discuss, vote again")
        await self._ballot(room)
        await _steps(presenter, "Close", "Show votes", "Reveal", "Next", "Open")
        await self._ballot(room)
        await _steps(presenter, "Close", "Show votes", "Reveal", "End")

    async def _ballot(self, room: Sequence[Phone]) -> None:
        async def vote(phone: Phone) -> None:
            await phone.asks()
            numbers = [label for label in buttons(phone.question) if label.isdecimal()]
            await phone.press(self.dice.choice(numbers))

        await asyncio.gather(*map(vote, room[:-1]))


async def _steps(presenter: Presenter, *labels: str) -> None:
    for label in labels:
        await presenter.step(label)


def _seen(message: Message) -> str:
    return str(message.get("text") or message.get("caption") or "")
