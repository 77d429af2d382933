"""Make `.venv` fit requirements.txt, and `node_modules` fit package-lock.json: `make env`.

Runs on any Python, to be able to say which one is needed. Nothing to do takes a blink.
"""

import glob
import hashlib
import os
import re
import shutil
import subprocess
import sys

FINE = ("3.12", "3.13", "3.11")
ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
WINDOWS = os.name == "nt"


def stop(message):
    sys.exit("\n" + message)


def answers(command):
    """Output of a command, or None when it cannot be run."""
    try:
        return subprocess.check_output(command, stderr=subprocess.DEVNULL).decode().strip()
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
    try:
        with open(path) as file:
            return file.read()
    except OSError:
        return ""


def run(command, what):
    if subprocess.call(command, cwd=ROOT):
        stop(
            "%s did not work (see above). Is there network? What was there is unharmed: run the "
            "same command again." % what
        )


def environment(folder, lock, python):
    """Create or update a virtual environment so that it holds exactly the lock."""
    mine, ready = inside(folder, "python"), os.path.join(folder, ".ready")
    works = answers([mine, "-c", "print(1)"]) == "1"
    if works and read(ready) == stamp(lock):
        return
    if os.path.isdir(folder) and not works:
        print(
            "%s is broken (its Python does not start): making it anew." % os.path.basename(folder)
        )
        shutil.rmtree(folder)
    if not works:
        run([python, "-m", "venv", folder], "Creating a virtual environment")
    pinned = re.search(r"^uv==\S+", read(os.path.join(ROOT, "requirements.txt")), re.M).group()
    count = len(re.findall(r"^[a-z0-9]\S*==", read(os.path.join(ROOT, lock)), re.M))
    print("Installing up to %d locked packages into %s ..." % (count, os.path.basename(folder)))
    sys.stdout.flush()
    if not os.path.exists(inside(folder, "uv")):
        pip = [mine, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", pinned]
        run(pip, "Downloading uv, the installer,")
    sync = [inside(folder, "uv"), "pip", "sync", "--require-hashes", "--python", mine, lock]
    run(sync, "Installing the locked packages")
    with open(ready, "w") as file:
        file.write(stamp(lock))


def node_packages(folder):
    """Install what package-lock.json pins (KaTeX, axe-core), with the npm that `folder` holds."""
    ready = os.path.join(ROOT, "node_modules", ".ready")
    if read(ready) == stamp("package-lock.json"):
        return
    npm = inside(folder, "npm")
    run([npm, "ci", "--silent", "--ignore-scripts", "--no-audit", "--no-fund"], "Installing KaTeX")
    with open(ready, "w") as file:
        file.write(stamp("package-lock.json"))


def main():
    python = find_python()
    if python is None:
        here = "%d.%d" % sys.version_info[:2]
        stop("This is Python %s. The book needs 3.11, 3.12 or 3.13, TensorFlow's range." % here)
    if sys.argv[1:] == ["colab"]:
        folder = os.path.join(ROOT, ".venv-colab")
        environment(folder, "tools/colab.txt", find_python(("3.13",)) or python)
    else:
        folder = os.path.join(ROOT, ".venv")
        environment(folder, "requirements.txt", python)
        node_packages(folder)


if __name__ == "__main__":
    main()
