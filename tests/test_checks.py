"""`make test` and its last line; the browser that it finds or fetches."""

import contextlib
import hashlib
import os
import re
import subprocess
import sys
import tarfile
from pathlib import Path

import pytest
import yaml
from playwright.sync_api import Error

from tools import audit, bootstrap, browser, checks, edition, notebooks

SAID = {
    "3 passed in 0.1s": (3, 0, 0),
    "1 failed, 2 passed, 4 skipped in 3.21s": (2, 1, 4),
    "2 passed, 1 warning, 2 errors in 5.00s (0:00:05)": (2, 2, 0),
}


@pytest.mark.parametrize("line", SAID)
def test_the_counts_of_pytest_are_read(line):
    code = int("failed" in line or "error" in line)
    assert tuple(checks.count(["...", line], code).values()) == SAID[line]


def test_what_follows_the_counts_does_not_hide_them():
    said = ["9 passed in 3s", "1 failed, 1671 passed in 988.7s", "longest: 09a-bidirectional 105 s"]
    assert checks.count(said, 1) == {"passed": 1671, "failed": 1, "skipped": 0}
    assert checks.count([*said[:2], "1 failed: a notebook wrote x"], 1)["failed"] == 1


def test_a_check_that_counts_nothing_is_one():
    assert checks.count(["20 notebooks: no problem found"], 0)["passed"] == 1
    assert checks.count(["a.md: has no title"], 1)["failed"] == 1
    assert checks.count([], 1)["failed"] == 1
    assert checks.count(["no tests ran in 0.01s"], 5)["failed"] == 1
    assert checks.count(["3 passed in 0.1s"], 3) == {"passed": 3, "failed": 1, "skipped": 0}


def test_the_report_says_what_was_skipped_and_why_and_ends_in_the_counts(tmp_path, capsys):
    suite = tmp_path / "test_it.py"
    suite.write_text(
        "import pytest\n"
        "@pytest.fixture(scope='session')\n"
        "def browser():\n    pytest.skip('no Chromium: install one')\n"
        "@pytest.mark.parametrize('n', range(40))\n"
        "def test_page(n, browser):\n    pass\n"
        "def test_other():\n    pass\n"
    )
    results = {"tests": checks.run("tests", [*checks.PYTEST, str(suite)])}
    results["style"] = checks.run("style", [sys.executable, "-c", "exit(1)"])
    assert checks.report(results) is True
    lines = capsys.readouterr().out.splitlines()
    assert lines[-1] == "1 passed, 1 failed, 40 skipped"
    skipped = [line for line in lines if line.startswith("SKIPPED: ")]
    assert skipped == ["SKIPPED: 40 of 'tests': no Chromium: install one"]
    assert "FAILED: style" in lines and "FAILED: tests" not in lines


def test_every_leg_runs_all_on_request(monkeypatch, capsys):
    ran = {}
    monkeypatch.setattr(
        checks, "run", lambda name, command: (ran.update({name: command}), ({}, [], 0))[1]
    )
    monkeypatch.setattr(checks, "report", lambda results: False)
    monkeypatch.setenv("ALL", "")
    for argv, some in (([], checks.SOME), (["--all"], [])):
        monkeypatch.setattr(sys, "argv", ["checks", *argv])
        with pytest.raises(SystemExit):
            checks.main()
        legs = {c[3]: c[4:] for c in ran.values() if c[1:3] == ["-m", "tools.compare"]}
        assert legs == {"locked": [], "elsewhere": some, "colab": some}
        assert ran["labs, with what a reader changes"][2:] == ["tools.changes", *some]
        assert ran["Colab's environment"][2:] == ["tools.bootstrap", "colab"]
        assert (checks.WEEKLY.keys() <= ran.keys()) == ("--all" in argv)
        assert (os.environ["ALL"] == "1") == ("--all" in argv)


def test_ci_does_what_the_reader_is_told_to_do():
    told = (notebooks.ROOT / "README.md").read_text()
    ran = (notebooks.ROOT / ".ci" / "run").read_text()
    commands = [line for line in ran.splitlines() if line.startswith("make")]
    assert commands == ["make test"] and "\nmake test " in told
    assert "RECURRENT_DATA" in told


def test_the_jobs_of_ci_are_the_parts_of_make_test():
    jobs = yaml.safe_load((checks.WORKFLOWS / "ci.yml").read_text())["jobs"]
    parts = jobs["test"]["strategy"]["matrix"]["part"]
    assert parts == [part for part in checks.PARTS if part != "weekly"]
    asked = re.findall(r"ONLY=(\w+)", (checks.WORKFLOWS / "weekly.yml").read_text())
    assert set(asked) == checks.PARTS.keys() - {"lint"}


