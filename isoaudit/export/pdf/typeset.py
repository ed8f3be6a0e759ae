"""The child process of the PDF writer: reads an order as JSON from standard input, writes the PDF to standard output.

It is run as a file with nothing of the house imported, so that it starts at once.
"""

import json
import sys
from pathlib import Path

import typst


def main() -> None:
    """Set one paper."""
    order = json.loads(sys.stdin.buffer.read())
    pdf = typst.compile(
        Path(order["template"]).read_bytes(),
        root=str(Path(order["template"]).parent),
        font_paths=order["fonts"],
        ignore_system_fonts=True,
        format="pdf",
        sys_inputs={"paper": order["paper"]},
        pdf_standards="a-2b",
        timestamp=order["timestamp"],
    )
    sys.stdout.buffer.write(pdf)


if __name__ == "__main__":
    main()
