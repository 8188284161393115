"""What ``gapfit.pdf`` exports."""

from .drawing import draw as draw
from .header import check_header as check_header
from .printing import (
    FONTS as FONTS,
    printable as printable,
    printed as printed,
    relabelled as relabelled,
)
from .reading import (
    MAX_CHARACTERS as MAX_CHARACTERS,
    MAX_PAGES as MAX_PAGES,
    prepare as prepare,
    read as read,
)
