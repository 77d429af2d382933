# %% [markdown] title
# # Exercises: music and text
#
# about 50 minutes, and seconds on two cores
#
# Bars that are whole, a copy in another key, and what a repeat costs whoever looks back.

# %% [markdown] task-1
# ## 1. Is the bar whole?
#
# In ABC a note lasts one quaver; behind it may stand how many: `d2` two, `d/2` and `d/` one half, `d3/2` one and a half. `z` is a rest and lasts as a note does. A metre of 6/8 fills each bar with six eighths, that is six quavers; 3/4 does, too; 4/4 has eight.
#
# Write `whole(line, metre)`: of the bars between the first and the last one, the share that is as long as the metre says. (A tune may begin with an upbeat, and the last bar lacks it.) What holds no note, as between `|` and `|` in `||`, is no bar.
#
# By hand: `A|d2e f2g|A3/2B/2c d3|G2G G2|d3` in 6/8. Between the first and the last stand three bars, of 6, 6 and 5 quavers. So $2/3$.
#
# <details class="fold"><summary>A first hint</summary>
#
# Cut at the bar lines, leave out what holds no note, leave out the first and the last. Only then measure.
#
# </details>
# <details class="fold"><summary>A second hint</summary>
#
# `NOTE.findall(bar)` gives three strings a note, each of which may be empty: `3/2` is `("3", "/", "2")`, `d/` is `("", "/", "")`. `re.split(r"[|:]+", line)` cuts.
#
# </details>

# %% given-1
import re

NOTE = re.compile(r"[_=^]?[A-Ga-gz][,']*(\d*)(/?)(\d*)")  # how many, a slash, divided by what


# %% answer-1
def whole(line, metre):
    """The share of inner bars that are as long as the metre says."""
    ### BEGIN SOLUTION
    top, bottom = map(int, metre.split("/"))
    bars = []
    for bar in re.split(r"[|:]+", line):
        parts = NOTE.findall(bar)
        lengths = [int(many or 1) / (int(by or 2) if slash else 1) for many, slash, by in parts]
        if lengths:
            bars.append(sum(lengths))
    return np.mean(np.isclose(bars[1:-1], 8 * top / bottom))
    ### END SOLUTION


# %% check-1
by_hand = "A|d2e f2g|A3/2B/2c d3|G2G G2|d3"
waltz = "d|g2 f2 e2|d6|B2 z2 d2|c3 d e2 f|g2 b2 a2||f2 e2 d2|^c'4 e|d4"
reel = "d2|g/a/b a/g/f gfed|e4 z4|c'd'e'f' g'4|:B/A/G/A/ B2 c|BcdB A2AB|=c4 c|G6"
properties = {
    "the bars worked by hand: 2/3": lambda f: np.isclose(f(by_hand, "6/8"), 2 / 3),
    "a waltz in 3/4, six quavers a bar: 5 of 7": lambda f: np.isclose(f(waltz, "3/4"), 5 / 7),
    "a reel in 4/4, eight quavers a bar: 4 of 6": lambda f: np.isclose(f(reel, "4/4"), 4 / 6),
    "a rest has a length": lambda f: f("d|z6|z3d3|d", "6/8") == 1,
    "one note and many make a bar alike": lambda f: f("d|d6|dddddd|d", "6/8") == 1,
    "what holds no note is no bar, at the end and between": lambda f: (
        f("d6|d6|d5|d6|", "6/8") == 0.5 and f("d|d6| |d", "6/8") == 1
    ),
    "2/4 is four quavers, 2/2 is eight": lambda f: f("d|d4|d", "2/4") == f("d|d8|d", "2/2") == 1,
    "halves and quarters of a quaver count": lambda f: (
        f("d|d6d/2|d", "6/8") == 0 and f("d|d5d/4d/4d/4d/4|d", "6/8") == 1
    ),
    "an upbeat and the end do not count": lambda f: f("d6|dd|d6", "6/8") == 0,
}
probes = [
    lambda f: f(by_hand, "6/8"),
    lambda f: f(waltz, "3/4"),
    lambda f: f(reel, "4/4"),
    lambda f: f("d|dddddd|d3d3|ddd|d3|d9|d6", "6/8"),
    lambda f: f("d|d3|dddddd|f/2f/2d2d2d|z6|a7||d/dddddd/|d3/2d3/2d3/2d3/2|f12|d", "6/8"),
    lambda f: f("d|d5d/4d/4d/4d/4|d", "6/8"),
]


