"""A file on disk that is there whole or not at all: documents and tables for people."""

import contextlib
import os
from pathlib import Path

from forms.translation import tr
from icv_app.errors import Unavailable


def put(path: Path, content: bytes) -> Path:
    """Write `content` to `path`, replacing what was there in one step, and return `path`.

    Raises Unavailable("document_not_written") where the folder or the file cannot be written; an older document
    stays as it was.
    """
    part = path.with_name(f"{path.name}.part")
    try:
        with part.open("wb") as stream:
            stream.write(content)
            stream.flush()
            os.fsync(stream.fileno())
        os.replace(part, path)
    except OSError as error:
        with contextlib.suppress(OSError):  # the folder itself may be away
            part.unlink(missing_ok=True)
        raise Unavailable(
            "document_not_written",
            tr(
                "{name} could not be written ({reason}). Check that the folder is there and that the document "
                "is not open in another program, then try again.",
                name=path.name,
                reason=error.strerror or "unknown reason",
            ),
        ) from error
    return path
