"""One cold start as Lambda does it: a process that imports a handler and answers one request from a file.

    python -m benchmarks.one_start ours|bare REQUEST.json

The clock runs outside, from the start of the process to the line that this prints.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any


def main(which: str, request: Path) -> None:
    """Prints the length of the response."""
    handler: Any
    if which == "ours":
        from skill.aws_lambda import handler  # noqa: PLC0415 - the import is what is timed
    else:
        from benchmarks.hello_world import hello_world  # noqa: PLC0415

        handler = hello_world().lambda_handler()
    sys.stdout.write(f"{len(json.dumps(handler(json.loads(request.read_text()), None)))}\n")


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]))
