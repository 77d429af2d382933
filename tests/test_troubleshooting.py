"""What `book/troubleshooting.md` says of code is so in the Keras that is installed."""

import re

import numpy as np
import pytest

from tools import notebooks

PAGE = (notebooks.ROOT / "book" / "troubleshooting.md").read_text("utf-8")
BLOCKS = re.findall(r"^```python\n(.*?)^```$", PAGE, re.M | re.S)
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


def test_its_programs_run(names):
    """Each with what it speaks of: sequences to read, a vectorizer, vectors of words."""
    from keras import layers

    vectorizer, vectors = layers.TextVectorization(), np.ones((9, 4))
    names |= {"layers": layers, "vectorizer": vectorizer, "vectors": vectors}
    names |= {"inputs": layers.Input((5, 8)), "answers": layers.Input((6, 8))}
    vectorizer.adapt(["one two"])
    for block in BLOCKS:
        exec(block, names)
    assert names["model"](np.zeros((2, 5, 8))).shape == (2, 1)
    assert names["written"].shape == (None, 6, 128)
    assert (names["answer"].shape, names["shares"].shape) == ((None, 3), (None, 1, 5))
    assert np.all(names["table"](np.array([8])) == 1)
