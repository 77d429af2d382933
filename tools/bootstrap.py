"""Make `.venv` fit requirements.txt, and `node_modules` fit package-lock.json: `make env`.

Begins on any Python, to be able to say which one is needed, and goes on with that one. Nothing to
do takes a blink. What is not
as it was left when it was whole (killed half-way, a folder renamed, a package or a file missing) is
made anew.
"""

import glob
import hashlib
import json
import os
import re
import shutil
import subprocess
import sys

FINE = ("3.12", "3.13", "3.11")
ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
WINDOWS = os.name == "nt"
SPACE = 100 * 1024**2  # bytes; with less, the disk is as good as full


def stop(message):
    sys.exit("\n" + message)


def answers(command):
    """Output of a command, or None when it cannot be run."""
    try:
        with open(os.devnull, "w") as nowhere:
            return subprocess.check_output(command, stderr=nowhere).decode().strip()
    except (OSError, subprocess.CalledProcessError):
        return None


def find_python(versions=FINE):
    """A Python of one of the versions: the one running this, one on the path, or one of pyenv's."""
    asked = "import sys; print('%d.%d' % sys.version_info[:2])"
    pyenv = os.environ.get("PYENV_ROOT", os.path.expanduser("~/.pyenv"))
    names = [sys.executable] + ["python" + version for version in versions]
    for version in versions:
        names += glob.glob(os.path.join(pyenv, "versions", version + ".*", "bin", "python"))
    for name in names:
        if answers([name, "-c", asked]) in versions:
            return name
    return None


def inside(folder, name):
    if WINDOWS:
        return os.path.join(folder, "Scripts", name + ".exe")
    return os.path.join(folder, "bin", name)


def stamp(*names):
    """A hash of the files that an environment is made from."""
    digest = hashlib.sha256()
    for name in names:
        with open(os.path.join(ROOT, name), "rb") as file:
            digest.update(file.read())
    return digest.hexdigest()


def read(path):
    """What the mark of a finished installation holds; nothing when it is missing or not whole."""
    try:
        with open(path) as file:
            text = file.read()
        found = {"lock": text} if re.match(r"[0-9a-f]{64}$", text) else json.loads(text)
    except (OSError, ValueError):  # the hash alone: an installation of an earlier edition
        return {}
    return found if isinstance(found, dict) else {}


def write(path, content):
    """Write a mark, whole or not at all."""
    with open(path + ".new", "w") as file:
        json.dump(content, file)
    os.replace(path + ".new", path)


def remove(path):
    if os.path.exists(path):
        os.remove(path)


def hindrance():
    """What keeps anything from being written here: the folder, or the disk; nothing: ''."""
    try:
        probe = os.path.join(ROOT, ".probe")
        open(probe, "w").close()
        os.remove(probe)
    except OSError:
        return "Nothing can be written to %s: it needs a folder of yours." % ROOT
    if shutil.disk_usage(ROOT).free < SPACE:
        return "The disk is nearly full; the book needs about 4 GB."
    return ""


def why():
    """The likely reason why something that writes files and asks the network did not work."""
    return hindrance() or "Is there network?"


def run(command, what):
    try:
        failed = subprocess.call(command, cwd=ROOT)
    except OSError as error:
        print(error)
        failed = True
    if failed:
        stop("%s did not work (see above). %s Then run the same command again." % (what, why()))


def packages(folder):
    """Names of what is installed in an environment, as its folders show them."""
    place = "Lib" if WINDOWS else os.path.join("lib", "python*")
    found = glob.glob(os.path.join(folder, place, "site-packages", "*"))
    return sorted(os.path.basename(path) for path in found if not path.endswith("__pycache__"))


def usable(folder):
    """Whether an environment can be installed into: it starts, and holds a working uv or pip."""
    if answers([inside(folder, "python"), "-c", "print(1)"]) != "1":
        return False
    if answers([inside(folder, "uv"), "--version"]) is None:
        remove(inside(folder, "uv"))
    return os.path.exists(inside(folder, "uv")) or bool(
        answers([inside(folder, "python"), "-m", "pip", "--version"])
    )


