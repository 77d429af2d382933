# %% [markdown] title
# # Exercises: how fast, how far
#
# about 75 minutes, and seconds on two cores
#
# Count the work of an update, find the roof above it, choose a batch by the clock, put parts together, and see when more machines stop helping. No clock is read here: the numbers are given, so the answers are exact.

# %% [markdown] task-1
# ## 1. The work of an update
#
# In a step a recurrent layer multiplies once by each entry of its matrices: each of its blocks has one of shape $(I, H)$ and one of shape $(H, H)$. An LSTM has four blocks, a GRU three, a SimpleRNN one. A batch of $B$ sequences does it $B$ times, $T$ steps do it $T$ times. On the way back the same products come twice again: once for the gradient of what went in, once for that of the weights.
#
# Write `work(blocks, I, H, T, B)`: the multiplications by weights of one update, forwards and back. (Biases are added, gates are multiplied element by element: neither counts.)
#
# By hand: an LSTM with $I = 2$ and $H = 3$, one step, one sequence: $4 \cdot 3 \cdot (2 + 3) = 60$ forwards, and 180 with the way back.
#
# <details class="fold"><summary>A first hint</summary>
#
# One block, one step, one sequence, forwards: how many entries have its two matrices together?
#
# </details>
# <details class="fold"><summary>A second hint</summary>
#
# Then five factors remain: blocks, steps, sequences, and how often forwards and back.
#
# </details>


# %% answer-1
def work(blocks, I, H, T, B):
    """The multiplications by weights of one update."""
    ### BEGIN SOLUTION
    return 3 * T * B * blocks * H * (I + H)
    ### END SOLUTION


# %% check-1
properties = {
    "one step worked by hand: 180": lambda f: f(4, 2, 3, 1, 1) == 180,
    "chapter 8's LSTM, 64 steps, a batch of 32: about half a thousand million": lambda f: (
        f(4, 32, 128, 64, 32) == 503_316_480
    ),
    "at equal width a GRU has three quarters": lambda f: (
        4 * f(3, 20, 50, 7, 5) == 3 * f(4, 20, 50, 7, 5)
    ),
    "twice the batch, twice the steps: four times": lambda f: (
        f(4, 8, 16, 20, 6) == 4 * f(4, 8, 16, 10, 3)
    ),
    "with no inputs, twice the units is four times": lambda f: (
        f(1, 0, 14, 3, 2) == 4 * f(1, 0, 7, 3, 2)
    ),
}
probes = [lambda f: f(4, 2, 3, 1, 1), lambda f: f(3, 5, 7, 11, 13), lambda f: f(1, 3, 4, 2, 1)]


# %% mistakes-1
def forwards(blocks, I, H, T, B):
    """You count the way forwards only. The way back has the same products twice."""
    return work(blocks, I, H, T, B) / 3


def back_once(blocks, I, H, T, B):
    """Your way back counts once. It has two gradients: of what went in, and of the weights."""
    return work(blocks, I, H, T, B) / 3 * 2


def with_biases(blocks, I, H, T, B):
    """You count parameters, biases among them. A bias is added, not multiplied."""
    return 3 * T * B * blocks * H * (I + H + 1)


def both_kinds(blocks, I, H, T, B):
    """You count additions as well: these are operations, two for each multiplication."""
    return 2 * work(blocks, I, H, T, B)


def one_sequence(blocks, I, H, T, B):
    """You count one sequence. A batch of B multiplies B times as often."""
    return work(blocks, I, H, T, 1)


def one_step(blocks, I, H, T, B):
    """You count one step. The same matrices are used again at each of T steps."""
    return work(blocks, I, H, 1, B)


def one_block(blocks, I, H, T, B):
    """You count one block. An LSTM has four, a GRU three."""
    return work(1, I, H, T, B)


def inputs_only(blocks, I, H, T, B):
    """You count the matrices for the inputs. The state goes through matrices, too, of shape (H, H)."""
    return 3 * T * B * blocks * H * I


