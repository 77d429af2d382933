"""What `book/troubleshooting.md` says of older code is so in the Keras that is installed."""

import re

import numpy as np
import pytest

from tools import notebooks

PAGE = (notebooks.ROOT / "book" / "troubleshooting.md").read_text("utf-8")
ROWS = re.findall(r"^\| `(.+?)` \| `(.+?)` \|$", PAGE, re.M)


@pytest.fixture
def names(tmp_path, monkeypatch):
    """What the code of the table speaks of: Keras, its layers, a model of one stateful layer."""
    import keras

    monkeypatch.chdir(tmp_path)
    layer = keras.layers.LSTM(4, stateful=True)
    model = keras.Sequential([keras.Input(batch_shape=(2, 3, 1)), layer])
    every = {"keras": keras, "layer": layer, "model": model, "x": np.zeros((2, 3, 1))}
    return every | vars(keras.layers) | vars(keras.optimizers)


@pytest.mark.parametrize(("old", "new"), ROWS)
def test_the_old_code_fails_and_the_new_runs(names, old, new):
    with pytest.raises((AttributeError, NameError, ValueError)):
        eval(old, names)
    eval(new, names)


def test_the_table_is_there():
    assert len(ROWS) == 7
