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
from gapfit.cli.common import format_choice, output_option
from gapfit.cli.embeddings import LOWEST_COSINE
from gapfit.errors import EmbeddingsError
from gapfit.profiles.guides import FACTS

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
        "", "audit", "bulk", "checklist", "compare", "decode", "embeddings", "embeddings build",
        "embeddings verify", "fit", "purge", "roles", "verify",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ([], "text"),
        (["-o", "a.md"], "md"),
        (["-o", "A.MARKDOWN"], "md"),
        (["-o", "a.htm"], "html"),
        (["-o", "a.json"], "json"),
        (["-o", "a.txt"], "text"),
        (["-o", "a.pdf"], "text"),
        (["-o", "s3://bucket/a.md"], "md"),
        (["-o", "a.json", "--format", "md"], "md"),
        (["--format", "md", "-o", "a.json"], "md"),
    ],
    ids=" ".join,
)
def test_the_ending_of_the_output_names_the_format(given: list[str], expected: str) -> None:
    @click.command()
    @format_choice("text", "json", "md", "html")
    @output_option
    def command(format_: str, output: str | None) -> None:
        click.echo(format_)

    assert CliRunner().invoke(command, given).output == f"{expected}\n"


@pytest.mark.parametrize(
    ("given", "told"),
    [
        (["roles", "-o", "a.html"], "no html here. Give --format text, json or md, or another"),
        (["roles", "-o", "A.HTM"], "no html here."),
        (["bulk", "pool", "-o", "b.json"], "no json here. Did you mean .jsonl? Give --format text"),
        (["bulk", "-o", "s3://bucket/b.md", "pool"], "no md here."),
        (["fit", "a.pdf", "-o", "a.csv"], "no csv here."),
        (["audit", "a.pdf", "-o", "a.parquet"], "no parquet here."),
        (["compare", "a.pdf", "b.pdf", "-o", "a.ics"], "no ics here."),
        (["decode", "job.txt", "-o", "a.jsonl"], "no jsonl here. Did you mean .json?"),
    ],
    ids=lambda given: " ".join(given) if isinstance(given, list) else "",
)
def test_an_ending_of_what_is_not_written_is_wrong_usage(
    given: list[str],
    told: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    assert run(given) == 2
    captured = capsys.readouterr()
    assert told in captured.err
    assert captured.out == ""
    assert not list(tmp_path.iterdir())


def test_roles_say_where_they_went(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "roles.md"
    assert run(["roles", "-o", str(path)]) == 0
    assert capsys.readouterr().err == f"gapfit: wrote {path}\n"
    assert run(["roles", "-q", "-o", str(path)]) == 0
    assert capsys.readouterr().err == ""


def test_every_exit_code_is_in_the_help(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["--help"]) == 0
    told = capsys.readouterr().out.split("Exit codes:")[1]
    assert [code for code in (0, 1, 2, 3, 4, 70, 130) if f" {code} " not in told] == []


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
        (["zzzz"], "no such command 'zzzz'. Use fit, bulk, checklist, compare, audit, roles, "),
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
        (["roles", "--decide", "--moves"], "Ask for one of them."),
        (["roles", "ai-engineer", "--moves"], "gapfit roles ai-engineer --only moves"),
        (["roles", "--decide", "--employer", "lab"], "takes no --employer"),
        (["roles", "--moves", "--only", "pay"], "takes no --only"),
        (["roles", "--only", "pay"], "gapfit roles ROLE --only"),
        (["roles", "ai-engineer", "--only", "interviews"], "Did you mean 'interview'?"),
        (["roles", "ai-engineer", "--only", "xyz"], "unknown part 'xyz'. Use standing, work,"),
        (["roles", "ai-engineer", "--only", " , "], "no part named"),
        (["roles", "ai-engineer", "--only", "pay", "--format", "json"], "JSON holds everything"),
        (["roles", "--moves", "--format", "json"], "JSON holds everything"),
        (["roles", "--employer", "bank"], "'bank' is not one of"),
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
    assert all(f"\n  {role.id}  " in out for role in catalogue.roles)


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
    guide = profiles.load_guides(catalogue)[role]
    texts += [fact.text for key in FACTS for fact in getattr(guide, key)]
    texts += [figure.basis for figure in guide.figures]
    texts += [", ".join(tools.names) for tools in guide.tools]
    texts += [place.text for place in guide.workplaces] + [c.text for c in guide.contexts]
    texts += [m.difficulty for m in profiles.load_market(catalogue).moves if m.origin == role]
    pay = profiles.load_pay([role.id for role in catalogue.roles])
    texts += [band.scope for band in pay.of(role)] + [band.date for band in pay.of(role)]
    for text in texts:
        assert " ".join(text.split()) in out


def test_parts_of_a_role(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["roles", "ai-engineer", "--only", "Pay, moves"]) == 0
    out = capsys.readouterr().out
    headings = [line for line in lines(out) if line.split("  ")[0].isupper()]
    assert [h.split("  ")[0] for h in headings] == ["PAY", "MOVES", "SOURCES"]


@pytest.mark.parametrize("employer", ["startup", "enterprise", "lab"])
def test_one_kind_of_employer(employer: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["roles", "--employer", employer]) == 0
    out = capsys.readouterr().out
    assert "\nAI Engineer\n" in out
    assert ("\nResearch Engineer\n" in out) == (employer != "enterprise")
    assert run(["roles", "ai-engineer", "--employer", employer, "--only", "employers"]) == 0
    assert ("Notion" in capsys.readouterr().out) == (employer == "enterprise")


@pytest.mark.parametrize(
    ("view", "words"),
    [
        ("--decide", "Do you read papers"),
        ("--moves", "6-12 months of focused work"),
        ("--employer=lab", "Frontier labs"),
    ],
)
@pytest.mark.parametrize("form", ["text", "md"])
def test_views_of_all_roles(
    view: str, words: str, form: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["roles", view, "--format", form]) == 0
    out = capsys.readouterr().out
    assert words in " ".join(out.split())
    assert out.startswith("# ") == (form == "md")


def test_roles_as_markdown(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    target = tmp_path / "role.md"
    assert run(["roles", "ml-engineer", "--format", "md", "-o", str(target)]) == 0
    assert capsys.readouterr().out == ""
    assert target.read_text(encoding="utf-8").startswith("# ML Engineer\n\n")
    assert run(["roles", "--format", "md"]) == 0
    assert "- **voice-ai-engineer:** " in capsys.readouterr().out


def test_a_role_of_ones_own_needs_no_guide(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    source = datafiles.builtin("profiles") / "roles" / "applied-ai-engineer.toml"
    role = source.read_text(encoding="utf-8").replace('"applied-ai-engineer"', '"my-role"')
    (tmp_path / "roles").mkdir()
    (tmp_path / "roles" / "my-role.toml").write_text(role, encoding="utf-8")
    assert run(["roles", "my-role", "--profiles", str(tmp_path)]) == 0
    out = capsys.readouterr().out
    assert "STACK" in out
    assert "No source speaks of" not in out
    assert run(["roles", "my-role", "--profiles", str(tmp_path), "--format", "json"]) == 0
    (tmp_path / "guides").mkdir()
    guide = 'role = "my-role"\nday = [{ text = "A quiet one.", sources = ["ads"] }]\n'
    (tmp_path / "guides" / "my-role.toml").write_text(guide, encoding="utf-8")
    assert run(["roles", "my-role", "--profiles", str(tmp_path), "--only", "day"]) == 0
    assert "A quiet one.  [ads]" in capsys.readouterr().out


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
    monkeypatch.setattr(encoder, "load", lambda *_, **__: builders.FakeEncoder())


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
    written = {p.name for p in folder.iterdir()}
    assert written == {"background.npy", "manifest.json", "vectors.npy"}
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