def state_only(blocks, I, H, T, B):
    """You count the matrices for the state. The inputs go through matrices, too, of shape (I, H)."""
    return 3 * T * B * blocks * H * H


def added(blocks, I, H, T, B):
    """You multiply I by H by H. The two matrices stand side by side: their entries are added up."""
    return 3 * T * B * blocks * H * I * H


# %% [markdown] say-1
# In one sentence: the GRU of equal width does three quarters of the multiplications. Why need it not take three quarters of the time?

# %% [markdown] sentence-1
# The multiplications are a part of the time; the calls, the element-wise functions and the waiting are as many as before, or more.

# %% [markdown] task-2
# ## 2. The roof
#
# A machine does at most `peak` operations a second and fetches at most `rate` bytes a second. It computes while it fetches, so a step takes at least the longer of the two times.
#
# One forward step of an LSTM, for a batch of $B$, has two operations (multiply, add) for each of its $4H(I + H)B$ multiplications. It fetches or stores, at four bytes a number, the weights of its matrices once for the whole batch, what goes in ($I + H$ numbers a sequence), and what comes out of the product ($4H$ numbers a sequence).
#
# Write `least(B, I, H, peak, rate)`: the least number of seconds of a step.
#
# By hand, $B = 1$, $I = 2$, $H = 3$: 60 multiplications, 120 operations; $60 + 5 + 12 = 77$ numbers, 308 bytes. At 60 operations and 77 bytes a second it computes for 2 seconds and fetches for 4. So 4.
#
# <details class="fold"><summary>A first hint</summary>
#
# Two times: operations over `peak`, bytes over `rate`. Which of them is the least that the step can take?
#
# </details>
# <details class="fold"><summary>A second hint</summary>
#
# Which of the three lots of numbers grow with $B$?
#
# </details>


# %% answer-2
def least(B, I, H, peak, rate):
    """The least time of a step of an LSTM, in seconds."""
    ### BEGIN SOLUTION
    weights = 4 * H * (I + H)
    numbers = weights + B * (I + H) + B * 4 * H
    return max(2 * weights * B / peak, 4 * numbers / rate)
    ### END SOLUTION


# %% check-2
properties = {
    "one sequence worked by hand: 4 seconds": lambda f: np.isclose(f(1, 2, 3, 60, 77), 4),
    "a slow machine computes for longer: 120 seconds": lambda f: np.isclose(f(1, 2, 3, 1, 77), 120),
    "under the slope a larger batch costs little": lambda f: (
        f(2, 32, 128, 1e20, 1e9) < 1.02 * f(1, 32, 128, 1e20, 1e9)
    ),
    "under the level roof twice the batch takes twice as long": lambda f: np.isclose(
        f(64, 32, 128, 1e9, 1e20), 2 * f(32, 32, 128, 1e9, 1e20)
    ),
    "a machine twice as fast in both halves the time": lambda f: np.isclose(
        f(5, 7, 11, 80, 20), f(5, 7, 11, 40, 10) / 2
    ),
}
probes = [
    lambda f: f(1, 2, 3, 60, 77),
    lambda f: f(8, 3, 5, 40, 1000),
    lambda f: f(3, 4, 2, 1000, 7),
    lambda f: f(2, 5, 4, 400, 400),
]


# %% mistakes-2
def roofed(B, I, H, peak, rate, join=max, size=4, ops=2, once=1, inputs=True, outputs=True, w=True):
    weights = 4 * H * (I + H)
    numbers = w * weights * once + inputs * B * (I + H) + outputs * B * 4 * H
    return join(ops * weights * B / peak, size * numbers / rate)


def in_turn(B, I, H, peak, rate):
    """You add both times. It computes while it fetches: the longer one counts."""
    return roofed(B, I, H, peak, rate, join=lambda a, b: a + b)


def shorter(B, I, H, peak, rate):
    """You take the shorter time. The step is done when both are done."""
    return roofed(B, I, H, peak, rate, join=min)


def numbers_for_bytes(B, I, H, peak, rate):
    """You fetch numbers. The rate counts bytes, and a float32 has four."""
    return roofed(B, I, H, peak, rate, size=1)


