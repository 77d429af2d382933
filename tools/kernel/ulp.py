"""IPython start-up file of `make compare LEG=ulp`: another machine, modelled.

Every weight that a Keras initializer draws moves by one unit in the last place. A lab whose printed
digits change under this would print other digits on another CPU.
"""

import os

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
os.environ.setdefault("TF_ENABLE_ONEDNN_OPTS", "0")
import keras
import numpy as np


def _nudged(draw):
    def call(self, *args, **kwargs):
        drawn = draw(self, *args, **kwargs)
        try:
            value = np.asarray(keras.ops.convert_to_numpy(drawn))
        except NotImplementedError:  # an optimizer's zeros, drawn while a graph is traced
            return drawn
        if value.dtype.kind == "f":
            value = np.where(value == 0, value, np.nextafter(value, np.inf))
        return keras.ops.convert_to_tensor(value)

    call._nudged = True
    return call


for _class in vars(keras.initializers).values():
    if isinstance(_class, type) and "__call__" in vars(_class):
        if not hasattr(_class.__call__, "_nudged"):
            _class.__call__ = _nudged(_class.__call__)
