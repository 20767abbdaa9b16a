"""Refusals, in the Bot API's form and words."""

from collections.abc import Mapping
from typing import Any


class ApiError(Exception):
    """A refusal with the HTTP status and description that Telegram would give."""

    def __init__(
        self, code: int, description: str, parameters: Mapping[str, int] | None = None
    ) -> None:
        super().__init__(description)
        self.code = code
        self.description = description
        self.parameters = parameters

    def to_json(self) -> dict[str, Any]:
        """The Bot API's error object."""
        error: dict[str, Any] = {
            "ok": False,
            "error_code": self.code,
            "description": self.description,
        }
        if self.parameters:
            error["parameters"] = dict(self.parameters)
        return error


def bad_request(words: str) -> ApiError:
    """400, as Telegram phrases it; ``words`` follow "Bad Request: "."""
    return ApiError(400, f"Bad Request: {words}")


def not_modified() -> ApiError:
    """400 for an edit that changes nothing."""
    return bad_request(
        "message is not modified: specified new message content and reply markup are exactly the"
        " same as a current content and reply markup of the message"
    )


def forbidden(words: str) -> ApiError:
    """403, as Telegram phrases it; ``words`` follow "Forbidden: "."""
    return ApiError(403, f"Forbidden: {words}")


def too_many_requests(retry_after: int) -> ApiError:
    """429 with the seconds to wait."""
    return ApiError(
        429, f"Too Many Requests: retry after {retry_after}", {"retry_after": retry_after}
    )


def not_found(words: str = "") -> ApiError:
    """404 for a malformed token, an unknown method or file."""
    return ApiError(404, f"Not Found: {words}" if words else "Not Found")


def unauthorized() -> ApiError:
    """401 for a token that is not the bot's."""
    return ApiError(401, "Unauthorized")
