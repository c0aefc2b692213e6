"""Values that no field asks for, and notes that are full of them."""

from sheets_of import note

ODD = {
    "nothing": None, "empty": "", "spaces": " \n ", "nan": float("nan"), "infinite": float("-inf"),
    "huge": 10**5000, "truth": True, "fraction": 2.5, "list": ["a", 1], "tuple": ("M1 4",),
    "mapping": {"a": 1}, "letters": "<b>{spoken}</b> \x00 \u202e 1e999", "long": "M1 4, " * 5000,
    "digits": "9" * 5000,
}  # fmt: skip


def odd_notes(kind, value):
    """Give two notes in each block, and one in none, with a value in all fields; linked too."""
    fields = {f.id: value for f in kind.fields}
    blocks = [b for b in [*(b.id for b in kind.blocks), "gone"] for _ in range(2)]
    topics = [t.id for t in kind.topics] or [""]
    return [
        note(f"{kind.id}{i}", block, "Text" if i % 2 else "", topic=topics[0],
             links=[f"{kind.id}{i}", *(f"{name}{i}" for name in kind.cites)], **fields)
        for i, block in enumerate(blocks)
    ]  # fmt: skip
