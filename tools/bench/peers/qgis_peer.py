"""QGIS: its heatmap algorithm, quartic. Arguments: points.csv columns rows radius_m folder (which holds points.gpkg)."""

import sys
import time

sys.path.append("/usr/share/qgis/python/plugins")
from qgis.core import QgsApplication, QgsProcessingFeedback, QgsVectorLayer

application = QgsApplication([], False)
application.initQgis()
from processing.core.Processing import Processing

Processing.initialize()
import processing

layer = QgsVectorLayer(sys.argv[5] + "/points.gpkg", "points", "ogr")
if not layer.isValid():
    sys.exit("points.gpkg cannot be read")
begin = time.process_time()
processing.run("qgis:heatmapkerneldensityestimation",
               {"INPUT": layer, "RADIUS": float(sys.argv[4]), "PIXEL_SIZE": 10, "KERNEL": 0, "OUTPUT_VALUE": 0,
                "OUTPUT": sys.argv[5] + "/qgis.tif"}, feedback=QgsProcessingFeedback(False))
print("cpu_s", time.process_time() - begin, flush=True)
import os

os._exit(0)  # QGIS 3.22 may crash while it ends
