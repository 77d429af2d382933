# %% title [markdown]
# <title>: the study

<line>

What is asked, and how it is measured.

# %% setup
# %% shared-style
# %% parameters (parameters)
SEEDS = [0]
FULL = {"SEEDS": [0, 1]}

# %% experiment (experiment)
def experiment(seed):
    """One run."""
    rng = np.random.default_rng(seed)
    return {"mean": rng.standard_normal(100).mean()}


rows = [measure("normal", seed, experiment) for seed in SEEDS]
others = [measure("again", seed, experiment) for seed in SEEDS]

# %% metrics (metrics)
METRICS = {"mean": {"label": "mean of a hundred draws", "unit": "", "digits": 2}}

# %% study (study)
STUDY = {}

# %% findings
assert STUDY["normal"]["mean"].low < rows[0]["mean"] + 1e-6
print("the run of this notebook is among those of the study")

# %% try-it [markdown]
## Try it

What to change, and what to look for.