BAD = """on: {pull_request_target: {}}
jobs:
  greet:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v4
      - run: echo ${{ github.event.pull_request.title }}
"""


def test_a_workflow_that_lets_strangers_in_is_told(tmp_path):
    folder = tmp_path / ".github" / "workflows"
    folder.mkdir(parents=True)
    (folder / "bad.yml").write_text(BAD.replace("steps:", "stages:", 1))
    (folder / "open.yml").write_text(BAD)
    told = {}
    for name in ("workflows, expressions", "workflows, security", "workflows"):
        command = [part for part in checks.LINT[name] if not part.endswith(".yml")]
        command = [str(folder.parent) if part == ".github" else part for part in command]
        command += {"workflows": [str(folder / "bad.yml")]}.get(name, [])
        command += {"workflows, expressions": [str(folder)]}.get(name, [])
        done = subprocess.run(command, cwd=notebooks.ROOT, capture_output=True, text=True)
        assert done.returncode
        told[name] = done.stdout + done.stderr
    assert 'pull_request.title" is potentially untrusted' in told["workflows, expressions"]
    for weakness in ("dangerous-triggers", "template-injection", "unpinned-uses"):
        assert weakness in told["workflows, security"]
    assert "stages" in told["workflows"]


# ---- what is known of what is locked


def test_a_weakness_is_told_and_what_was_not_audited_is_not_called_sound():
    weak = {"name": "a", "version": "1", "vulns": [{"id": "CVE-1", "fix_versions": ["2"]}]}
    unknown = {"name": "b", "skip_reason": "not found"}
    assert audit.pips({"dependencies": [weak, {"name": "c", "version": "3", "vulns": []}]}) == (
        ["a 1: CVE-1, mended in 2"],
        "",
    )
    assert audit.pips({"dependencies": [unknown]}) == ([], "1 of 1 packages")
    assert audit.pips({}) == audit.npms({"error": {}}) == ([], "every package")
    assert audit.npms({"vulnerabilities": {"d": {"severity": "high"}}}) == (["d: high"], "")


# ---- an edition


def test_an_edition_has_its_archive_its_sums_and_its_name(tmp_path):
    built = tmp_path / "_build"
    (built / "html").mkdir(parents=True)
    (built / "slides").mkdir()
    (built / "html" / "index.html").write_text("the book")
    (built / "recurrent.pdf").write_bytes(b"%PDF")
    (tmp_path / "CITATION.cff").write_text("version: 2026.2\n")
    (tmp_path / "CHANGELOG.md").write_text("# C\n\n## 2026.2\n\n- new\n\n## 2026.1\n\n- old\n")
    files = {path.name: path for path in edition.gather(tmp_path, "2026.2")}
    with tarfile.open(files["recurrent-2026.2-html.tar.gz"]) as archive:
        assert archive.extractfile("recurrent-2026.2/index.html").read() == b"the book"
    assert files["NOTES.md"].read_text() == "- new\n"
    sums = dict(line.split("  ")[::-1] for line in files["SHA256SUMS"].read_text().splitlines())
    pdf = files["recurrent-2026.2.pdf"].read_bytes()
    assert sums["recurrent-2026.2.pdf"] == hashlib.sha256(pdf).hexdigest()
    with pytest.raises(ValueError, match="not 2026"):
        edition.gather(tmp_path, "2026.3")


# ---- the browser


@pytest.fixture
def machine(tmp_path, monkeypatch):
    """A machine where no browser starts but those that the test adds; what it tried to fetch."""
    tried = []
    monkeypatch.delenv("CHROMIUM", raising=False)
    monkeypatch.setenv("PATH", str(tmp_path))
    home = browser.kept(tmp_path / ".browser")
    monkeypatch.setattr(browser, "kept", lambda: home)
    monkeypatch.setattr(browser, "fetch_playwrights", lambda: tried.append("playwright"))
    monkeypatch.setattr(browser, "fetch_from_npm", lambda: tried.append("npm"))
    monkeypatch.setattr(browser.platform, "system", lambda: "Linux")
    monkeypatch.setattr(browser.platform, "machine", lambda: "x86_64")
    starts = set()

    class Started:
        def close(self):
            pass

    def launch(playwright, choice):
        if choice.what not in starts:
            raise Error("does not start")
        return Started()

    monkeypatch.setattr(browser, "launch", launch)
    monkeypatch.setattr(browser, "sync_playwright", contextlib.nullcontext)
    return starts, tried


