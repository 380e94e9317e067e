"""Small pieces: half of all functions under 8 lines, hardly any over 40, no file of 400.

A function's length is that of its body without the docstring, with blank lines and comments.
"""

SHORT = 8
LONG = 40
HARDLY_ANY = 0.01
LONGEST_FILE = 399


def test_half_of_all_functions_are_short(product, figure):
    lengths = sorted(function.lines for module in product for function in module.functions())
    short = sum(length < SHORT for length in lengths)
    figure(
        f"{short} of {len(lengths)} functions are under {SHORT} lines, the middle one has {lengths[len(lengths) // 2]}"
    )
    assert 2 * short >= len(lengths) > 0


def test_hardly_any_function_is_long(product, figure):
    functions = [function for module in product for function in module.functions()]
    long = [f"{function.name}: {function.lines}" for function in functions if function.lines > LONG]
    figure(f"{len(long)} of {len(functions)} functions are over {LONG} lines")
    assert len(long) <= HARDLY_ANY * len(functions), "\n".join(long)


def test_no_file_is_long(modules, figure):
    longest = max(modules, key=lambda module: module.lines)
    figure(f"{len(modules)} files of code; the longest, {longest.name}, has {longest.lines} lines")
    assert [module.name for module in modules if module.lines > LONGEST_FILE] == []
