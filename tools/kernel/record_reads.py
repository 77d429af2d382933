"""Runs in a study's kernel in place of its `study` cell: which of the rows' summaries it reads.

`make execute` puts the summaries into `SUMMARIES` (key: metric: [median, low, high, n] or a list of
medians) in front of this text. Afterwards `STUDY.reads()` says what was read: {key: [metrics]}.
"""

from types import SimpleNamespace


class Metrics(dict):
    """The summaries of one key; remembers which were asked for."""

    def __init__(self, found):
        super().__init__(
            {m: v if type(v) is list else SimpleNamespace(**v) for m, v in found.items()}
        )
        self.seen = set()

    def __missing__(self, metric):
        raise KeyError(f"the rows of this key have no metric {metric!r}")

    def __getitem__(self, metric):
        self.seen.add(metric)
        return super().__getitem__(metric)

    def __contains__(self, metric):
        self.seen |= {metric} & set(self.keys())
        return super().__contains__(metric)

    def get(self, metric, default=None):
        return self[metric] if metric in self else default

    def __iter__(self):
        self.seen |= set(self.keys())
        return super().__iter__()

    def items(self):
        self.seen |= set(self.keys())
        return super().items()

    def values(self):
        self.seen |= set(self.keys())
        return super().values()


class Study(dict):
    """All summaries by key; remembers which keys were asked for, and what of them."""

    def __init__(self, summaries):
        super().__init__({key: Metrics(found) for key, found in summaries.items()})
        self.seen = set()

    def __missing__(self, key):
        raise KeyError(f"no row of this study has the key {key!r}")

    def __getitem__(self, key):
        self.seen.add(key)
        return super().__getitem__(key)

    def __contains__(self, key):
        self.seen |= {key} & set(self.keys())
        return super().__contains__(key)

    def get(self, key, default=None):
        return self[key] if key in self else default

    def __iter__(self):
        self.seen |= set(self.keys())
        return super().__iter__()

    def items(self):
        self.seen |= set(self.keys())
        return super().items()

    def values(self):
        self.seen |= set(self.keys())
        return super().values()

    def reads(self):
        return {key: sorted(dict.__getitem__(self, key).seen) for key in sorted(self.seen)}


STUDY = Study(SUMMARIES)  # noqa: F821
