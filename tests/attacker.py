"""An attacker who tries every table: what does everything that is printed leave possible?

Knows nothing of the code under test: given the marks and numbers of a table with its totals, what each mark can stand
for, and sums published before, it looks for whole tables cell by cell, and narrows each cell by what its sums leave.
"""


def possible(shown, sums, target, tries):
    """The numbers among `tries` that `target` can be.

    `shown`: for each name its number, or (least, most) where a mark stands; `sums`: (factors by name, least, most).
    """
    ends = {name: (told, told) if isinstance(told, int) else told for name, told in shown.items()}
    return {value for value in tries if _holds(ends | {target: (value, value)}, sums, shown[target], value)}


def _holds(ends, sums, told, value):
    least, most = (told, told) if isinstance(told, int) else told
    return least <= value <= most and _table(ends, sums)


def _table(ends, sums):
    """Whether a whole table fits: narrow all cells, then try the numbers of the one with the fewest."""
    ends = _narrowed(dict(ends), sums)
    if ends is None:
        return False
    open_ = [name for name, (least, most) in ends.items() if least < most]
    if not open_:
        return True
    name = min(open_, key=lambda one: ends[one][1] - ends[one][0])
    least, most = ends[name]
    return any(_table(ends | {name: (value, value)}, sums) for value in range(least, most + 1))


def _narrowed(ends, sums):
    changed = True
    while changed:
        changed = False
        for factors, least, most in sums:
            lows = {name: min(f * ends[name][0], f * ends[name][1]) for name, f in factors.items()}
            highs = {name: max(f * ends[name][0], f * ends[name][1]) for name, f in factors.items()}
            low, high = sum(lows.values()), sum(highs.values())
            if low > most or high < least:
                return None
            for name, factor in factors.items():
                up, down = most - (low - lows[name]), least - (high - highs[name])
                first, last = (-(-down // factor), up // factor) if factor > 0 else (-(-up // factor), down // factor)
                new = (max(ends[name][0], first), min(ends[name][1], last))
                if new[0] > new[1]:
                    return None
                changed = changed or new != ends[name]
                ends[name] = new
    return ends
