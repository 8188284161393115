"""The nouns. Frozen, typed, no I/O: every stage takes some of these and returns others.

resume      pages, lines and statements
catalogue   skills, roles and areas
learning    what to build for each skill
checklist   what to build next, in order
result      evidence, findings, fits and gaps
vectors     what encoders make, and what was learned on top
"""

from gapfit.datamodels.catalogue import Area, Band, Catalogue, Fact, Role, Skill, StackItem, Term
from gapfit.datamodels.checklist import (
    Block,
    Checklist,
    ChecklistItem,
    Done,
    Pace,
    Raised,
    Week,
)
from gapfit.datamodels.learning import Effort, Learning, LearningItem, Project
from gapfit.datamodels.result import (
    Acquired,
    Analysis,
    Contribution,
    Evidence,
    Gain,
    Gap,
    Level,
    LineMatch,
    Manifest,
    RoleFit,
    SkillFinding,
    SkillMatch,
)
from gapfit.datamodels.resume import (
    Document,
    Form,
    Line,
    Page,
    ParseWarning,
    Period,
    Resume,
    Section,
    Statement,
)
from gapfit.datamodels.vectors import (
    Encoded,
    Encoder,
    FloatArray,
    Kind,
    LevelModel,
    MatcherParameters,
    SkillVectors,
)

__all__ = [
    "Acquired",
    "Analysis",
    "Area",
    "Band",
    "Block",
    "Catalogue",
    "Checklist",
    "ChecklistItem",
    "Contribution",
    "Document",
    "Done",
    "Effort",
    "Encoded",
    "Encoder",
    "Evidence",
    "Fact",
    "FloatArray",
    "Form",
    "Gain",
    "Gap",
    "Kind",
    "Learning",
    "LearningItem",
    "Level",
    "LevelModel",
    "Line",
    "LineMatch",
    "Manifest",
    "MatcherParameters",
    "Pace",
    "Page",
    "ParseWarning",
    "Period",
    "Project",
    "Raised",
    "Resume",
    "Role",
    "RoleFit",
    "Section",
    "Skill",
    "SkillFinding",
    "SkillMatch",
    "SkillVectors",
    "StackItem",
    "Statement",
    "Term",
    "Week",
]
