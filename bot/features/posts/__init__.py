"""A case before a group or channel: posted, answered, counted, closed."""
