"""Draw the book's drawings, all or the named ones: `python -m tools.drawings [08-layers …]`.

`--check` draws nothing: it compares the committed files with their scripts, and looks for what a
reader would stumble over: no alt text, small text, text that is cut or stands on another text.
"""

from __future__ import annotations

import ast
import re
import runpy
import sys
import xml.etree.ElementTree as ET
from itertools import combinations, groupby
from pathlib import Path

from tools import lint_figures

FOLDER = Path(__file__).resolve().parents[1] / "book" / "_drawings"
NAME = re.compile(r"\d\d-[a-z0-9-]+")
SHORTEST_ALT = 60
SVG = "{http://www.w3.org/2000/svg}"
A_COLOUR = re.compile(r'\b(?:fill|stroke|style)="(?!--w:)[^"]*"')


def scripts(folder: Path = FOLDER, names: list[str] | None = None) -> list[Path]:
    """The drawings' scripts, all or the named ones. Raises ``SystemExit`` for an unknown name."""
    found = {path.stem: path for path in sorted(folder.glob("*.py")) if NAME.fullmatch(path.stem)}
    unknown = sorted(set(names or ()) - found.keys())
    if unknown:
        raise SystemExit(f"there is no drawing {', '.join(unknown)}; there is {', '.join(found)}")
    return [found[name] for name in names or found]


def run(script: Path) -> dict:
    """What a script defines; it may import its neighbours `grammar` and `parts`."""
    sys.path.insert(0, str(script.parent))
    try:
        return runpy.run_path(str(script))
    finally:
        sys.path.remove(str(script.parent))


def constants(script: Path) -> dict[str, str]:
    """The texts that a script assigns at its top, read without running it."""
    found = {}
    for line in ast.parse(script.read_text("utf-8")).body:
        if isinstance(line, ast.Assign) and isinstance(line.targets[0], ast.Name):
            try:
                found[line.targets[0].id] = ast.literal_eval(line.value)
            except ValueError:
                continue
    return found


def grammar(folder: Path = FOLDER) -> dict:
    return run(folder / "grammar.py")


def drawn(script: Path) -> str:
    """The file that a script draws. Raises ``KeyError`` when it lacks a name that it needs."""
    found = run(script)
    return found["draw"]().svg(found["ALT"])


def words(svg: str, measure) -> list[tuple[str, float, tuple[float, float, float, float]]]:
    """Each text of a drawing: its letters, its smallest size, and about where it stands."""
    found = []
    for node in ET.fromstring(svg).iter(f"{SVG}text"):
        size = float(node.get("font-size", 0))
        sizes = [size, *(float(part.get("font-size", size)) for part in node)]
        mono = "mono" in node.get("class", "")
        width = measure(node.text or "", size, mono)
        for part in node:
            width += measure(part.text or "", float(part.get("font-size", size)), mono)
            width += measure(part.tail or "", size, mono)
        x, y = float(node.get("x", 0)), float(node.get("y", 0))
        left = x - width * {"middle": 0.5, "end": 1}.get(node.get("text-anchor"), 0)
        place = (left, y - 0.75 * size, left + width, y + 0.25 * size)
        found.append(("".join(node.itertext()), min(sizes), place))
    return found


