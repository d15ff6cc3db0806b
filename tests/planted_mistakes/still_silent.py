"""What is known to be silent: a mistake that joins them is a fault, one that leaves them is taken off.

Each could be seen from the file, so that each asks for a check; none may be added for peace.
"""

# they change a result
STILL_SILENT = (
    "joint-tail-wrong-way-3x:extends=[joint-tail-wrong-way.yaml, fuzhou-base.yaml]",
    "joint-tail-wrong-way-3x:extends=[joint-tail-wrong-way.yaml, fuzhou-base-gbm.yaml]",
)

# they change no result of the city that they are planted in (python3 tests/planted_mistakes --runs)
HARMLESS_HERE = ()
