# %% title [markdown]
# <title>

<line>

One sentence: what the program does, and what the reader will see.

# %% data [markdown]
## Real input

What goes in, and where it comes from.

# %% input
import matplotlib.pyplot as plt
import numpy as np

steps = np.arange(20)
print(len(steps), "steps")

# %% picture
fig, ax = plt.subplots(figsize=(4.2, 3))
ax.plot(steps, 0.9**steps, "k--")
ax.set(xlabel="step", ylabel="share that is left")
plt.show()

# %% your-turn [markdown]
## Your turn

What the reader changes, and what it shows.
