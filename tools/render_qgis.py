#!/usr/bin/python3
"""Draws one age group's situation picture as a PNG, with QGIS and without a screen.

The symbols, class breaks and legend texts are those stored in the files: what is drawn here is what a
person sees who opens them in QGIS. Needs Debian's python3-qgis.

    tools/render_qgis.py lagesbild_heby_2026K3_internal_0123abcd.gpkg ungdom_13_17 picture.png \
        --tif tathet_ungdom_13_17_2026K3_0123abcd.tif
"""

import argparse
import os
import sys

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from qgis.core import (QgsApplication, QgsFeature, QgsFeatureRequest, QgsGeometry,
                       QgsMapRendererCustomPainterJob, QgsMapSettings, QgsMarkerSymbol, QgsRasterLayer,
                       QgsRectangle, QgsSingleSymbolRenderer, QgsVectorLayer)
from qgis.PyQt.QtCore import QRect, QRectF, QSize, Qt
from qgis.PyQt.QtGui import QColor, QFont, QImage, QPainter, QPainterPath, QPen

WIDTH, HEIGHT = 1600, 1100
MARGIN = 28
HEADER = 128
COLUMN = 470  # legend column on the right
INSET = 300  # height of the close-up
RING = 44  # diameter around a hotspot
INK, GREY, LAND, PAPER = QColor("#222222"), QColor("#666666"), QColor("#ffffff"), QColor("#eef0f2")
WARNING = QColor("#8a4b00")
HOT = QColor(63, 0, 125)


def fail(text):
    print(f"render_qgis: {text}", file=sys.stderr)
    sys.stderr.flush()
    os._exit(1)


def open_table(gpkg, table):
    layer = QgsVectorLayer(f"{gpkg}|layername={table}", table, "ogr")
    if not layer.isValid():
        fail(f"{os.path.basename(gpkg)} has no layer {table}")
    return layer


def open_density(path):
    layer = QgsRasterLayer(path, "density")
    if not layer.isValid():
        fail(f"cannot open {path}")
    return layer


class Picture:
    """The layers of one age group, opened with the styles that lie in the file."""

    def __init__(self, gpkg, slug, tif):
        self.hotspots = open_table(gpkg, f"hotspot_{slug}")
        self.boundary = open_table(gpkg, "kommungrans")
        self.districts = open_table(gpkg, "distrikt")
        self.localities = open_table(gpkg, "tatorter")
        self.places = open_table(gpkg, "platser")
        self.density = open_density(tif) if tif else None
        self.about = {f["key"]: f["value"] for f in open_table(gpkg, "om_lagesbilden").getFeatures()}
        rows = open_table(gpkg, "sammanstallning").getFeatures()
        self.counts = next(f for f in rows if f["layer"] == f"hotspot_{slug}" and f["unit"] == "händelser")

    @property
    def synthetic(self):
        return "SYNTETISKA" in self.about.get("Data", "")

    def hot_cells(self):
        return list(self.hotspots.getFeatures(QgsFeatureRequest().setFilterExpression('"class" in (1, 2, 3)')))

    def layers(self, close):
        """Top first. A close-up has names of places instead of names of localities and districts."""
        self.localities.setLabelsEnabled(not close)
        self.districts.setLabelsEnabled(not close)
        top = [self.places] if close else []
        density = [self.density] if self.density else []
        return top + [self.boundary, self.hotspots] + density + [self.localities, self.districts]


def fitted(extent, size):
    """The extent widened to the shape of the drawing."""
    wanted = size.width() / size.height()
    center = extent.center()
    width, height = extent.width(), extent.height()
    if width / height < wanted:
        width = height * wanted
    else:
        height = width / wanted
    return QgsRectangle(center.x() - width / 2, center.y() - height / 2, center.x() + width / 2,
                        center.y() + height / 2)


def hot_places(picture):
    """Rectangles around hot squares that touch each other."""
    places = []
    for cell in picture.hot_cells():
        around = QgsRectangle(cell.geometry().boundingBox())
        touching = [p for p in places if any(around.buffered(1).intersects(box) for box in p)]
        places = [p for p in places if p not in touching] + [[around] + [box for p in touching for box in p]]
    extents = []
    for boxes in places:
        extent = QgsRectangle(boxes[0])
        for box in boxes[1:]:
            extent.combineExtentWith(box)
        extents.append(extent)
    return extents


