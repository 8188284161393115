"""Skill vectors: stored and read back, refused when stale, built once for other models."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import builders
import numpy as np
import pytest

from gapfit import datafiles, embeddings, encoder, intake, matching, pipeline, profiles, scoring
from gapfit.datamodels import Catalogue, FloatArray, Kind, Skill, SkillVectors, Term
from gapfit.errors import EmbeddingsError

SAMPLE = Path(__file__).parent.parent / "sample_resumes" / "worked-example.pdf"
MEND = "Run: gapfit embeddings build"


@pytest.fixture(autouse=True)
def cache(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    folder = tmp_path / "cache"
    monkeypatch.setattr(datafiles, "user_cache", lambda: folder)
    return folder


@pytest.fixture
def catalogue() -> Catalogue:
    return builders.a_catalogue()


class Counting(builders.FakeEncoder):
    """Counts how often it is asked to encode."""

    def __init__(self) -> None:
        self.calls = 0

    def encode(self, texts: Sequence[str]) -> FloatArray:
        self.calls += 1
        return super().encode(texts)


class Other(builders.FakeEncoder):
    name = "other"
    sha256 = "0" * 64


class Wider(builders.FakeEncoder):
    """The same weights as far as the hash can tell, and yet another dimension."""

    dimension = 24


def changed(catalogue: Catalogue, **values: object) -> Catalogue:
    """The catalogue with its first skill changed."""
    first = dataclasses.replace(catalogue.skills[0], **values)  # type: ignore[arg-type]
    return dataclasses.replace(catalogue, skills=(first, *catalogue.skills[1:]))


def stored(folder: Path, catalogue: Catalogue) -> Path:
    vectors = embeddings.build(catalogue, builders.FakeEncoder())
    return embeddings.save(folder, catalogue, vectors, "1.2.3")


def edit(folder: Path, **values: object) -> None:
    """Change entries of a store's manifest."""
    path = folder / "manifest.json"
    path.write_text(json.dumps(json.loads(path.read_text()) | values))


# ---------------------------------------------------------------- rows


def test_rows_come_by_kind_and_then_by_skill(catalogue: Catalogue) -> None:
    table = embeddings.rows(catalogue)
    assert [(row.kind, row.skill) for row in table] == sorted((r.kind, r.skill) for r in table)
    assert len({(row.kind, row.skill, row.text) for row in table}) == len(table)


def test_what_describes_a_skill_has_a_row(catalogue: Catalogue) -> None:
    skill = Skill(
        id="golden-sets",
        name="the name",
        area="evals",
        definition="the definition",
        aliases=(Term("an alias"), Term("a word", ("its", "context"))),
        tools=(),
        examples=("one", "two"),
        near_misses=("a miss",),
    )
    one = dataclasses.replace(catalogue, skills=(skill,))
    assert [(row.kind, row.text) for row in embeddings.rows(one)] == [
        (Kind.NAME, "the name"),
        (Kind.NAME, "an alias"),
        (Kind.NAME, "a word"),
        (Kind.DEFINITION, "the definition"),
        (Kind.EXAMPLE, "one"),
        (Kind.EXAMPLE, "two"),
        (Kind.NEAR_MISS, "a miss"),
    ]


# ---------------------------------------------------------------- there and back


def same(one: SkillVectors, other: SkillVectors) -> bool:
    return (
        np.array_equal(one.vectors, other.vectors)
        and np.array_equal(one.skills, other.skills)
        and np.array_equal(one.kinds, other.kinds)
        and (one.model, one.model_sha256) == (other.model, other.model_sha256)
    )


def test_what_is_read_is_what_was_saved(tmp_path: Path, catalogue: Catalogue) -> None:
    coder = builders.FakeEncoder()
    built = embeddings.build(catalogue, coder)
    folder = embeddings.save(tmp_path / "a" / "store", catalogue, built, "1.2.3")
    assert same(embeddings.read(folder, catalogue, coder), built)
    assert built.vectors.dtype == np.float32


def test_the_background_is_kept_with_the_vectors(tmp_path: Path, catalogue: Catalogue) -> None:
    coder = builders.FakeEncoder()
    built = embeddings.build(catalogue, coder)
    assert built.background is None
    known = dataclasses.replace(built, background=matching.background(built))
    folder = embeddings.save(tmp_path / "store", catalogue, known, "1.2.3")
    read = embeddings.read(folder, catalogue, coder).background
    assert read is not None
    assert np.array_equal(read, matching.background(built))
    (folder / "background.npy").write_bytes(b"something else")
    assert "background.npy: missing or damaged" in refused(folder, catalogue)


def test_half_precision_moves_no_cosine(catalogue: Catalogue) -> None:
    coder = builders.FakeEncoder()
    exact = coder.encode([row.text for row in embeddings.rows(catalogue)])
    kept = embeddings.build(catalogue, coder).vectors
    assert np.abs(kept @ exact.T - exact @ exact.T).max() < 1e-3


