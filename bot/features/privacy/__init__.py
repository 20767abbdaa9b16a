"""A person's data: what is kept, shown, and erased."""
