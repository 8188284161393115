"""What the words of an ad say of a part: which section it heads, and how much it wants."""

from __future__ import annotations

import re

from gapfit.datamodels import AdSection, Need

# The first pattern found in a heading decides; "preferred qualifications" is preferred, "required
# skills" required, "about the role" no talk of the company.
_NAMED: tuple[tuple[AdSection, re.Pattern[str]], ...] = tuple(
    (section, re.compile(pattern, re.IGNORECASE))
    for section, pattern in (
        (
            AdSection.LEGAL,
            r"equal (?:employment )?opportunit|\beeo\b|diversity|inclusi(?:on|ve)\b|accommodation|"
            r"privacy|recruitment fraud|fraudulent|disclaimer|third parties|pay transparency|"
            r"salary transparency|ai disclosure|export control|drug.free|legal notice|"
            r"use of ai in our|safeguarding|fair chance",
        ),
        (
            AdSection.PREFERRED,
            r"prefer|nice.to.have|nice.if you|good.to.have|great.to.have|bonus(?! (?:structure|"
            r"plan|scheme|program))|desir(?:ed|able|ous)|\bplus(?:es)?\b|ideally|"
            r"would be (?:great|nice)|stand ?out|added advantage|additional (?:skills|"
            r"qualifications)|even better|extra credit|brownie|not required|optional|helpful",
        ),
        (
            AdSection.OFFER,
            r"benefit|perk|we offer|offer you|what you(?:['’]ll| will)? get|compensation|salary|"
            r"\bpay\b|in it for you|rewards?\b|why (?:you(?:['’]ll| will)? love|join|work|us\b|"
            r"this)|how to apply|interview process|hiring process|application process|our process|"
            r"next steps|what happens next|time off|remuneration|package|relocation|"
            r"what we (?:can )?(?:offer|provide)|what (?:is|['’]s) on offer|visa|schedule|"
            r"working conditions|location|logistics|we provide|you will receive|contract length",
        ),
        (
            AdSection.DUTIES,
            r"responsib|what you(?:['’]ll| will| would| might| may)? (?:be )?(?:do|doing|own|"
            r"build|work|lead|achieve|deliver)\b|what you(?:['’]ll| will) be|\bdut(?:y|ies)\b|"
            r"you(?:['’]ll| will):?$|in this role|your (?:role|job|work|mission|impact|tasks|day|"
            r"focus|challenge)|day.to.day|\btasks?\b|accountabilit|key (?:activities|areas|"
            r"objectives|deliverables)|what (?:the|this) (?:job|role) (?:is|involves)|"
            r"what will (?:you|i)(?: be)? do|the work|job (?:description|duties|functions?)|"
            r"scope of|how you(?:['’]ll| will)|success (?:looks|indicators|in this)|"
            r"what you can expect to|expectations|you get to|mission of the role|"
            r"impact you(?:['’]ll| will)|first \d+ (?:days|months)|a typical (?:day|week)|"
            r"in particular,? you|what awaits you|essential functions|the work\b|your mission|"
            r"^mission$|what the job",
        ),
        (
            AdSection.INTRO,
            r"(?:about|the) (?:the |this )?(?:role|position|job|opportunity|opening)\b|"
            r"role overview|(?:job|role|position) (?:summary|overview|purpose)|^overview|"
            r"^summary$|^the role|purpose of|^description$|why this role|^position$|^role$",
        ),
        (
            AdSection.REQUIRED,
            r"requir|qualif|must.have|what you(?:['’]ll| will)? (?:need|bring)|you have\b|"
            r"you bring|you(?:['’]ve| have) got|who you are|about you|looking for|we look for|"
            r"your (?:profile|background|skills|experience|expertise)|\bskills?\b|experience\b|"
            r"essential|minimum|you (?:might|may|will|['’]ll) (?:thrive|be a (?:good|great) fit)|"
            r"good fit|great fit|ideal candidate|right (?:fit|person)|successful candidate|"
            r"you should|to (?:thrive|succeed|excel)|knowledge|competenc|expertise|education|"
            r"what makes you|profile\b|we(?:['’]d| would)? (?:expect|need|want)|need to know|"
            r"tech(?:nical|nology)? stack|our stack|tool(?:s|ing)\b|technologies|criteria|"
            r"prerequisites|languages|you(?:['’]re| are):?$|apply if|what will you bring|^you$|"
            r"what we ask|may be a fit|must.haves?",
        ),
        (
            AdSection.ABOUT,
            r"about |who we are|company|our (?:team|mission|values|culture|story|people|product|"
            r"vision|impact|commitment|customers|investors|approach)|the team|meet the|"
            r"the company|what we do|^team$|who are we|^mission|how we work|this is \w+|culture|"
            r"learn more",
        ),
    )
)

