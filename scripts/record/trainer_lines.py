"""Run a stretch of lines out of the middle of a trainer's method, where no method of its own holds the formula."""
import inspect
import textwrap


def run_lines(method, first, last, names):
    """Execute the lines of `method` from the one that starts with `first` to the one that starts with `last`, that one included.

    The text is taken from the installed package at the moment of recording. `names` holds what the lines use, and afterwards what they
    have assigned.
    """
    lines = inspect.getsource(inspect.unwrap(method)).splitlines()
    start = only(lines, first, range(len(lines)))
    stop = only(lines, last, range(start, len(lines)))
    exec(compile(textwrap.dedent("\n".join(lines[start:stop + 1])), f"{method.__qualname__}:{start}", "exec"), names)
    return names


def only(lines, prefix, within):
    found = [index for index in within if lines[index].strip().startswith(prefix)]
    assert found, f"no line starts with {prefix!r}: another version?"
    return found[0]
