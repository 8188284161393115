"""What ``gapfit`` exports."""

from ._version import __version__ as __version__
from .datamodels import (
    Analysis as Analysis,
    Catalogue as Catalogue,
    Comparison as Comparison,
    Decoding as Decoding,
)
from .decoder import Decoder as Decoder, decode as decode
from .errors import (
    EmbeddingsError as EmbeddingsError,
    GapfitError as GapfitError,
    ProfileError as ProfileError,
    StateError as StateError,
    UnreadableInput as UnreadableInput,
    UsageError as UsageError,
)
from .pipeline import Analyzer as Analyzer, analyze as analyze, compare as compare
