"""The solutions of `data/exam.yml`: for each question a function of its name.

It gets what was drawn, and returns the numbers that the question asks for, in their order.
`tests/test_exam.py` finds the same with Keras, or by trying all cases.
"""

from __future__ import annotations

import math
from collections import Counter

REFERENCE = "the small cat saw the big dog near the old house"


def softmax(scores):
    powers = [math.exp(score - max(scores)) for score in scores]
    return [power / sum(powers) for power in powers]


def shared(products):
    return [product / sum(products) for product in products]


def word_groups(output, n):
    both = [text.split() for text in (output, REFERENCE)]
    said, meant = (Counter(zip(*(t[i:] for i in range(n)), strict=False)) for t in both)
    return [(said & meant).total() / said.total()]


def states_to_keep(people, places):
    return people * (places + 1), (places + 1) ** people


def price(chances):
    bits = -sum(map(math.log2, chances)) / len(chances)
    return bits, 2**bits


def temperature(chances, tau):
    return shared([chance ** (1 / tau) for chance in chances])


def one_step(x, h, first, second):
    return [math.tanh(x[j] + h[0] * first[j] + h[1] * second[j]) for j in range(2)]


def window_or_loop(T, V, H):
    return T * V * H, V * H + H * H


def clip(gradient, most):
    return [g * min(1, most / math.hypot(*gradient)) for g in gradient]


def windows(K, lag):
    return [max(0, K - lag)]


def shares(w, states):
    return [w * w * math.prod(1 - h * h for h in states)]


def half_life(k):
    gate = 0.5 ** (1 / k)
    return gate, math.log(gate / (1 - gate))


def lstm_entry(c, new, f, i, o):
    cell = f * c + i * new
    return cell, o * math.tanh(cell)


def gru_entry(h, z, r, a, u, b):
    new = math.tanh(a + r * (h * u + b))
    return new, z * h + (1 - z) * new


def weights(H, inputs):
    return 4 * H * (inputs + H + 1), 3 * H * (inputs + H + 2)


def by_chance(n, lost):
    return [2 * sum(math.comb(n, k) for k in range(lost + 1)) / 2**n]


def shape(B, T, inputs, H):
    return B, T, H, 4 * H * (inputs + H + 1)


def halving(x):
    """The state of a reader that keeps one half."""
    return sum(value / 2**age for age, value in enumerate(reversed(x)))


def mask(read, padding):
    return halving(read), halving(read) / 2**padding


def what_is_read(T, t, late, wide):
    return t, min(T, t + late), min(T, t + wide) - max(1, t - wide) + 1, T


def left_times_right(left, right):
    return shared([a * b for a, b in zip(left, right, strict=True)])


def two_readers(x):
    return halving(x), halving(x[::-1]), halving(x), x[-1]


def padded_loss(words, padding):
    return sum(words) / (len(words) + padding), sum(words) / len(words)


def attention(q, memory):
    found = softmax([sum(a * b for a, b in zip(q, row, strict=True)) for row in memory])
    mix = [sum(a * row[k] for a, row in zip(found, memory, strict=True)) for k in range(2)]
    return found + mix


def make_or_copy(g, made, places):
    return [(1 - g) * made + g * sum(places)]


def mood(first, second, third, fourth):
    signs = ((-1) ** opinion.count("not") for opinion in (third, fourth))
    return [sum(s * (-1) ** ("bad" in o) for s, o in zip(signs, (third, fourth), strict=True))]


def votes(classes, rate):
    up, down = rate * (1 - 1 / classes), -rate / classes
    return up, down, softmax([3 * up, *[3 * down] * (classes - 1)])[0]


def sentence_weights(look, take):
    left = [math.prod(1 - later for later in look[s + 1 :]) for s in range(len(look))]
    return [math.prod(three) for three in zip(look, take, left, strict=True)]


def repeat(first, other, n):
    bits = math.log2(first) + (n - 1) * math.log2(other)
    return 2 * bits, 4 * bits


def least_time(cell, inputs, H, T, B, speed):
    work = 3 * {"LSTM": 4, "GRU": 3, "SimpleRNN": 1}[cell] * H * (inputs + H) * B * T
    return work, 2 * work / speed / 1e6


def workers(N, run, start, hand, n):
    alone, together = (start + N * max(run / many, hand) for many in (1, n))
    return together, alone / together, run / hand


def joined(keep, add):
    later = [math.prod(keep[t + 1 :]) for t in range(len(keep))]
    return math.prod(keep), sum(a * share for a, share in zip(add, later, strict=True))