def ring_symbol(diameter, color=HOT, width=4):
    halo = {"name": "circle", "color": "0,0,0,0", "size": str(diameter), "size_unit": "Pixel",
            "outline_width_unit": "Pixel"}
    symbol = QgsMarkerSymbol.createSimple({**halo, "outline_color": "255,255,255,230",
                                           "outline_width": str(width + 4)})
    inner = QgsMarkerSymbol.createSimple({**halo, "outline_color": color.name(), "outline_width": str(width)})
    symbol.appendSymbolLayer(inner.takeSymbolLayer(0))
    return symbol


def drawn_layer(geometries, kind, symbol, crs):
    layer = QgsVectorLayer(f"{kind}?crs={crs.authid()}", "drawn", "memory")
    features = [QgsFeature() for _ in geometries]
    for feature, geometry in zip(features, geometries):
        feature.setGeometry(geometry)
    layer.dataProvider().addFeatures(features)
    layer.setRenderer(QgsSingleSymbolRenderer(symbol))
    return layer


def markers(picture, near):
    """Squares of 250 m are a few pixels on the map of a municipality: rings say where to look, a second ring where
    the close-up is. As layers, so that names of places stay readable above them."""
    crs = picture.hotspots.crs()
    centers = [QgsGeometry.fromPointXY(extent.center()) for extent in hot_places(picture)]
    nearest = sorted(centers, key=lambda c: c.asPoint().distance(near.center()))[:1] if near else []
    return [drawn_layer(centers, "Point", ring_symbol(RING), crs),
            drawn_layer(nearest, "Point", ring_symbol(RING + 16, INK, 2), crs)]


def draw_map(painter, picture, box, extent, close, above=()):
    """Draws the map into the box, `above` on top, and returns its scale in pixels per meter."""
    settings = QgsMapSettings()
    settings.setLayers(list(above) + picture.layers(close))
    settings.setDestinationCrs(picture.hotspots.crs())
    settings.setOutputSize(QSize(box.width(), box.height()))
    settings.setOutputDpi(96)
    settings.setExtent(fitted(extent, box))
    settings.setBackgroundColor(QColor(0, 0, 0, 0))
    settings.setFlag(QgsMapSettings.Antialiasing, True)
    settings.setFlag(QgsMapSettings.DrawLabeling, True)
    shown = settings.visibleExtent()
    scale = box.width() / shown.width()

    image = QImage(box.width(), box.height(), QImage.Format_ARGB32_Premultiplied)
    image.fill(QColor("#e3e6ea"))
    inner = QPainter(image)
    inner.setRenderHint(QPainter.Antialiasing)
    land(inner, picture, settings)
    job = QgsMapRendererCustomPainterJob(settings, inner)
    job.start()
    job.waitForFinished()
    inner.end()
    painter.drawImage(box.topLeft(), image)
    painter.setPen(QPen(QColor("#9aa0a6"), 1))
    painter.drawRect(box)
    return scale


def land(painter, picture, settings):
    """White inside the municipality: what lies outside is not known."""
    painter.setPen(Qt.NoPen)
    painter.setBrush(LAND)
    for feature in picture.boundary.getFeatures():
        geometry = QgsGeometry(feature.geometry())
        geometry.transform(settings.mapToPixel().transform())
        for polygon in geometry.asMultiPolygon():
            path = QPainterPath()
            for ring in polygon:
                path.moveTo(ring[0].x(), ring[0].y())
                for point in ring[1:]:
                    path.lineTo(point.x(), point.y())
                path.closeSubpath()
            painter.drawPath(path)


def font(size, bold=False, italic=False):
    result = QFont("Open Sans")
    result.setPixelSize(size)
    result.setBold(bold)
    result.setItalic(italic)
    return result


def text(painter, x, y, width, words, size, bold=False, color=INK, italic=False):
    """Draws wrapped text with its top at y; returns the y below it."""
    painter.setFont(font(size, bold, italic))
    painter.setPen(color)
    box = painter.boundingRect(QRectF(x, y, width, 2000), int(Qt.TextWordWrap), words)
    painter.drawText(QRectF(x, y, width, box.height() + 2), int(Qt.TextWordWrap), words)
    return y + box.height()