def look_at(svg: str, rules: dict) -> list[str]:
    """What is wrong with a drawing, whoever drew it."""
    root, faults = ET.fromstring(svg), []
    right, bottom = map(float, root.get("viewBox", "0 0 0 0").split()[2:])
    if right != rules["WIDTH"]:
        faults.append(f"the frame is {right:g} wide, not {rules['WIDTH']}")
    if len(root.get("aria-label", "")) < SHORTEST_ALT:
        faults.append(f"the alt text has less than {SHORTEST_ALT} characters")
    ids = [node.get("id") for node in root.iter() if node.get("id")]
    faults += [f"the id {one!r} is there twice" for one in sorted(set(ids)) if ids.count(one) > 1]
    body = svg.partition("</style>")[2]
    faults += [f"a colour that is no class: {one}" for one in A_COLOUR.findall(body)]
    faults += ["a transform: texts cannot be measured"] if " transform=" in body else []
    texts = words(svg, rules["measure"])
    for text, size, (x0, y0, x1, y1) in texts:
        if size < rules["SMALLEST"]:
            faults.append(f"the text {text!r} has the size {size:g}, under {rules['SMALLEST']}")
        if x0 < 0 or y0 < 0 or x1 > right or y1 > bottom:
            faults.append(f"the text {text!r} leaves the frame")
    for (a, _, p), (b, _, q) in combinations(texts, 2):
        wide, high = min(p[2], q[2]) - max(p[0], q[0]), min(p[3], q[3]) - max(p[1], q[1])
        if wide > 1 and high > 1:
            faults.append(f"the texts {a!r} and {b!r} overlap")
    for node in root.iter(f"{SVG}rect"):
        x, y, w, h = (float(node.get(k, 0)) for k in ("x", "y", "width", "height"))
        if x < 0 or y < 0 or x + w > right or y + h > bottom:
            faults.append(f"a box at {x:g}, {y:g} leaves the frame")
    return faults


def described(script: Path) -> tuple[str, str, str, str]:
    """A drawing's name, alt text and caption, and its code with them left out."""
    texts, tree = constants(script), ast.parse(script.read_text("utf-8"))
    words = {"ALT", "CAPTION"}
    code = [
        n
        for n in tree.body
        if words.isdisjoint(t.id for t in ast.walk(n) if isinstance(t, ast.Name))
    ]
    svg = script.with_suffix(".svg")
    body = svg.read_text("utf-8").partition("</style>")[2] if svg.exists() else ""
    drawn = re.findall(r">([^<>]+)<", body)
    rest = " ".join([script.stem, *map(ast.unparse, code), *drawn])
    return script.stem, texts.get("ALT", ""), texts.get("CAPTION", ""), rest


def check(folder: Path = FOLDER) -> list[str]:
    """Every fault of every drawing of a folder, with the drawing's name."""
    faults, rules, known = [], grammar(folder), scripts(folder)
    for script in known:
        found, file = run(script), script.with_suffix(".svg")
        missing = [name for name in ("ALT", "CAPTION", "draw") if not found.get(name)]
        if missing:
            faults.append(f"{script.stem}: the script lacks {', '.join(missing)}")
            continue
        computed = {"ALT", "CAPTION"} - constants(script).keys()
        faults += [f"{script.stem}: {name} is computed; pages read it" for name in sorted(computed)]
        committed = file.read_text("utf-8") if file.exists() else ""
        if committed != found["draw"]().svg(found["ALT"]):
            again = f"python -m tools.drawings {script.stem}"
            faults.append(f"{script.stem}: not what its script draws; run `{again}`")
        if committed:
            faults += [f"{script.stem}: {fault}" for fault in look_at(committed, rules)]
    for _, mine in groupby(known, key=lambda script: script.stem[:2]):
        faults += lint_figures.exchanged([described(script) for script in mine])
    stems = {script.stem for script in known}
    orphans = [file for file in sorted(folder.glob("*.svg")) if file.stem not in stems]
    return faults + [f"{file.stem}: a drawing without a script" for file in orphans]


def main(arguments: list[str]) -> None:
    if "--check" in arguments:
        faults = check()
        print("\n".join(faults) or f"{len(scripts())} drawings: nothing to complain of")
        raise SystemExit(bool(faults))
    for script in scripts(names=arguments):
        file, text = script.with_suffix(".svg"), drawn(script)
        if not file.exists() or file.read_text("utf-8") != text:
            file.write_text(text, "utf-8", newline="\n")
            print(f"drew {script.stem}")


if __name__ == "__main__":
    main(sys.argv[1:])
