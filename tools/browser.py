"""A Chromium for the tests of the pages: `python -m tools.browser` finds one, or fetches it.

The first of these that starts: the one that `$CHROMIUM` names; one on the path; Playwright's own,
which Playwright keeps in its cache; on Linux x86-64 one from npm (tests/browser/package.json) with
the libraries that it needs, kept in `.browser`.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import platform
import shutil
import subprocess
import sys
import tarfile
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from playwright.sync_api import Error, Playwright, sync_playwright

from tools import bootstrap, notebooks

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-quic",
]
LISTED = notebooks.ROOT / "tests" / "browser"  # what is fetched from npm, pinned and hashed
KEPT = notebooks.ROOT / ".browser"
PACKED = ("chromium", "al2023.tar", "swiftshader.tar", "fonts.tar")  # in the package, as Brotli
UNPACK = """
const [fs, zlib, { pipeline }] = [require("fs"), require("zlib"), require("stream")];
const [from, to] = process.argv.slice(1);
pipeline(fs.createReadStream(from), zlib.createBrotliDecompress(), fs.createWriteStream(to),
  (error) => { if (error) throw error; });
"""
FONT_FOLDERS = ("/usr/share/fonts", "/usr/local/share/fonts", "~/.local/share/fonts", "~/.fonts")
FONTS = """<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig><dir>{folder}</dir><cachedir>{folder}</cachedir></fontconfig>
"""
SAFELY = {"filter": "data"} if hasattr(tarfile, "data_filter") else {}  # from Python 3.11.4 on
NONE = (
    "no Chromium: set CHROMIUM to the program's path, or install one (on Debian: apt-get install "
    "chromium), then run `make test` again"
)


class Browser(NamedTuple):
    """A program, or None for Playwright's own; what its environment must hold besides."""

    what: str
    path: str | None
    environment: dict[str, str]


def listed() -> str:
    """A hash of the package that npm is asked for."""
    return hashlib.sha256((LISTED / "package-lock.json").read_bytes()).hexdigest()[:12]


def has_fonts() -> bool:
    """Whether this machine has any font."""
    folders = [Path(name).expanduser() for name in FONT_FOLDERS]
    return any(p.suffix in {".ttf", ".otf", ".pfb"} for f in folders for p in f.rglob("*.*"))


def kept(folder: Path = KEPT) -> Browser:
    """The browser from npm, as `fetch` leaves it."""
    home = folder / listed()
    libraries = [str(home / "lib"), str(home), os.environ.get("LD_LIBRARY_PATH", "")]
    environment = {"LD_LIBRARY_PATH": os.pathsep.join(filter(None, libraries))}
    if not has_fonts():
        environment["FONTCONFIG_FILE"] = str(home / "fonts.conf")
    return Browser("the one in .browser", str(home / "chromium"), environment)


def candidates() -> Iterator[Browser]:
    """The browsers that may be on this machine, in the order of the module's first lines."""
    named = os.environ.get("CHROMIUM")
    if named:
        yield Browser("$CHROMIUM", shutil.which(named) or named, {})
        return  # who names one means it
    for name in NAMES:
        if path := shutil.which(name):
            yield Browser(path, path, {})
    yield Browser("Playwright's own", None, {})
    if Path(kept().path).exists():
        yield kept()


def launch(playwright: Playwright, browser: Browser):
    """Start a browser. Raises Playwright's Error when it does not start."""
    environment = {**os.environ, **browser.environment}
    return playwright.chromium.launch(executable_path=browser.path, env=environment, args=FLAGS)


@contextlib.contextmanager
def running(choice: Browser | None = None):
    """The first browser that starts (or the one that is given), running; None when there is none.

    Raises Playwright's Error when the browser that `$CHROMIUM` names does not start.
    """
    with sync_playwright() as playwright:
        started = None
        for browser in [choice] if choice else candidates():
            try:
                started = launch(playwright, browser)
                break
            except Error:
                if browser.what == "$CHROMIUM":
                    raise
        yield started
        if started is not None:
            started.close()


def find() -> Browser | None:
    """The first browser that starts, or None."""
    with sync_playwright() as playwright:
        for browser in candidates():
            with contextlib.suppress(Error):
                launch(playwright, browser).close()
                return browser
    return None


def fetch_playwrights() -> None:
    """Have Playwright download its own Chromium, if it can."""
    command = [sys.executable, "-m", "playwright", "install", "--only-shell", "chromium"]
    with contextlib.suppress(subprocess.TimeoutExpired):
        subprocess.run(command, capture_output=True, timeout=300)


def fetch_from_npm(folder: Path = KEPT) -> None:
    """Download the browser that tests/browser lists and unpack it; all of it, or nothing.

    Raises OSError or CalledProcessError when that does not work.
    """
    shutil.rmtree(folder, ignore_errors=True)  # an older one, or half of one
    new = folder / "new"
    shutil.copytree(LISTED, new)
    npm, node = (bootstrap.inside(sys.prefix, name) for name in ("npm", "node"))
    command = [npm, "ci", "--silent", "--ignore-scripts", "--no-audit", "--no-fund"]
    subprocess.run(command, cwd=new, check=True, capture_output=True)
    packed = new / "node_modules" / "@sparticuz" / "chromium" / "bin"
    for name in PACKED:
        command = [node, "-e", UNPACK, packed / f"{name}.br", new / name]
        subprocess.run(command, check=True, capture_output=True)
        if name.endswith(".tar"):
            with tarfile.open(new / name) as archive:
                archive.extractall(new, **SAFELY)
            (new / name).unlink()
    (new / "chromium").chmod(0o755)
    (new / "fonts.conf").write_text(FONTS.format(folder=folder / listed() / "fonts"))
    shutil.rmtree(new / "node_modules")
    new.rename(folder / listed())


def get() -> Browser | None:
    """A browser that starts: one that is here, else one that is fetched now; None without."""
    browser = find()
    if browser or os.environ.get("CHROMIUM"):
        return browser
    print("There is no Chromium here: fetching one for the tests of the pages ...", flush=True)
    fetch_playwrights()
    browser = find()
    if not browser and platform.system() == "Linux" and platform.machine() == "x86_64":
        try:
            fetch_from_npm()
        except (OSError, subprocess.CalledProcessError) as error:
            said = getattr(error, "stderr", None) or str(error).encode()
            print(f"The one from npm is not to be had: {said.decode(errors='replace').strip()}")
        browser = find()
    return browser


def main() -> None:
    browser = get()
    if browser:
        print(f"The pages are tested in {browser.what}.")
    elif named := os.environ.get("CHROMIUM"):
        sys.exit(f"CHROMIUM names {named}, which does not start.")
    else:
        print(f"The pages are not tested: {NONE}.")


if __name__ == "__main__":
    main()
