"""The child process of the PDF writer: reads an order as JSON from standard input, writes the PDF to standard output.

It is run as a file with nothing of the house imported, so that it starts at once.
"""

import base64
import json
import sys
import tempfile
from pathlib import Path

import typst


def main() -> None:
    """Set one paper."""
    order = json.loads(sys.stdin.buffer.read())
    with tempfile.TemporaryDirectory() as folder:
        for name, content in order["files"].items():
            (Path(folder) / name).write_bytes(base64.b64decode(content))
        pdf = typst.compile(
            Path(order["template"]).read_bytes(),
            root=folder,
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
