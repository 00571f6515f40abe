#!/usr/bin/env python3
"""Prints the pages of a hand-made picture with Chromium, as a coordinator would, and counts the sheets.

    print_report.py WRITER

WRITER is the program that writes a hand-made picture into a folder. Exit code 77: Chromium is not installed.
"""

import re
import shutil
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

BROWSER = shutil.which("chromium") or shutil.which("chromium-browser")
A4 = (595, 842)  # points


class PrintedPages(unittest.TestCase):
    writer = None

    def setUp(self):
        self.scratch = tempfile.TemporaryDirectory()
        self.addCleanup(self.scratch.cleanup)

    def printed(self, pattern, *options):
        """The sheets of one page as (width, height) in points."""
        folder = Path(self.scratch.name)
        subprocess.run([self.writer, str(folder / "files"), *options], check=True, stdout=subprocess.DEVNULL)
        page, pdf = next((folder / "files").glob(pattern)), folder / "page.pdf"
        subprocess.run([BROWSER, "--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer",
                        f"--user-data-dir={folder / 'profile'}", f"--print-to-pdf={pdf}", page.as_uri()],
                       check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, timeout=120)
        content = pdf.read_bytes()
        boxes = re.findall(rb"/MediaBox\s*\[\s*0\s+0\s+([\d.]+)\s+([\d.]+)\s*\]", content)
        self.assertEqual(len(boxes), len(re.findall(rb"/Type\s*/Page\b", content)))
        return [(round(float(width)), round(float(height))) for width, height in boxes]

    def test_report_prints_on_two_a4_sheets(self):
        self.assertEqual(self.printed("rapport_*.html"), [A4] * 2)

    def test_how_to_read_prints_on_one_a4_sheet(self):
        self.assertEqual(self.printed("sa_laser_du_kartan_*.html"), [A4])

    def test_release_prints_on_as_many(self):
        self.assertEqual(self.printed("rapport_*.html", "released"), [A4] * 2)
        self.assertEqual(self.printed("sa_laser_du_kartan_*.html", "released"), [A4])

    def test_hostile_names_print_too(self):
        self.assertTrue(self.printed("rapport_*.html", "hostile"))


if __name__ == "__main__":
    if BROWSER is None:
        print("Chromium is not installed (Debian: chromium): tests skipped")
        sys.exit(77)
    PrintedPages.writer = sys.argv[1]
    unittest.main(argv=sys.argv[:1])
