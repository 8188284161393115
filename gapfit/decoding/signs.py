"""What the statements of an ad say of the work, as numbers.

Sums and maxima over lines, so that their order says nothing. A line weighs by what it is for:
duties most, a company's story nothing. The title is not among the lines.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

import numpy as np

from gapfit.datamodels import AdLine, AdSection, Catalogue, FloatArray, JobAd, Need

# What a line counts, by its section; chosen on benchmarks/decode (fit half), as the rest here.
WEIGHTS = {
    AdSection.DUTIES: 1.0,
    AdSection.REQUIRED: 0.4,
    AdSection.INTRO: 0.3,
    AdSection.PREFERRED: 0.1,
}
# Where an ad has none of these, everything in it counts a little.
_NOTHING_ELSE = 0.1
# Below this a probability is noise, of which a long ad has much.
_LEAST = 0.15

ROLES = (
    "ai-engineer", "llm-engineer", "ml-engineer", "mlops-engineer", "research-engineer",
    "prompt-engineer", "ai-platform-engineer", "forward-deployed-engineer",
    "responsible-ai-engineer", "ai-product-manager", "ai-solutions-architect", "voice-ai-engineer",
)  # fmt: skip
AREAS = (
    "evals", "retrieval", "observability", "prompting", "agents", "llm-apps", "training", "serving",
    "data", "platform", "ml-fundamentals", "software", "safety", "research", "product", "customer",
    "voice",
)  # fmt: skip

# Words by which a reader tells what a task is about.
CUES = {
    "ai": r"\b(?:AI|[Aa]rtificial [Ii]ntelligence|[Mm]achine[- ][Ll]earning|ML|LLMs?|"
    r"[Dd]eep [Ll]earning|[Nn]eural|[Mm]odels?|[Aa]gents?|NLP|[Dd]ata [Ss]cien\w+|GenAI)\b",
    "llm": r"\bLLMs?\b|language models?|gen(?:erative)?[- ]?AI|GPT|Claude|RAG\b|"
    r"retrieval[- ]augmented|foundation models?|copilot|chatbots?|assistants?",
    "agent": r"\bagents?\b|agentic|tool[- ]calling|function[- ]calling|multi-agent",
    "prompt": r"\bprompts?\b|prompting",
    "ml": r"machine[- ]learning|\bML\b|predictive|algorithms?|deep learning|neural|data scien",
    "train": r"\btrain(?:ing|ed|s)?\b (?!session|users|program|and development|staff|material)|"
    r"fine-?tun\w*|model development|hyperparameter|feature engineering|supervised|PyTorch|"
    r"TensorFlow|scikit",
    "domain": r"recommend\w*|ranking|forecast\w*|fraud|computer vision|perception|"
    r"personali[sz]ation|segmentation|detection|time[- ]series|pricing|NLP\b",
    "ops": r"MLOps|CI/CD|kubernetes|terraform|docker|monitoring|deploy\w* (?:pipelines?|"
    r"and monitor)|registry|drift|orchestrat|airflow|kubeflow|mlflow|sagemaker",
    "infra": r"\bGPUs?\b|cluster|infrastructure|reliab\w+|scal(?:e|able|ability)|slurm|capacity|"
    r"uptime",
    "platform": r"\bplatforms?\b|internal (?:tools?|teams|users|developers|customers)|tooling|"
    r"\bSDKs?\b|self-serv\w+|developer experience|gateway|shared services?|frameworks? (?:for|"
    r"that)|reusable",
    "customer": r"\bcustomers?\b|\bclients?\b|on[- ]?site|embed\w* with",
    "presales": r"pre-?sales|\bsales\b|demos?\b|demonstrat\w+|proofs? of (?:concept|value)|"
    r"\bPOCs?\b|\bRFP|solution (?:design|architect\w*)|reference architect\w*|proposals?|"
    r"workshops?|architectures? for",
    "product": r"roadmap|backlog|product (?:strategy|vision|requirements|owner|manag\w+)|"
    r"\bPRDs?\b|user stories|go-to-market|prioriti[sz]\w*|market research",
    "research": r"\bresearch\w*|papers?\b|publications?|publish|novel|state[- ]of[- ]the[- ]art|"
    r"conferences?|experiments? (?:to|that|with)|hypothes\w+|PhD",
    "voice": r"\bvoice\b|speech|\bASR\b|\bTTS\b|telephon\w+|audio|\bcalls?\b(?= (?:cent|transcri|"
    r"flow))|WebRTC|real-time audio|\bSIP\b",
    "responsible": r"responsible AI|governance|fairness|bias\b|ethic\w*|compliance|regulat\w+|"
    r"AI safety|alignment|red[- ]team\w*|risk (?:assess|manag)\w*|adversarial|jailbreak|assurance",
    "application": r"front-?end|react|full-?stack|user[- ]facing|features?\b|product engineering|"
    r"APIs?\b|web app\w*|back-?end|TypeScript",
    "eval": r"\bevals?\b|evaluat\w+|benchmark\w*|quality of (?:answers|outputs)",
    "inference": r"inference|vLLM|TensorRT|quanti[sz]\w+|CUDA|kernels?|latency|throughput|Triton",
    "data": r"data pipelines?|ETL|Spark\b|warehouse|data engineer\w*|lakehouse|dbt\b",
    "other-trade": r"Java\b|Spring|\.NET|C#|PHP|networking|storage|firmware|embedded|mobile|iOS|"
    r"Android|testing|QA\b|automation",
}
# Areas whose skills any software or customer-facing job asks for.
_COMMON_AREAS = ("software", "platform", "product", "customer", "data", "observability")
_PATTERNS = tuple(
    re.compile(pattern, 0 if name == "ai" else re.IGNORECASE) for name, pattern in CUES.items()
)

FEATURES: tuple[str, ...] = (
    *(f"stack:{role}" for role in ROLES),
    *(f"area:{area}" for area in AREAS),
    *(f"cue:{cue}" for cue in CUES),
    *(f"named:{role}" for role in ROLES),
    "asks",
    "ai-asks",
    "ai-share",
)


def features(ad: JobAd, asked: FloatArray, catalogue: Catalogue) -> FloatArray:
    """Return the ad as numbers, shape (len(FEATURES),); ``asked`` has shape (lines, skills)."""
    return of_lines(weights(ad.lines), asked, cues(ad.lines), named(ad.lines), catalogue)


def weights(lines: Sequence[AdLine]) -> FloatArray:
    """Return what each line counts, shape (lines,)."""
    told = np.array([_weight(line) for line in lines], np.float32)
    return told if told.sum() else np.full(len(lines), _NOTHING_ELSE, np.float32)


def _weight(line: AdLine) -> float:
    if line.need is Need.NONE:
        return 0.0
    liked = line.need is Need.PREFERRED
    return WEIGHTS.get(AdSection.PREFERRED if liked else line.section, 0.0)


def cues(lines: Sequence[AdLine]) -> FloatArray:
    """Return which cues each line has, shape (lines, len(CUES))."""
    found = [[pattern.search(line.text) is not None for pattern in _PATTERNS] for line in lines]
    return np.array(found, np.float32).reshape(len(lines), len(CUES))


def named(lines: Sequence[AdLine]) -> FloatArray:
    """Return which roles each line names, shape (lines, len(ROLES))."""
    found = [[role in line.roles for role in ROLES] for line in lines]
    return np.array(found, np.float32).reshape(len(lines), len(ROLES))


def of_lines(
    weight: FloatArray,
    asked: FloatArray,
    cued: FloatArray,
    naming: FloatArray,
    catalogue: Catalogue,
) -> FloatArray:
    """Return the same from the lines' parts; all have one row per line."""
    sure = np.where(asked >= _LEAST, asked, 0.0) * weight[:, None]
    strongest = sure.max(axis=0, initial=0.0)
    total = max(float(weight.sum()), 1e-6)
    area_of = np.array([skill.area for skill in catalogue.skills])
    common = np.isin(area_of, _COMMON_AREAS)
    by_area = [sure[:, area_of == a].max(axis=1, initial=0.0).sum() for a in AREAS]
    all_asks, ai_asks = sure.sum(), sure[:, ~common].sum()
    roles = weight @ naming
    return np.concatenate(
        [
            _stacks(catalogue) @ (strongest / np.sqrt((strongest**2).sum() + 0.3)),
            np.sqrt(np.array(by_area) / total),
            np.sqrt(weight @ cued / total),
            roles / (roles.sum() + 0.5),
            [np.log1p(all_asks), np.log1p(ai_asks), ai_asks / (all_asks + 1.0)],
        ]
    ).astype(np.float32)


@lru_cache(maxsize=4)
def _stacks_of(catalogue: _ById) -> FloatArray:
    """Each role's stack as a unit vector over the skills; what all roles share counts little."""
    rows = np.zeros((len(ROLES), len(catalogue.value.skills)))
    place = {skill.id: i for i, skill in enumerate(catalogue.value.skills)}
    known = {role.id: role for role in catalogue.value.roles}
    for row, role in enumerate(ROLES):
        for item in known[role].stack if role in known else ():
            rows[row, place[item.skill]] = item.weight
    rare = np.log(len(ROLES) / (0.5 + (rows > 0.1).sum(axis=0))) + 0.3
    rows = rows * rare
    norms = np.linalg.norm(rows, axis=1, keepdims=True)
    return np.asarray(rows / np.maximum(norms, 1e-9), np.float32)


class _ById:
    """A catalogue as a key: two of the same hash are the same."""

    def __init__(self, value: Catalogue) -> None:
        self.value = value

    def __hash__(self) -> int:
        return hash(self.value.sha256)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _ById) and other.value.sha256 == self.value.sha256


def _stacks(catalogue: Catalogue) -> FloatArray:
    return _stacks_of(_ById(catalogue))