_PREFERRED = re.compile(
    r"\b(?:nice[- ]to[- ]have|good[- ]to[- ]have|(?:(?:is|are|be|as|considered|big|strong|huge|"
    r"definite|major|real|also|an?|distinct|added|great|significant)\s+){1,3}(?:plus|bonus|"
    r"advantage|asset)\b|\bplus(?:es)?[.!)]?$|preferred|preferabl[ye]|bonus(?: points)?(?: if|"
    r" for|:)|ideally|desirable|desired|advantageous|beneficial|would be (?:great|nice|ideal|"
    r"helpful|useful|welcome)|not (?:strictly )?(?:required|mandatory|essential|"
    r"necessary)\b(?=[^.]*\b(?:but|plus|helpful|welcome))|extra points|is welcome|"
    r"helps\b(?! (?:our|us|you|customers|people|teams|companies)))",
    re.IGNORECASE,
)
_NOT_NEEDED = re.compile(
    r"\b(?:no|without)\b[^.;,]{0,60}\b(?:required|needed|necessary|is expected)\b|\b(?:need not|"
    r"needn['’]t)\b|\b(?:do(?:es)? not|don['’]t|doesn['’]t|won['’]t|will not)\s+(?:need|have to|"
    r"require|expect|care (?:if|whether))\b|\bnot (?:a|an) (?:\w+ ){0,3}(?:role|job|position)\b|"
    r"\b(?:is|are) not (?:part of|in scope)|\bnot looking for\b|\bnot (?:required|needed|"
    r"necessary)\b",
    re.IGNORECASE,
)
_WILL_DO = re.compile(
    r"\b(?:you(?:['’]ll| will| would| are going to)|responsible for|this (?:role|"
    r"position) (?:will|is|focuses|involves|requires)|the (?:role|position|candidate|engineer|"
    r"successful) (?:will|focuses|involves|is responsible)|your (?:work|focus|job|mission|"
    r"role) (?:is|will)|as (?:an?|our|the) [\w/ ,&-]{3,60}?,? you|we(?:['’]re|"
    r" are)(?: currently)? (?:looking|hiring|seeking|searching)|is (?:seeking|looking for|hiring)|"
    r"will be (?:responsible|working|building)|role (?:is|will))|(?:^|, )You(?:['’]d)? (?!have|"
    r"bring|know|are|should|must|can|need|may|might|do not|don['’]t)",
    re.IGNORECASE,
)
_ACTS = re.compile(
    r"^(?:and )?(?:build|design|develop|own|lead|work (?:with|on|closely|next|across)|write|keep|"
    r"deploy|train|run|maintain|create|implement|drive|manage|collaborate|partner|architect|help|"
    r"integrate|optimi[sz]e|automate|monitor|support|evaluate|define|deliver|ship|improve|set up|"
    r"research|analy[sz]e|conduct|translate|prototype|operate|scale|mentor|act as|serve as|"
    r"contribute|identify|ensure|explore|publish|investigate|apply (?!now|here|today|by|online|"
    r"via|for)|tune|measure)\b",
    re.IGNORECASE,
)
_MUST = re.compile(
    r"\b(?:must(?:[- ]have)?|required|requires?|requirements?:|you (?:have|bring|are|know|can|"
    r"should|need)|you['’](?:ve|re)|\d+\+? ?(?:years?|yrs)|(?:two|three|four|five|six|seven|eight|"
    r"ten) (?:or more )?years|experienced? (?:with|in|of|as|build\w*|develop\w*|deploy\w*)|"
    r"proficien\w+|fluen\w+|knowledge of|familiar\w*|expertise|hands-on|solid|proven|degree|"
    r"ability to|comfortable|we (?:look for|expect|ask|need|require|want) )",
    re.IGNORECASE,
)
# Sentences about the employer, which carry on no list of tasks.
_COMPANY = re.compile(
    r"^(?:we\b|our\b|founded|since|the company|at \w+|it\b|they\b|backed|headquartered|today|join|"
    r"with (?:over|more|offices)|if you|please|apply|salary|base|pay|compensation|[$€£])",
    re.IGNORECASE,
)
_PLAINLY_LEGAL = re.compile(
    r"equal[- ]opportunity employer|without regard to|protected (?:veteran|class|characteristic)|"
    r"sexual orientation|gender identity|reasonable accommodation|affirmative action|"
    r"criminal (?:histor|record)|e-verify|recruit(?:ment|ing) (?:fraud|scam)",
    re.IGNORECASE,
)
_LEGAL = re.compile(
    r"equal[- ]opportunity|background check|personal data|privacy (?:policy|notice)|applicants?\b|"
    r"discriminat|agenc(?:y|ies) (?:fee|resume)|visa sponsorship|fraudulent",
    re.IGNORECASE,
)
_OFFER = re.compile(
    r"\b(?:health|dental|medical|life) insurance|401\(?k|paid (?:time off|leave|holiday|vacation|"
    r"parental)|parental leave|\bPTO\b|stock options?|equity\b|wellness|gym (?:membership|pass|"
    r"access)|stipend|pension|we offer|our benefits|benefits (?:package|include)|(?:great|"
    r"generous|full) benefits|competitive (?:salary|compensation|pay)|(?:base )?salary|pay range|"
    r"flexible (?:hours|working)|vacation|days? off|free lunch|annual leave|learning budget|"
    r"(?:annual|performance) bonus",
    re.IGNORECASE,
)


