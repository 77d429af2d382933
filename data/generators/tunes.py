"""Tunes in the form AABB: data for music generation.

A tune has four strains of 32 notes, all quavers: A, the same again, B, the same again. A note is
one of ten degrees of the major scale, from 0, the tonic, to 9. A strain starts on degree 0, 2 or 4,
each equally likely, and walks in steps of -2 to 2 with weights .15, .30, .10, .30, .15, within the
ten degrees. Its last note is the tonic: of the walks from the first note, only those that end there
count, in proportion to their probabilities. So a strain is a Markov chain whose transitions change
from note to note, and its entropy is exact (``strain_entropy``). B does not depend on A.

A second strain A or B holds no news: half of a tune's notes cost nothing, for who can look back
32 notes.
"""

import math
import struct
import wave

import numpy as np

DEGREES_OF_SCALE, STRAIN, STARTS = 10, 32, (0, 2, 4)
TUNE_STEPS = {-2: 0.15, -1: 0.3, 0: 0.1, 1: 0.3, 2: 0.15}
MAJOR = (0, 2, 4, 5, 7, 9, 11, 12, 14, 16)  # semitones above the tonic
ABC_NAMES = ("C", "D", "E", "F", "G", "A", "B", "c", "d", "e")


def walk_table():
    """P(next degree | degree) of the walk without its end (10, 10); rows sum to 1."""
    step = np.subtract.outer(np.arange(DEGREES_OF_SCALE), np.arange(DEGREES_OF_SCALE)).T
    table = np.zeros(step.shape)
    for size, weight in TUNE_STEPS.items():
        table[step == size] = weight
    return table / table.sum(1, keepdims=True)


def strain_law(length=STRAIN):
    """The exact law of a strain: P(first) (10,), P(next | degree) (length - 1, 10, 10).

    By dynamic programming backwards: ``end`` is the probability of ending on the tonic. Rows of
    degrees from which the tonic is out of reach are zero.
    """
    first, walk, end = np.zeros(DEGREES_OF_SCALE), walk_table(), np.eye(DEGREES_OF_SCALE)[0]
    first[list(STARTS)] = 1 / len(STARTS)
    steps = []
    for _ in range(length - 1):
        joint = walk * end
        end = joint.sum(1)
        steps.insert(0, joint / np.where(end > 0, end, 1)[:, None])
    return first, np.array(steps)


def strain_entropies(length=STRAIN):
    """Exact entropy in bits of each note of a strain, given the notes before it (length,)."""
    degree, steps = strain_law(length)
    entropies = [math.log2(len(STARTS))]
    for step in steps:
        entropies.append(-(degree[:, None] * step * np.log2(np.where(step > 0, step, 1))).sum())
        degree = degree @ step
    return np.array(entropies)


def strain_bits(strains):
    """-log2 P(note | the notes before it) under the exact law, of strains (n, length)."""
    first, steps = strain_law(strains.shape[1])
    later = steps[np.arange(len(steps)), strains[:, :-1], strains[:, 1:]]
    return -np.log2(np.hstack([first[strains[:, :1]], later]))


def draw_strains(rng, n):
    """n strains (n, 32) of degrees."""
    first, steps = strain_law()
    strains = np.zeros((n, STRAIN), int)
    below = np.tile(first.cumsum(), (n, 1))
    for t in range(STRAIN):
        strains[:, t] = (rng.random((n, 1)) * below[:, -1:] >= below).sum(1)
        if t < STRAIN - 1:
            below = steps[t].cumsum(1)[strains[:, t]]
    return strains


def make_tunes(n, seed):
    """n tunes, each a list of 128 degrees: A, A, B, B."""
    a, b = np.split(draw_strains(np.random.default_rng(seed), 2 * n), 2)
    return np.hstack([a, a, b, b]).tolist()


def tune_abc(tune):
    """A tune in ABC notation, with its repeats as repeat signs."""
    lines = []
    for start in (0, 2 * STRAIN):
        names = [ABC_NAMES[d] for d in tune[start : start + STRAIN]]
        bars = ["".join(names[i : i + 8]) for i in range(0, STRAIN, 8)]
        lines.append("|:" + "|".join(bars) + ":|")
    return "X:1\nM:4/4\nL:1/8\nK:C\n" + "\n".join(lines) + "\n"


def write_wav(tune, file, rate=8000, seconds=0.2):
    """Play a tune into a WAV file (a path or an open file): plucked sines, 16 bits, one channel."""
    samples = []
    for degree in tune:
        turn = 2 * math.pi * 261.63 * 2 ** (MAJOR[degree] / 12) / rate
        for i in range(round(rate * seconds)):
            fade = min(1, i / 40) * math.exp(-4 * i / rate / seconds)
            samples.append(round(12000 * fade * math.sin(turn * i)))
    with wave.open(file, "wb") as sound:
        sound.setnchannels(1)
        sound.setsampwidth(2)
        sound.setframerate(rate)
        sound.writeframes(struct.pack(f"<{len(samples)}h", *samples))
