"""Files that people edit and programs write: read with their name in the error, written whole."""

from __future__ import annotations

from pathlib import Path

import yaml


class Unreadable(Exception):
    """A file is not what its name says: cut short, or edited by mistake; one line with its name."""

    def __init__(self, path: Path, error: Exception):
        super().__init__(f"{path} cannot be read: {' '.join(str(error).split())}")


def read_yaml(path: Path):
    """The content of a YAML file. Raises ``Unreadable``."""
    try:
        return yaml.safe_load(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise Unreadable(path, error) from error


def write(path: Path, text: str) -> None:
    """Write a file whole or not at all, whenever the disk is full or the program is killed."""
    new = path.with_name(f".{path.name}.new")
    try:
        new.write_text(text, encoding="utf-8")
        new.replace(path)
    except OSError as error:
        error.filename = str(path)  # when the disk is full it has none
        raise
    finally:
        new.unlink(missing_ok=True)


def write_all(folder: Path, contents: dict[str, bytes]) -> None:
    """Write files of UTF-8 text into a folder, each whole or not at all."""
    for name, content in contents.items():
        write(folder / name, content.decode())
