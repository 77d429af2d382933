"""Merge the parts; cut FULL to what is there; write notebook and rows into the worktree."""
import sys, json, glob, re, pprint
sys.path.insert(0,"WORKTREE")
from pathlib import Path
from tools import notebooks, study
root=Path("WORKTREE"); target=root/"notebooks/studies/08c-size-and-passes.ipynb"
parts=[Path(p) for p in sorted(glob.glob("SWEEP/parts/*.jsonl"))]
# a killed process may have left half a line
versions, rows, seconds = study.collect(parts)
nb=notebooks.read(Path("SWEEP/08c.ipynb"))
full=notebooks.literal(notebooks.tagged(nb,"parameters"),"FULL")
have={}
for r in rows: have.setdefault(r["key"],set()).add(r["seed"])
runs={k:{**v,"seeds":sorted(s for s in have[k] if s in v["seeds"])} for k,v in full["RUNS"].items() if k in have}
tuned=[[u,p,[r for r in rates if f"rate-{u}x{p}-{r}" in have]] for u,p,rates in full["TUNED"]]
tuned=[t for t in tuned if t[2]]
keep={k for k in have if not k.startswith(("lstm","rate"))}|set(runs)|{f"rate-{u}x{p}-{r}" for u,p,rs in tuned for r in rs}
rows=[r for r in rows if r["key"] in keep]
cell=notebooks.tagged(nb,"parameters")[0]
s=cell.source
def q(x): return json.dumps(x)
a=s.index('    "TUNED": ['); 
s=s[:a]+'    "TUNED": [\n'+"".join(f"        {q(t)},\n" for t in tuned)+'    ],\n    "RUNS": {\n'+"".join(f'        "{k}": {q(v)},\n' for k,v in runs.items())+"    },\n}"
# the rates that the rows have
rate={r["key"].split("-")[1].split("x")[0]:r["rate"] for r in rows if r["key"].startswith("lstm-")}
old=notebooks.literal([cell],"RATE"); new={**old,**rate}
m=re.search(r"RATE = \{.*?\}",s,re.S); s=s[:m.start()]+"RATE = "+q(new)+s[m.end():]
cell.source=s
notebooks.write(target,nb)
study.write_rows(target,{"study":target.stem,"versions":versions,"seconds":round(seconds)},rows)
print(len(rows),"rows",runs,tuned,new)
