#!/usr/bin/python3
"""Opens the files of a picture in QGIS as a person would, and says what is wrong with them.

    open_picture.py WRITER

WRITER is the program that writes a hand-made picture into a folder. The files are moved to another,
read-only folder before QGIS sees them. Exit code 77: QGIS is not installed.
"""

import hashlib
import os
import shutil
import sqlite3
import stat
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

os.environ["QT_QPA_PLATFORM"] = "offscreen"
os.environ["LC_ALL"] = "C.UTF-8"

try:
    from qgis.core import (QgsApplication, QgsDateTimeRange, QgsFeatureRequest, QgsProject, QgsProviderRegistry,
                           QgsRasterLayer, QgsUnitTypes, QgsVectorLayer, QgsVectorLayerTemporalContext)
    from qgis.PyQt.QtCore import QDateTime, Qt
except ImportError:
    print("QGIS for Python is not installed (Debian: python3-qgis): tests skipped")
    sys.exit(77)

HOSTILE = "<&\"'%]]>{}\\;--å"
GROUPS = ["barn_0_12", "ungdom_13_17", "ung_vuxen_18_24", "vuxen_25_plus", "okand_alder", "under_18", "under_25",
          "alla_aldrar"]
REFERENCE = ["kommungrans", "distrikt", "tatorter", "platser"]
TABLES = ["sammanstallning", "om_lagesbilden", "lasanvisning"]


def sha256(path):
    return hashlib.sha256(Path(path).read_bytes()).hexdigest()


def moved_files(writer, scratch, *options):
    """Writes a picture, moves it elsewhere and takes the right to write away."""
    made, share = Path(scratch) / "made", Path(scratch) / "share"
    subprocess.run([writer, str(made), *options], check=True, stdout=subprocess.DEVNULL)
    shutil.move(str(made), str(share))
    for file in share.iterdir():
        file.chmod(stat.S_IRUSR)
    share.chmod(stat.S_IRUSR | stat.S_IXUSR)
    return share


def quarter_frame(year, month):
    start = QDateTime(year, month, 1, 0, 0, 0, 0, Qt.UTC)
    return QgsDateTimeRange(start, start.addMonths(3), True, False)