def environment(folder, lock, python):
    """Create or update a virtual environment so that it holds exactly the lock."""
    mine, uv, ready = inside(folder, "python"), inside(folder, "uv"), os.path.join(folder, ".ready")
    mark, place, name = read(ready), os.path.realpath(folder), os.path.basename(folder)
    moved = mark.get("folder", place) != place
    whole = mark and not moved and set(mark.get("packages", [])) <= set(packages(folder))
    if whole and mark.get("lock") == stamp(lock) and answers([mine, "-c", "print(1)"]) == "1":
        return
    remove(ready)  # so that what is killed from here on is not taken for whole
    if os.path.isdir(folder) and (moved or not usable(folder)):
        print("%s is broken or was moved here: making it anew." % name)
        shutil.rmtree(folder)
    new = not os.path.isdir(folder)
    if new:
        if answers([python, "-c", "import ensurepip, venv; print(1)"]) != "1":
            version = answers([python, "-c", "import sys; print('%d.%d' % sys.version_info[:2])"])
            stop("%s has no venv. On Debian: apt-get install python%s-venv" % (python, version))
        run([python, "-m", "venv", folder], "Creating a virtual environment")
    with open(os.path.join(ROOT, "requirements.txt")) as file:
        pinned = re.search(r"^uv==\S+", file.read(), re.M).group()
    with open(os.path.join(ROOT, lock)) as file:
        count = len(re.findall(r"^[a-z0-9]\S*==", file.read(), re.M))
    print("Installing up to %d locked packages into %s ..." % (count, name))
    sys.stdout.flush()
    if not os.path.exists(uv):
        pip = [mine, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", pinned]
        pip.append("--force-reinstall")
        run(pip, "Downloading uv, the installer,")
    sync = [uv, "pip", "sync", "--require-hashes", "--python", mine, lock]
    if not sys.stdout.isatty():
        sync.append("--quiet")
    if not (whole or new):
        sync.append("--reinstall")  # what was interrupted may look installed
    run(sync, "Installing the locked packages")
    write(ready, {"lock": stamp(lock), "folder": place, "packages": packages(folder)})


def sizes(folder):
    """The size of every file in a folder."""
    found = {}
    for place, _, names in os.walk(folder):
        for name in names:
            path = os.path.join(place, name)
            if not name.startswith(".ready") and not os.path.islink(path):
                found[os.path.relpath(path, folder)] = os.path.getsize(path)
    return found


def node_packages(folder):
    """Install what package-lock.json pins (KaTeX, fonts, axe-core), with `folder`'s npm."""
    modules = os.path.join(ROOT, "node_modules")
    ready = os.path.join(modules, ".ready")
    mark, files = read(ready), sizes(modules)
    if mark.get("lock") == stamp("package-lock.json") and mark.get("files", files) == files:
        return
    remove(ready)
    npm = inside(folder, "npm")
    run([npm, "ci", "--silent", "--ignore-scripts", "--no-audit", "--no-fund"], "Installing KaTeX")
    write(ready, {"lock": stamp("package-lock.json"), "files": sizes(modules)})


def main():
    python = find_python()
    if python is None:
        here = "%d.%d" % sys.version_info[:2]
        stop("This is Python %s. The book needs 3.11, 3.12 or 3.13, TensorFlow's range." % here)
    try:
        if "%d.%d" % sys.version_info[:2] not in FINE:
            command = [python, os.path.abspath(__file__)]
            command.extend(sys.argv[1:])  # as Python 2 understands it
            sys.exit(subprocess.call(command))
        if sys.argv[1:] == ["colab"]:
            folder = os.path.join(ROOT, ".venv-colab")
            environment(folder, "tools/colab.txt", find_python(("3.13",)) or python)
        elif sys.argv[1:]:
            stop("Unknown: %s. There is `colab`, or nothing." % " ".join(sys.argv[1:]))
        else:
            folder = os.path.join(ROOT, ".venv")
            environment(folder, "requirements.txt", python)
            node_packages(folder)
    except OSError as error:
        stop("%s. %s" % (error, why()))
    except KeyboardInterrupt:
        stop("Interrupted. Run the same command again to go on.")


if __name__ == "__main__":
    main()
