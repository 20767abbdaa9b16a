"""A draft of a case: what was sent of it, its parts and pictures, its page."""
