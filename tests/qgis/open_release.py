#!/usr/bin/python3
"""Opens the files of a released picture in QGIS as a partner would, and says what is wrong with them.

    open_release.py WRITER

As open_picture.py: the files are moved to another, read-only folder first. Exit code 77: QGIS is not installed.
"""

import os
import shutil
import stat
import sys
import tempfile
import unittest

from open_picture import HOSTILE, moved_files, quarter_frame  # skips when QGIS is absent

from qgis.core import (QgsApplication, QgsFeatureRequest, QgsLayerTreeGroup, QgsMapRendererSequentialJob,
                       QgsMapSettings, QgsProject, QgsProviderRegistry, QgsVectorLayer,
                       QgsVectorLayerTemporalContext)
from qgis.PyQt.QtCore import QSize, Qt
from qgis.PyQt.QtGui import QColor

AREAS = ["antal_13_24_tatort_1kv", "antal_13_24_distrikt_4kv", "antal_18_24_tatort_1kv"]
DENSITIES = ["tathet_13_24_tatort_1kv", "tathet_13_24_distrikt_4kv"]
REFERENCE = ["kommungrans", "distrikt", "tatorter", "platser"]
TABLES = ["antal_per_aldersgrupp", "om_lagesbilden", "lasanvisning"]
SUPPRESSED = "skyddat (färre än 5, eller skulle avslöja ett sådant värde)"


