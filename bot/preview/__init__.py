"""An author's preview: one case as learners meet it, shown anew whenever its file is saved."""