def doubles(B, I, H, peak, rate):
    """Your numbers have eight bytes. Those here have four."""
    return roofed(B, I, H, peak, rate, size=8)


def no_additions(B, I, H, peak, rate):
    """You count multiplications. Each has an addition: two operations."""
    return roofed(B, I, H, peak, rate, ops=1)


def weights_each_time(B, I, H, peak, rate):
    """You fetch the weights once for each sequence. A batch shares them: once for all."""
    return roofed(B, I, H, peak, rate, once=B)


def weights_free(B, I, H, peak, rate):
    """Your weights come for nothing. They are the largest part of what is fetched."""
    return roofed(B, I, H, peak, rate, w=False)


def nothing_comes_out(B, I, H, peak, rate):
    """You forget what is stored: 4H numbers for each sequence."""
    return roofed(B, I, H, peak, rate, outputs=False)


def nothing_goes_in(B, I, H, peak, rate):
    """You forget what goes in: I + H numbers for each sequence."""
    return roofed(B, I, H, peak, rate, inputs=False)


def computes_only(B, I, H, peak, rate):
    """You look at the operations alone. With small batches fetching takes longer."""
    return roofed(B, I, H, peak, rate, join=lambda a, b: a)


def fetches_only(B, I, H, peak, rate):
    """You look at the bytes alone. With large batches computing takes longer."""
    return roofed(B, I, H, peak, rate, join=lambda a, b: b)


def exchanged(B, I, H, peak, rate):
    """Your two speeds are exchanged: operations over peak, bytes over rate."""
    return least(B, I, H, rate, peak)


# %% [markdown] say-2
# In one sentence: your step takes ten times the least. What have you learned, and what not?

# %% [markdown] sentence-2
# That at most a tenth of the time is needed for products and fetching; not where the other nine tenths go, for which calls and element-wise functions must be timed apart.

# %% [markdown] task-3
# ## 3. The batch that is first
#
# An update takes `call` seconds whatever the batch, and `each` seconds more for each sequence in it. A larger batch makes fewer updates a second, but each update may take the loss further.
#
# Write `first(losses, call, each, goal)`. `losses` is a dictionary: under each batch size the list of losses after update 1, 2, 3 … Give back the batch size whose loss is the first, by the clock, to be at `goal` or below. A batch that never gets there does not count; one of them does.
#
# By hand: `losses = {2: [9, 7, 5, 3], 10: [6, 3]}`, `call` 1, `each` 0.5, goal 4. A batch of 2 takes $1 + 2 \cdot 0.5 = 2$ seconds an update and is there after 4 of them, 8 seconds. A batch of 10 takes $1 + 10 \cdot 0.5 = 6$, and is there after 2: 12 seconds. So 2.
#
# <details class="fold"><summary>A first hint</summary>
#
# For each batch: after which update is it there? Which time has passed by then?
#
# </details>
# <details class="fold"><summary>A second hint</summary>
#
# The first place in a list stands for one update. `next(n for n, … in enumerate(…, 1) if …)` finds it; leave out what never gets there.
#
# </details>


# %% answer-3
def first(losses, call, each, goal):
    """The batch size that is the first, by the clock, at or below a loss."""
    ### BEGIN SOLUTION
    seconds = {}
    for batch, course in losses.items():
        there = [n for n, loss in enumerate(course, 1) if loss <= goal]
        if there:
            seconds[batch] = there[0] * (call + each * batch)
    return min(seconds, key=seconds.get)
    ### END SOLUTION


