"""Cases: reading, checking, rendering, grading, and the shipped library."""

import os

# Pydantic would look through every package that is installed for plugins, and a start waits.
os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")
