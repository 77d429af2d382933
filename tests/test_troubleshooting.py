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
    """Each with what it speaks of: sequences read, answers, a vectorizer, vectors of words."""
    from keras import layers

    read, answers = layers.Input((5, 8)), layers.Input((6, 8))
    vectorizer, vectors = layers.TextVectorization(), np.ones((9, 4))
    vectorizer.adapt(["one two"])
    given = {"inputs": read, "answers": answers, "vectorizer": vectorizer, "vectors": vectors}
    names |= given | {"layers": layers}
    made = []
    for block in BLOCKS:
        exec(block, names)
        made.append(names.get("table"))
    assert len(BLOCKS) == 7