# %% check-3
by_hand = {2: [9, 7, 5, 3], 10: [6, 3]}
slow_start = {4: [9, 9, 9, 3, 3], 16: [8, 4, 3], 64: [5, 3]}
bumpy = {8: [6, 4, 7, 7, 7, 4], 32: [6, 6, 4]}
lost = {1: [9, 9, 9], 5: [9, 6, 6, 6, 4], 20: [9, 4]}
properties = {
    "worked by hand: 2": lambda f: f(by_hand, 1, 0.5, 4) == 2,
    "where a call is dear, the large batch": lambda f: f(by_hand, 100, 0.5, 4) == 10,
    "where sequences are dear, the small one": lambda f: f(slow_start, 0, 1, 3) == 4,
    "three batches, one between": lambda f: f(slow_start, 60, 2, 4) == 16,
    "the first time counts, though the loss rises again": lambda f: f(bumpy, 1, 0.01, 4) == 8,
    "exactly at the goal is there": lambda f: f({3: [5, 4], 7: [6, 5, 4, 3]}, 1, 0, 4) == 3,
    "what never gets there does not count": lambda f: f(lost, 1, 1, 5) == 5,
    "the order of the dictionary does not matter": lambda f: (
        f({10: [6, 3], 2: [9, 7, 5, 3]}, 1, 0.5, 4) == 2
    ),
}
cases = [
    (by_hand, 1, 0.5, 4),
    (by_hand, 100, 0.5, 4),
    (slow_start, 0, 1, 3),
    (slow_start, 60, 2, 4),
    (slow_start, 10, 0.1, 3),
    (slow_start, 6, 1, 3),
    (bumpy, 1, 0.01, 4),
    (bumpy, 0, 1, 4),
    (lost, 1, 1, 5),
    (lost, 30, 1, 5),
    ({3: [5, 4], 7: [6, 5, 4, 3]}, 1, 0, 4),
    ({3: [9, 9, 4], 6: [4], 12: [3]}, 0, 1, 4),
    ({2: [9, 4], 3: [4]}, 1, 0, 5),
    ({2: [4], 3: [3]}, 5, 1, 4),
    ({3: [8, 5, 4], 4: [7, 4]}, 0.4, 0.9, 4),
    ({10: [4, 9, 4, 9, 9, 9], 16: [9, 4]}, 0, 1, 4),
    ({10: [4, 9, 9, 4, 9, 9], 16: [9, 4, 9, 9, 9, 9, 9]}, 0, 1, 4),
]
probes = [lambda f, case=case: f(*case) for case in cases]


# %% mistakes-3
def chosen(losses, goal, cost, below=False, last=False, count=1):
    seconds = {}
    for batch, course in losses.items():
        there = [n for n, x in enumerate(course, count) if (x < goal if below else x <= goal)]
        if there:
            seconds[batch] = cost(there[-1 if last else 0], batch, len(course))
    return min(seconds, key=seconds.get)


def fewest_updates(losses, call, each, goal):
    """You take the fewest updates. A large batch needs fewer and each takes longer: ask the clock."""
    return chosen(losses, goal, lambda n, batch, _: n)


def most_sequences(losses, call, each, goal):
    """You take the most sequences a second. That is speed, not arrival: ask when the loss is there."""
    return chosen(losses, goal, lambda n, batch, _: -batch / (call + each * batch))


def fewest_sequences(losses, call, each, goal):
    """You count sequences that were read. The clock counts the calls, too."""
    return chosen(losses, goal, lambda n, batch, _: n * batch)


def quickest_update(losses, call, each, goal):
    """You take the quickest update. How many of them are needed?"""
    return chosen(losses, goal, lambda n, batch, _: call + each * batch)


def whole_course(losses, call, each, goal):
    """You pay for the whole list. The clock stops when the goal is reached."""
    return chosen(losses, goal, lambda n, batch, all_of_it: all_of_it * (call + each * batch))


def last_time(losses, call, each, goal):
    """You take the last update at the goal. The first one counts, even if the loss rises again."""
    return chosen(losses, goal, lambda n, batch, _: n * (call + each * batch), last=True)


def from_zero(losses, call, each, goal):
    """You count updates from 0. The first loss of a list was measured after one update."""
    return chosen(losses, goal, lambda n, batch, _: n * (call + each * batch), count=0)


def strictly_below(losses, call, each, goal):
    """You ask for less than the goal. At the goal is there."""
    wanted = {b: [loss for loss in course] for b, course in losses.items()}
    return chosen(wanted, goal, lambda n, batch, _: n * (call + each * batch), below=True)


