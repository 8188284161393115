"""Profiles: the built-in catalogue keeps its contract, and every mistake in one is explained."""

from __future__ import annotations

import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

from gapfit import profiles
from gapfit.datamodels import Band, Catalogue, Skill, Term
from gapfit.errors import ProfileError

CONTRACT = Path(__file__).parent / "data" / "skill_ids.txt"

ROLES = (
    "ai-engineer",
    "llm-engineer",
    "ml-engineer",
    "mlops-engineer",
    "research-engineer",
    "prompt-engineer",
    "ai-platform-engineer",
    "forward-deployed-engineer",
    "responsible-ai-engineer",
    "ai-product-manager",
    "ai-solutions-architect",
    "voice-ai-engineer",
)
VARIANTS = (
    "classical-ml-engineer",
    "llm-ml-engineer",
    "mlops-llm-engineer",
    "applied-ai-engineer",
    "ai-agent-engineer",
    "inference-engineer",
)
AMBIGUOUS = (
    "Triton",
    "Modal",
    "Ray",
    "Spark",
    "Go",
    "Inspect",
    "Outlines",
    "Instructor",
    "Phoenix",
)


@pytest.fixture(scope="module")
def builtin() -> Catalogue:
    return profiles.load()


def terms(skill: Skill) -> tuple[Term, ...]:
    return (Term(skill.name), *skill.aliases, *skill.tools)


# ---------------------------------------------------------------- the built-in catalogue


def test_every_skill_of_the_contract_stands_in_its_area(builtin: Catalogue) -> None:
    lines = CONTRACT.read_text(encoding="utf-8").splitlines()
    contract = dict(line.split("\t") for line in lines)
    assert len(contract) == 126
    areas = {skill.id: skill.area for skill in builtin.skills}
    assert {skill: areas.get(skill) for skill in contract} == contract


def test_no_skill_twice_and_all_grouped_by_area(builtin: Catalogue) -> None:
    assert max(Counter(skill.id for skill in builtin.skills).values()) == 1
    order = [area.id for area in builtin.areas]
    assert sorted(builtin.skills, key=lambda s: order.index(s.area)) == list(builtin.skills)


def test_every_skill_has_examples_and_near_misses_of_its_own(builtin: Catalogue) -> None:
    thin = [s.id for s in builtin.skills if len(s.examples) < 10 or len(s.near_misses) < 5]
    assert thin == []
    texts = Counter(
        " ".join(text.casefold().split())
        for skill in builtin.skills
        for text in (*skill.examples, *skill.near_misses)
    )
    assert [text for text, times in texts.items() if times > 1] == []


def test_no_name_twice_within_a_skill(builtin: Catalogue) -> None:
    names = Counter((s.id, term) for s in builtin.skills for term in (*s.aliases, *s.tools))
    assert [name for name, times in names.items() if times > 1] == []


def test_the_overlap_areas_come_first_evals_ahead(builtin: Catalogue) -> None:
    assert [area.id for area in builtin.areas][:3] == ["evals", "retrieval", "observability"]
    assert [area.id for area in builtin.areas if area.overlap] == [
        "evals", "retrieval", "observability",
    ]  # fmt: skip


def test_the_roles_are_the_twelve_and_then_their_variants(builtin: Catalogue) -> None:
    assert tuple(role.id for role in builtin.roles) == ROLES + VARIANTS
    assert all(builtin.role(role).extends is None for role in ROLES)
    assert all(builtin.role(role).extends in ROLES for role in VARIANTS)


@pytest.mark.parametrize("role_id", ROLES + VARIANTS)
def test_a_role_has_a_stack_in_order_of_weight_with_sources(
    role_id: str, builtin: Catalogue
) -> None:
    role = builtin.role(role_id)
    weights = [item.weight for item in role.stack]
    assert weights == sorted(weights, reverse=True)
    assert any(item.band is Band.CORE for item in role.stack)
    assert all((item.weight == 0) == (item.band is Band.NOT_OWNED) for item in role.stack)
    assert all(item.sources for item in role.stack)


