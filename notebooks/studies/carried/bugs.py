# @title What studies 8a and 10a share: how far arrays are apart, and whether a test sees a bug
array = keras.ops.convert_to_numpy


def distance(a, b):
    return np.abs(array(a) - array(b)).max()


def fails(test, *arguments):
    """Whether a test sees something."""
    try:
        test(*arguments)
    except AssertionError:
        return True
    return False