class OpenedPicture(unittest.TestCase):
    writer = None

    @classmethod
    def setUpClass(cls):
        cls.scratch = tempfile.mkdtemp()
        cls.folder = moved_files(cls.writer, cls.scratch)
        cls.gpkg = next(cls.folder.glob("*.gpkg"))
        cls.hashes = {file.name: sha256(file) for file in cls.folder.iterdir()}
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

    def test_lists_every_layer_and_nothing_else(self):
        details = QgsProviderRegistry.instance().querySublayers(str(self.gpkg))
        self.assertEqual([d.name() for d in details], [f"hotspot_{g}" for g in GROUPS] +
                         ["distrikt_antal", "upprepade_platser"] + REFERENCE + TABLES)

    def test_every_spatial_layer_has_the_crs_of_the_data(self):
        for table in [f"hotspot_{g}" for g in GROUPS] + ["distrikt_antal", "upprepade_platser"] + REFERENCE:
            self.assertEqual(self.layer(table).crs().authid(), "EPSG:3006", table)

    def test_hotspots_open_with_the_same_classes_for_every_group(self):
        colors = []
        for group in GROUPS:
            renderer = self.layer(f"hotspot_{group}").renderer()
            self.assertEqual(renderer.type(), "categorizedSymbol", group)
            self.assertEqual(renderer.classAttribute(), "legend_class")
            drawn = [c for c in renderer.categories() if int(c.value()) < 900]
            colors.append([(c.value(), c.label(), c.symbol().color().name()) for c in drawn])
        self.assertEqual(len(colors[0]), 7)
        for group, classes in zip(GROUPS, colors):
            if group == "okand_alder":  # nobody knows how many live where: two texts say so, colors are the same
                classes = [(value, own if value in ["12", "100"] else label, color)
                           for (value, label, color), (_, own, _) in zip(classes, colors[0])]
            self.assertEqual(classes, colors[0], group)
        self.assertIn("Hotspot, 99 % (q ≤ 0,01 efter BH)", [label for _, label, _ in colors[0]])

    def test_every_feature_falls_in_a_class(self):
        for group in GROUPS:
            layer = self.layer(f"hotspot_{group}")
            classes = {int(c.value()) for c in layer.renderer().categories()}
            self.assertLessEqual({f["legend_class"] for f in layer.getFeatures()}, classes, group)
            self.assertGreater(layer.featureCount(), 100, group)

    def test_legend_tells_n_unplaced_and_that_data_are_synthetic(self):
        labels = [c.label() for c in self.layer("hotspot_ungdom_13_17").renderer().categories()]
        self.assertIn("n = 18 händelser på kartan av 31 godkända; 6 oplacerade, 5 digitala, 2 för grova", labels)
        self.assertIn("SYNTETISKA DATA – ej verkliga händelser", labels)
        few = [c.label() for c in self.layer("hotspot_barn_0_12").renderer().categories()]
        self.assertTrue(any("för få händelser: 3 åtskilda (6 placerade, varav 2 för grovt; upprepningar räknas en gång), minst 10" in label
                            for label in few), few)

    def test_fields_have_swedish_aliases(self):
        for table in [f"hotspot_{g}" for g in GROUPS] + ["distrikt_antal", "upprepade_platser"] + REFERENCE + TABLES:
            layer = self.layer(table)
            for index, field in enumerate(layer.fields()):
                self.assertTrue(layer.attributeAlias(index), f"{table}.{field.name()}")
        layer = self.layer("hotspot_ungdom_13_17")
        self.assertEqual(layer.attributeAlias(layer.fields().indexOf("gi_z")), "Gi* z-värde (beskrivande)")

    def test_labels_are_on_but_the_districts_names_stand_only_once(self):
        for table in ["hotspot_ungdom_13_17", "distrikt_antal", "upprepade_platser", "distrikt", "tatorter", "platser"]:
            layer = self.layer(table)
            self.assertEqual(layer.labelsEnabled(), table != "distrikt", table)
            self.assertTrue(layer.labeling().settings().fieldName, table)

    def test_no_count_of_a_district_may_be_missing(self):
        settings = self.layer("distrikt_antal").labeling().settings()
        self.assertTrue(settings.displayAll)
        self.assertEqual(settings.priority, 10)

    def test_legend_says_what_a_single_symbol_is(self):
        for table, label in {"kommungrans": "Kommungräns", "distrikt": "Distrikt", "tatorter": "Tätort",
                             "distrikt_antal": "Placerade händelser per distrikt (siffran)",
                             "upprepade_platser": "Plats med minst två händelser (siffran)"}.items():
            self.assertEqual([i.label() for i in self.layer(table).renderer().legendSymbolItems()], [label])

    def project(self, beside=False):
        """The project inside the GeoPackage, or the one beside it."""
        project = QgsProject()
        self.kept.append(project)
        path = str(self.gpkg.with_suffix(".qgz")) if beside else f"geopackage:{self.gpkg}?projectName=Lägesbild 2026K3"
        self.assertTrue(project.read(path), project.error())
        return project

    def test_project_opens_with_every_layer_after_the_folder_was_moved(self):
        for beside in [False, True]:
            project = self.project(beside)
            self.assertEqual(project.crs().authid(), "EPSG:3006")
            self.assertTrue(project.title().startswith("Heby 2026K3 – Gemensam lägesbild"), project.title())
            layers = project.mapLayers()
            rasters = len(list(self.folder.glob("*.tif"))) if beside else 0
            self.assertEqual(len(layers), len(GROUPS) + 2 + len(REFERENCE) + len(TABLES) + rasters)
            for layer in layers.values():
                self.assertTrue(layer.isValid(), layer.name())
                self.assertTrue(layer.source().startswith(str(self.folder)), layer.source())
                self.assertTrue(layer.metadata().title(), layer.name())

    def test_project_tells_to_read_first_how_to_read(self):
        for beside in [False, True]:
            project = self.project(beside)
            self.assertIn("Så läser du kartan", project.metadata().abstract())
            first = project.layerTreeRoot().children()[0]
            self.assertEqual((first.name(), first.isExpanded()), ("Läs först", True))
            self.assertEqual(first.findLayers()[0].layer().name(), "Så läser du kartan")
        topics = {f["rubrik"]: f["text"] for f in self.layer("lasanvisning").getFeatures()}
        self.assertIn("Digitala händelser", topics)
        self.assertTrue(all(len(text) > 50 for text in topics.values()))

    def test_project_shows_one_age_group_over_the_map(self):
        for beside in [False, True]:
            root = self.project(beside).layerTreeRoot()
            drawn = [layer.name() for layer in root.layerOrder()
                     if root.findLayer(layer.id()).isVisible() and layer.isSpatial()]
            density = ["Täthet: Ungdomar 13–17 år"] if beside else []
            self.assertEqual(drawn, ["Hotspots: Ungdomar 13–17 år"] + density +
                             ["Antal per distrikt, alla åldrar", "Kommungräns", "Kända platser", "Tätorter",
                              "Distrikt"])

    def test_project_has_a_group_per_age_group_of_which_one_is_on(self):
        for beside in [False, True]:
            ages = self.project(beside).layerTreeRoot().findGroup("Åldersgrupper – en i taget")
            self.assertTrue(ages.isMutuallyExclusive())
            groups = ages.children()
            self.assertEqual(len(groups), len(GROUPS))
            self.assertEqual([g.name() for g in groups if g.isVisible()], ["Ungdomar 13–17 år"])
            for group in groups:
                names = [node.name() for node in group.findLayers()]
                densities = beside and group.name() not in ["Barn 0–12 år", "Okänd ålder"]
                self.assertEqual(names, [f"Hotspots: {group.name()}"] + [f"Täthet: {group.name()}"] * densities)
            chosen = next(g for g in groups if g.name() == "Alla åldrar")
            chosen.setItemVisibilityChecked(True)
            self.assertEqual([g.name() for g in groups if g.isVisible()], ["Alla åldrar"])
            self.assertTrue(all(node.isVisible() for node in chosen.findLayers()))

    def test_project_beside_draws_density_with_the_shared_classes_and_time(self):
        project = self.project(beside=True)
        own = QgsRasterLayer(str(next(self.folder.glob("tathet_ungdom*.tif"))), "x")
        there = project.mapLayer("lagesbild_tathet_ungdom_13_17")
        items = [[(i.value, i.label, i.color.name()) for i in
                  layer.renderer().shader().rasterShaderFunction().colorRampItemList()] for layer in (own, there)]
        self.assertEqual(items[0], items[1])
        self.assertTrue(there.temporalProperties().isActive())
        self.assertEqual(there.temporalProperties().fixedTemporalRange().end().toString(Qt.ISODate),
                         "2026-09-30T23:59:59Z")
        self.assertEqual(there.crs().authid(), "EPSG:3006")

    def test_project_stands_at_its_quarter(self):
        for beside in [False, True]:
            settings = self.project(beside).timeSettings()
            self.assertEqual(settings.temporalRange().begin().toString(Qt.ISODate), "2026-07-01T00:00:00Z")
            self.assertEqual(settings.temporalRange().end().toString(Qt.ISODate), "2026-09-30T23:59:59Z")
            self.assertEqual((settings.timeStep(), settings.timeStepUnit()), (3, QgsUnitTypes.TemporalMonths))

    def test_project_draws_what_the_tables_own_styles_draw(self):
        project = self.project()
        for table in [f"hotspot_{g}" for g in GROUPS] + ["distrikt_antal", "upprepade_platser"] + REFERENCE:
            own, there = self.layer(table), project.mapLayer(f"lagesbild_{table}")
            self.assertEqual([i.label() for i in there.renderer().legendSymbolItems()],
                             [i.label() for i in own.renderer().legendSymbolItems()], table)
            self.assertEqual(there.labelsEnabled(), own.labelsEnabled(), table)
            self.assertEqual(there.attributeAliases(), own.attributeAliases(), table)
            self.assertEqual(there.hasScaleBasedVisibility(), own.hasScaleBasedVisibility(), table)

    def test_temporal_filter_shows_the_quarter_and_no_other(self):
        layer = self.layer("hotspot_ungdom_13_17")
        layer.loadDefaultStyle()
        self.assertTrue(layer.temporalProperties().isActive())
        count = layer.featureCount()
        for (year, month), expected in {(2026, 4): 0, (2026, 7): count, (2026, 10): 0}.items():
            context = QgsVectorLayerTemporalContext()
            context.setLayer(layer)
            text = layer.temporalProperties().createFilterString(context, quarter_frame(year, month))
            shown = layer.getFeatures(QgsFeatureRequest().setFilterExpression(text))
            self.assertEqual(sum(1 for _ in shown), expected, (year, month))

    def test_metadata_reach_the_layer(self):
        layer = self.layer("hotspot_ungdom_13_17")
        layer.loadDefaultMetadata()
        metadata = layer.metadata()
        self.assertEqual(metadata.title(), "Heby 2026K3 – Hotspots – Ungdomar 13–17 år – alla roller – "
                         "SYNTETISKA DATA – ej verkliga händelser")
        self.assertEqual(metadata.language(), "SWE")
        for part in ["31 godkända händelser = 20 placerade + 6 oplacerade + 5 digitala", "n = 18", "stödradie 1000 m",
                     "0123456789abcdef", "Polisen (POLIS)", "intern"]:
            self.assertIn(part, metadata.abstract())
        self.assertFalse(metadata.contacts())

    def test_tables_reconcile(self):
        for row in self.layer("sammanstallning").getFeatures():
            self.assertEqual(row["accepted"], row["placed"] + row["unplaced"] + row["digital"])
        about = {f["key"]: f["value"] for f in self.layer("om_lagesbilden").getFeatures()}
        self.assertEqual(about["Körning"], "0123456789abcdef")
        self.assertEqual(about["Enhet"], "händelser per km² och kvartal")

    def test_density_opens_with_the_shared_classes(self):
        labels = []
        for tif in sorted(self.folder.glob("*.tif")):
            layer = QgsRasterLayer(str(tif), tif.stem)
            self.assertTrue(layer.isValid())
            self.assertEqual(layer.crs().authid(), "EPSG:3006")
            self.assertEqual(layer.renderer().type(), "singlebandpseudocolor")
            items = layer.renderer().shader().rasterShaderFunction().colorRampItemList()
            labels.append([(item.value, item.label, item.color.name()) for item in items])
            self.assertEqual(layer.dataProvider().sourceNoDataValue(1), -9999)
            self.assertIn("händelser per km² och kvartal", layer.bandName(1))
            layer.loadDefaultStyle()
            self.assertTrue(layer.temporalProperties().isActive())
            period = layer.temporalProperties().fixedTemporalRange()
            self.assertEqual(period.begin().toString(Qt.ISODate), "2026-07-01T00:00:00Z")
            self.assertEqual(period.end().toString(Qt.ISODate), "2026-09-30T23:59:59Z")
            layer.loadDefaultMetadata()
            self.assertIn("Täthet", layer.metadata().title())
        self.assertEqual(len(labels), 6)
        self.assertEqual(len(labels[0]), 6)
        self.assertTrue(all(label == labels[0] for label in labels))
        self.assertEqual(labels[0][1][1], "0,1–1: högst vad en ensam händelse ger inne i kommunen")

    def test_opening_changes_nothing(self):
        self.layer("hotspot_ungdom_13_17").featureCount()
        self.assertEqual({file.name: sha256(file) for file in self.folder.iterdir()}, self.hashes)
        with sqlite3.connect(f"file:{self.gpkg}?mode=ro", uri=True) as database:
            self.assertEqual(database.execute("PRAGMA journal_mode").fetchone(), ("delete",))


