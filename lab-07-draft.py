# Draft of the lab of chapter 7, not yet run. Cells: `# %%` code, `# %% [markdown]` prose; after it
# the cell's id, its tag, its metadata. Ranges in the facts are guesses until the first run.
# New requirement: statsmodels (its data sets ship with the package; Colab has it).

# %% [markdown] title
# # A fair fight
#
# [Chapter 7](../book/07-lstm-or-gru.md) · about 1 minute on two cores
#
# You write a comparison of LSTM and GRU that you can use again: equal size, a rate for each, several seeds, and forecasts that cost nothing to beat.

# %% [markdown] about-made
# You will use `EarlyStopping`, `validation_data`, `count_params`, `set_random_seed` and `Adam(global_clipnorm=…)`.
#
# First a series whose best forecast is known, because we make it. Its **changes** swing: each is made of the last two, plus a random number of size 1. The series itself adds them up.
#
# **Change it:** `STRENGTH` says how long a swing lasts. Try 0.5, 0.8 and 0.99.

# %% made change={"STRENGTH": [0.5, 0.8, 0.99]}
import numpy as np

PERIOD, STRENGTH = 11, 0.95
a, b = 2 * STRENGTH * np.cos(2 * np.pi / PERIOD), -(STRENGTH**2)
noise = np.random.default_rng(7).normal(size=1000)
changes = np.zeros(1000)
for t in range(2, 1000):
    changes[t] = a * changes[t - 1] + b * changes[t - 2] + noise[t]
made = changes.cumsum()
print(f"each change: {a:.2f} times the last, {b:+.2f} times the one before, and noise")

# %% [markdown] about-floor
# Nobody can foresee the noise, so no forecast can have a smaller error than its size: about 1. That is the **floor**. Error here is the root mean square, in the units of the series.
#
# Beside it stand forecasts that anybody can make: *no change* (persistence), *as a period ago* (seasonal naive), and *the change of a period ago*. A network that does not beat them has learned nothing. Guess their order first.

# %% floor


def rmse(errors):
    """Root mean square error."""
    return float(np.sqrt(np.mean(np.square(errors))))


def by_hand(past, period):
    """Three forecasts of the next change from past changes (cases, steps), the last at -1."""
    return {
        "no change": np.zeros(len(past)),
        "as a period ago": -past[:, 1 - period :].sum(1),
        "its change": past[:, -period],
    }


rows = np.lib.stride_tricks.sliding_window_view(changes[50:], 25)
for name, guess in by_hand(rows[:, :-1], PERIOD).items():
    print(f"{name:16} {rmse(rows[:, -1] - guess):.2f}")
print(f"{'the floor':16} {rmse(noise[74:]):.2f}")

# %% [markdown] about-picture
# Look at a hundred steps. The swings are visible, and no two are alike.

# %% picture figure
import matplotlib.pyplot as plt

plt.rcParams.update({"font.size": 11, "axes.spines.top": False, "axes.spines.right": False})
fig, ax = plt.subplots(figsize=(4.4, 2.8))
ax.plot(made[-100:], color="#1b1b1b")
ax.set(xlabel="steps", ylabel="value")
fig.tight_layout()
plt.show()

# %% [markdown] about-split
# ## Cut by time
#
# The network reads 24 changes and answers with the next one. Train on the first part, choose on the second, and touch the third once, at the end. **Never shuffle before you cut**: neighbours share 23 of their 24 inputs, and the network would have seen the answers.
#
# The size that scales the numbers comes from the training part alone. (For long series `keras.utils.timeseries_dataset_from_array` cuts such windows one batch at a time.)

# %% split


def split(series, past=24):
    """(inputs, answers) for training, validation and test, in this order in time; and the scale."""
    changes = np.diff(series)
    first, second = int(0.7 * len(changes)), int(0.85 * len(changes))
    scale = changes[:first].std()
    rows = np.lib.stride_tricks.sliding_window_view(changes / scale, past + 1).astype("float32")
    parts = np.split(rows, [first - past, second - past])
    return [(rows[:, :-1, None], rows[:, -1]) for rows in parts], scale


parts, scale = split(made)
for name, (x, y) in zip(("training", "validation", "test"), parts, strict=True):
    print(f"{name:10} inputs {x.shape}, answers {y.shape}")