def program(path: Path) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("#!/bin/sh\n")
    path.chmod(0o755)
    return path


def test_the_named_browser_is_taken_and_none_in_its_place(machine, monkeypatch, tmp_path, capsys):
    starts, tried = machine
    starts |= {"$CHROMIUM", "Playwright's own"}
    monkeypatch.setenv("CHROMIUM", str(program(tmp_path / "mine")))
    assert browser.get().what == "$CHROMIUM"
    starts.remove("$CHROMIUM")
    assert browser.get() is None and tried == []
    with pytest.raises(Error), browser.running():
        pass
    with pytest.raises(SystemExit, match="which does not start"):
        browser.main()


def test_one_on_the_path_comes_before_playwrights(machine, tmp_path):
    starts, tried = machine
    path = str(program(tmp_path / "chromium"))
    starts |= {path, "Playwright's own"}
    assert browser.get().path == path
    starts.remove(path)  # a stub that starts nothing
    assert browser.get().what == "Playwright's own" and tried == []


def test_what_is_missing_is_fetched_once(machine, monkeypatch):
    starts, tried = machine

    def fetch():
        tried.append("npm")
        program(Path(browser.kept().path))
        starts.add("the one in .browser")

    monkeypatch.setattr(browser, "fetch_from_npm", fetch)
    assert browser.get().what == "the one in .browser"
    assert tried == ["playwright", "npm"]
    assert browser.get().what == "the one in .browser"
    assert tried == ["playwright", "npm"]


def test_elsewhere_only_playwrights_is_tried_and_then_the_reader_is_told(
    machine, monkeypatch, capsys
):
    _, tried = machine
    monkeypatch.setattr(browser.platform, "system", lambda: "Darwin")
    browser.main()
    assert tried == ["playwright"]
    assert "The pages are not tested: no Chromium: set CHROMIUM to" in capsys.readouterr().out
    with browser.running() as nothing:
        assert nothing is None


def test_a_download_that_fails_is_told(machine, monkeypatch, capsys):
    def fetch():
        raise subprocess.CalledProcessError(1, "npm", stderr=b"no network")

    monkeypatch.setattr(browser, "fetch_from_npm", fetch)
    assert browser.get() is None
    assert "The one from npm is not to be had: no network" in capsys.readouterr().out


def test_the_browser_from_npm_is_kept_whole_or_not_at_all(tmp_path, monkeypatch):
    """With small files packed as the package packs its own; the killed download leaves a half."""
    pack = (
        "const z = require('zlib'), fs = require('fs');"
        "fs.writeFileSync(process.argv[2], z.brotliCompressSync(fs.readFileSync(process.argv[1])))"
    )
    node, real, broken = bootstrap.inside(sys.prefix, "node"), subprocess.run, [True]

    def run(command, cwd=None, **options):
        if command[1] != "ci":
            return real(command, cwd=cwd, **options)
        packed = cwd / "node_modules" / "@sparticuz" / "chromium" / "bin"
        packed.mkdir(parents=True)
        for name in browser.PACKED:
            content = tmp_path / name.removesuffix(".tar")
            content.write_text("#!/bin/sh\n")
            if name.endswith(".tar"):
                with tarfile.open(tmp_path / name, "w") as archive:
                    archive.add(content, f"lib/{content.name}")
            real([node, "-e", pack, tmp_path / name, packed / f"{name}.br"], check=True)
        if broken.pop() if broken else False:
            (packed / "fonts.tar.br").write_bytes(b"cut")

    monkeypatch.setattr(browser.subprocess, "run", run)
    monkeypatch.setattr(browser, "has_fonts", lambda: False)
    folder = tmp_path / ".browser"
    with pytest.raises(subprocess.CalledProcessError):
        browser.fetch_from_npm(folder)
    assert not Path(browser.kept(folder).path).exists()
    browser.fetch_from_npm(folder)
    found = browser.kept(folder)
    assert os.access(found.path, os.X_OK)
    home = Path(found.path).parent
    assert found.environment["LD_LIBRARY_PATH"].startswith(f"{home / 'lib'}{os.pathsep}{home}")
    assert (home / "lib" / "al2023").exists() and not (home / "node_modules").exists()
    assert str(home / "fonts") in Path(found.environment["FONTCONFIG_FILE"]).read_text()
