import sys; sys.path.insert(0,"WORKTREE")
from pathlib import Path
from tools import notebooks
p=Path("WORKTREE/notebooks/studies/08c-size-and-passes.ipynb")
nb=notebooks.read(p)
c={x.id:x for x in nb.cells}
def sub(id,a,b,n=1):
    assert c[id].source.count(a)==n,(id,a,c[id].source.count(a)); c[id].source=c[id].source.replace(a,b)
sub("network","def train(seed, units, passes, rate, drop, layers=1, loop_drop=0.0):","def train(seed, units, passes, rate, drop, layers=1, loop_drop=0.0, readers=BATCH):")
sub("network","    length = TRAIN // BATCH\n    streams = np.roll(X[:TRAIN], -shift)[: BATCH * length].reshape(BATCH, length)","    length = TRAIN // readers\n    streams = np.roll(X[:TRAIN], -shift)[: readers * length].reshape(readers, length)")
sub("network","            states = rest(BATCH, units, layers)","            states = rest(readers, units, layers)")
sub("trained","def network(seed, units, passes, rate=None, drop=None, layers=1, loop_drop=0.0):","def network(\n    seed, units, passes, rate=None, drop=None, layers=1, loop_drop=0.0, readers=BATCH\n):")
sub("trained","    weights, curve = train(seed, units, passes, rate, drop, layers, loop_drop)","    weights, curve = train(seed, units, passes, rate, drop, layers, loop_drop, readers)")
sub("trained","    length = TRAIN // BATCH\n","    length = TRAIN // readers\n")
sub("trained",'"work": float(products) * updates * BATCH * WINDOW','"work": float(products) * updates * readers * WINDOW')
s=c["parameters"].source
a=s.index('    "TUNED": [')
s=s[:a]+'''    "TUNED": [
        [64, 3, [0.003, 0.01, 0.03, 0.1]],
        [128, 3, [0.003, 0.01, 0.03]],
        [256, 3, [0.001, 0.003, 0.01, 0.03]],
    ],
    "RUNS": {
'''+"".join(f'        "lstm-{u}x{n}": {{"units": {u}, "passes": {n}, "seeds": [0, 1, 2, 3]}},\n' for u in (64,128,256) for n in (3,6,12))+'''        "try-512x12": {"units": 512, "passes": 12, "seeds": [0], "readers": 64},
        "try-2x256x12": {
            "units": 256,
            "passes": 12,
            "seeds": [0],
            "layers": 2,
            "drop": 0.3,
            "loop_drop": 0.25,
            "readers": 64,
        },
        "try-512x20": {
            "units": 512,
            "passes": 20,
            "seeds": [1],
            "loop_drop": 0.25,
            "readers": 64,
        },
    },
}'''
c["parameters"].source=s
notebooks.write(p,nb); notebooks.write(Path("SWEEP/08c.ipynb"),nb)