def test_the_manifest_says_what_the_vectors_are_made_from(
    tmp_path: Path, catalogue: Catalogue
) -> None:
    folder = stored(tmp_path / "store", catalogue)
    manifest = json.loads((folder / "manifest.json").read_text())
    expected = {
        "format": embeddings.FORMAT,
        "gapfit_version": "1.2.3",
        "model": "fake",
        "model_sha256": "f" * 64,
        "dimension": 16,
        "rows": len(embeddings.rows(catalogue)),
        "normalised": True,
        "pooling": "mean",
        "vectors_sha256": datafiles.sha256(folder / "vectors.npy"),
        "profiles": dict(catalogue.file_hashes),
    }
    assert {key: manifest[key] for key in expected} == expected


def test_saving_leaves_nothing_else_behind(tmp_path: Path, catalogue: Catalogue) -> None:
    folder = stored(tmp_path / "store", catalogue)
    stored(folder, catalogue)
    assert sorted(path.name for path in folder.iterdir()) == ["manifest.json", "vectors.npy"]


def test_a_save_that_fails_keeps_the_old_store(
    tmp_path: Path, catalogue: Catalogue, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = stored(tmp_path / "store", catalogue)
    before = embeddings.read(folder, catalogue, builders.FakeEncoder())

    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(np, "save", full)
    with pytest.raises(OSError, match="No space left"):
        stored(folder, catalogue)
    monkeypatch.undo()
    assert sorted(path.name for path in folder.iterdir()) == ["manifest.json", "vectors.npy"]
    assert same(embeddings.read(folder, catalogue, builders.FakeEncoder()), before)


# ---------------------------------------------------------------- what is refused


def refused(folder: Path, catalogue: Catalogue, coder: builders.FakeEncoder | None = None) -> str:
    with pytest.raises(EmbeddingsError) as caught:
        embeddings.read(folder, catalogue, coder or builders.FakeEncoder())
    message = str(caught.value)
    assert message.startswith(str(folder))
    assert message.endswith(MEND)
    return message


@pytest.mark.parametrize(
    "change",
    [
        {"name": "Another name"},
        {"definition": "Another definition"},
        {"examples": ("Another example",)},
        {"near_misses": ("Another near miss",)},
        {"aliases": (Term("another alias"),)},
        {"id": "another-id"},
    ],
    ids=lambda change: next(iter(change)),
)
def test_a_changed_profile(change: dict[str, Any], tmp_path: Path, catalogue: Catalogue) -> None:
    folder = stored(tmp_path / "store", catalogue)
    assert "other skill profiles" in refused(folder, changed(catalogue, **change))


def test_another_order_of_skills(tmp_path: Path, catalogue: Catalogue) -> None:
    folder = stored(tmp_path / "store", catalogue)
    backwards = dataclasses.replace(catalogue, skills=catalogue.skills[::-1])
    assert "other skill profiles" in refused(folder, backwards)


def test_another_model(tmp_path: Path, catalogue: Catalogue) -> None:
    folder = stored(tmp_path / "store", catalogue)
    message = refused(folder, catalogue, Other())
    assert "vectors of another model (fake, not other)" in message


def test_another_format(tmp_path: Path, catalogue: Catalogue) -> None:
    folder = stored(tmp_path / "store", catalogue)
    edit(folder, format=embeddings.FORMAT + 1)
    assert f"this gapfit reads {embeddings.FORMAT}" in refused(folder, catalogue)


def flip(content: bytes) -> bytes:
    return content[:-1] + bytes([content[-1] ^ 1])


@pytest.mark.parametrize(
    "damage", [flip, lambda content: content[:-64], lambda _: b""], ids=["bit", "tail", "empty"]
)
def test_damaged_vectors(
    damage: Callable[[bytes], bytes], tmp_path: Path, catalogue: Catalogue
) -> None:
    path = stored(tmp_path / "store", catalogue) / "vectors.npy"
    path.write_bytes(damage(path.read_bytes()))
    assert "vectors.npy: missing or damaged" in refused(path.parent, catalogue)


def test_missing_vectors(tmp_path: Path, catalogue: Catalogue) -> None:
    folder = stored(tmp_path / "store", catalogue)
    (folder / "vectors.npy").unlink()
    assert "vectors.npy: missing or damaged" in refused(folder, catalogue)


def test_another_dimension(tmp_path: Path, catalogue: Catalogue) -> None:
    folder = stored(tmp_path / "store", catalogue)
    count = len(embeddings.rows(catalogue))
    message = refused(folder, catalogue, Wider())
    assert f"shape ({count}, 16), expected ({count}, 24)" in message


@pytest.mark.parametrize("content", ["", "{", "[]", '"text"', "null", "\udce9"])
def test_a_damaged_manifest(content: str, tmp_path: Path, catalogue: Catalogue) -> None:
    folder = stored(tmp_path / "store", catalogue)
    (folder / "manifest.json").write_bytes(content.encode(errors="surrogateescape"))
    assert "manifest.json" in refused(folder, catalogue)


def test_no_store(tmp_path: Path, catalogue: Catalogue) -> None:
    assert "cannot be read" in refused(tmp_path / "none", catalogue)


# ---------------------------------------------------------------- the committed store


@pytest.fixture
def committed(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, catalogue: Catalogue) -> Path:
    """A store where the committed one of the fake model would stand."""
    monkeypatch.setattr(datafiles, "builtin", lambda name: tmp_path / "data" / name)
    return stored(tmp_path / "data" / "embeddings" / "fake", catalogue)


@pytest.mark.usefixtures("committed")
def test_the_committed_store_is_used_where_it_fits(cache: Path, catalogue: Catalogue) -> None:
    coder = Counting()
    vectors = embeddings.load(catalogue, coder, "1.2.3")
    assert coder.calls == 0
    assert same(vectors, embeddings.build(catalogue, builders.FakeEncoder()))
    assert not cache.exists()


@pytest.mark.usefixtures("committed")
@pytest.mark.parametrize(
    "hashes",
    [
        {"areas.toml": "changed"},
        {"areas.toml": "b" * 64, "skills/new.toml": "added"},
        {},
    ],
    ids=["changed", "added", "removed"],
)
def test_a_changed_built_in_profile_is_an_error_that_names_it(
    hashes: dict[str, str], catalogue: Catalogue
) -> None:
    stale = dataclasses.replace(catalogue, file_hashes=hashes)
    name = "skills/new.toml" if "skills/new.toml" in hashes else "areas.toml"
    with pytest.raises(EmbeddingsError, match=MEND) as error:
        embeddings.load(stale, builders.FakeEncoder(), "1.2.3")
    assert str(error.value).startswith(str(datafiles.builtin("profiles") / name))


def test_a_damaged_committed_store_is_an_error(committed: Path, catalogue: Catalogue) -> None:
    (committed / "vectors.npy").write_bytes(b"")
    with pytest.raises(EmbeddingsError, match=MEND):
        embeddings.load(catalogue, builders.FakeEncoder(), "1.2.3")


@pytest.mark.usefixtures("committed")
@pytest.mark.parametrize("name", ["./models/fake", "somebody/fake"])
def test_a_namesake_of_the_committed_model_is_another_model(
    name: str, cache: Path, catalogue: Catalogue, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Other, "name", name)
    embeddings.load(catalogue, Other(), "1.2.3")
    assert len(list(cache.glob("embeddings/fake-*/vectors.npy"))) == 1


@pytest.mark.usefixtures("committed")
def test_own_roles_need_no_vectors_of_their_own(cache: Path, catalogue: Catalogue) -> None:
    hashes = {**catalogue.file_hashes, "own/roles/mine.toml": "x"}
    coder = Counting()
    embeddings.load(dataclasses.replace(catalogue, file_hashes=hashes), coder, "1.2.3")
    assert (coder.calls, cache.exists()) == (0, False)


@pytest.mark.usefixtures("committed")
def test_own_skills_are_built_into_the_cache(cache: Path, catalogue: Catalogue) -> None:
    hashes = {**catalogue.file_hashes, "own/skills/mine.toml": "x"}
    mine = dataclasses.replace(changed(catalogue, name="Mine"), file_hashes=hashes)
    coder = Counting()
    first = embeddings.load(mine, coder, "1.2.3")
    second = embeddings.load(mine, coder, "1.2.3")
    assert coder.calls == 1
    assert same(first, second)
    assert len(list(cache.glob("embeddings/fake-*/vectors.npy"))) == 1


def test_verify_measures_the_lowest_cosine(committed: Path, catalogue: Catalogue) -> None:
    coder = builders.FakeEncoder()
    assert embeddings.verify(catalogue, coder) == pytest.approx(1.0, abs=1e-3)
    vectors = np.load(committed / "vectors.npy")
    vectors[0] = -vectors[0]
    np.save(committed / "vectors.npy", vectors)
    edit(committed, vectors_sha256=datafiles.sha256(committed / "vectors.npy"))
    assert embeddings.verify(catalogue, coder) == pytest.approx(-1.0, abs=1e-3)


@pytest.mark.usefixtures("committed")
def test_verify_refuses_what_it_cannot_compare(catalogue: Catalogue) -> None:
    with pytest.raises(EmbeddingsError, match=MEND):
        embeddings.verify(changed(catalogue, name="Other"), builders.FakeEncoder())
    with pytest.raises(EmbeddingsError, match=MEND):
        embeddings.verify(catalogue, Other())


# ---------------------------------------------------------------- the user's cache


def test_another_models_vectors_are_built_once(cache: Path, catalogue: Catalogue) -> None:
    coder = Counting()
    first = embeddings.load(catalogue, coder, "1.2.3")
    second = embeddings.load(catalogue, coder, "1.2.3")
    assert coder.calls == 1
    assert same(first, second)
    assert [path.parent.parent for path in cache.rglob("vectors.npy")] == [cache / "embeddings"]


def test_other_texts_and_other_weights_have_caches_of_their_own(catalogue: Catalogue) -> None:
    coder = builders.FakeEncoder()
    stores = {
        embeddings.cached_store(catalogue, coder),
        embeddings.cached_store(changed(catalogue, name="Other"), coder),
        embeddings.cached_store(catalogue, Other()),
    }
    assert len(stores) == 3


def test_a_damaged_cache_is_built_again(cache: Path, catalogue: Catalogue) -> None:
    coder = Counting()
    first = embeddings.load(catalogue, coder, "1.2.3")
    (path,) = cache.rglob("vectors.npy")
    path.write_bytes(b"damaged")
    assert same(embeddings.load(catalogue, coder, "1.2.3"), first)
    assert coder.calls == 2
    assert path.read_bytes() != b"damaged"


def test_a_cache_that_cannot_be_written_is_no_error(cache: Path, catalogue: Catalogue) -> None:
    cache.write_text("a file where the folder should be")
    coder = Counting()
    vectors = embeddings.load(catalogue, coder, "1.2.3")
    assert same(vectors, embeddings.build(catalogue, builders.FakeEncoder()))
    assert cache.is_file()


@pytest.mark.parametrize(
    ("model", "name"),
    [
        ("all-MiniLM-L6-v2", "all-MiniLM-L6-v2"),
        ("BAAI/bge-small-en-v1.5", "bge-small-en-v1.5"),
        ("./models/mine/", "mine"),
        (r"C:\models\mine", "mine"),
        ("strange name: *", "strange-name---"),
    ],
)
def test_a_models_folder_is_named_after_it(model: str, name: str) -> None:
    assert embeddings.builtin_store(model) == datafiles.builtin("embeddings") / name


# ---------------------------------------------------------------- with a real model


@pytest.fixture(scope="module")
def exact(analyzer: pipeline.Analyzer) -> FloatArray:
    """The real catalogue, encoded afresh in full precision."""
    return analyzer.encoder.encode([row.text for row in embeddings.rows(analyzer.catalogue)])


@pytest.mark.model
def test_the_committed_vectors_are_those_of_the_profiles(
    analyzer: pipeline.Analyzer, exact: FloatArray
) -> None:
    kept = embeddings.load(analyzer.catalogue, analyzer.encoder, "1.2.3").vectors
    assert np.sum(kept * exact, axis=1).min() > 0.999


def test_the_committed_background_is_that_of_the_vectors() -> None:
    kept = embeddings.load(profiles.load(), encoder.load(), "1.2.3")
    assert kept.background is not None
    fresh = matching.background(dataclasses.replace(kept, background=None))
    np.testing.assert_allclose(kept.background, fresh, atol=1e-5)


@pytest.mark.model
def test_half_precision_changes_no_level(analyzer: pipeline.Analyzer, exact: FloatArray) -> None:
    catalogue, coder = analyzer.catalogue, analyzer.encoder
    kept = embeddings.load(catalogue, coder, "1.2.3")
    resume, _ = intake.read_unguarded(SAMPLE.read_bytes(), SAMPLE.name)
    encoded = coder.encode_tokens([matching.asserted(s) for s in resume.statements])
    assert np.abs(encoded.sentences @ (kept.vectors - exact).T).max() < 1e-3
    levels = []
    for vectors in (kept, dataclasses.replace(kept, vectors=exact, background=None)):
        matcher = matching.Matcher(catalogue.skills, vectors, embeddings.load_parameters())
        matches = matcher.match(resume.statements, encoded)
        levels.append([scoring.level_of(match) for match in matches])
    assert levels[0] == levels[1]


@pytest.mark.model
def test_a_model_of_ones_own(tiny_model: Path, cache: Path) -> None:
    said: list[str] = []
    model = str(tiny_model)
    first = pipeline.analyze(SAMPLE, model=model, progress=said.append)
    (store,) = cache.glob("embeddings/tiny-model-*/vectors.npy")
    written = store.stat().st_mtime_ns
    second = pipeline.analyze(SAMPLE, model=model)
    assert first == second
    assert store.stat().st_mtime_ns == written
    assert first.manifest.model == model
    assert first.manifest.model_sha256 == encoder.load(model).sha256
    assert len(first.skills) == 126
    assert "Loading the model" in said
