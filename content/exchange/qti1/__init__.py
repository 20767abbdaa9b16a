"""IMS QTI 1.2 as learning platforms export it: assessments and banks of items in one file.

After the ASI information model and binding (imsglobal.org/question/qtiv1p2), the QTI profile of
Common Cartridge, and what Canvas, Blackboard, Brightspace and Respondus make of them.
"""

from content.exchange.qti1.reading import Bank, read_bank

__all__ = ["Bank", "read_bank"]
