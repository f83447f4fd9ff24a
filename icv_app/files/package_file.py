"""A package file: the zip of parts that a Word document or a workbook is, with no trace of when it was made."""

import io
import re
import zipfile
from datetime import date

_EPOCH = (1980, 1, 1, 0, 0, 0)  # the earliest that a zip can say
_MOMENT = re.compile(rb"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z")
_USUAL = date(2000, 1, 1)


def settled(content: bytes, day: date | None = None) -> bytes:
    """Return a package whose parts and properties are dated `day`, never by the clock: equal parts, equal bytes.

    The date in the properties is `day`, or a fixed one where there is none; that of the zip's parts is always fixed.
    """
    stamp = f"{day or _USUAL:%Y-%m-%d}T00:00:00Z".encode()
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.infolist():
            body = old.read(part)
            if part.filename == "docProps/core.xml":
                body = _MOMENT.sub(stamp, body)
            kept = zipfile.ZipInfo(part.filename, _EPOCH)
            kept.compress_type = zipfile.ZIP_DEFLATED
            kept.create_system = 3  # else it tells the platform on which it was made
            new.writestr(kept, body)
    return stream.getvalue()
