"""Standing in a chat: statuses, and the rights that come with each."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Final

from msgspec import Struct, field

from bot.sandbox.errors import bad_request
from bot.sandbox.wire import Json


class Status(StrEnum):
    """The Bot API's statuses of a chat member."""

    CREATOR = "creator"
    ADMINISTRATOR = "administrator"
    MEMBER = "member"
    RESTRICTED = "restricted"
    LEFT = "left"
    KICKED = "kicked"


ADMINISTERING: Final = frozenset({Status.CREATOR, Status.ADMINISTRATOR})
PERMISSIONS: Final[Mapping[str, bool]] = {
    "can_send_messages": True,
    "can_send_audios": True,
    "can_send_documents": True,
    "can_send_photos": True,
    "can_send_videos": True,
    "can_send_video_notes": True,
    "can_send_voice_notes": True,
    "can_send_polls": True,
    "can_send_other_messages": True,
    "can_add_web_page_previews": True,
    "can_react_to_messages": True,
    "can_edit_tag": True,
    "can_change_info": False,
    "can_invite_users": True,
    "can_pin_messages": False,
    "can_manage_topics": False,
}
"""What every member of a group may do, and what only some: a new group's usual choice."""
_ADMIN_RIGHTS: Final[Mapping[str, bool]] = {
    "is_anonymous": False,
    "can_manage_chat": True,
    "can_delete_messages": True,
    "can_manage_video_chats": True,
    "can_restrict_members": True,
    "can_promote_members": False,
    "can_change_info": True,
    "can_invite_users": True,
    "can_post_stories": True,
    "can_edit_stories": True,
    "can_delete_stories": True,
    "can_send_welcome_messages": True,
}
_CHANNEL_RIGHTS: Final[Mapping[str, bool]] = {
    "can_post_messages": True,
    "can_edit_messages": True,
    "can_manage_direct_messages": True,
}
_GROUP_RIGHTS: Final[Mapping[str, bool]] = {
    "can_pin_messages": True,
    "can_manage_topics": False,
    "can_manage_tags": True,
}


class Member(Struct, frozen=True):
    """Somebody's status, with every right that the status has a say in."""

    status: Status
    rights: Mapping[str, bool] = field(default_factory=dict)

    @property
    def inside(self) -> bool:
        """Whether this is somebody in the chat."""
        if self.status is Status.RESTRICTED:
            return self.rights["is_member"]
        return self.status not in {Status.LEFT, Status.KICKED}

    @property
    def administers(self) -> bool:
        """Whether this is the creator or an administrator."""
        return self.status in ADMINISTERING

    @property
    def anonymous(self) -> bool:
        """Whether this administrator acts in the chat's name."""
        return self.administers and self.rights["is_anonymous"]

    def can(self, right: str) -> bool:
        """Whether they may do something, by the Bot API's name of the right."""
        if not self.inside:
            return False
        match self.status:
            case Status.CREATOR:
                return True
            case Status.ADMINISTRATOR:
                return self.rights.get(right, PERMISSIONS.get(right, False))
            case Status.RESTRICTED:
                return self.rights.get(right, False)
            case _:
                return PERMISSIONS.get(right, False)


NOBODY: Final = Member(Status.LEFT)


def admin_rights(*, channel: bool) -> dict[str, bool]:
    """What an administrator may usually do, in a channel or in a group."""
    return {**_ADMIN_RIGHTS, **(_CHANNEL_RIGHTS if channel else _GROUP_RIGHTS)}


def standing(status: Status, changes: Mapping[str, bool], *, channel: bool) -> Member:
    """A status with its usual rights, some of them changed.

    A restricted member of whom nothing is said may do nothing; else what is not named stays as it
    is for all. Raises ApiError for rights that the status has no say in.
    """
    match status:
        case Status.CREATOR:
            usual = {"is_anonymous": False}
        case Status.ADMINISTRATOR:
            usual = admin_rights(channel=channel)
        case Status.RESTRICTED:
            muted = not changes.keys() & PERMISSIONS.keys()
            usual = {"is_member": True} | {
                name: allowed and not muted for name, allowed in PERMISSIONS.items()
            }
        case _:
            usual = {}
    if strange := sorted(changes.keys() - usual.keys()):
        raise bad_request(f"a member with status {status} has no right {strange[0]} to be changed")
    return Member(status, usual | dict(changes))


def member_json(member: Member, user: Json) -> Json:
    """A ChatMember."""
    result: Json = {"status": member.status.value, "user": user, **member.rights}
    match member.status:
        case Status.ADMINISTRATOR:
            result["can_be_edited"] = False
        case Status.RESTRICTED | Status.KICKED:
            result["until_date"] = 0
    return result