# %% [markdown] about-size
# ## Equal in what?
#
# With equal *units* the LSTM has about a quarter more weights. For equal *size* let Keras count: which width brings a GRU nearest?
#
# `set_random_seed` comes first, so that a seed names one set of first weights.
#
# **Change it:** `UNITS` may be 4, 8 or 32.

# %% size change={"UNITS": [4, 8, 32]}
import keras
from keras import layers

UNITS = 16


def network(cell, units, rate, seed):
    """One recurrent layer, one number out."""
    keras.utils.set_random_seed(seed)
    model = keras.Sequential([keras.Input((24, 1)), cell(units), layers.Dense(1)])
    model.compile(keras.optimizers.Adam(rate, global_clipnorm=1.0), "mse")
    return model


def same_size(cell, target):
    """The number of units that brings a network with this cell nearest to `target` weights."""
    tried = range(2, 3 * UNITS)
    return min(tried, key=lambda n: abs(network(cell, n, 0.01, 0).count_params() - target))


target = network(layers.LSTM, UNITS, 0.01, 0).count_params()
WIDTH = same_size(layers.GRU, target)
cells = {"LSTM": (layers.LSTM, UNITS), "GRU": (layers.GRU, WIDTH)}
for name, (cell, units) in cells.items():
    print(f"{name:5} {units} units, {network(cell, units, 0.01, 0).count_params()} weights")

# %% [markdown] about-one-run
# ## One run of each
#
# This is what most comparisons are: one seed, one rate, the same for both. `EarlyStopping` ends when the validation loss has not fallen for ten epochs, and goes back to the best weights.

# %% ready
(train, valid, test), scale = split(made)
models = {name: network(*cells[name], 0.01, seed=1) for name in cells}


def patience():
    """A fresh callback for each training: it keeps the best weights that it has seen."""
    return keras.callbacks.EarlyStopping(patience=10, restore_best_weights=True)


EPOCHS = 40
print(f"{len(train[0])} cases, {len(train[0]) // 32 + 1} updates an epoch, {EPOCHS} at most")

# %% fit-lstm progress
one = models["LSTM"].fit(*train, epochs=EPOCHS, validation_data=valid, callbacks=[patience()])

# %% fit-gru progress
two = models["GRU"].fit(*train, epochs=EPOCHS, validation_data=valid, callbacks=[patience()])

# %% [markdown] about-one-score
# Who wins? And do you believe it?

# %% one-score sample form={"text": {"lines": [3, 3]}}
single = {
    n: rmse(scale * (m.predict(test[0], verbose=0)[:, 0] - test[1])) for n, m in models.items()
}
for name, error in single.items():
    print(f"{name:5} {error:.3f}")
print(f"floor {rmse(noise[-len(test[1]) :]):.3f}, on the same steps")

# %% one-score-facts
ours = (UNITS, STRENGTH) == (16, 0.95)
naive = min(rmse(scale * (test[1] - g)) for g in by_hand(test[0][..., 0], PERIOD).values())
floor = rmse(noise[-len(test[1]) :])
assert not ours or max(single.values()) < naive, "both should beat all forecasts by hand"
assert not ours or min(single.values()) > 0.9 * floor, "nobody can be well below the floor"
print("both beat the forecasts by hand:", max(single.values()) < naive)

# %% [markdown] about-compare
# ## A comparison that you can use again
#
# For each cell: try every rate on **seeds of their own**, take the rate of the lowest validation loss, and only then train with the seeds that count. If the chosen rate stands at an edge of the grid, the best may lie outside: the function says so.

# %% compare


def trained(cell, units, rate, seed, train, valid):
    """A trained network, with its best weights."""
    model = network(cell, units, rate, seed)
    settings = {"validation_data": valid, "callbacks": [patience()], "verbose": 0}
    model.fit(*train, epochs=EPOCHS, **settings)
    return model


