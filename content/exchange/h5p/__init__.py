"""H5P packages: a multiple choice, a true or false, and sets of them.

After the semantics of the content types (``semantics.json`` of H5P.MultiChoice, H5P.TrueFalse,
H5P.QuestionSet and H5P.SingleChoiceSet) and the file format's definition (h5p.org).
"""

from content.exchange.h5p.reading import read

__all__ = ["read"]
