"""Whatever hostile people send: nothing crashes, nothing leaks, nobody does what they may not."""

import asyncio
import io
import json
import logging
import socket
from contextlib import AsyncExitStack
from itertools import count
from pathlib import Path
from typing import Any

import httpx
import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as examples
from hypothesis import strategies as st

from bot.base.listen_address import ListenAddress
from bot.base.logs import DiscreetFormatter
from bot.features.shared.chat_settings import ChatSettings
from bot.sandbox.server import SandboxServer
from bot.settings import Settings
from bot.telegram.webhook import secret_of
from tests.support.bot import TOKEN, running_bot, settings_for
from tests.support.chats import set_up_chats
from tests.support.database import query
from tests.support.hostile import MARK, presses, updates
from tests.support.library import two_cases
from tests.support.sandbox import Chat, Person, SandboxClient
from tests.support.trouble import PATIENCE_S, answers, arrive, ask, explained, fast_clock, says

EXAMPLES = 8
SECRET = {
    "X-Telegram-Bot-Api-Secret-Token": secret_of(TOKEN),
    "Content-Type": "application/json",
}


class Besieged:
    """A bot by webhook, somebody who learns with it, and a stranger who can post any update."""

    settings: Settings
    sandbox: SandboxClient
    learner: Person
    stranger: Person
    admin: Person
    ward: Chat
    kept: list[Any]

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._stack = AsyncExitStack()
        self._numbers = count(5_000_000_000)
        self.log = io.StringIO()

    async def begin(self) -> None:
        """Everybody is there, and what must not change is known."""
        handler = logging.StreamHandler(self.log)
        handler.setFormatter(DiscreetFormatter(TOKEN))
        logging.getLogger().addHandler(handler)
        self._stack.callback(logging.getLogger().removeHandler, handler)
        server = SandboxServer(clock=fast_clock(50))
        await server.start()
        self._stack.push_async_callback(server.stop)
        self.sandbox = await self._stack.enter_async_context(SandboxClient(server.url))
        self.admin = admin = await self.sandbox.person("Root", language_code="en")
        self.stranger = await self.sandbox.person(f"<b>{MARK}", username="mallory")
        self.ward = await self.sandbox.chat("supergroup", "Ward", [self.stranger], [admin])
        self.settings = self._settings(server, admin)
        await set_up_chats(self.settings, self.ward, ChatSettings())
        await self._stack.enter_async_context(running_bot(self.settings, PATIENCE_S))
        self.http = await self._stack.enter_async_context(httpx.AsyncClient(trust_env=False))
        for person in (admin, self.stranger):
            await person.send("/start")
        self.learner = await arrive(self.sandbox)
        await self.learner.vote(await ask(self.learner), [1])
        await explained(self.learner)
        self.kept = self._kept()

    def _settings(self, server: SandboxServer, admin: Person) -> Settings:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        return settings_for(
            server.url,
            self._folder,
            clock=server._world.clock,
            content=two_cases(self._folder / "library"),
            shipped_cases=False,
            admins=frozenset({admin.id}),
            webhook=f"http://127.0.0.1:{port}/telegram",
            listen=ListenAddress(port=port),
        )

    def _kept(self) -> list[Any]:
        """What nobody but its owner may change."""
        path, learner = self.settings.database, self.learner.id
        return [
            query(path, "SELECT id, settings, gone_at FROM chats"),
            query(path, f"SELECT * FROM people WHERE id = {learner}"),
            query(path, f"SELECT * FROM posts WHERE person_id = {learner}"),
            answers(path),
        ]

    def odd(self, person: Person) -> st.SearchStrategy[list[dict[str, Any]]]:
        """Some updates of a person's."""
        user, group = self._seen(person)
        private = {"id": person.id, "type": "private", "first_name": user["first_name"]}
        return st.lists(updates(user, private, group), min_size=4, max_size=30)

    def presses(self, person: Person) -> list[dict[str, Any]]:
        """Every setting of the group, pressed by a person."""
        return presses(*self._seen(person))

    def _seen(self, person: Person) -> tuple[dict[str, Any], dict[str, Any]]:
        """A person and the group, as updates show them."""
        user = {
            "id": person.id,
            "is_bot": False,
            "first_name": f"<b>{MARK}",
            "language_code": MARK,
        }
        return user, {"id": self.ward.id, "type": "supergroup", "title": f"<i>{MARK} & Ward"}

    async def attack(self, bodies: list[dict[str, Any]]) -> None:
        """Updates of the stranger's: what is others' has not changed."""
        await self.post(bodies)
        assert self._kept() == self.kept

    async def post(self, bodies: list[dict[str, Any]]) -> None:
        """Post updates together; each is on record in the end."""
        posts = [self._post({"update_id": next(self._numbers), **body}) for body in bodies]
        assert await asyncio.gather(*posts) == [200] * len(bodies)

    async def changed(self) -> bool:
        """Whether anything is otherwise than it was."""
        return self._kept() != self.kept

    async def _post(self, update: dict[str, Any]) -> int:
        url = str(self.settings.webhook)
        answer = await self.http.post(url, content=json.dumps(update), headers=SECRET, timeout=60)
        return answer.status_code

    async def end(self) -> None:
        """The bot still serves its people, in the group too; then it ends in order."""
        try:
            asked = await self.learner.send("/help")
            await self.learner.wait_for(says("/topics"), after=asked["message_id"])
            ChatSettings.from_json(self._kept()[0][0][1])
        finally:
            await self._stack.aclose()

    async def refused(self) -> list[str]:
        """What the bot sent that Telegram did not take."""
        calls = await self.sandbox.traffic()
        return [str(call["result"]) for call in calls if call["status"] not in {200, None}]


@pytest.mark.long
def test_hostile_updates_do_no_harm(tmp_path: Path) -> None:
    """Odd texts, forged buttons and links, and fields of any type: a person without rights changes
    nothing for others, and whoever has rights breaks nothing.
    """
    siege = Besieged(tmp_path)
    with asyncio.Runner() as runner:
        runner.run(siege.begin())
        bounded = examples(max_examples=EXAMPLES, suppress_health_check=[*HealthCheck])

        @bounded
        @given(siege.odd(siege.stranger))
        def attack(bodies: list[dict[str, Any]]) -> None:
            runner.run(siege.attack(bodies))

        @bounded
        @given(siege.odd(siege.admin))
        def fumble(bodies: list[dict[str, Any]]) -> None:
            runner.run(siege.post(bodies))

        try:
            attack()
            runner.run(siege.attack(siege.presses(siege.stranger)))
            fumble()
            runner.run(siege.post(siege.presses(siege.admin)))
            assert runner.run(siege.changed())
            refused = runner.run(siege.refused())
        finally:
            runner.run(siege.end())
    aside = query(siege.settings.database, "SELECT kind, error FROM set_aside")
    for words in (siege.log.getvalue(), str(aside)):
        assert MARK not in words
        assert TOKEN not in words
    assert not [why for why in refused if "parse" in why or "encod" in why]
    assert query(siege.settings.database, "PRAGMA integrity_check") == [("ok",)]
