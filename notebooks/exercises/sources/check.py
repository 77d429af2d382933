import re
import types
import warnings
from copy import deepcopy as _deepcopy

import numpy as np


def check(answer, properties, probes=(), mistakes=(), gives=(), due=""):
    """Print one line: all properties hold, or the mistake that is known, or what does not hold."""
    gives = [gives] * len(properties) if isinstance(gives, str) else gives or [""] * len(properties)
    changed = ""
    for (text, holds), wanted in zip(properties.items(), gives, strict=True):
        notes = types.SimpleNamespace(came=[], changed=False, stopped=None)
        careful, why = watched(answer, wanted, notes), None
        try:
            with warnings.catch_warnings(action="ignore"):
                held = bool(holds(careful))
        except NotImplementedError:
            print(
                "· not written yet, or `raise NotImplementedError()` still stands below your code"
            )
            return False
        except Exception as error:
            held, why = False, error
        if notes.changed:
            changed = ". Your function changes what it is given: a second call gets something else"
        if not held:
            seen = signature(watched(answer, wanted), probes)
            known = [line for line, numbers in dict(mistakes).items() if alike(seen, numbers)]
            if probes and "None" in notes.came:
                known = ["Your function gives None. Is there a return?"]
            odd = [came for came in notes.came[:1] if came != wanted]
            odd += [came for came in notes.came if kind_of(came) != kind_of(wanted)]
            if wanted and odd:
                lost = re.search("nan|infinity", odd[0])
                gave = lost[0] if lost else f"{odd[0]}, asked is {wanted}"
                known.append(f"Your function gives {gave}, at: {text}")
            about = f" ({type(why).__name__}: {' '.join(str(why).split())[:160]})" if why else ""
            if why and why is notes.stopped:
                known.append(f"Your code stops at: {text}{about}")
            known += relation(seen, due)
            print("✗", *known[:1] or [f"does not hold yet: {text}{about}{changed}"])
            return False
    print(f"✓ all {len(properties)} properties hold{changed}")
    return True


def watched(answer, wanted="", notes=None):
    """An answer that gets copies of what it is given; the notes say what it makes of them."""
    notes = notes or types.SimpleNamespace(came=[], changed=False, stopped=None)

    def careful(*given):
        copies = _deepcopy(given)
        try:
            out = answer(*copies)
        except Exception as error:
            notes.stopped = error
            raise
        notes.changed |= not as_before(copies, given)
        out = as_asked(out, wanted) if wanted else out
        notes.came.append(form_of(out))
        return out

    return careful


def as_before(one, other):
    """Whether what was given is as it was: arrays, lists, dictionaries, numbers and words."""
    if isinstance(one, np.ndarray):
        return one.shape == other.shape and one.tobytes() == other.tobytes()
    if isinstance(one, dict):
        return one.keys() == other.keys() and all(as_before(one[key], other[key]) for key in one)
    if isinstance(one, (list, tuple)):
        return len(one) == len(other) and all(map(as_before, one, other))
    return not isinstance(one, (str, int, float, set)) or one == other


def form_of(value):
    """What a value is, in words: a number, an array of shape (3, 4), a list of strings."""
    if value is None or isinstance(value, str):
        return "None" if value is None else "a string"
    if isinstance(value, (list, tuple)):
        name, parts = type(value).__name__, [form_of(part) for part in value]
        if len(set(parts)) == 1 and parts[0] in ("a number", "a string"):
            return f"a {name} of {parts[0][2:]}s"
        if len(set(parts)) == 1:
            return f"a {name} of {len(parts)}, each {parts[0]}"
        return f"a {name} of {len(parts)}: {', '.join(parts)}" if parts else f"an empty {name}"
    if not isinstance(value, (int, float)) and not hasattr(value, "__array__"):
        return "a model" if hasattr(value, "predict") else f"a {type(value).__name__}"
    array = np.asarray(value)
    if array.dtype.kind not in "biuf":
        return "an array of strings" if array.dtype.kind == "U" else "an array of objects"
    odd = "nan" if np.isnan(array).any() else "infinity" if np.isinf(array).any() else ""
    if not array.ndim:
        return odd or "a number"
    return f"an array of shape {array.shape}" + (f" with {odd} in it" if odd else "")