def named(text: str) -> AdSection | None:
    """Return the section that a heading's words name; None when they name none."""
    words = text.strip(" :*#_-–—?!.")
    if not words or len(words.split()) > 12:
        return None
    return next((section for section, pattern in _NAMED if pattern.search(words)), None)


LISTS = (AdSection.DUTIES, AdSection.REQUIRED, AdSection.PREFERRED)


def by_wording(
    text: str, section: AdSection, *, entry: bool = False, before: AdSection | None = None
) -> AdSection:
    """Return the section a statement belongs to by its own words, standing in ``section``.

    A list says what its heading says; only between the lists do the words decide. There, an
    ``entry`` of a list is a task unless it says otherwise, and a sentence without a word that tells
    goes on with what the sentence ``before`` it in the paragraph was about.
    """
    if section is not AdSection.LEGAL and _PLAINLY_LEGAL.search(text):
        return AdSection.LEGAL
    if section not in (AdSection.INTRO, AdSection.ABOUT):
        return section
    if _LEGAL.search(text) and not entry:
        return AdSection.LEGAL
    if _OFFER.search(text) and not _WILL_DO.search(text):
        return AdSection.OFFER
    if _WILL_DO.search(text):
        return AdSection.DUTIES
    if section is AdSection.ABOUT:
        return section
    if _MUST.search(text):
        return AdSection.REQUIRED
    if entry or _ACTS.search(text):
        return AdSection.DUTIES
    if before in LISTS and not _COMPANY.search(text):
        return before
    return section


_NEEDS = {
    AdSection.DUTIES: Need.REQUIRED,
    AdSection.REQUIRED: Need.REQUIRED,
    AdSection.PREFERRED: Need.PREFERRED,
}


def need(text: str, section: AdSection) -> Need:
    """Return how much a statement wants what it names, by its section and its words."""
    usual = _NEEDS.get(section, Need.CONTEXT)
    if usual is Need.CONTEXT:
        return usual
    if _PREFERRED.search(text):
        return Need.PREFERRED
    if _NOT_NEEDED.search(text):
        return Need.NONE
    return usual


# Where a statement may turn from what it requires to what it only likes.
_CLAUSE = re.compile(
    r";\s+|\s*[()]\s*|,\s+(?=(?:and )?(?:ideally|preferabl[ye]|preferred|"
    r"with [\w ]{2,40} (?:preferred|desirable|a plus))\b)|\s+[–—]\s+(?=ideally|preferabl[ye])"
)


def clauses(text: str, section: AdSection) -> list[str]:
    """Return the parts of a statement that want what they name to different degrees.

    "Kubernetes; Helm is a plus" requires one and likes the other. A statement that wants all it
    names to one degree stays whole.
    """
    if section not in LISTS or section is AdSection.PREFERRED or not _PREFERRED.search(text):
        return [text]
    parts = [part.strip(" ,") for part in _CLAUSE.split(text)]
    parts = [part for part in parts if re.search(r"[A-Za-z]", part)]
    firm = [part for part in parts if not _PREFERRED.search(part)]
    return parts if firm and len(firm) < len(parts) else [text]
