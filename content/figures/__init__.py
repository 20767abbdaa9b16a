"""The drawings of the shipped figures: one script a figure, one house style, and a command.

``python -m content.figures`` draws them into ``content/cases/figures/``. It needs matplotlib, which
of the program itself `bot.files` alone imports.
"""