def scale_bar(painter, box, pixels_per_meter):
    wanted = box.width() / 5 / pixels_per_meter
    meters = max(m for m in (50, 100, 200, 500, 1000, 2000, 5000, 10000, 20000) if m <= max(wanted, 50))
    length = meters * pixels_per_meter
    words = f"{meters // 1000} km" if meters >= 1000 else f"{meters} m"
    x, y = box.left() + 16, box.bottom() - 18
    painter.fillRect(QRectF(x - 8, y - 22, length + 16, 32), QColor(255, 255, 255, 215))
    painter.setPen(QPen(INK, 2))
    painter.drawLine(int(x), int(y), int(x + length), int(y))
    for end in (x, x + length):
        painter.drawLine(int(end), int(y - 4), int(end), int(y + 4))
    painter.setFont(font(13))
    painter.drawText(QRectF(x, y - 22, length, 18), int(Qt.AlignCenter), words)


def swatch(painter, x, y, symbol):
    painter.fillRect(QRectF(x, y, 30, 18), LAND)
    painter.drawImage(int(x), int(y), symbol.asImage(QSize(30, 18)))
    painter.setPen(QPen(symbol.symbolLayer(0).strokeColor(), 1))
    painter.setBrush(Qt.NoBrush)
    painter.drawRect(QRectF(x, y, 30, 18))


def hotspot_legend(painter, picture, x, y, width, rings):
    tested = picture.counts["status"] == "prövad"
    cell = picture.about["Rutor"].split(",")[0]
    y = text(painter, x, y, width, f"{'Prövade rutor' if tested else 'Rutor, inte prövade'} ({cell})", 17,
             bold=True) + 6
    notes = []
    found = {f["legend_class"] for f in picture.hotspots.getFeatures()}
    for category in picture.hotspots.renderer().categories():
        if int(category.value()) >= 900:
            notes.append(category.label())
            continue
        if not tested and int(category.value()) in (0, 1, 2, 3):
            continue  # cannot occur in this layer
        if int(category.value()) in (10, 12) and int(category.value()) not in found:
            continue  # hard to understand without a case
        swatch(painter, x, y, category.symbol())
        y = max(text(painter, x + 40, y - 1, width - 40, category.label(), 15), y + 18) + 5
    if tested and picture.hot_cells() and rings:
        painter.drawImage(int(x + 4), int(y - 2), ring_symbol(14).asImage(QSize(22, 22)))
        y = max(text(painter, x + 40, y - 1, width - 40, "Ringen visar var på kartan det finns en hotspot", 15),
                y + 18) + 5
    # The first repeats the header, the second the reason for a missing density.
    return [n for n in notes[1 if tested or picture.density else 2:] if "SYNTETISKA" not in n and "Slå på" not in n], y


def density_legend(painter, picture, x, y, width):
    if not picture.density:
        y = text(painter, x, y, width, "Ingen täthetskarta", 17, bold=True) + 4
        reason = picture.counts["density_text"].replace("ingen: ", "")
        return text(painter, x, y, width, reason[:1].upper() + reason[1:], 15) + 6  # names keep their capitals
    y = text(painter, x, y, width, "Täthet: " + picture.about.get("Enhet", ""), 17, bold=True) + 6
    renderer = picture.density.renderer()
    for item in renderer.shader().rasterShaderFunction().colorRampItemList():
        if item.color.alpha() == 0:
            continue
        color = QColor(item.color)
        color.setAlphaF(renderer.opacity())
        painter.fillRect(QRectF(x, y + 1, 30, 16), color)
        painter.setPen(QPen(QColor("#bbbbbb"), 1))
        painter.drawRect(QRectF(x, y + 1, 30, 16))
        y = max(text(painter, x + 40, y - 1, width - 40, item.label, 15), y + 18) + 3
    return y


def header(painter, picture, zoom):
    about = picture.about
    group = picture.counts["age_group"]
    place = f", närbild {zoom}" if zoom else ""
    text(painter, MARGIN, 20, WIDTH - 2 * MARGIN, f"{about['Kommun'].split(' (')[0]}{place}: {group}", 34, bold=True)
    text(painter, MARGIN, 66, WIDTH - 2 * MARGIN,
         f"Gemensam lägesbild {about['Period']} · roll: {about['Roll']} · {about['Kategorier']}", 18, color=GREY)
    c = picture.counts
    text(painter, MARGIN, 93, WIDTH - 2 * MARGIN,
         f"{c['accepted']} händelser = {c['placed']} placerade + {c['unplaced']} oplacerade + {c['digital']} digitala. "
         f"På kartan: n = {c['used']} ({c['too_coarse']} för grovt placerade).", 18)
    if picture.synthetic:
        box = QRectF(WIDTH - MARGIN - COLUMN, 22, COLUMN, 44)
        painter.fillRect(box, QColor("#ffe2b8"))
        painter.setPen(WARNING)
        painter.setFont(font(18, bold=True))
        painter.drawText(box, int(Qt.AlignCenter), "SYNTETISKA DATA – ej verkliga händelser")


