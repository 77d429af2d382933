# @title The look of the figures, the same in every study
import matplotlib.pyplot as plt

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
