# @title What studies 6a and 6b share: how they compare themselves with Keras
def weights_of(kind, units, inputs, seed):
    """Initial weights with random biases: zeros would hide a mistake."""
    *kernels, b = initial_weights(kind, units, inputs, seed)
    return [*kernels, b + 0.5 * np.random.default_rng(seed).standard_normal(b.shape)]


def backwards(cell, x, mask=None, **given):
    """What `go_backwards=True` does: the last step is read, and shown, first."""
    return cell(x[:, ::-1], mask=None if mask is None else mask[:, ::-1], **given)


def both_ways(cell, x, weights, mask=None):
    """A Bidirectional layer: outputs side by side, those of the second turned round again."""
    ahead = cell(x, weights[:3], mask=mask)
    back = backwards(cell, x, mask, weights=weights[3:])
    outputs = np.concatenate([ahead[0], back[0][:, ::-1]], -1)
    if mask is not None:  # inside Bidirectional, Keras shows zeros where a step is not there
        outputs = outputs * mask[..., None]
    return outputs, (*ahead[1], *back[1])


def difference(ours, layer, weights, x, **call):
    """The largest difference of any number in the outputs and the last states."""
    layer.build(x.shape)
    layer.set_weights(weights)
    theirs = [keras.ops.convert_to_numpy(part) for part in layer(x, **call)]
    pairs = zip([ours[0], *ours[1]], theirs, strict=True)
    return max(np.abs(a - b).max() for a, b in pairs)


def farthest(a, b):
    """Largest difference of two arrays, relative to the largest entry."""
    return np.abs(a - b).max() / np.abs(b).max()


def by_hand(kind, given, directions, mask):
    """Gradients of sum(directions * outputs) at x, W_x, W_h, b and the first states."""
    states = {"start": given[4:], "mask": mask} if given[4:] else {}  # a SimpleRNN starts at 0
    outputs, _, backward, _ = CELLS[kind](given[0], given[1:4], **states)
    d_x, d_weights, d_start = backward(directions)
    return (directions * outputs).sum(), [d_x, *d_weights, *d_start][: len(given)]


def by_tape(kind, given, directions, mask):
    """The same by tf.GradientTape through Keras' layer."""
    import tensorflow as tf

    layer = keras_layer(kind, given[2].shape[0], return_sequences=True)
    layer.build(given[0].shape)
    layer.set_weights(given[1:4])
    x, *start = (tf.constant(value) for value in (given[0], *given[4:]))
    with tf.GradientTape() as record:
        record.watch([x, *start])
        extra = {"initial_state": start, "mask": mask} if start else {}
        loss = tf.reduce_sum(layer(x, **extra) * directions)
    sources = [x, *(w.value for w in layer.trainable_variables), *start]
    return [np.array(g) for g in record.gradient(loss, sources)]


def by_differences(kind, given, directions, mask, step=1e-5):
    """The same, entry by entry, by moving it up and down."""
    found = [np.empty_like(value) for value in given]
    for value, gradient in zip(given, found, strict=True):
        for place in np.ndindex(value.shape):
            kept, losses = value[place], []
            for moved in (kept + step, kept - step):
                value[place] = moved
                losses.append(by_hand(kind, given, directions, mask)[0])
            value[place] = kept
            gradient[place] = (losses[0] - losses[1]) / (2 * step)
    return found
