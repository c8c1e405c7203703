"""PDFium keeps global state: one thread at a time, whichever the document."""

from threading import RLock

PDFIUM = RLock()
