"""The side that the bot sees: ``/bot<token>/<method>`` and ``/file/bot<token>/<path>``."""

import re
from collections.abc import Awaitable
from typing import Any, Final

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from bot.sandbox.connection import Connections
from bot.sandbox.errors import ApiError, not_found, unauthorized
from bot.sandbox.faults import FaultKind, Faults, refusal
from bot.sandbox.limits import Limits
from bot.sandbox.methods.registry import METHODS, sends
from bot.sandbox.model import ChatType
from bot.sandbox.params import Params, read_params
from bot.sandbox.traffic import Traffic
from bot.sandbox.world import World

_TOKEN: Final = re.compile(r"(?P<id>[0-9]{1,15}):(?P<secret>[^/\s]+)")
TIMEOUT_HOLD: Final = 120.0
"""Real seconds for which a call that is to time out is held at most."""


class BotApi:
    """Answers one bot: the first token used decides which."""

    def __init__(
        self,
        world: World,
        connections: Connections,
        limits: Limits | None,
    ) -> None:
        self.faults = Faults()
        self.traffic = Traffic()
        self._world = world
        self._connections = connections
        self._limits = limits
        self._token: str | None = None

    async def call(self, request: Request) -> Response:
        """Answer a method call as Telegram does, or go wrong as ordered."""
        self._admit(request.path_params["token"])
        try:
            method, handler = METHODS[request.path_params["method"].lower()]
        except KeyError:
            raise not_found() from None
        params = await read_params(request)
        fault = self.faults.take(method)
        if fault is not None and fault.kind is not FaultKind.DROP_RESPONSE:
            error = refusal(fault)
            if error is not None:
                return self._answer(method, params, error)
            self._record(method, params, None, None)
            return await self._connections.hold(request, TIMEOUT_HOLD)
        if (refused := self._over_limit(method, params)) is not None:
            return self._answer(method, params, refused)
        outcome = await self._settle(request, handler(self._world, params))
        if fault is not None:
            self._record(method, params, None, outcome)
            return await self._connections.drop(request)
        return self._answer(method, params, outcome)

    async def download(self, request: Request) -> Response:
        """The bytes of a file by the path that getFile gave."""
        self._admit(request.path_params["token"])
        stored = self._world.files.at(request.path_params["path"])
        if stored is None:
            raise not_found()
        return Response(stored.data, media_type="application/octet-stream")

    def _admit(self, token: str) -> None:
        match = _TOKEN.fullmatch(token)
        if match is None:
            raise not_found()
        if self._token is None:
            self._token = token
            self._world.recognise(int(match["id"]))
        if token != self._token:
            raise unauthorized()

    def _over_limit(self, method: str, params: Params) -> ApiError | None:
        if self._limits is None or not sends(method):
            return None
        try:
            chat = self._world.chat(params.values.get("chat_id"))
        except ApiError:
            return self._limits.spend(None, group=False)
        group = chat.type in {ChatType.GROUP, ChatType.SUPERGROUP}
        return self._limits.spend(chat.id, group=group)

    async def _settle(self, request: Request, work: Awaitable[Any]) -> Any:
        """What a method returns or refuses; left undone when the client leaves meanwhile."""
        try:
            return await self._connections.while_connected(request, work)
        except ApiError as error:
            return error

    def _answer(self, method: str, params: Params, outcome: Any) -> Response:
        if isinstance(outcome, ApiError):
            self._record(method, params, outcome.code, outcome)
            return JSONResponse(outcome.to_json(), outcome.code)
        self._record(method, params, 200, outcome)
        return JSONResponse({"ok": True, "result": outcome})

    def _record(self, method: str, params: Params, status: int | None, outcome: Any) -> None:
        result = outcome.to_json() if isinstance(outcome, ApiError) else outcome
        self.traffic.record(method, params, status, result, self._world.clock.now())
