"""What is kept after one symbol, ten, a thousand: a fixed row, or a row for each symbol."""

from grammar import Drawing

ALT = (
    "Three columns: after 1 symbol, after 10, after 1,000. In the upper line an LSTM keeps the "
    "same row of circles in each column, each time 1,024 bytes. In the lower line attention keeps "
    "a row for each symbol: one row, 1,024 bytes; a stack of ten, 10,240; a tall stack with dots, "
    "1,024,000 bytes."
)
CAPTION = (
    "What is kept in order to write on, for 128 units. The LSTM overwrites the same row of "
    "circles. Attention adds a row for each symbol, and keeps the stack."
)
COLUMNS = (56, 164, 292)


def draw():
    d = Drawing(306)
    for x, told in zip(COLUMNS, ("1 symbol", "10 symbols", "1,000 symbols"), strict=True):
        d.text(x, 14, told, 13, "muted")
    d.text(8, 44, "an LSTM keeps", 14, "lstm bold", "start")
    for x in COLUMNS:
        d.state(x, 74, 3, 22, 16, "lstm wash", across=True)
        d.text(x, 102, "1,024 bytes", 13)
    d.path("M8 124H352", "faint thin")
    d.text(8, 142, "attention keeps", 14, "new bold", "start")
    for x, rows, told in zip(
        COLUMNS, (1, 10, 16), ("1,024 bytes", "10,240 bytes", "1,024,000 bytes"), strict=True
    ):
        for k in range(rows):
            y = 262 - 8 * k
            if rows == 16 and k in (7, 8):
                if k == 7:
                    d.text(x, y - 4, "· · ·", 14, "new")
                continue
            d.box(x, y, 52, 6, "", "new wash", radius=2)
        d.text(x, 284, told, 13)
    return d
