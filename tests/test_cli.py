"""The command line: help, usage, unreadable input, roles, embeddings, and the way as a whole."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import builders
import click
import pytest
from click.testing import CliRunner

from gapfit import _version, datafiles, embeddings, encoder, profiles
from gapfit.cli import cli, run
from gapfit.cli.embeddings import LOWEST_COSINE
from gapfit.errors import EmbeddingsError

SAMPLE = Path(__file__).parents[1] / "sample_resumes" / "worked-example.pdf"


@pytest.fixture(autouse=True)
def _plain_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in ("NO_COLOR", "COLUMNS", "FORCE_COLOR"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(datafiles, "user_cache", lambda: tmp_path / "cache")


def lines(text: str) -> list[str]:
    return text.splitlines()


# ---------------------------------------------------------------- help and usage


def commands(
    group: click.Group, path: tuple[str, ...] = ()
) -> Iterator[tuple[tuple[str, ...], click.Command]]:
    yield path, group
    for name, command in group.commands.items():
        if isinstance(command, click.Group):
            yield from commands(command, (*path, name))
        else:
            yield (*path, name), command


ALL = dict(commands(cli))


@pytest.mark.parametrize("path", ALL, ids=" ".join)
@pytest.mark.parametrize("option", ["-h", "--help"])
def test_every_command_has_help(path: tuple[str, ...], option: str) -> None:
    result = CliRunner().invoke(cli, [*path, option])
    assert result.exit_code == 0
    assert result.output.startswith("Usage:")
    assert ALL[path].help
    assert "gapfit " in (ALL[path].epilog or "")


@pytest.mark.parametrize("path", ALL, ids=" ".join)
def test_every_option_has_help(path: tuple[str, ...]) -> None:
    for parameter in ALL[path].params:
        if isinstance(parameter, click.Option):
            assert parameter.help, f"{' '.join(path)} {parameter.opts}"
            assert parameter.help.endswith("."), parameter.help


def test_the_commands_are_these() -> None:
    assert sorted(" ".join(path) for path in ALL) == [
        "", "bulk", "embeddings", "embeddings build", "embeddings verify", "fit", "roles",
    ]  # fmt: skip


def test_version(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["--version"]) == 0
    assert capsys.readouterr().out == f"gapfit {_version.__version__}\n"


def test_without_a_command_the_help_is_shown(capsys: pytest.CaptureFixture[str]) -> None:
    assert run([]) == 2
    assert capsys.readouterr().err.startswith("Usage: gapfit")


@pytest.mark.parametrize(
    ("args", "message"),
    [
        (["fti", "x.pdf"], "no such command 'fti'. Did you mean 'fit'?"),
        (["zzzz"], "no such command 'zzzz'. Use fit, bulk, roles, embeddings."),
        (["embeddings", "verfy"], "no such command 'verfy'. Did you mean 'verify'?"),
        (["fit"], "Missing argument 'RESUME.pdf'."),
        (["fit", "x.pdf", "--format", "yaml"], "'yaml' is not one of 'text', 'json'"),
        (["fit", "x.pdf", "--fromat", "json"], "--format"),
        (["fit", "x.pdf", "-q", "-v"], "-q and -v contradict each other"),
        (["roles", "ai-enginer"], "unknown role 'ai-enginer'. Did you mean 'ai-engineer'?"),
        (["roles", "mlops"], "unknown role 'mlops'. Did you mean 'mlops-engineer'?"),
        (["roles", "%%%"], "unknown role '%%%'. All roles: gapfit roles"),
        (["fit", "x.pdf", "--role", "LLM Enginere"], "Did you mean 'llm-engineer'?"),
        (["roles", "--profiles", "/nowhere/at/all"], "/nowhere/at/all: no such folder"),
    ],
)
def test_wrong_usage_says_what_was_meant(
    args: list[str], message: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(args) in (2, 4)
    captured = capsys.readouterr()
    assert captured.out == ""
    assert lines(captured.err)[0].startswith("gapfit: error: ")
    assert message in captured.err
    assert "Traceback" not in captured.err


# ---------------------------------------------------------------- unreadable input


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("missing.pdf", None),
        ("empty.pdf", b""),
        ("text.pdf", b"Jane Roe\nSoftware engineer with ten years of Python\n" * 20),
        ("zip.pdf", b"PK\x03\x04" + bytes(400)),
        ("header-only.pdf", b"%PDF-1.7\n%%EOF\n"),
        ("\x1b[31mred.pdf", b"not a PDF"),
    ],
)
def test_unreadable_input_is_one_clean_line(
    name: str, content: bytes | None, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / name
    if content is not None:
        path.write_bytes(content)
    assert run(["fit", str(path)]) == 3
    captured = capsys.readouterr()
    assert captured.out == ""
    (line,) = lines(captured.err)
    assert line.startswith("gapfit: error: ")
    assert "\x1b" not in line


def test_a_folder_is_no_resume(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["fit", str(tmp_path)]) == 3
    assert "is a folder" in capsys.readouterr().err


# ---------------------------------------------------------------- roles, with the real profiles


def test_roles_lists_all(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["roles"]) == 0
    out = capsys.readouterr().out
    catalogue = profiles.load()
    assert len(catalogue.roles) == 18
    assert all(f"\n{role.id}  " in out for role in catalogue.roles)


@pytest.mark.parametrize("role", [role.id for role in profiles.load().roles])
def test_a_role_is_shown_with_all_that_is_known(
    role: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["roles", role]) == 0
    out = " ".join(capsys.readouterr().out.split())
    catalogue = profiles.load()
    known = catalogue.role(role)
    facts = (*known.owns, *known.does_not_own, *known.languages, *known.background)
    texts = [fact.text for fact in facts]
    texts += [catalogue.skill(item.skill).name for item in known.stack]
    texts += [known.headline, known.basis, known.status, known.modern_wording, *known.conflicts]
    for text in texts:
        assert " ".join(text.split()) in out


def test_roles_as_json(capsys: pytest.CaptureFixture[str]) -> None:
    from test_formats_json import validated

    assert run(["roles", "--format", "json"]) == 0
    assert len(validated(capsys.readouterr().out, "roles.v1.json")["roles"]) == 18
    assert run(["roles", "AI Engineer", "--format", "json"]) == 0
    (role,) = validated(capsys.readouterr().out, "roles.v1.json")["roles"]
    assert role["id"] == "ai-engineer"


# ---------------------------------------------------------------- with a fake encoder


@pytest.fixture
def _fake_encoder(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(encoder, "load", lambda model, prompt=None: builders.FakeEncoder())


@pytest.mark.usefixtures("_fake_encoder")
def test_the_whole_way_from_a_pdf_to_json(capsys: pytest.CaptureFixture[str]) -> None:
    from test_formats_json import validated

    assert run(["fit", str(SAMPLE), "--format", "json", "--variants"]) == 0
    value = validated(capsys.readouterr().out)
    assert len(value["skills"]) == len(profiles.load().skills)
    assert len(value["roles"]) == 18


@pytest.mark.usefixtures("_fake_encoder")
def test_embeddings_are_built_into_a_folder(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "store"
    assert run(["embeddings", "build", "--model", "fake", "-o", str(folder)]) == 0
    assert {p.name for p in folder.iterdir()} == {"manifest.json", "vectors.npy"}
    assert f"of 16 dimensions to {folder}" in capsys.readouterr().err


@pytest.mark.usefixtures("_fake_encoder")
def test_embeddings_of_another_model_go_to_the_cache(tmp_path: Path) -> None:
    assert run(["embeddings", "build", "--model", "fake", "-q"]) == 0
    assert list((tmp_path / "cache" / "embeddings").glob("fake-*/vectors.npy"))


@pytest.mark.usefixtures("_fake_encoder")
def test_embeddings_that_cannot_be_written(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    blocker = tmp_path / "file"
    blocker.write_text("")
    assert run(["embeddings", "build", "--model", "fake", "-o", str(blocker / "x")]) == 2
    assert "cannot be written" in capsys.readouterr().err


@pytest.mark.usefixtures("_fake_encoder")
@pytest.mark.parametrize(("lowest", "code"), [(1.0, 0), (LOWEST_COSINE, 0), (0.99, 1), (-1.0, 1)])
def test_verify(
    lowest: float, code: int, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(embeddings, "verify", lambda *_: lowest)
    assert run(["embeddings", "verify"]) == code
    captured = capsys.readouterr()
    assert captured.out.startswith(f"lowest cosine {lowest:.6f}")
    assert bool(captured.err) == bool(code)


@pytest.mark.usefixtures("_fake_encoder")
def test_verify_refuses_a_stale_store(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def stale(*_: object) -> float:
        raise EmbeddingsError("skills/evals.toml: changed. Run: gapfit embeddings build")

    monkeypatch.setattr(embeddings, "verify", stale)
    assert run(["embeddings", "verify"]) == 4
    assert "gapfit embeddings build" in capsys.readouterr().err


# ---------------------------------------------------------------- with the real model


@pytest.mark.model
def test_the_worked_example(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["fit", str(SAMPLE)]) == 0
    captured = capsys.readouterr()
    assert "AI Platform Engineer" in captured.out
    assert captured.err == ""
