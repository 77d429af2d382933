"""A strict reader of GIFT, the plain text in which learning platforms import questions."""

import re


def read_gift(text: str) -> list[tuple]:
    """Name, stem and answers (right, text, feedback) of each question, read as Moodle reads it.

    What is neither a category nor a question of four answers raises ``ValueError``.
    """
    code = {sign: chr(0xE000 + n) for n, sign in enumerate("\\~=#{}:")}  # an escaped sign
    text = re.sub(r"\\([\\~=#{}:])", lambda found: code[found.group(1)], text)
    found = []
    for block in re.split(r"\n\s*\n", text.strip()):
        if re.fullmatch(r"\$CATEGORY: [^\n]+", block):
            continue
        parts = re.fullmatch(r"::([^:\n]+)::\[html\]([^~=#{}:\n]+) \{\n(.*)\n\}", block, re.S)
        if not parts or "\\" in block:
            raise ValueError(f"no question: {block!r}")
        name, stem, lines = parts.groups()
        answers = [
            re.fullmatch(r"([=~])([^~=#{}:\n]+)#([^~=#{}:\n]+)", x) for x in lines.split("\n")
        ]
        if not all(answers) or [a.group(1) for a in answers].count("=") != 1 or len(answers) != 4:
            raise ValueError(f"not four answers, one of them right: {lines!r}")
        found.append((name, stem, [(a[1] == "=", a[2], a[3]) for a in answers]))
    plain = {sign: escaped for escaped, sign in code.items()}

    def clear(text):
        return re.sub("[\ue000-\ue006]", lambda found: plain[found.group()], text)

    return [
        (clear(name), clear(stem), [(right, clear(a), clear(b)) for right, a, b in answers])
        for name, stem, answers in found
    ]
