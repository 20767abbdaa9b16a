"""The drawings of the shipped figures: one script a figure, one house style, and a command.

``python -m content.figures`` draws them into ``content/cases/figures/``. It needs matplotlib, from
the development extra, which nothing else in the project imports.
"""