def slowest(losses, call, each, goal):
    """You take the one that arrives last. The smallest time wins."""
    return chosen(losses, goal, lambda n, batch, _: -n * (call + each * batch))


# %% [markdown] say-3
# In one sentence: with a batch of 256 your network reads four times as many letters a second. Is training four times as fast?

# %% [markdown] sentence-3
# An epoch is, but it has an eighth of the updates it had with 32; what counts is the time to a loss, with the learning rate tuned for each batch.

# %% [markdown] task-4
# ## 4. A gradient in parts
#
# A batch is cut into parts, one for each device. Each device gives back how many examples its part had, and the *mean* gradient over them, an array. Together they shall make the change that one device would have made: the mean gradient over all examples.
#
# Write `together(parts)`, where `parts` is a list of pairs `(count, gradient)`. A device may have had nothing to do: then its count is 0, and what it gives as its gradient must not matter, even if it is `nan`.
#
# By hand: gradients 2, 6, −4, 8, of mean 3. In parts of two: $(4 + 2)/2 = 3$. In parts of three and one the means are $4/3$ and 8. Their plain mean would be $4.67$; weighted it is $(3 \cdot 4/3 + 1 \cdot 8)/4 = 3$.
#
# <details class="fold"><summary>A first hint</summary>
#
# A mean times its count is a sum. Sums of parts add up to the sum of all.
#
# </details>
# <details class="fold"><summary>A second hint</summary>
#
# 0 times `nan` is `nan`: leave empty parts out before you multiply.
#
# </details>


# %% answer-4
def together(parts):
    """The mean gradient over all examples, from the means over parts."""
    ### BEGIN SOLUTION
    parts = [(count, np.asarray(gradient)) for count, gradient in parts if count]
    total = sum(count * gradient for count, gradient in parts)
    return total / sum(count for count, _ in parts)
    ### END SOLUTION


# %% check-4
rng = np.random.default_rng(0)
whole = rng.standard_normal((12, 2, 3))


def cut(*counts):
    """The twelve gradients in parts of so many."""
    ends = np.cumsum(counts)
    return [(n, whole[end - n : end].mean(axis=0)) for n, end in zip(counts, ends, strict=True)]


empty = (0, np.full((2, 3), np.nan))
idle = (0, np.full((2, 3), 7.0))
properties = {
    "two equal parts worked by hand: 3": lambda f: np.allclose(
        f([(2, np.array([4.0])), (2, np.array([2.0]))]), 3
    ),
    "three and one: 3 again": lambda f: np.allclose(
        f([(3, np.array([4 / 3])), (1, np.array([8.0]))]), 3
    ),
    "equal parts: what one device finds": lambda f: np.allclose(
        f(cut(4, 4, 4)), whole.mean(axis=0), atol=1e-12
    ),
    "unequal parts: the same": lambda f: np.allclose(
        f(cut(7, 4, 1)), whole.mean(axis=0), atol=1e-12
    ),
    "one part is what it is": lambda f: np.allclose(f(cut(12)), whole.mean(axis=0), atol=1e-12),
    "the order of the devices does not matter": lambda f: np.allclose(
        f(cut(7, 4, 1)), f(cut(7, 4, 1)[::-1]), atol=1e-12
    ),
    "who had nothing to do has no say": lambda f: (
        np.allclose(f([*cut(7, 5), idle]), whole.mean(axis=0))
        and np.allclose(f([empty, *cut(7, 5)]), whole.mean(axis=0))
    ),
}
probes = [
    lambda f: f(cut(7, 4, 1)),
    lambda f: f(cut(6, 6)),
    lambda f: f([*cut(7, 5), idle]),
    lambda f: f([empty, *cut(7, 5)]),
    lambda f: f([(3, np.array([4 / 3])), (1, np.array([8.0]))]),
]


