# @title The setup, the same in every study
import os

os.environ.setdefault("KERAS_BACKEND", "tensorflow")
os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
os.environ.setdefault("TF_ENABLE_ONEDNN_OPTS", "0")
import keras
import numpy as np

keras.config.set_floatx("float64")  # the same digits on every CPU
keras.config.disable_interactive_logging()


def measure(key, seed, experiment, **settings):
    """One row of results: its name, its seed, and what experiment(seed, ...) returned."""
    return {"key": key, "seed": seed, **experiment(seed=seed, **settings)}