@pytest.mark.parametrize("variant", VARIANTS)
def test_a_variant_keeps_what_it_does_not_change(variant: str, builtin: Catalogue) -> None:
    role = builtin.role(variant)
    parent = builtin.role(str(role.extends))
    assert {item.skill for item in parent.stack} <= {item.skill for item in role.stack}
    assert role.stack != parent.stack


def test_a_gate_asks_for_skills_of_its_own_stack(builtin: Catalogue) -> None:
    gated = [role for role in builtin.roles if role.gate]
    assert "research-engineer" in {role.id for role in gated}
    for role in gated:
        weighed = {item.skill for item in role.stack if item.weight > 0}
        assert set(role.gate) <= weighed, role.id


def test_prompt_engineer_is_shown_as_the_vestigial_title_it_is(builtin: Catalogue) -> None:
    role = builtin.role("prompt-engineer")
    assert role.status
    assert role.modern_wording


@pytest.mark.parametrize("word", AMBIGUOUS)
def test_an_ambiguous_word_needs_a_context(word: str, builtin: Catalogue) -> None:
    bare = [
        (skill.id, term)
        for skill in builtin.skills
        for term in terms(skill)
        if term.text.casefold() == word.casefold()
    ]
    assert bare, "not in the catalogue at all"
    assert [skill for skill, term in bare if not term.context] == []


def test_the_hashes_name_every_file_and_the_digest_is_stable(builtin: Catalogue) -> None:
    assert {"areas.toml", "skills/evals.toml", "roles/ai-engineer.toml"} <= set(builtin.file_hashes)
    assert profiles.load().sha256 == builtin.sha256


def test_only_files_the_catalogue_is_read_from_are_hashed(builtin: Catalogue) -> None:
    parts = {name.partition("/")[0] for name in builtin.file_hashes}
    assert parts == {"areas.toml", "sources.toml", "roles", "skills"}


# ---------------------------------------------------------------- a folder of one's own

SKILL = """\
area = "software"

[[skill]]
id = "knitting"
name = "Knitting machines"
definition = "Programming machines that knit"
aliases = ["machine knitting", { text = "purl", context = ["yarn"] }]
examples = ["Programmed a flat-bed machine to knit a pullover in one piece"]
near_misses = ["Sold pullovers at a market"]
"""
ROLE = """\
id = "knitter"
name = "Knitting Engineer"
headline = "Knits"
definition = "Makes machines knit"
owns = [{ text = "pullovers", sources = ["own"] }]
does_not_own = []
languages = []
background = []
basis = "made up"
sources = ["own"]

[stack]
python = { band = "core", weight = 1.0, sources = ["own"] }
"""


def own(folder: Path, **files: str) -> Path:
    """Write files given as ``skills_x="…"`` or ``roles_x="…"`` or ``areas="…"``."""
    for name, content in files.items():
        path = folder / f"{name.replace('_', '/', 1)}.toml"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, encoding="utf-8")
    return folder


def test_own_skills_and_roles_are_added(builtin: Catalogue, tmp_path: Path) -> None:
    role = ROLE + 'knitting = { band = "core", weight = 0.5, sources = ["own"] }\n'
    catalogue = profiles.load(own(tmp_path, skills_knitting=SKILL, roles_knitter=role))
    assert len(catalogue.skills) == len(builtin.skills) + 1
    assert catalogue.skill("knitting").aliases == (
        Term("machine knitting"),
        Term("purl", ("yarn",)),
    )
    assert catalogue.roles[-1].id == "knitter"
    assert [item.skill for item in catalogue.role("knitter").stack] == ["python", "knitting"]
    assert {"own/skills/knitting.toml", "own/roles/knitter.toml"} <= set(catalogue.file_hashes)
    assert catalogue.sha256 != builtin.sha256


