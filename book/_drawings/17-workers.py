"""Runs that need nothing of one another: one hands them out, many work."""

from grammar import Drawing

ALT = (
    "Left, a pile of runs that wait, each a network with its own seed. A scheduler hands them to "
    "four workers on the right, one each. From a worker rows of numbers come back to the "
    "scheduler. No line joins one worker with another. One worker is crossed out; its run is back "
    "on the pile."
)
CAPTION = (
    "A run needs nothing of another run, so workers need not talk to each other. All goes through "
    "the scheduler: how fast it hands out and takes back is the last limit."
)


def draw():
    d = Drawing(286)
    for k in range(4):
        d.box(46, 232 - 30 * k, 72, 24, f"seed {8 - k}", "paper", 13)
    d.text(46, 262, "wait", 13, "muted")
    d.box(46, 112, 72, 24, "seed 3", "new paper", 13)
    scheduler = d.lines(164, 142, 92, ["scheduler", "hands out,", "takes back"], "new wash")
    d.arrow((82, 142), scheduler.west)
    for k in range(4):
        y = 40 + 68 * k
        lost = k == 2
        worker = d.cell(302, y, f"seed {k + 1}", "lstm", 84, 40) if not lost else None
        if lost:
            with d.look("muted"):
                worker = d.box(302, y, 84, 40, "seed 3", "dash", 14, 9)
            d.path(f"M{302 - 30} {y - 14}l60 28m0-28l-60 28", "new")
        start = scheduler.at(1, -0.6 + 0.4 * k)
        d.arrow(start, worker.west, look="muted" if lost else "")
    d.arrow(worker.at(-0.5, 1), (281, 276), (164, 276), scheduler.south, look="muted")
    d.text(176, 262, "rows", 13, "muted", "start")
    d.text(46, 88, "comes back", 13, "new")
    return d