# %% mistakes-1
def shares(
    line, metre, length=None, kept=slice(1, -1), empty=False, wanted=None, more=False, longest=False
):
    top, bottom = map(int, metre.split("/"))
    wanted = 8 * top / bottom if wanted is None else wanted(top)
    bars = [NOTE.findall(bar) for bar in re.split(r"[|:]" + "+" * (not empty), line)]
    length = length or (lambda many, slash, by: int(many or 1) / (int(by or 2) if slash else 1))
    found = [sum(length(*note) for note in bar) for bar in bars if bar or empty][kept]
    return np.mean(
        [n >= wanted if more else n <= wanted if longest else n == wanted for n in found]
    )


def no_slash(line, metre):
    """You lose your way at a slash with a number: d/2 is half as long as d."""
    return shares(line, metre, lambda many, slash, by: int(many or by or 1))


def slash_alone(line, metre):
    """A slash with nothing behind it has no effect in your count. It halves."""
    return shares(line, metre, lambda many, slash, by: int(many or 1) / int(by or 1))


def half_of_one(line, metre):
    """You halve one quaver, whatever stands before the slash: 3/2 is three halves."""
    return shares(
        line, metre, lambda many, slash, by: 1 / int(by or 2) if slash else int(many or 1)
    )


def notes(line, metre):
    """You count notes. A bar is as long as its notes together: d2 is two quavers."""
    return shares(line, metre, lambda many, slash, by: 1)


def with_the_ends(line, metre):
    """You count the first and the last stretch, too. They may be an upbeat and what it lacks."""
    return shares(line, metre, kept=slice(None))


def empty_bars(line, metre):
    """You count what stands between two bar lines in a row. A bar without a note is none."""
    return shares(line, metre, empty=True)


def upper_number(line, metre):
    """You take the upper number of the metre for quavers. In 3/4 it counts crotchets, two quavers each."""
    return shares(line, metre, wanted=lambda top: top)


def at_least(line, metre):
    """A bar that is too long passes as whole with you. As long as the metre says, no longer."""
    return shares(line, metre, more=True)


def crotchets(line, metre):
    """You count the metre in crotchets, the notes in quavers. A crotchet is two quavers."""
    return shares(line, metre, wanted=lambda top: 4 * top / int(metre.split("/")[1]))


def last_kept(line, metre):
    """You leave out the last stretch only. The first may be an upbeat."""
    return shares(line, metre, kept=slice(None, -1))


def first_kept(line, metre):
    """You leave out the first stretch only. The last lacks what the upbeat has."""
    return shares(line, metre, kept=slice(1, None))


def bare_is_nothing(line, metre):
    """A note without a number counts as nothing. It is one quaver."""
    return shares(
        line, metre, lambda many, slash, by: int(many or 0) / (int(by or 2) if slash else 1)
    )


def any_slash_halves(line, metre):
    """Every slash halves with you. d/4 is a quarter."""
    return shares(line, metre, lambda many, slash, by: int(many or 1) / (2 if slash else 1))


def rests_unheard(line, metre):
    """Your rests have no length. A rest lasts as a note does."""
    return whole(re.sub(r"z\d*", "", line), metre)


def at_most(line, metre):
    """A bar that is too short passes as whole with you. As long as the metre says, no shorter."""
    return shares(line, metre, longest=True)


def how_many(line, metre):
    """That is the number of whole bars. Asked is their share."""
    bars = [bar for bar in re.split(r"[|:]+", line) if NOTE.search(bar)]
    return whole(line, metre) * (len(bars) - 2)


# %% [markdown] say-1
# In one sentence: 95 of 100 bars that a network writes are whole. Is it a musician?

# %% [markdown] sentence-1
# It can add up to six within a bar, which is near; ask the same of real tunes, and ask what is far: whether the tune ends at home and its bars come back.

# %% [markdown] task-2
# ## 2. A copy in another key
#
# A tune is a list of pitches in semitones. Whoever shifts a tune by five semitones has still copied it. So compare the steps from note to note, not the notes.
#
# Write `copied(tune, corpus)`: how many *notes* the longest run has that stands, in whatever key, in one of the tunes of `corpus`. A run is without gaps. One note alone always stands there: the least is 1.
#
# By hand: $62, 64, 66, 67$ goes up by 2, 2 and 1. So does $60, 62, 64, 65$ in the corpus' tune $60, 62, 64, 65, 60$. Three equal steps are four notes: 4.
#
# <details class="fold"><summary>A first hint</summary>
#
# Make lists of steps. Where in one of yours and where in one of theirs could the run begin?
#
# </details>
# <details class="fold"><summary>A second hint</summary>
#
# From each pair of beginnings count how far they agree. `np.diff` makes steps; how many notes do `n` steps join?
#
# </details>