def test_an_own_skill_replaces_the_built_in_one(builtin: Catalogue, tmp_path: Path) -> None:
    mine = SKILL.replace('"knitting"', '"python"').replace("Knitting machines", "My Python")
    catalogue = profiles.load(own(tmp_path, skills_mine=mine))
    assert catalogue.skill("python").name == "My Python"
    assert [s.id for s in catalogue.skills if s.id != "python"] == [
        s.id for s in builtin.skills if s.id != "python"
    ]
    assert catalogue.skill("rag") == builtin.skill("rag")


def test_an_own_role_replaces_the_built_in_one(builtin: Catalogue, tmp_path: Path) -> None:
    mine = ROLE.replace('"knitter"', '"ml-engineer"')
    catalogue = profiles.load(own(tmp_path, roles_mine=mine))
    assert catalogue.role("ml-engineer").name == "Knitting Engineer"
    assert len(catalogue.roles) == len(builtin.roles)
    assert catalogue.role("ai-engineer") == builtin.role("ai-engineer")


def test_an_own_role_extends_a_built_in_one(builtin: Catalogue, tmp_path: Path) -> None:
    mine = 'extends = "voice-ai-engineer"\n' + ROLE.replace("1.0", "0.35")
    role = profiles.load(own(tmp_path, roles_mine=mine)).role("knitter")
    parent = builtin.role("voice-ai-engineer")
    assert {item.skill for item in role.stack} == {item.skill for item in parent.stack} | {"python"}
    assert {item.weight for item in role.stack if item.skill == "python"} == {0.35}
    assert (role.gate, role.halfway, role.shape) == (parent.gate, parent.halfway, parent.shape)


def test_an_own_area(tmp_path: Path) -> None:
    catalogue = profiles.load(
        own(
            tmp_path,
            areas='[[area]]\nid = "textiles"\nname = "Textiles"\n',
            skills_knitting=SKILL.replace('"software"', '"textiles"'),
        )
    )
    assert catalogue.areas[-1].id == "textiles"
    assert not catalogue.areas[-1].overlap
    assert catalogue.skills[-1].id == "knitting"


def test_a_gate_of_ones_own(tmp_path: Path) -> None:
    mine = ROLE.replace("[stack]", '[gate]\npython = "owned"\n\n[stack]')
    assert profiles.load(own(tmp_path, roles_mine=mine)).role("knitter").gate == {"python": "owned"}


# ---------------------------------------------------------------- what is refused


def refused(folder: Path) -> str:
    with pytest.raises(ProfileError) as caught:
        profiles.load(folder)
    return str(caught.value)


@pytest.mark.parametrize(
    ("old", "new", "parts"),
    [
        ('name = "Knitting machines"', 'name = "Knitting', ["not valid TOML", "line 5"]),
        ('name = "Knitting machines"', "", ["skill 'knitting'", "`name`"]),
        ('name = "Knitting machines"', 'name = ""', ["skill 'knitting': name", ">= 1"]),
        ('name = "Knitting machines"', "name = 3", ["skill 'knitting': name", "Expected `str`"]),
        ('area = "software"', "", ["`area`"]),
        ('area = "software"', 'area = "crafts"', ["area: unknown area 'crafts'", "software"]),
        ("near_misses", "near_mises", ["skill 'knitting'", "near_mises"]),
        ("definition =", 'colour = "red"\ndefinition =', ["skill 'knitting'", "`colour`"]),
        ('id = "knitting"', 'id = "Machine Knitting"', ["skill 'Machine Knitting': id", "a-z"]),
        ('context = ["yarn"]', 'context = "yarn"', ["skill 'knitting': aliases[1].context"]),
        ("context =", "contex =", ["skill 'knitting': aliases[1]", "contex"]),
        ("[[skill]]", "[[skills]]", ["skills"]),
        (
            'near_misses = ["Sold pullovers at a market"]',
            'near_misses = ["Programmed a flat-bed machine to knit a pullover in one piece"]',
            ["skill 'knitting': near_misses", "is an example too", "Remove"],
        ),
        (
            "examples = [",
            'examples = ["Once", "Once", ',
            ["skill 'knitting': examples", "'Once' appears twice", "Remove"],
        ),
        (
            'examples = ["Programmed a flat-bed machine to knit a pullover in one piece"]',
            "examples = []",
            ["skill 'knitting': examples", ">= 1"],
        ),
    ],
)
def test_a_mistake_in_a_skill_is_named(
    old: str, new: str, parts: list[str], tmp_path: Path
) -> None:
    assert old in SKILL
    folder = own(tmp_path, skills_knitting=SKILL.replace(old, new, 1))
    message = refused(folder)
    assert message.startswith(f"{folder / 'skills' / 'knitting.toml'}: ")
    for part in parts:
        assert part in message, message


