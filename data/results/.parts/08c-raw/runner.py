"""runner.py TAG SPEC...: SPEC = key@seed ; one process works through them in order; rows to parts/TAG.jsonl; resumes a killed run from its last pass"""
import os, sys, re, json, time, pickle, fnmatch
os.environ.update({"OMP_NUM_THREADS":"1","OPENBLAS_NUM_THREADS":"1","TF_NUM_INTRAOP_THREADS":"1","TF_NUM_INTEROP_THREADS":"1",
 "XLA_FLAGS":"--xla_cpu_multi_thread_eigen=false intra_op_parallelism_threads=1","JAX_ENABLE_X64":"1","JAX_PLATFORMS":"cpu","KERAS_BACKEND":"jax"})
tag, specs = sys.argv[1], sys.argv[2:]
os.makedirs("SWEEP/parts",exist_ok=True); os.makedirs("SWEEP/logs",exist_ok=True)
os.environ["STUDY_ROWS"]=f"SWEEP/parts/{tag}.jsonl"; os.environ["STUDY_PID"]=str(os.getpid())
HOOK=open("WORKTREE/tools/kernel/keep_rows.py").read()
import nbformat, glob, numpy as np
nb=nbformat.read(os.environ["NB"],4)
log=open(f"SWEEP/logs/{tag}.log","a",buffering=1)
say=lambda *a: log.write(time.strftime("%H:%M:%S ")+" ".join(map(str,a))+"\n")
env={"__name__":"__main__"}
SAVE=f"SWEEP/parts/{tag}.pkl"; W={}
def rows():
    out={}
    for f in glob.glob("SWEEP/parts/*.jsonl"):
        for l in open(f):
            try: x=json.loads(l)
            except ValueError: continue
            if "key" in x: out[x["key"],x["seed"]]=x
    return out
def best_rate(units):
    t={k[0].split("-")[2]:v["valid"] for k,v in rows().items() if re.match(rf"rate-{units}x3-",k[0]) and "valid" in v}
    return float(min(t,key=t.get)) if len(t)>=3 else None
def run_cells(key,seed):
    W.clear(); W.update(name=(key,seed),calls=[],replay=[],at=0,state=None)
    if os.path.exists(SAVE):
        s=pickle.load(open(SAVE,"rb"))
        if s["name"]==(key,seed): W.update(replay=s["calls"],at=s["at"],state=s["state"]); say("resume",key,"at update",s["at"])
    for cell in cells: exec(cell,env)

for cell in nb.cells:
    tags=cell.metadata.get("tags",[])
    if not(cell.id=="setup" or {"parameters","experiment"}&set(tags)) or cell.id=="trained": continue
    env_code=compile(cell.source,cell.id,"exec")
    if cell.id=="counting": env["SEEDS"]=[0] if any("kneser" in s for s in specs) else []
    exec(env_code,env)
    if "parameters" in tags:
        env.update(env["FULL"]); exec(HOOK,env)
        inner=env["measure"]
        want=[None]
        def measure(key,s,experiment,**k):
            if want[0] and (key,s)!=want[0]: return {}
            if want[0]: say("start",key,s,k,env["RATE"])
            r=inner(key,s,experiment,**k)
            if want[0]: say("end",key,s,{a:b for a,b in r.items() if a!="curve"})
            return r
        env["measure"]=measure
    if cell.id=="network":
        tb,up=env["text_bits"],env["update"]
        def text_bits(*a):
            n=len(W["calls"])
            r=np.array([W["replay"][n]]) if n<len(W["replay"]) else tb(*a)
            W["calls"].append(float(r.mean())); 
            if n>=len(W["replay"]): say("   ",W["name"],a[2:],round(float(r.mean()),4))
            return r
        per=[490]
        def update(weights,moments,states,x,key,count,*a):
            if count<W["at"]: return weights,moments,states
            if count==W["at"]:
                import jax; return jax.tree.map(env["jnp"].asarray,W["state"])
            out=up(weights,moments,states,x,key,count,*a)
            if count%245==0:
                import jax
                pickle.dump({"name":W["name"],"calls":list(W["calls"]),"at":count,"state":jax.tree.map(np.asarray,out)},open(SAVE+".new","wb")); os.replace(SAVE+".new",SAVE)
            return out
        env["text_bits"]=text_bits; env["update"]=update
cells=[compile(c.source,c.id,"exec") for c in nb.cells if c.id=="trained"]
for spec in specs:
    key,seed=spec.split("@"); seed=int(seed)
    if (key,seed) in rows() or "kneser" in key: continue
    want[0]=(key,seed); env["SEEDS"]=[0 if seed>=100 else seed]
    m=re.match(r"(?:lstm|try)-(?:2x)?(\d+)x",key)
    if m:
        r=best_rate(m.group(1))
        if r: env["RATE"][m.group(1)]=r
    run_cells(key,seed)
say("done")
