"""The job ad: what it says, and what it turns out to be."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from gapfit.datamodels.pay import PayBand, PayConflict, PayLevel
from gapfit.datamodels.result import Manifest
from gapfit.datamodels.resume import ParseWarning


class AdSection(StrEnum):
    """What a part of an ad is for."""

    INTRO = "intro"  # what the role is, before or between the lists
    DUTIES = "duties"
    REQUIRED = "required"
    PREFERRED = "preferred"
    ABOUT = "about"  # the company, its product, its people
    OFFER = "offer"  # pay, benefits, how to apply
    LEGAL = "legal"  # equal opportunity, privacy, fraud warnings


class Need(StrEnum):
    """How much an ad wants what it names."""

    REQUIRED = "required"
    PREFERRED = "preferred"
    CONTEXT = "context"  # named, but asked of nobody
    NONE = "none"  # said not to be needed


@dataclass(frozen=True, slots=True)
class AdLine:
    """One statement of an ad: a list entry or a sentence, with the number of its first line.

    ``context`` is the heading it stands under; ``roles`` are the ids of roles it names.
    """

    text: str
    line: int
    section: AdSection
    need: Need
    context: str = ""
    roles: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class YearsNamed:
    """Years of experience as one statement asks for them; ``most`` is None for "3+ years".

    ``llm`` says that they are years of work with language models, not of experience at large.
    """

    least: int
    most: int | None
    llm: bool
    need: Need
    line: int
    text: str


class PayPeriod(StrEnum):
    """The time a sum is paid for."""

    YEAR = "year"
    MONTH = "month"
    DAY = "day"
    HOUR = "hour"


class PayKind(StrEnum):
    """What an ad says its sum counts."""

    BASE = "base"
    TARGET = "target"  # on-target earnings, commission included
    TOTAL = "total"
    UNSTATED = "unstated"


@dataclass(frozen=True, slots=True)
class PayNamed:
    """One sum or range as an ad names it, in units of its currency (an ISO 4217 code).

    ``low`` is None for "up to", ``high`` for "from".
    """

    low: float | None
    high: float | None
    currency: str
    period: PayPeriod
    kind: PayKind
    line: int
    text: str


@dataclass(frozen=True, slots=True)
class JobAd:
    """An ad as statements, with the years and sums it names.

    ``title`` is "" where none stands at its head, ``title_role`` the role that the title alone
    claims, if any; ``equity`` and ``bonus`` say whether these are
    offered beside the pay.
    """

    title: str
    title_role: str | None
    lines: tuple[AdLine, ...]
    years: tuple[YearsNamed, ...]
    pay: tuple[PayNamed, ...]
    equity: bool
    bonus: bool
    language: str
    warnings: tuple[ParseWarning, ...] = ()


@dataclass(frozen=True, slots=True)
class RoleShare:
    """The part of the described work, 0-1, that is one role's."""

    role: str
    share: float


@dataclass(frozen=True, slots=True)
class AdQuote:
    """A statement of the ad that something rests on."""

    line: int
    text: str


@dataclass(frozen=True, slots=True)
class SkillAsk:
    """One skill an ad names: how much it is wanted, how surely (0-1), and by which lines."""

    skill: str
    need: Need
    confidence: float
    evidence: tuple[AdQuote, ...]


@dataclass(frozen=True, slots=True)
class YearsAsked:
    """The years an ad asks for overall, and whether anybody can have them."""

    asked: int
    realistic: bool
    why: str
    evidence: tuple[AdQuote, ...]
    sources: tuple[str, ...]


class Standing(StrEnum):
    """How the pay of an ad stands to a figure of a source."""

    BELOW = "below"
    OVERLAPS = "overlaps"
    ABOVE = "above"
    NOT_COMPARED = "not-compared"


@dataclass(frozen=True, slots=True)
class PayBeside:
    """A source's figure, and how the ad's pay stands to it."""

    band: PayBand
    standing: Standing


@dataclass(frozen=True, slots=True)
class PayOffer:
    """The pay an ad names, beside what the sources say of its role and level."""

    named: tuple[PayNamed, ...]
    equity: bool
    bonus: bool
    level: PayLevel
    beside: tuple[PayBeside, ...]
    conflicts: tuple[PayConflict, ...]
    remark: str


class Audience(StrEnum):
    """Whom a piece of advice is for."""

    CANDIDATE = "candidate"
    EMPLOYER = "employer"


@dataclass(frozen=True, slots=True)
class AdAdvice:
    """One piece of advice in a sentence or two; ``sources`` are those it follows."""

    audience: Audience
    text: str
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Decoding:
    """What an ad is by its content.

    ``shares`` sum to 1, largest first, and are empty where it is no AI or ML job; ``dominant`` is
    the role with at least ``DOMINANT`` of the work, None where there is none.
    """

    manifest: Manifest
    title: str
    title_role: str | None
    shares: tuple[RoleShare, ...]
    dominant: str | None
    title_disagrees: bool
    not_ai: bool
    skills: tuple[SkillAsk, ...]
    years: YearsAsked | None
    pay: PayOffer | None
    advice: tuple[AdAdvice, ...]
    warnings: tuple[ParseWarning, ...] = ()

    @property
    def mixed(self) -> bool:
        """Whether it is an AI or ML job of which no role makes up 60 percent."""
        return self.dominant is None and not self.not_ai