class OpenedRelease(unittest.TestCase):
    writer = None

    @classmethod
    def setUpClass(cls):
        cls.scratch = tempfile.mkdtemp()
        cls.folder = moved_files(cls.writer, cls.scratch, "released")
        cls.gpkg = next(cls.folder.glob("*.gpkg"))
        cls.old_folder = os.getcwd()
        os.chdir("/")

    @classmethod
    def tearDownClass(cls):
        os.chdir(cls.old_folder)
        cls.folder.chmod(stat.S_IRWXU)
        shutil.rmtree(cls.scratch)

    def setUp(self):
        self.kept = []  # a renderer is gone when its layer is

    def layer(self, table):
        layer = QgsVectorLayer(f"{self.gpkg}|layername={table}", table, "ogr")
        self.assertTrue(layer.isValid(), table)
        self.kept.append(layer)
        return layer

    def project(self, beside=False):
        project = QgsProject()
        uri = str(self.gpkg.with_suffix(".qgz")) if beside else f"geopackage:{self.gpkg}?projectName=Lägesbild 2026K3"
        self.assertTrue(project.read(uri))
        self.kept.append(project)
        return project

    def test_lists_every_layer_and_nothing_else(self):
        details = QgsProviderRegistry.instance().querySublayers(str(self.gpkg))
        self.assertEqual(sorted(d.name() for d in details), sorted(AREAS + DENSITIES + REFERENCE + TABLES))

    def test_every_spatial_layer_has_the_crs_of_the_data(self):
        for table in AREAS + DENSITIES + REFERENCE:
            self.assertEqual(self.layer(table).crs().authid(), "EPSG:3006", table)

    def test_areas_and_densities_open_hatched_where_suppressed(self):
        for table, code in [(t, 90) for t in AREAS] + [(t, -1) for t in DENSITIES]:
            renderer = self.layer(table).renderer()
            self.assertEqual(renderer.type(), "categorizedSymbol", table)
            found = [c for c in renderer.categories() if int(c.value()) == code]
            self.assertEqual([c.label() for c in found], [SUPPRESSED], table)
            self.assertEqual(found[0].symbol().symbolLayer(0).brushStyle(), Qt.BDiagPattern, table)

    def test_every_feature_falls_in_a_class(self):
        for table in AREAS + DENSITIES:
            layer = self.layer(table)
            classes = {int(c.value()) for c in layer.renderer().categories()}
            self.assertLessEqual({f["class"] for f in layer.getFeatures()}, classes, table)

    def test_legend_tells_that_it_is_a_draft_and_how_many_quarters_count(self):
        for table in AREAS + DENSITIES:
            labels = [c.label() for c in self.layer(table).renderer().categories()]
            self.assertIn("UTKAST, ej för publicering", labels, table)
        labels = [c.label() for c in self.layer("antal_13_24_distrikt_4kv").renderer().categories()]
        self.assertTrue(any("4 kvartal räknade tillsammans" in label for label in labels), labels)

    def test_suppressed_areas_have_the_word_and_no_number(self):
        for table in AREAS + ["antal_per_aldersgrupp"]:
            for feature in self.layer(table).getFeatures():
                number = feature["incidents"]
                if feature["visning"] == "skyddat":
                    self.assertNotIsInstance(number, int, table)
                    self.assertEqual(feature["status"], SUPPRESSED)
                else:
                    self.assertEqual(str(number), feature["visning"])

    def test_projects_open_after_the_move_with_one_age_group_on(self):
        for beside in [False, True]:
            project = self.project(beside)
            self.assertTrue(project.title().startswith("UTKAST, ej för publicering – Heby 2026K3"), project.title())
            self.assertEqual(project.crs().authid(), "EPSG:3006")
            self.assertEqual(len(project.mapLayers()), len(AREAS + DENSITIES + REFERENCE + TABLES))
            self.assertTrue(all(layer.isValid() for layer in project.mapLayers().values()))
            ages = project.layerTreeRoot().findGroup("Åldersgrupper – en i taget")
            self.assertTrue(ages.isMutuallyExclusive())
            groups = [child for child in ages.children() if isinstance(child, QgsLayerTreeGroup)]
            self.assertEqual([(g.name(), g.isVisible()) for g in groups], [("13–24 år", True), ("18–24 år", False)])
            visible = [node.layerId() for node in groups[0].findLayers() if node.isVisible()]
            self.assertEqual(visible, ["lagesbild_antal_13_24_tatort_1kv"])
            density = project.layerTreeRoot().findLayer("lagesbild_tathet_13_24_tatort_1kv")
            density.setItemVisibilityChecked(True)
            self.assertEqual([node.layerId() for node in groups[0].findLayers() if node.isVisible()],
                             [density.layerId()])
            settings = project.timeSettings()
            self.assertEqual(settings.temporalRange().begin().toString(Qt.ISODate), "2025-10-01T00:00:00Z")
            self.assertEqual(settings.temporalRange().end().toString(Qt.ISODate), "2026-09-30T23:59:59Z")

    def test_temporal_filter_shows_a_layer_in_its_own_quarters(self):
        for table, months in {AREAS[0]: [(2026, 7)], AREAS[1]: [(2025, 10), (2026, 1), (2026, 4), (2026, 7)]}.items():
            layer = self.layer(table)
            layer.loadDefaultStyle()
            self.assertTrue(layer.temporalProperties().isActive())
            for frame in [(2025, 7), (2025, 10), (2026, 1), (2026, 4), (2026, 7), (2026, 10)]:
                context = QgsVectorLayerTemporalContext()
                context.setLayer(layer)
                text = layer.temporalProperties().createFilterString(context, quarter_frame(*frame))
                shown = sum(1 for _ in layer.getFeatures(QgsFeatureRequest().setFilterExpression(text)))
                self.assertEqual(shown, layer.featureCount() if frame in months else 0, (table, frame))

    def test_metadata_reach_the_layer(self):
        layer = self.layer(AREAS[1])
        layer.loadDefaultMetadata()
        self.assertTrue(layer.metadata().title().startswith("UTKAST, ej för publicering – Heby 2025K4–2026K3"))
        for part in ["Röjanderegel version 1 för samverkanspartner", "ungefärlig plats", "0123456789abcdef",
                     "händelser på fyra kvartal", "åldrarna slogs ihop"]:
            self.assertIn(part, layer.metadata().abstract())

    def test_draws_released_areas_in_color_and_suppressed_ones_in_grey(self):
        layer = self.layer(AREAS[0])
        settings = QgsMapSettings()
        settings.setLayers([layer])
        settings.setDestinationCrs(layer.crs())
        settings.setBackgroundColor(QColor("white"))
        settings.setOutputSize(QSize(200, 200))
        colors = {}
        for feature in layer.getFeatures():
            settings.setExtent(feature.geometry().boundingBox())
            job = QgsMapRendererSequentialJob(settings)
            job.start()
            job.waitForFinished()
            image = job.renderedImage()
            pixels = [QColor(image.pixel(x, y)) for x in range(20, 180, 3) for y in range(20, 180, 3)]
            colors[feature["name"]] = sum(color.saturation() > 30 for color in pixels) / len(pixels)
            self.assertTrue(any(color.lightness() < 200 for color in pixels) or feature["visning"] != "skyddat")
        for name, share in colors.items():
            (self.assertGreater if name in ["Heby", "Östervåla"] else self.assertLess)(share, 0.4, name)


class HostileNames(unittest.TestCase):
    writer = None

    def test_show_as_they_are_written(self):
        with tempfile.TemporaryDirectory() as scratch:
            folder = moved_files(self.writer, scratch, "released-hostile")
            try:
                gpkg = next(folder.glob("*.gpkg"))
                layer = QgsVectorLayer(f"{gpkg}|layername={AREAS[0]}", "x", "ogr")
                self.assertEqual(layer.renderer().type(), "categorizedSymbol")
                self.assertTrue(all(f["name"].startswith(HOSTILE) for f in layer.getFeatures()))
                beside = QgsProject()
                self.assertTrue(beside.read(str(gpkg.with_suffix(".qgz"))))
                self.assertIn(HOSTILE, beside.title())
                self.assertTrue(all(layer.isValid() for layer in beside.mapLayers().values()))
            finally:
                folder.chmod(stat.S_IRWXU)


def main():
    OpenedRelease.writer = HostileNames.writer = sys.argv[1]
    application = QgsApplication([], False)
    application.initQgis()
    result = unittest.main(argv=sys.argv[:1], exit=False, verbosity=1).result
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(0 if result.wasSuccessful() else 1)  # QGIS may crash when the interpreter takes it apart


if __name__ == "__main__":
    main()