def kind_of(text):
    """A form without its shapes."""
    return re.sub(r" of shape \(.*?\)", "", text)


def as_asked(value, wanted):
    """A list, tuple or array as the one that is asked for, if it can become that; or itself."""

    def fits(made):
        return kind_of(form_of(made)).split(" with ")[0] == kind_of(wanted)

    if isinstance(value, (str, dict, set)) or not np.iterable(value) or fits(value):
        return value
    for inner in (lambda part: part, np.asarray, list):
        for outer in (list, tuple, np.asarray):
            try:
                made = outer([inner(part) for part in value])
            except Exception:  # what cannot become that
                continue
            if fits(made):
                return made
    return value


def signature(answer, probes):
    """A few numbers of what an answer gives: they tell mistakes apart and hold no solution."""
    seen = []
    for probe in probes:
        try:
            with warnings.catch_warnings(action="ignore"):
                out = probe(answer)
                parts = out if isinstance(out, (tuple, list)) else [out]
                numbers = np.concatenate([np.ravel(np.asarray(p, float)) for p in parts])
                numbers = np.nan_to_num(numbers, nan=-1, posinf=1e9, neginf=-1e9)
                sums = numbers.sum(), numbers @ np.cos(np.arange(numbers.size))
            seen += ["None"] if out is None else [f"{n:.5g}" for n in (numbers.size, *sums)]
        except Exception as error:
            seen.append(type(error).__name__)
    return " ".join(seen)


def alike(one, other):
    """Whether two signatures are equal but for rounding."""

    def close(a, b):
        numbers = a[-1].isdigit() and b[-1].isdigit()
        return a == b or (numbers and np.isclose(float(a), float(b), rtol=1e-3, atol=1e-6))

    one, other = one.split(), other.split()
    return len(one) == len(other) and all(map(close, one, other))


RELATIONS = {  # what an answer's numbers may be to the right ones; the last five for single numbers
    "Your result has the other sign.": lambda due: -due,
    "Your result is a hundred times what is asked. Is it per cent?": lambda due: 100 * due,
    "Your result is twice what is asked.": lambda due: 2 * due,
    "Your result is half of what is asked.": lambda due: due / 2,
    "Your result is what would be left: 1 less what is asked.": lambda due: 1 - due,
    "Your result is upside down: 1 divided by what is asked.": lambda due: 1 / due,
    "Your result is the square of what is asked.": lambda due: due**2,
    "Your result is 1 more than what is asked.": lambda due: due + 1,
    "Your result is 1 less than what is asked.": lambda due: due - 1,
}
BASES = [np.log(a) / np.log(b) for a in (2, np.e, 10) for b in (2, np.e, 10) if a != b]


def relation(seen, right):
    """What to say if an answer's numbers, at least two unlike ones, have one simple relation to the right ones."""
    try:
        mine, theirs = (np.array(text.split(), float).reshape(-1, 3) for text in (seen, right))
    except ValueError:  # an error among them
        return []
    single = (theirs[:, 0] == 1).all()
    y, x = (numbers[:, 1 : 2 if single else 3].ravel() for numbers in (mine, theirs))
    if not np.array_equal(mine[:, 0], theirs[:, 0]) or np.allclose(y, x, rtol=1e-3):
        return []
    if np.unique(x).size < 2:  # one number: any factor may be an accident
        return []
    with warnings.catch_warnings(action="ignore"):
        for text, made in list(RELATIONS.items())[: None if single else 4]:
            if np.allclose(y, made(x), rtol=2e-4):
                return [text]
        factor = np.median(y[x != 0] / x[x != 0])
        times = max(factor, 1 / factor)
        if not np.allclose(y, factor * x, rtol=2e-4):
            return []
    if np.isclose(factor, BASES, rtol=2e-4).any():
        return ["Your logarithm has another base than that which is asked for."]
    if times < 1000 and np.isclose(times, np.round(times), rtol=2e-4):
        return [f"Your result is {factor:.3g} times what is asked."]
    return []


def passes(test, code):
    """Whether a test has nothing to say against a piece of code."""
    try:
        test(code)
    except AssertionError:
        return False
    return True