class HostileNames(unittest.TestCase):
    writer = None

    def test_show_as_they_are_written(self):
        with tempfile.TemporaryDirectory() as scratch:
            folder = moved_files(self.writer, scratch, "hostile")
            try:
                gpkg = next(folder.glob("*.gpkg"))
                layer = QgsVectorLayer(f"{gpkg}|layername=hotspot_ungdom_13_17", "x", "ogr")
                self.assertEqual(layer.renderer().type(), "categorizedSymbol")
                layer.loadDefaultMetadata()
                self.assertTrue(layer.metadata().title().startswith(HOSTILE), layer.metadata().title())
                counts = QgsVectorLayer(f"{gpkg}|layername=distrikt_antal", "x", "ogr")
                alias = counts.attributeAlias(counts.fields().indexOf("n_ungdom_13_17"))
                self.assertTrue(alias.startswith("Händelser: " + HOSTILE), alias)
                project = QgsProject()
                self.assertTrue(project.read(f"geopackage:{gpkg}?projectName=Lägesbild 2026K3"))
                self.assertTrue(project.title().startswith(HOSTILE), project.title())
                self.assertTrue(all(layer.isValid() for layer in project.mapLayers().values()))
                beside = QgsProject()
                self.assertTrue(beside.read(str(gpkg.with_suffix(".qgz"))))
                self.assertTrue(all(layer.isValid() for layer in beside.mapLayers().values()))
                districts = QgsVectorLayer(f"{gpkg}|layername=distrikt", "x", "ogr")
                names = [f["name"] for f in districts.getFeatures()]
                self.assertTrue(names and all(name.startswith(HOSTILE) for name in names), names)
                density = QgsRasterLayer(str(next(folder.glob("*.tif"))), "x")
                self.assertEqual(density.renderer().type(), "singlebandpseudocolor")
            finally:
                folder.chmod(stat.S_IRWXU)


def main():
    OpenedPicture.writer = HostileNames.writer = sys.argv[1]
    application = QgsApplication([], False)
    application.initQgis()
    result = unittest.main(argv=sys.argv[:1], exit=False, verbosity=1).result
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(0 if result.wasSuccessful() else 1)  # QGIS may crash when the interpreter takes it apart


if __name__ == "__main__":
    main()