def compare(parts, scale, cells, rates, tuning, seeds):
    """For each cell: the rate chosen on the seeds `tuning`, and the test errors of `seeds`."""
    (train, valid, test), found = parts, {}
    for name, (cell, units) in cells.items():
        loss = {}
        for rate in rates:
            tried = [trained(cell, units, rate, seed, train, valid) for seed in tuning]
            loss[rate] = np.mean([model.evaluate(*valid, verbose=0) for model in tried])
        best = min(loss, key=loss.get)
        runs = [trained(cell, units, best, seed, train, valid) for seed in seeds]
        errors = [scale * (model.predict(test[0], verbose=0)[:, 0] - test[1]) for model in runs]
        edge = best in (min(rates), max(rates))
        found[name] = {"rate": best, "edge": edge, "rmse": [rmse(e) for e in errors]}
    return found


print("compare(parts, scale, cells, rates, tuning, seeds)")

# %% [markdown] about-real
# ## The Sun
#
# Now numbers that nobody made: the sunspots of every year since 1700. They come and go in about eleven years. `statsmodels` brings the table along.
#
# **Change it:** `NAME` may be "co2" (the air over Mauna Loa, month by month), "elnino" (the sea off Peru) or "made", the series from above.

# %% real change={"NAME": ["co2", "elnino", "made"]}
from statsmodels.datasets import co2, elnino, sunspots

NAME = "sunspots"
SERIES = {  # the values, and their period
    "sunspots": (sunspots.load_pandas().data["SUNACTIVITY"].to_numpy(), 11),
    "co2": (co2.load_pandas().data["co2"].resample("MS").mean().interpolate().to_numpy(), 12),
    "elnino": (elnino.load_pandas().data.drop(columns="YEAR").to_numpy().ravel(), 12),
    "made": (made, PERIOD),
}
series, period = SERIES[NAME]
parts, scale = split(series)
print(
    f"{NAME}: {len(series)} values, {len(parts[0][1])} cases to train, {len(parts[2][1])} to test"
)

# %% [markdown] about-duel
# Three rates, one seed to tune, two that count: ten trainings. (Two live, ten in a study. With your own series take ten.)

# %% duel sample form={"text": {"lines": [5, 5]}}
RATES, TUNING, SEEDS = (0.003, 0.01, 0.03), (100,), (0, 1)
found = compare(parts, scale, cells, RATES, TUNING, SEEDS)
x, y = parts[2]
naive = {name: rmse(scale * (y - guess)) for name, guess in by_hand(x[..., 0], period).items()}
for name, error in naive.items():
    print(f"{name:16} {error:.4g}")
for name, run in found.items():
    note = ", at the edge of the grid" if run["edge"] else ""
    print(f"{name:16} {' '.join(f'{e:.4g}' for e in run['rmse'])} (rate {run['rate']}{note})")

# %% duel-facts
worst = max(max(run["rmse"]) for run in found.values())
if NAME == "sunspots" and ours:
    assert worst < naive["no change"], "both should beat 'no change' on the Sun"
print("every network beats the best forecast by hand:", worst < min(naive.values()))

# %% [markdown] about-seen
# A table of means would hide what you need: how far two runs of the *same* cell lie apart. So draw every run. The lines are the forecasts by hand.

# %% seen sample form={"figure": {"axes": 1, "series": 2, "texts": ["test error", "LSTM", "GRU"]}}
COLOURS, MARKS = {"LSTM": "#0b4f9e", "GRU": "#157370"}, {"LSTM": "s", "GRU": "^"}
fig, ax = plt.subplots(figsize=(4.4, 3.0))
for place, (name, run) in enumerate(found.items()):
    at = place + 0.1 * np.arange(len(run["rmse"]))
    ax.plot(at, run["rmse"], MARKS[name], color=COLOURS[name])
for name, error in naive.items():
    ax.axhline(error, color="#595959", linestyle=":")
    ax.annotate(name, (1.45, error), (0, 2), textcoords="offset points", ha="right", fontsize=10)
ax.set(xlim=(-0.5, 1.5), ylabel="test error")
ax.set_xticks((0.05, 1.05), list(found))
fig.tight_layout()
plt.show()

# %% seen-facts
apart = abs(np.mean(found["LSTM"]["rmse"]) - np.mean(found["GRU"]["rmse"]))
spread = max(max(run["rmse"]) - min(run["rmse"]) for run in found.values())
assert spread > 0, "two seeds should not end in the same network"
print(f"the cells lie {apart:.3g} apart, runs of one cell up to {spread:.3g}")

