"""How many partnerships a landscape of each size has."""

SIZES = {"S": 1_000, "M": 100_000, "L": 1_000_000}