# %% answer-2
def copied(tune, corpus):
    """The number of notes of the longest run that a corpus has in some key."""
    ### BEGIN SOLUTION
    mine, longest = list(np.diff(tune)), 0
    for other in corpus:
        theirs = list(np.diff(other))
        for i in range(len(mine)):
            for j in range(len(theirs)):
                n = 0
                while i + n < len(mine) and mine[i : i + n + 1] == theirs[j : j + n + 1]:
                    n += 1
                longest = max(longest, n)
    return longest + 1
    ### END SOLUTION


# %% check-2
up = [60, 62, 64, 65, 60]
mine = [67, 69, 71, 72, 74, 72, 71, 67, 66, 67, 69, 74]
theirs = [[62, 64, 66, 67, 69, 71], [60, 67, 65, 64, 60, 59, 60], [67, 69, 71, 67, 69, 74]]
properties = {
    "the tune worked by hand: 4": lambda f: f([62, 64, 66, 67], [up]) == 4,
    "another key, the same number": lambda f: (
        f([n + 5 for n in mine], theirs) == f(mine, theirs) == 6
    ),
    "all of it, if the corpus has it": lambda f: f(mine, [*theirs, mine]) == 12,
    "no step in common: 1": lambda f: f([60, 62, 64], [[60, 61, 62], [64, 60]]) == 1,
    "two tunes of the corpus are not one": lambda f: f(up, [up[:2], up[2:]]) == 3,
    "without gaps, in either tune": lambda f: (
        f([60, 62, 64], [[60, 62, 61, 63]]) == 2 and f([60, 62, 65, 67], [[60, 62, 63, 65]]) == 2
    ),
    "upside down is another tune, and an octave is a step": lambda f: (
        f([60, 62, 64], [[60, 58, 56]]) == f([60, 65], [[60, 53]]) == 1
    ),
    "in any key, far away, too": lambda f: f([60, 64, 68], [[75, 79, 83]]) == 3,
    "a step of 2 is not in 12": lambda f: f([60, 62, 64], [[60, 72, 74]]) == 2,
    "one note is in every tune": lambda f: f([60], [[60, 62]]) == 1,
}
probes = [
    lambda f: f(mine, theirs),
    lambda f: f([60, 62, 64], [[60, 61, 62], [64, 60]]),
    lambda f: f(up, [up[:2], up[2:]]),
    lambda f: f([67, 65, 60, 62, 64], [[48, 50, 52, 55]]),
    lambda f: f([60, 65, 67, 69], [[50, 51, 53, 55]]),
    lambda f: f([60, 65, 67], [[60, 53], [50, 55, 56, 58]]),
    lambda f: f([60, 62, 64], [[60, 58, 56]]),
]


# %% mistakes-2
def runs(mine, theirs):
    def of(line, n):
        return {tuple(line[i : i + n]) for i in range(len(line) - n + 1)}

    return max(n for n in range(len(mine) + 1) if of(mine, n) & of(theirs, n))


def same_key(tune, corpus):
    """You compare pitches, so a copy five semitones higher escapes you. Compare steps."""
    return max(runs(list(tune), list(other)) for other in corpus)


def steps(tune, corpus):
    """That is the number of steps. Asked are notes, and one step joins two of them."""
    return copied(tune, corpus) - 1


def one_long_tune(tune, corpus):
    """You lay the corpus end to end, and find runs that stand in no tune of it. One after the other."""
    return copied(tune, [[note for other in corpus for note in other]])


def directions(tune, corpus):
    """You compare only up and down. A step of two is another step than one of five."""
    return 1 + max(runs(list(np.sign(np.diff(tune))), list(np.sign(np.diff(o)))) for o in corpus)


def from_the_beginning(tune, corpus):
    """Your run begins with the tune. It may begin anywhere in it."""
    longest = 0
    for other in corpus:
        for j in range(len(other) - 1):
            n = 0
            while list(np.diff(tune))[: n + 1] == list(np.diff(other))[j : j + n + 1] and (
                n < len(tune) - 1
            ):
                n += 1
            longest = max(longest, n)
    return longest + 1


def same_place(tune, corpus):
    """You compare both tunes from their beginnings. What is copied may stand at another place."""
    longest = 0
    for other in corpus:
        n = 0
        for a, b in zip(np.diff(tune), np.diff(other), strict=False):
            n = n + 1 if a == b else 0
            longest = max(longest, n)
    return longest + 1


def steps_in_common(tune, corpus):
    """You count steps that both have, wherever they are. A run is without gaps, and in order."""
    return 1 + max(len(set(np.diff(tune)) & set(np.diff(o))) for o in corpus)


