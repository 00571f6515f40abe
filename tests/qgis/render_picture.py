#!/usr/bin/python3
"""Renders hand-made pictures with tools/render_qgis.py and looks for their colors.

    render_picture.py WRITER RENDERER

Exit code 77: QGIS is not installed.
"""

import os
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

os.environ["QT_QPA_PLATFORM"] = "offscreen"

try:
    import qgis.core  # noqa: F401
    from qgis.PyQt.QtGui import QColor, QImage
except ImportError:
    print("QGIS for Python is not installed (Debian: python3-qgis): tests skipped")
    sys.exit(77)

MAP = (30, 130, 1070, 1060)  # left, top, right, bottom in pixels


def share_of(image, matches):
    left, top, right, bottom = MAP
    pixels = [QColor(image.pixel(x, y)) for x in range(left, right, 2) for y in range(top, bottom, 2)]
    return sum(matches(color) for color in pixels) / len(pixels)


def is_purple(color):
    return color.blue() > color.red() + 40 and color.blue() > color.green() + 60


def is_orange(color):
    return color.red() > color.blue() + 30


class RenderedPicture(unittest.TestCase):
    writer = renderer = None

    def render(self, group, *options):
        with tempfile.TemporaryDirectory() as scratch:
            subprocess.run([self.writer, scratch], check=True, stdout=subprocess.DEVNULL)
            gpkg = next(Path(scratch).glob("*.gpkg"))
            tif = list(Path(scratch).glob(f"tathet_{group}_*.tif"))
            density = ["--tif", str(tif[0])] if tif else []
            png = Path(scratch) / "picture.png"
            subprocess.run(["/usr/bin/python3", self.renderer, str(gpkg), group, str(png), *density, *options],
                           check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            image = QImage(str(png))
            self.assertEqual((image.width(), image.height()), (1600, 1100))
            return image

    def test_shows_hot_cells_and_density_where_there_are_any(self):
        image = self.render("ungdom_13_17", "--zoom", "Östervåla")
        self.assertGreater(share_of(image, is_purple), 0.02)
        self.assertGreater(share_of(image, is_orange), 0.05)

    def test_marks_hotspots_on_the_map_of_the_whole_municipality(self):
        self.assertGreater(share_of(self.render("ungdom_13_17"), is_purple), 0.0008)
        self.assertEqual(share_of(self.render("vuxen_25_plus"), is_purple), 0)

    def test_shows_neither_for_a_group_with_too_few_incidents(self):
        image = self.render("barn_0_12")
        self.assertEqual(share_of(image, is_purple), 0)
        self.assertEqual(share_of(image, is_orange), 0)

    def test_refuses_a_group_that_the_file_does_not_have(self):
        with self.assertRaises(subprocess.CalledProcessError):
            self.render("finns_inte")


if __name__ == "__main__":
    RenderedPicture.writer, RenderedPicture.renderer = sys.argv[1:3]
    unittest.main(argv=sys.argv[:1])
