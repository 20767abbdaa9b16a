"""A case worked through in a room: the presenter's panel, everybody's phone, and the screen."""