STACK = 'python = { band = "core", weight = 1.0, sources = ["own"] }'


@pytest.mark.parametrize(
    ("old", "new", "parts"),
    [
        ('id = "knitter"', 'id = "knitter', ["not valid TOML", "line 1"]),
        ('basis = "made up"', "", ["`basis`"]),
        ('basis = "made up"', "basis = 1", ["basis", "Expected `str`"]),
        ('basis = "made up"', 'bases = "made up"', ["bases"]),
        ('basis = "made up"', 'basis = "x"\norder = "last"', ["order", "Expected `int`"]),
        ('sources = ["own"]\n\n', "sources = []\n\n", ["sources", ">= 1"]),
        ("weight = 1.0", "weight = 1.5", ["stack", "<= 1.0"]),
        ("weight = 1.0", "weight = -0.5", ["stack", ">= 0.0"]),
        ("weight = 1.0", 'weight = "much"', ["stack", "Expected `float`"]),
        ('band = "core"', 'band = "central"', ["stack", "central"]),
        ("weight = 1.0", "weight = 0", ["stack.python: band 'core' with weight 0", "not-owned"]),
        ('"core"', '"not-owned"', ["stack.python: band 'not-owned' with weight 1", "not-owned"]),
        (
            STACK,
            'python = { band = "not-owned", weight = 0, sources = ["own"] }',
            ["stack: no skill has a weight above 0", "Add"],
        ),
        (STACK, "", ["stack", ">= 1"]),
        ("python =", "pythn =", ["stack: unknown skill id 'pythn'", "Did you mean 'python'?"]),
        ("python =", "qqqq =", ["unknown skill id 'qqqq'", "Define it in skills/*.toml"]),
        (
            "[stack]",
            '[gate]\npythn = "used"\n[stack]',
            ["gate: unknown skill id 'pythn'", "Did you mean 'python'?"],
        ),
        (
            "[stack]",
            '[gate]\npython = "expert"\n[stack]',
            ["gate.python: unknown level 'expert'", "mentioned, used, owned"],
        ),
        (
            "[stack]",
            '[gate]\npython = "absent"\n[stack]',
            ["gate.python: unknown level 'absent'"],
        ),
        ('basis = "made up"', 'basis = "x"\nhalfway = 0.0', ["halfway", "> 0.0"]),
        ('basis = "made up"', 'basis = "x"\nhalfway = 1.5', ["halfway", "<= 1.0"]),
        ('basis = "made up"', 'basis = "x"\nshape = 0.9', ["shape", ">= 1.0"]),
        (
            'basis = "made up"',
            'basis = "made up"\nextends = "knitters"',
            ["extends: unknown role 'knitters'", "Use one of", "ai-engineer"],
        ),
        (
            'basis = "made up"',
            'basis = "made up"\nextends = "knitter"',
            ["extends: 'knitter' extends itself", "Break the circle"],
        ),
    ],
)
def test_a_mistake_in_a_role_is_named(old: str, new: str, parts: list[str], tmp_path: Path) -> None:
    assert old in ROLE
    folder = own(tmp_path, roles_knitter=ROLE.replace(old, new, 1))
    message = refused(folder)
    assert message.startswith(f"{folder / 'roles' / 'knitter.toml'}: ")
    for part in parts:
        assert part in message, message


