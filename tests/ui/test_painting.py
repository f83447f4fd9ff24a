"""The guard against a PySide6 that loses references to None: docs/decisions/0002."""

import sys

import pytest
from PySide6.QtCore import QPointF
from PySide6.QtGui import QColor, QPainter, QPen, QPixmap


@pytest.mark.skipif(sys.version_info >= (3, 12), reason="None is immortal from Python 3.12 on")
def test_a_thousand_paint_calls_lose_no_reference_to_none(qapp):
    canvas = QPixmap(40, 40)
    painter = QPainter(canvas)
    before = sys.getrefcount(None)
    for _ in range(1000):
        painter.save()
        painter.setPen(QPen(QColor("black")))
        painter.setBrush(QColor("white"))
        painter.drawRect(1, 1, 20, 20)
        painter.drawLine(QPointF(0, 0), QPointF(9, 9))
        painter.restore()
    after = sys.getrefcount(None)
    painter.end()
    # Other code may hold a few more or fewer; the fault took one for each of the 6,000 calls.
    assert after > before - 500