def their_beginning(tune, corpus):
    """Your run begins with a tune of the corpus. It may begin anywhere in it, too."""
    return max(beginning(other, tune) for other in corpus) + 1


def last_tune(tune, corpus):
    """Only the last tune of the corpus counts with you. Keep the longest of all."""
    return copied(tune, corpus[-1:])


def first_tune(tune, corpus):
    """You return after the first tune of the corpus. Look at all of them."""
    return copied(tune, corpus[:1])


def all_together(tune, corpus):
    """You add up the runs of all tunes. Asked is the longest."""
    return sum(copied(tune, [other]) - 1 for other in corpus) + 1


def last_step_lost(tune, corpus):
    """You lose the last step of the tune: your range ends one too early."""
    return copied(tune[:-1], corpus)


def with_gaps(tune, corpus):
    """Your run may have gaps. One step after the other, in both."""
    return 1 + max(row_with_gaps(np.diff(tune), np.diff(other)) for other in corpus)


def upside_down(tune, corpus):
    """A step down is the same as a step up with you. The direction counts."""
    return 1 + max(runs(list(abs(np.diff(tune))), list(abs(np.diff(o)))) for o in corpus)


def beginning(mine, theirs):
    mine, theirs = list(np.diff(mine)), list(np.diff(theirs))
    found = [
        n for n in range(len(mine) + 1) for j in range(len(theirs)) if mine[:n] == theirs[j : j + n]
    ]
    return max(found, default=0)


def row_with_gaps(mine, theirs):
    best = np.zeros((len(mine) + 1, len(theirs) + 1), int)
    for i, a in enumerate(mine):
        for j, b in enumerate(theirs):
            best[i + 1, j + 1] = best[i, j] + 1 if a == b else max(best[i, j + 1], best[i + 1, j])
    return best[-1, -1]


# %% [markdown] say-2
# In one sentence: the longest copied run of a written tune has 12 notes. What else must you know before you call it a thief?

# %% [markdown] sentence-2
# How long the runs are that real tunes, which never read that corpus, share with it: scales and endings are common property.

# %% [markdown] task-3
# ## 3. What a repeat costs
#
# A model that looks back guesses like this: with the share $g$ it says "as `k` notes ago", with the share $1 - g$ it says nothing and spreads evenly over all $V$ notes. For the first `k` notes there is nothing to look at, so it spreads evenly.
#
# Write `bits(notes, k, g, V)`: the mean price of a note, $-\log_2 p$, over *all* notes.
#
# By hand, $V = 2$, $k = 2$, $g = \tfrac12$, the notes $0, 1, 0, 0$: the first two cost 1 bit each. The third is as two notes ago, $p = 0.5 + 0.5 \cdot 0.5 = 0.75$, 0.415 bits. The fourth is not, $p = 0.5 \cdot 0.5$, 2 bits. The mean is $1.10$.
#
# <details class="fold"><summary>A first hint</summary>
#
# Which probability has a note in each of three cases: among the first `k`, as `k` notes ago, otherwise?
#
# </details>
# <details class="fold"><summary>A second hint</summary>
#
# Whoever spreads evenly gives the copied note its share, too: $g + (1 - g) / V$.
#
# </details>


# %% answer-3
def bits(notes, k, g, V):
    """The mean price of a note, in bits, for whoever looks k notes back with the share g."""
    ### BEGIN SOLUTION
    notes = np.asarray(notes)
    again = g * (notes[k:] == notes[:-k]) + (1 - g) / V
    return -np.log2(np.concatenate([np.full(k, 1 / V), again])).mean()
    ### END SOLUTION


# %% check-3
strain = [0, 2, 1, 1, 3, 0, 2, 4]
other = [4, 3, 3, 2, 0, 1, 1, 0]
aabb = strain + strain + other + other
properties = {
    "four notes by hand: 1.10": lambda f: np.isclose(f([0, 1, 0, 0], 2, 0.5, 2), 1.1037, atol=1e-3),
    "V is told, not counted": lambda f: np.isclose(f([0, 2, 0, 0], 2, 0.5, 5), 2.17569),
    "whoever never copies pays log2 V a note": lambda f: np.isclose(f(aabb, 8, 0, 5), np.log2(5)),
    "A A, looking back surely: half the notes are free": lambda f: np.isclose(
        f(strain + strain, 8, 1, 5), np.log2(5) / 2
    ),
    "a note of B, which is no repeat, costs log2 10 more than one of A": lambda f: np.isclose(
        32 * f(aabb, 8, 0.9, 5) - 2 * 16 * f(strain + strain, 8, 0.9, 5), 8 * np.log2(10)
    ),
    "the wrong place to look at costs more than none": lambda f: (
        f(aabb, 7, 0.9, 5) > f(aabb, 7, 0, 5) > f(aabb, 8, 0.5, 5)
    ),
}
probes = [lambda f: f(aabb, 8, 0.9, 5), lambda f: f([0, 1, 0, 0], 2, 0.5, 2)]


