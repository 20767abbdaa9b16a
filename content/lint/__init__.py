"""The style rules of ``check``: what makes a question weaker than its author meant it to be.

Each rule is a module of ``content.lint.rules`` with its name, its reason, its source, an example of
what it finds and one of what it leaves alone; ``content.lint.registry`` collects them.
"""
