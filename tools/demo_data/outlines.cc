#include <ogr_geometry.h>

#include <algorithm>
#include <cstddef>
#include <memory>

#include "tools/demo_data/random.h"
#include "tools/demo_data/vector_file.h"
#include "tools/demo_data/world.h"

namespace lagesbild::tools::demo {
namespace {

// Extent of the municipality in EPSG:3006 (geocoding.md section 8).
constexpr double kWest = 594250, kEast = 631584, kSouth = 6634072, kNorth = 6687268;

/// An invented outline with roughly the municipality's shape, kilometers from the south-west corner.
const std::vector<Xy>& Sketch() {
  static const std::vector<Xy> points = {{0, 16.5},    {1.4, 11},  {3.8, 6.5},   {8, 3.2},       {13, 1.6},
                                         {18, 0},      {23, 1.8},  {26.4, 5},    {27.2, 9.6},    {24.4, 14.5},
                                         {23.6, 19.5}, {27, 22.8}, {32.6, 24.4}, {37.334, 29},   {34.6, 35.5},
                                         {32.4, 42},   {29, 46.5}, {24.5, 49.5}, {19.5, 53.196}, {13.6, 50},
                                         {9.4, 45.5},  {7.5, 40},  {7.6, 34},    {6, 29},        {2.6, 23.5}};
  return points;
}

/// Breaks every side by midpoint displacement, twice, so that the line looks surveyed and not drawn.
Outline Roughened(Outline ring, Rng& random) {
  for (const double amplitude : {0.10, 0.07}) {
    Outline finer;
    for (std::size_t i = 0; i < ring.size(); ++i) {
      const Xy a = ring[i], b = ring[(i + 1) % ring.size()];
      const double shift = amplitude * random.Range(-1, 1);
      finer.push_back(a);
      finer.push_back({std::clamp((a.e + b.e) / 2 - shift * (b.n - a.n), kWest, kEast),
                       std::clamp((a.n + b.n) / 2 + shift * (b.e - a.e), kSouth, kNorth)});
    }
    ring = std::move(finer);
  }
  for (Xy& p : ring) p = Rounded(p);
  return ring;
}

/// The part of a convex ring that is nearer to `own` than to `other`.
Outline NearerPart(const Outline& ring, Xy own, Xy other) {
  const double a = other.e - own.e, b = other.n - own.n;
  const double c = a * (own.e + other.e) / 2 + b * (own.n + other.n) / 2;
  const auto side = [&](Xy p) { return a * p.e + b * p.n - c; };
  Outline part;
  for (std::size_t i = 0; i < ring.size(); ++i) {
    const Xy p = ring[i], q = ring[(i + 1) % ring.size()];
    const double sp = side(p), sq = side(q);
    if (sp <= 0) part.push_back(p);
    if ((sp < 0 && sq > 0) || (sp > 0 && sq < 0)) {
      const double t = sp / (sp - sq);
      part.push_back({p.e + t * (q.e - p.e), p.n + t * (q.n - p.n)});
    }
  }
  return part;
}

void AddPolygons(const OGRGeometry& geometry, std::vector<Outline>& polygons) {
  if (wkbFlatten(geometry.getGeometryType()) == wkbPolygon) {
    Outline ring;
    const OGRLinearRing* line = geometry.toPolygon()->getExteriorRing();
    for (int i = 0; i + 1 < line->getNumPoints(); ++i) ring.push_back({line->getX(i), line->getY(i)});
    polygons.push_back(std::move(ring));
  } else if (OGR_GT_IsSubClassOf(geometry.getGeometryType(), wkbGeometryCollection)) {
    for (const OGRGeometry* part : *geometry.toGeometryCollection()) AddPolygons(*part, polygons);
  }
}

void DivideIntoDistricts(World& world) {
  const OGRPolygon boundary = OgrPolygon(world.boundary);
  const Outline box = {
      {kWest - 1, kSouth - 1}, {kEast + 1, kSouth - 1}, {kEast + 1, kNorth + 1}, {kWest - 1, kNorth + 1}};
  for (District& district : world.districts) {
    Outline cell = box;
    for (const District& other : world.districts)
      if (other.code != district.code) cell = NearerPart(cell, district.seed, other.seed);
    for (Xy& p : cell) p = Rounded(p);  // neighbors get the same corners
    const OGRPolygon whole_cell = OgrPolygon(cell);
    const std::unique_ptr<OGRGeometry> part(boundary.Intersection(&whole_cell));
    if (part) AddPolygons(*part, district.polygons);
  }
}

}  // namespace

void DrawOutlines(std::uint64_t seed, World& world) {
  Rng random(seed, "outlines");
  Outline ring;
  for (const Xy p : Sketch()) ring.push_back({kWest + p.e * 1000, kSouth + p.n * 1000});
  world.boundary = Roughened(std::move(ring), random);

  // Real names, approximate positions; inhabitants add up to 61 % of the municipality. Codes are invented.
  world.localities = {
      {"0331SY01", "Heby", "74431", {604000, 6646000}, 2724, 0.20, {}},
      {"0331SY02", "Östervåla", "74046", {621000, 6673500}, 1640, -0.35, {}},
      {"0331SY03", "Morgongåva", "74450", {609500, 6645200}, 1520, 0.05, {}},
      {"0331SY04", "Tärnsjö", "74045", {607400, 6670200}, 1230, 0.60, {}},
      {"0331SY05", "Harbo", "74042", {622300, 6664600}, 790, -0.10, {}},
      {"0331SY06", "Vittinge", "74470", {615800, 6641500}, 470, 0.35, {}},
      {"0331SY07", "Runhällen", "74490", {601500, 6654700}, 223, -0.50, {}},
      {"0331SY08", "Huddunge", "74043", {610300, 6658600}, 200, 0.80, {}},
  };
  world.districts = {
      {"990331", "Enåker", {600200, 6659000}, {}},    {"990332", "Harbo", {624000, 6664600}, {}},
      {"990333", "Huddunge", {611200, 6658000}, {}},  {"990334", "Nora", {606500, 6673500}, {}},
      {"990335", "Vittinge", {616800, 6642000}, {}},  {"990336", "Västerlövsta", {604200, 6645000}, {}},
      {"990337", "Östervåla", {620500, 6677000}, {}},
  };
  DivideIntoDistricts(world);
}

}  // namespace lagesbild::tools::demo