def footer(painter, picture, x, y, width):
    about = picture.about
    y = text(painter, x, y, width, "Att läsa kartan", 17, bold=True) + 3
    y = text(painter, x, y, width, about.get("Att läsa kartan", ""), 14) + 8
    return text(painter, x, y, width,
                f"Bandbredd: {about['Bandbredd']}. Körning {about['Körning']}. {about['Koordinatsystem']}. "
                f"Målgrupp: {about['Målgrupp']}.", 12, color=GREY)


def hottest(picture):
    """The surroundings of the strongest hot square, one where something happened if there is one; nothing when no
    square is hot."""
    cells = sorted(picture.hot_cells(), key=lambda f: (-f["class"], f["incidents"] == 0, f["q"], -f["incidents"],
                                                         -f["neighborhood_incidents"], f["cell_id"]))
    if not cells:
        return None
    center = cells[0].geometry().centroid().asPoint()
    around = QgsRectangle(center.x() - 1300, center.y() - 750, center.x() + 1300, center.y() + 750)
    return fitted(around, QRect(0, 0, COLUMN, INSET))


def place_extent(picture, name):
    for feature in picture.localities.getFeatures():
        if str(feature["name"]).lower() == name.lower():
            extent = feature.geometry().boundingBox()
            extent.grow(600)
            return extent
    fail(f"no locality called {name} in the file")


def main_extent(picture, arguments):
    if arguments.extent:
        return QgsRectangle(*arguments.extent)
    if arguments.zoom:
        return place_extent(picture, arguments.zoom)
    extent = picture.boundary.extent()
    extent.scale(1.04)
    return extent


def render(picture, arguments):
    image = QImage(WIDTH, HEIGHT, QImage.Format_ARGB32_Premultiplied)
    image.fill(PAPER)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.Antialiasing)
    painter.setRenderHint(QPainter.TextAntialiasing)
    header(painter, picture, arguments.zoom)
    close = bool(arguments.zoom or arguments.extent)
    box = QRect(MARGIN, HEADER, WIDTH - COLUMN - 3 * MARGIN, HEIGHT - HEADER - MARGIN)
    near = None if close else hottest(picture)
    above = [] if close else markers(picture, near)
    scale = draw_map(painter, picture, box, main_extent(picture, arguments), close, above)
    scale_bar(painter, box, scale)

    x, y = WIDTH - COLUMN - MARGIN, HEADER
    notes, y = hotspot_legend(painter, picture, x, y, COLUMN, rings=not close)
    y = density_legend(painter, picture, x, y + 8, COLUMN) + 8
    for note in notes:
        y = text(painter, x, y, COLUMN, note, 14, color=GREY) + 2
    if picture.counts["hot_cells"] == 0:
        y = text(painter, x, y + 4, COLUMN, "Ingen ruta är en hotspot i det här kvartalet.", 15, bold=True)
    y += 10
    if near:
        y = text(painter, x, y, COLUMN, "Närbild: den starkaste hotspotten (dubbel ring i kartan)", 15, bold=True) + 4
        inset = QRect(int(x), int(y), COLUMN, min(INSET, HEIGHT - MARGIN - int(y) - 150))
        scale_bar(painter, inset, draw_map(painter, picture, inset, near, True))
        y = inset.bottom() + 6
    if near or close:
        y = text(painter, x, y, COLUMN, "Liten vit ring: känd plats, till exempel en skola.", 13, color=GREY) + 10
    footer(painter, picture, x, y, COLUMN)
    painter.end()
    if not image.save(arguments.png):
        fail(f"cannot write {arguments.png}")


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("gpkg")
    parser.add_argument("group", help="the age group's slug, e.g. ungdom_13_17")
    parser.add_argument("png")
    parser.add_argument("--tif", help="density raster of the same group")
    parser.add_argument("--zoom", help="name of a locality")
    parser.add_argument("--extent", nargs=4, type=float, metavar=("WEST", "SOUTH", "EAST", "NORTH"))
    arguments = parser.parse_args()
    application = QgsApplication([], False)
    application.initQgis()
    render(Picture(arguments.gpkg, arguments.group, arguments.tif), arguments)
    print(arguments.png)
    sys.stdout.flush()
    os._exit(0)  # QGIS may crash when the interpreter takes it apart


if __name__ == "__main__":
    main()
