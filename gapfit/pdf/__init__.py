"""PDF bytes -> pages of positioned text; the only importer of PDF libraries.

    header                        whether it is a PDF at all
    pypdf_reader, pdfium_reader   sibling readers: bytes -> glyphs with places
    fonts                         codes of a string -> characters and their widths
    words                         glyphs -> words, by the gaps between them
    columns, lines                words -> columns -> lines in reading order
    repair                        what fonts did to the characters of a line
    quality                       the share of well-formed words, which decides between readers
    furniture                     running headers and footers
    hyphens                       words broken over two lines
    shapes, matrices              list markers drawn as shapes
    colours, brush, layers        what the graphics state says of painting
    paper                         what is painted under and over a glyph
    picture                       the page as a viewer draws it
    hidden                        text that a reader does not see, told from the rest
    reading                       read(): all of it in order
    drawing                       draw(): how its pages look
    printing                      a document as a new file, for audits

A ``Line``'s text has single spaces; a tab in it marks a wide gap (a title and its date, a
label and its value). A list marker at its start is written "• ". A soft hyphen (U+00AD) at its
end marks a word the typesetter broke; any other hyphen is the author's.

The names are listed in ``__init__.pyi``, and each is imported when it is first used: whoever hands
a PDF to another process needs none of the libraries.
"""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
