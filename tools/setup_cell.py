import os

os.environ.setdefault("KERAS_BACKEND", "tensorflow")
os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
os.environ.setdefault("TF_ENABLE_ONEDNN_OPTS", "0")
import keras
import matplotlib.pyplot as plt
import numpy as np

keras.config.set_floatx("float64")  # the same digits on every CPU
keras.config.disable_interactive_logging()
plt.rcParams.update({"figure.figsize": (6.4, 3.6), "figure.dpi": 120, "font.size": 10})
plt.rcParams.update({"axes.spines.top": False, "axes.spines.right": False, "axes.grid": True})
plt.rcParams.update({"grid.alpha": 0.3, "legend.frameon": False, "lines.markersize": 5})
STYLE = {
    "SimpleRNN": {"color": "#b8480b", "marker": "o"},
    "LSTM": {"color": "#0b4f9e", "marker": "s"},
    "GRU": {"color": "#157370", "marker": "^"},
    "bound": {"color": "black", "linestyle": "--"},
    "baseline": {"color": "#595959", "linestyle": ":"},
}


def measure(key, seed, experiment, **settings):
    """One row of results: its name, its seed, and what experiment(seed, ...) returned."""
    return {"key": key, "seed": seed, **experiment(seed=seed, **settings)}