# %% mistakes-4
def weighted(parts, weight=lambda count: count, over=None, keep=bool):
    parts = [(count, np.asarray(gradient)) for count, gradient in parts if keep(count)]
    total = sum(weight(count) * gradient for count, gradient in parts)
    return total / (sum(weight(count) for count, _ in parts) if over is None else over(parts))


def mean_of_means(parts):
    """You average the means. Where the parts are unequal, a small part then has as much say as a large one."""
    return weighted(parts, weight=lambda count: 1)


def mean_with_idle(parts):
    """You average the means, and a device that had nothing to do has its say, too."""
    return weighted(parts, weight=lambda count: 1, keep=lambda count: True)


def summed(parts):
    """You add the sums up and stop. Asked is the mean: the learning rate would else grow with the batch."""
    return weighted(parts, over=lambda parts: 1)


def means_summed(parts):
    """You add the means up. Two devices would take a step twice as large as one."""
    return weighted(parts, weight=lambda count: 1, over=lambda parts: 1)


def by_devices(parts):
    """You divide the sum by the number of devices. Divide by the number of examples."""
    return weighted(parts, over=len)


def nan_gets_in(parts):
    """An empty part spoils all: 0 times nan is nan. Leave it out before you multiply."""
    return weighted(parts, keep=lambda count: True)


def largest(parts):
    """You take the largest part's gradient. The others have seen examples, too."""
    return np.asarray(max(parts, key=lambda part: part[0])[1])


def wrong_way(parts):
    """Your weights are upside down: a part with many examples gets little say."""
    return weighted(parts, weight=lambda count: 1 / count)


def one_number(parts):
    """You average over the weights, too. Each weight has its own gradient: keep the shape."""
    return np.mean(together(parts))


# %% [markdown] say-4
# In one sentence: two devices report the same losses as one, to six digits and no further. Is something wrong?

# %% [markdown] sentence-4
# No: in floating point a sum depends on its order, so the last digits differ; something is wrong where the difference is far larger than rounding makes it.

# %% [markdown] task-5
# ## 5. When more machines stop helping
#
# `N` runs need nothing of one another. Each takes `run` seconds on a worker. To begin takes `start` seconds, whatever comes; and the one scheduler needs `hand` seconds for each run, to hand it out and to take its rows back. Scheduler and workers work at the same time, so the slower of the two counts. For `n` workers the model is
#
# $$ T(n) = t_0 + N \max\!\left( \frac{t_\text{run}}{n},\ t_\text{hand} \right). $$
#
# The *efficiency* of `n` workers is $T(1) / (n\, T(n))$: which share of their time does the work of one.
#
# Write `most(N, run, start, hand, share)`: the largest `n`, at most `N`, whose efficiency is still at least `share`.
#
# By hand: 10 runs of 8 seconds, `start` 10, `hand` 1. $T(1) = 10 + 80 = 90$, $T(4) = 10 + 20 = 30$, $T(5) = 10 + 16 = 26$. The efficiencies are $1$, $90 / 120 = 0.75$ and $90 / 130 = 0.69$. For a share of 0.7 the answer is 4. (Ten workers would wait for the scheduler: $T(10) = 10 + 10 \cdot 1 = 20$.)
#
# <details class="fold"><summary>A first hint</summary>
#
# Write $T$ as a small function first. The efficiency only falls.
#
# </details>
# <details class="fold"><summary>A second hint</summary>
#
# Try all `n` from 1 to `N` and keep the largest that does.
#
# </details>


# %% answer-5
def most(N, run, start, hand, share):
    """The largest number of workers, at most N, with at least this efficiency."""

    ### BEGIN SOLUTION
    def T(n):
        return start + N * max(run / n, hand)

    return max(n for n in range(1, N + 1) if T(1) >= share * n * T(n))
    ### END SOLUTION