@pytest.mark.parametrize("mistake", ["weight = 1.5", 'weight = "much"', "wait = 1.0"])
def test_a_mistake_in_a_stack_names_the_skill(mistake: str, tmp_path: Path) -> None:
    message = refused(own(tmp_path, roles_knitter=ROLE.replace("weight = 1.0", mistake)))
    assert "stack.python" in message, message


@pytest.mark.parametrize("parents", [{"a": "b", "b": "a"}, {"a": "b", "b": "c", "c": "b"}])
def test_a_circle_of_several_roles(parents: dict[str, str], tmp_path: Path) -> None:
    for role, parent in parents.items():
        content = ROLE.replace('"knitter"', f'"{role}"')
        own(tmp_path, **{f"roles_{role}": f'extends = "{parent}"\n{content}'})
    assert "Break the circle" in refused(tmp_path)


def test_a_mistake_is_found_where_it_stands(tmp_path: Path) -> None:
    """Not in the role that inherits it."""
    bad = ROLE.replace("python =", "pythn =")
    child = ROLE.replace('"knitter"', '"child"').replace(
        'basis = "made up"', 'basis = "x"\nextends = "knitter"\norder = 1'
    )
    folder = own(tmp_path, roles_a_child=child, roles_knitter=bad)
    assert refused(folder).startswith(str(folder / "roles" / "knitter.toml"))


@pytest.mark.parametrize(("kind", "content"), [("skills", SKILL), ("roles", ROLE)])
def test_an_id_in_two_files(kind: str, content: str, tmp_path: Path) -> None:
    folder = own(tmp_path, **{f"{kind}_a": content, f"{kind}_b": content})
    message = refused(folder)
    assert message.startswith(str(folder / kind / "b.toml"))
    assert "appears twice. Remove one of the two." in message


def test_an_area_twice(tmp_path: Path) -> None:
    areas = '[[area]]\nid = "x"\nname = "X"\n' * 2
    message = refused(own(tmp_path, areas=areas, skills_knitting=SKILL))
    assert message == f"{tmp_path / 'areas.toml'}: area: 'x' appears twice. Remove one of the two."


def test_a_skill_twice_in_one_file(tmp_path: Path) -> None:
    twice = SKILL + SKILL.partition("\n\n")[2]
    assert "'knitting' appears twice" in refused(own(tmp_path, skills_knitting=twice))


def test_text_that_is_not_utf_8(tmp_path: Path) -> None:
    own(tmp_path, skills_knitting="")
    (tmp_path / "skills" / "knitting.toml").write_bytes(b'area = "caf\xe9"')
    assert "knitting.toml: not valid TOML" in refused(tmp_path)


def test_a_file_that_cannot_be_read(tmp_path: Path) -> None:
    (tmp_path / "skills" / "folder.toml").mkdir(parents=True)
    assert "folder.toml: cannot be read" in refused(tmp_path)


def test_a_folder_without_profiles(tmp_path: Path) -> None:
    message = refused(tmp_path)
    assert message.startswith(f"{tmp_path}: holds no profiles.")
    assert "skills/*.toml, roles/*.toml, guides/*.toml or learning/*.toml" in message


@pytest.mark.parametrize("part", ["guides", "learning", "learning/items"])
def test_one_part_is_enough(part: str, builtin: Catalogue, tmp_path: Path) -> None:
    (tmp_path / part).mkdir(parents=True)
    (tmp_path / part / "mine.toml").write_text("", encoding="utf-8")
    assert profiles.load(tmp_path).sha256 == builtin.sha256


def test_what_is_built_in_only_is_no_part_of_ones_own(tmp_path: Path) -> None:
    (tmp_path / "market").mkdir()
    (tmp_path / "market" / "moves.toml").write_text("", encoding="utf-8")
    assert "holds no profiles" in refused(tmp_path)


def test_a_folder_that_is_not_there(tmp_path: Path) -> None:
    message = refused(tmp_path / "none")
    assert "no such folder" in message
    assert "--profiles" in message


def test_loading_profiles_loads_no_model() -> None:
    code = "import sys, gapfit.profiles as p; p.load(); sys.exit('torch' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
