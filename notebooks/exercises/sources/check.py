import copy

import numpy as np


def check(answer, properties, probes=(), mistakes=()):
    """Print one line: all properties hold, or the mistake that is known, or what does not hold."""

    def careful(*given):  # an answer that changes what it is given changes a copy
        return answer(*copy.deepcopy(given))

    for text, holds in properties.items():
        why = ""
        try:
            with np.errstate(all="ignore"):
                held = bool(holds(careful))
        except NotImplementedError:
            print("· not written yet")
            return False
        except Exception as error:
            held, why = False, f" ({type(error).__name__}: {error})"
        if not held:
            seen = signature(careful, probes)
            known = [text for text, numbers in dict(mistakes).items() if alike(seen, numbers)]
            if seen and set(seen.split()) == {"None"}:
                known = ["Your function gives None. Is there a return?"]
            print("✗", *known[:1] or [f"does not hold yet: {text}{why}"])
            return False
    print("✓ all", len(properties), "properties hold")
    return True


def signature(answer, probes):
    """A few numbers of what an answer gives: they tell mistakes apart and hold no solution."""
    seen = []
    for probe in probes:
        try:
            with np.errstate(all="ignore"):
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


def passes(test, code):
    """Whether a test has nothing to say against a piece of code."""
    try:
        test(code)
    except AssertionError:
        return False
    return True
