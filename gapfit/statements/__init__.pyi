"""What ``gapfit.statements`` exports."""

from .extraction import extract as extract, from_lines as from_lines