# %% check-5
properties = {
    "worked by hand: 4": lambda f: f(10, 8, 10, 1, 0.7) == 4,
    "an efficiency of exactly the share will do": lambda f: f(10, 8, 10, 1, 0.75) == 4,
    "all of them efficient: one": lambda f: f(10, 8, 10, 1, 1) == 1,
    "nothing in the way: one worker a run": lambda f: f(50, 8, 0, 0, 0.9) == 50,
    "longer runs, more workers": lambda f: (
        f(1000, 2, 5, 0.01, 0.9) < f(1000, 20, 5, 0.01, 0.9) < f(1000, 60, 5, 0.01, 0.9)
    ),
    "more runs do not help a scheduler that is busy": lambda f: (
        f(100, 2, 0, 1, 0.5) == f(1000, 2, 0, 1, 0.5) == 4
    ),
    "more runs make up for a slow start": lambda f: f(100, 2, 30, 0, 0.5) < f(900, 2, 30, 0, 0.5),
}
probes = [
    lambda f: f(10, 8, 10, 1, 0.7),
    lambda f: f(200, 20, 15, 0.5, 0.5),
    lambda f: f(1000, 3, 2, 0.1, 0.8),
    lambda f: f(60, 5, 40, 0.2, 0.4),
    lambda f: f(50, 8, 0, 0, 0.9),
    lambda f: f(10, 8, 10, 1, 0.75),
    lambda f: f(40, 2, 3, 0.5, 0.3),
    lambda f: f(5, 2, 30, 1, 0.5),
]


# %% mistakes-5
def searched(N, run, start, hand, share, T=None, ok=None, top=None, pick=max):
    T = T or (lambda n: start + N * max(run / n, hand))
    ok = ok or (lambda n: T(1) >= share * n * T(n))
    return pick([n for n in range(1, (top or N) + 1) if ok(n)] or [0])


def no_start(N, run, start, hand, share):
    """You leave the start out. It is paid once, and no worker shortens it."""
    return searched(N, run, 0, hand, share)


def no_hand(N, run, start, hand, share):
    """Your scheduler costs nothing. It needs a moment for each run, one after the other."""
    return searched(N, run, start, 0, share)


def in_turn(N, run, start, hand, share):
    """You add both costs of a run. Scheduler and workers work at the same time: the slower counts."""
    return searched(N, run, start, hand, share, T=lambda n: start + N * (run / n + hand))


def quicker(N, run, start, hand, share):
    """You take the quicker of scheduler and workers. All is done when both are done: the slower counts."""
    return searched(N, run, start, hand, share, T=lambda n: start + N * min(run / n, hand))


def start_each(N, run, start, hand, share):
    """You pay the start once for each run. It comes once."""
    return searched(N, run, start, hand, share, T=lambda n: N * (start + max(run / n, hand)))


def speed_up(N, run, start, hand, share):
    """You compare the speed-up with the share. Divide it by the workers: that is the efficiency."""

    def T(n):
        return start + N * max(run / n, hand)

    return searched(N, run, start, hand, share, ok=lambda n: T(1) >= share * T(n))


def shared_start(N, run, start, hand, share):
    """Your workers share the start. No worker shortens it."""
    return searched(N, run, start, hand, share, T=lambda n: start / n + N * max(run / n, hand))


def one_too_many(N, run, start, hand, share):
    """That is the first number that falls short. Asked is the last one that does not."""
    return min(most(N, run, start, hand, share) + 1, N)


def strictly_more(N, run, start, hand, share):
    """You ask for more than the share. At least the share will do."""

    def T(n):
        return start + N * max(run / n, hand)

    return searched(N, run, start, hand, share, ok=lambda n: T(1) > share * n * T(n) + 1e-9)


def without_end(N, run, start, hand, share):
    """You give more workers than there are runs. A run cannot be cut: at most N."""
    return searched(N, run, start, hand, share, top=3 * N)


def least_of_them(N, run, start, hand, share):
    """You take the smallest number that will do, and that is always one. Asked is the largest."""
    return searched(N, run, start, hand, share, pick=min)


# %% [markdown] say-5
# In one sentence: which of the four numbers would you change first to use a thousand workers, and how, without a faster machine?

# %% [markdown] sentence-5
# The time the scheduler spends on each second of work: hand out several short runs at once, so that a piece takes longer and there are fewer of them.
