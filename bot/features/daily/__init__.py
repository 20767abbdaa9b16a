"""A learner's case a day, at their time."""
