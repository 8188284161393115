"""The nouns. Frozen, typed, no I/O: every stage takes some of these and returns others.

resume      pages, lines and statements
catalogue   skills, roles and areas
guide       what working as a role is like, and moves between roles
pay         what the sources say a role is paid
learning    what to build for each skill
result      evidence, findings, fits and gaps
advice      what to do with the result
checklist   what to build next, in order
vectors     what encoders make, and what was learned on top
"""

from gapfit.datamodels.advice import Advice, Topic
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
from gapfit.datamodels.guide import (
    Answer,
    Background,
    Context,
    Employer,
    Figure,
    Guide,
    Market,
    Move,
    Question,
    Seniority,
    Toolset,
    Workplace,
)
from gapfit.datamodels.learning import Effort, Learning, LearningItem, Project
from gapfit.datamodels.pay import Pay, PayBand, PayBasis, PayConflict, PayLevel, PayRemark
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
    "Advice",
    "Analysis",
    "Answer",
    "Area",
    "Background",
    "Band",
    "Block",
    "Catalogue",
    "Checklist",
    "ChecklistItem",
    "Context",
    "Contribution",
    "Document",
    "Done",
    "Effort",
    "Employer",
    "Encoded",
    "Encoder",
    "Evidence",
    "Fact",
    "Figure",
    "FloatArray",
    "Form",
    "Gain",
    "Gap",
    "Guide",
    "Kind",
    "Learning",
    "LearningItem",
    "Level",
    "LevelModel",
    "Line",
    "LineMatch",
    "Manifest",
    "Market",
    "MatcherParameters",
    "Move",
    "Pace",
    "Page",
    "ParseWarning",
    "Pay",
    "PayBand",
    "PayBasis",
    "PayConflict",
    "PayLevel",
    "PayRemark",
    "Period",
    "Project",
    "Question",
    "Raised",
    "Resume",
    "Role",
    "RoleFit",
    "Section",
    "Seniority",
    "Skill",
    "SkillFinding",
    "SkillMatch",
    "SkillVectors",
    "StackItem",
    "Statement",
    "Term",
    "Toolset",
    "Topic",
    "Week",
    "Workplace",
]