# %% [markdown] your-turn-width
# ## Your turn
#
# You cannot always build forty models to find a width. Keras' GRU has $3h(I + h + 2)$ weights, an LSTM $4H(I + H + 1)$. Write the function; the check knows three ways to go wrong.

# %% turn-width


def gru_width(units, inputs):
    """The width of a GRU nearest in weights to an LSTM of so many units, layers alone."""


# %% check-width


def nearest(units, inputs, extra=2):
    goal = 4 * units * (inputs + units + 1)
    tried = range(1, 4 * units + 4)
    return min(tried, key=lambda h: abs(3 * h * (inputs + h + extra) - goal))


def rounded_down(units, inputs):
    side, goal = inputs + 2, 4 * units * (inputs + units + 1)
    return int((np.sqrt(side**2 + 4 * goal / 3) - side) / 2)


slips = {
    "Keras' GRU has two rows of biases: 3 h (I + h + 2).": lambda u, i: nearest(u, i, 1),
    "Four thirds would do if weights grew with H alone.": lambda u, i: round(4 * u / 3),
    "You round down. The nearest may lie above.": rounded_down,
}
cases = [(16, 1), (16, 8), (64, 100), (5, 3), (40, 68), (1, 1), (2, 2), (3, 9)]
mine = [gru_width(u, i) for u, i in cases]
if mine[0] is None:
    print("· Not written yet. Set the two counts equal, or try all widths.")
elif mine == [nearest(u, i) for u, i in cases]:
    print("✓ Right for all eight. For (64, 100) it is", gru_width(64, 100))
else:
    told = [text for text, slip in slips.items() if mine == [slip(u, i) for u, i in cases]]
    print("✗", *told or ["Not the nearest yet. Try (16, 8): it should be 19."])

# %% [markdown] your-turn-wins
# One cell wins `wins` of `n` pairs. How probable is a score at least so lopsided, for either side, if both are equally good? Nobody said beforehand which would win. (A pair is a throw of a coin; `math.comb(n, k)` counts the ways to win $k$.)

# %% turn-wins
from math import comb


def p_value(wins, n):
    """The probability of a score so lopsided or more, between equal cells."""


# %% check-wins


def tail(k, n):
    return sum(comb(n, j) for j in range(k, n + 1)) / 2**n


slips = {
    "Count both ends: many wins and few.": lambda k, n: tail(max(k, n - k), n),
    "Exactly so many is one case. As lopsided or more are several.": lambda k, n: min(
        1, 2 * comb(n, k) / 2**n
    ),
    "'At least' includes the number itself.": lambda k, n: min(1, 2 * tail(max(k, n - k) + 1, n)),
}
cases = [(9, 10), (1, 10), (7, 10), (5, 10), (2, 2), (0, 4)]
mine = [p_value(k, n) for k, n in cases]
if mine[0] is None:
    print("· Not written yet. For nine of ten: nine or ten wins, one or none.")
elif np.allclose(mine, [min(1, 2 * tail(max(k, n - k), n)) for k, n in cases]):
    print(f"✓ Right. Nine of ten {mine[0]:.3f}, seven {mine[2]:.2f}; two of two {mine[4]:.1f}")
else:
    told = [text for text, s in slips.items() if np.allclose(mine, [s(k, n) for k, n in cases])]
    print("✗", *told or ["Not yet. Nine of ten should give 22 / 1024."])

# %% [markdown] own
# ## Your own series
#
# `compare` takes any network that `network` can build, and any `split`. Copy `rmse`, `by_hand`, `split`, `network`, `same_size`, `patience`, `trained` and `compare`, and mind four things:
#
# * **More columns:** `keras.Input((24, columns))`, and scale each by its own training part.
# * **Ten seeds:** two show a spread, ten may show a difference. Nine of ten pairs is the least that leaves chance out (`p_value`).
# * **Rates:** if the function says *edge*, add a rate there and run again, for both cells.
# * **Report** the forecasts by hand on the same steps, whoever wins. Often they do.
#
# What a series of thirty years can tell about two cells is little. [Chapter 7](../book/07-lstm-or-gru.md) asks how many runs a verdict needs.
