"""One rule a module, as its ``RULE``; the name is the module's, with hyphens."""
