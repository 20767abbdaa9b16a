"""The side that the bot sees: ``/bot<token>/<method>`` and ``/file/bot<token>/<path>``."""

import re
from collections.abc import Awaitable
from typing import Any, Final

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from bot.sandbox.audience import check_audience
from bot.sandbox.connection import Connections
from bot.sandbox.errors import ApiError, not_found, unauthorized
from bot.sandbox.faults import DOWNLOAD, Fault, FaultKind, Faults, refusal
from bot.sandbox.limits import Limits
from bot.sandbox.methods.registry import Method, find, sends
from bot.sandbox.model import ChatType
from bot.sandbox.params import Params, read_params
from bot.sandbox.traffic import Traffic
from bot.sandbox.world import World

_TOKEN: Final = re.compile(r"(?P<id>[0-9]{1,15}):(?P<secret>[^/\s]+)")
TIMEOUT_HOLD_S: Final = 120.0
"""Real seconds for which a call that is to time out is held at most."""
OK: Final = 200


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
        world.webhook.execute = self.execute

    async def call(self, request: Request) -> Response:
        """Answer a method call as Telegram does, or go wrong as ordered."""
        method, handler = find(request.path_params["method"])
        try:
            self._admit(request.path_params["token"])
            params = await read_params(request)
        except ApiError as error:
            return self._answer(method, Params({}), error)
        fault = self.faults.take(method)
        if fault is not None and fault.kind is FaultKind.TIMEOUT:
            self._record(method, params, None, None)
            return await self._connections.hold(request, TIMEOUT_HOLD_S)
        outcome = await self._settle(
            self._connections.while_connected(request, self._do(method, handler, params, fault))
        )
        if fault is not None and fault.kind is FaultKind.DROP_RESPONSE:
            self._record(method, params, None, outcome)
            return await self._connections.drop(request)
        return self._answer(method, params, outcome)

    async def execute(self, name: str, params: Params) -> None:
        """Do what the answer to an update asks for; nobody hears of the result."""
        method, handler = find(name)
        fault = self.faults.take(method)
        if fault is not None and fault.kind is FaultKind.TIMEOUT:
            self._record(method, params, None, None)
            return
        outcome = await self._settle(self._do(method, handler, params, fault))
        self._record(method, params, _status(outcome), outcome)

    async def _do(self, method: str, handler: Method, params: Params, fault: Fault | None) -> Any:
        """What a method returns. Raises ApiError for what it refuses, or was told to."""
        if fault is not None and (error := refusal(fault)) is not None:
            raise error
        if (error := self._over_limit(method, params)) is not None:
            raise error
        check_audience(method, params)
        return await handler(self._world, params)

    async def download(self, request: Request) -> Response:
        """The bytes of a file by the path that getFile gave, or a fault ordered for ``file``."""
        self._admit(request.path_params["token"])
        fault = self.faults.take(DOWNLOAD)
        if fault is not None and (error := refusal(fault)) is not None:
            raise error
        if fault is not None and fault.kind is FaultKind.TIMEOUT:
            return await self._connections.hold(request, TIMEOUT_HOLD_S)
        if fault is not None:
            return await self._connections.drop(request)
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

    async def _settle(self, work: Awaitable[Any]) -> Any:
        """What a method returns or refuses; left undone when the client leaves meanwhile."""
        try:
            return await work
        except ApiError as error:
            return error

    def _answer(self, method: str, params: Params, outcome: Any) -> Response:
        status = _status(outcome)
        self._record(method, params, status, outcome)
        answer = outcome.to_json() if status != OK else {"ok": True, "result": outcome}
        return JSONResponse(answer, status)

    def _record(self, method: str, params: Params, status: int | None, outcome: Any) -> None:
        result = outcome.to_json() if isinstance(outcome, ApiError) else outcome
        self.traffic.record(method, params, status, result, self._world.clock.now())


def _status(outcome: Any) -> int:
    return outcome.code if isinstance(outcome, ApiError) else OK
