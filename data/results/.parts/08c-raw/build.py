import re, sys, json
sys.path.insert(0,"WORKTREE")
import nbformat
from tools import notebooks as labs
FOLD={"cellView":"form","jupyter":{"source_hidden":True}}
CARRIED=["setup","shared-style"]
src=open("SWEEP/cells.py").read()
old=nbformat.read("WORKTREE/notebooks/studies/08b-a-character-lstm.ipynb",4)
nb=nbformat.v4.new_notebook(metadata=labs.METADATA)
def cell(kind,id,body,tags=(),meta=None):
    c=(nbformat.v4.new_code_cell if kind=="code" else nbformat.v4.new_markdown_cell)(body,id=id)
    if tags: c.metadata["tags"]=list(tags)
    if meta: c.metadata.update(meta)
    return c
def mystnb(alt, caption): return {"mystnb":{"figure":{"caption":caption},"image":{"alt":alt}}}
cells=[]
for m in re.finditer(r"^# %% (code|markdown) (\S+) ?(\S*)\n(.*?)(?=^# %% |\Z)",src,re.S|re.M):
    kind,id,tags,body=m.groups(); body=body.rstrip("\n")
    if kind=="markdown": body="\n".join(l[2:] if l.startswith("# ") else l[1:] if l.startswith("#") else l for l in body.splitlines())
    meta=dict(FOLD) if id in ("metrics","study") else {}
    if id=="study":
        import pathlib; p=pathlib.Path("SWEEP/study_cell.txt")
        body=p.read_text().rstrip("\n") if p.exists() else body
    mm=re.match(r"# ALT: (.*)\n# CAPTION: (.*)\n",body)
    if mm: meta.update(mystnb(*mm.groups())); body=body[mm.end():]
    c=cell(kind,id,body,[t for t in tags.split(",") if t],meta)
    cells.append(c)
    if id=="title" : cells.extend(cell("code",n,labs.carried(n),meta=FOLD) for n in CARRIED)
ids=[c.id for c in cells]
if "setup" not in ids: cells[:0]=[cell("code",n,labs.carried(n),meta=FOLD) for n in CARRIED]
d=[c for c in old.cells if c.id=="download"][0]
ids=[c.id for c in cells]
cells.insert(ids.index("split"),cell("code","download",d.source,["experiment"]))
nb.cells=cells
out=sys.argv[1] if len(sys.argv)>1 else "SWEEP/08c.ipynb"
labs.write(__import__("pathlib").Path(out),nb)