# %% mistakes-3
def nats(notes, k, g, V):
    """These are nats. A bit needs the logarithm to base 2."""
    return bits(notes, k, g, V) * np.log(2)


def copy_alone(notes, k, g, V):
    """Your copied note has the share g and no more. Whoever spreads evenly gives it a part, too."""
    notes = np.asarray(notes)
    again = np.where(notes[k:] == notes[:-k], g, (1 - g) / V)
    return -np.log2(np.concatenate([np.full(k, 1 / V), again])).mean()


def without_the_first(notes, k, g, V):
    """You leave the first k notes out. They are paid for as well: nothing could be copied there."""
    return (bits(notes, k, g, V) * len(notes) - k * np.log2(V)) / (len(notes) - k)


def first_are_copies(notes, k, g, V):
    """Your first notes look at the end: an index below 0 counts from behind. They have nothing to copy."""
    return -np.log2(g * (np.asarray(notes) == np.roll(notes, k)) + (1 - g) / V).mean()


def one_short(notes, k, g, V):
    """You look one note less far back. As k notes ago means: at place t look at t - k."""
    return bits(notes, k - 1, g, V)


def among_the_others(notes, k, g, V):
    """You spread over the other V - 1 notes. Evenly means all V, the copied one among them."""
    notes = np.asarray(notes)
    again = np.where(notes[k:] == notes[:-k], g, (1 - g) / (V - 1))
    return -np.log2(np.concatenate([np.full(k, 1 / V), again])).mean()


def total(notes, k, g, V):
    """That is the price of all notes together. Asked is the mean."""
    return bits(notes, k, g, V) * len(notes)


def log_of_mean(notes, k, g, V):
    """You average probabilities, then take a logarithm. Each note has its price: average those."""
    notes = np.asarray(notes)
    again = g * (notes[k:] == notes[:-k]) + (1 - g) / V
    return -np.log2(np.concatenate([np.full(k, 1 / V), again]).mean())


def priced(notes, k, g, V, again=None, other=None, first=None, t0=None, far=None):
    t0, far = k if t0 is None else t0, far or k
    again, other = again or g + (1 - g) / V, other or (1 - g) / V
    p = [first or 1 / V] * t0
    p += [again if notes[t] == notes[t - far] else other for t in range(t0, len(notes))]
    return -np.log2(p).mean()


def not_spread(notes, k, g, V):
    """You give each other note all of 1 - g. It is spread over V notes."""
    return priced(notes, k, g, V, again=g + 1 - g, other=1 - g)


def first_free(notes, k, g, V):
    """Your first k notes cost nothing. They are spread evenly over V."""
    return priced(notes, k, g, V, first=1)


def first_with_share(notes, k, g, V):
    """Your first k notes have the share 1 - g of even spreading. There is nothing to look at, so all is spread."""
    return priced(notes, k, g, V, first=(1 - g) / V)


def others_only(notes, k, g, V):
    """You spread over V - 1 notes where nothing is copied. Evenly means all V."""
    return priced(notes, k, g, V, other=(1 - g) / (V - 1))


def one_far(notes, k, g, V):
    """You look one note further back. As k notes ago means: at place t look at t - k."""
    return priced(notes, k, g, V, t0=k + 1, far=k + 1)


def starts_late(notes, k, g, V):
    """You begin to look one note too late. At place k stands the first that has a note k ago."""
    return priced(notes, k, g, V, t0=k + 1)


def shares_exchanged(notes, k, g, V):
    """Your shares are exchanged: g looks back, 1 - g spreads."""
    return bits(notes, k, 1 - g, V)


def by_notes_behind(notes, k, g, V):
    """You divide by the notes behind the first k. The mean is over all."""
    return bits(notes, k, g, V) * len(notes) / (len(notes) - k)


def by_k(notes, k, g, V):
    """You divide by k. The mean is over all notes."""
    return bits(notes, k, g, V) * len(notes) / k


# %% [markdown] say-3
# In one sentence: you try which $g$ is best for tunes A A B B with long strains and many different notes. Near which number does it lie, and why not at 1?

# %% [markdown] sentence-3
# Near two thirds: of the notes behind the first strain two of three are a repeat, and B, when it comes first, is none; with $g = 1$ one wrong note would cost infinitely many bits.
