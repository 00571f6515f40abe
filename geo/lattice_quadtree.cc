#include "geo/lattice_quadtree.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <map>

namespace lagesbild::geo {
namespace {

/// A square with its share of the place.
struct Piece {
  LatticeSquare square;
  MultiPolygon geometry;
  std::vector<LatticeUnit> units;

  int dwellings() const {
    int sum = 0;
    for (const LatticeUnit& unit : units) sum += unit.dwellings;
    return sum;
  }
  int persons() const {
    int sum = 0;
    for (const LatticeUnit& unit : units) sum += unit.persons;
    return sum;
  }
};

/// A square that may be divided, and whatever has been attached to it and goes along with its nearest part.
struct Cluster {
  Piece main;
  std::vector<Piece> attached;
};

bool Satisfies(const Piece& piece, LatticeThresholds thresholds) {
  return piece.dwellings() >= thresholds.min_dwellings && piece.persons() >= thresholds.min_persons;
}

PlanePoint CenterOf(const LatticeSquare& square) {
  const double size = square.size_m;
  return {Meters{(static_cast<double>(square.column) + 0.5) * size},
          Meters{(static_cast<double>(square.row) + 0.5) * size}};
}

/// South before north, then west before east: settles ties.
bool SouthWestFirst(const LatticeSquare& a, const LatticeSquare& b) {
  return std::pair{a.row, a.column} < std::pair{b.row, b.column};
}

/// To the nearest of `clusters`, which are not empty.
void AttachToNearest(std::vector<Cluster>& clusters, Piece piece) {
  const PlanePoint center = CenterOf(piece.square);
  Cluster* nearest = &clusters.front();
  double best = std::numeric_limits<double>::infinity();
  for (Cluster& cluster : clusters) {
    const PlanePoint other = CenterOf(cluster.main.square);
    const double dx = other.easting.value() - center.easting.value();
    const double dy = other.northing.value() - center.northing.value();
    const double distance = dx * dx + dy * dy;
    if (distance > best || (distance == best && !SouthWestFirst(cluster.main.square, nearest->main.square)))
      continue;
    best = distance;
    nearest = &cluster;
  }
  nearest->attached.push_back(std::move(piece));
}

/// The four quarters with their units, south-west, south-east, north-west, north-east. Without geometry.
std::array<Piece, 4> Quarters(const Piece& piece) {
  std::array<Piece, 4> quarters;
  for (std::size_t i = 0; i < 4; ++i)
    quarters[i].square = {piece.square.size_m / 2, piece.square.column * 2 + static_cast<std::int64_t>(i % 2),
                          piece.square.row * 2 + static_cast<std::int64_t>(i / 2)};
  for (const LatticeUnit& unit : piece.units) {
    const LatticeSquare square = SquareOf(unit.position, piece.square.size_m / 2);
    const auto index = static_cast<std::size_t>((square.column - piece.square.column * 2) +
                                                (square.row - piece.square.row * 2) * 2);
    quarters[index].units.push_back(unit);
  }
  return quarters;
}

/// Divides the main square when every quarter with a dwelling satisfies the thresholds; else no clusters.
std::vector<Cluster> Divided(const Cluster& cluster, LatticeThresholds thresholds) {
  if (cluster.main.square.size_m <= kSmallestSquareM) return {};
  std::array<Piece, 4> quarters = Quarters(cluster.main);
  for (const Piece& quarter : quarters)
    if (quarter.dwellings() > 0 && !Satisfies(quarter, thresholds)) return {};
  std::vector<Cluster> clusters;
  std::vector<Piece> empty;
  for (Piece& quarter : quarters) {
    quarter.geometry = Intersection(cluster.main.geometry, SquarePolygon(quarter.square));
    if (quarter.dwellings() > 0)
      clusters.push_back({std::move(quarter), {}});
    else
      empty.push_back(std::move(quarter));
  }
  if (clusters.empty()) return {};
  for (Piece& piece : empty) AttachToNearest(clusters, std::move(piece));
  for (const Piece& piece : cluster.attached) AttachToNearest(clusters, piece);
  return clusters;
}

MultiPolygon GeometryOf(const Cluster& cluster) {
  MultiPolygon parts = cluster.main.geometry;
  for (const Piece& piece : cluster.attached)
    parts.insert(parts.end(), piece.geometry.begin(), piece.geometry.end());
  return cluster.attached.empty() ? parts : Union(parts);
}

LatticeNode LeafNode(const Cluster& cluster) {
  LatticeNode node;
  node.square = cluster.main.square;
  node.geometry = GeometryOf(cluster);
  const auto add = [&](const Piece& piece) {
    node.dwellings += piece.dwellings();
    node.persons += piece.persons();
    node.squares.push_back(piece.square);
    node.units.insert(node.units.end(), piece.units.begin(), piece.units.end());
  };
  add(cluster.main);
  for (const Piece& piece : cluster.attached) add(piece);
  std::sort(node.squares.begin(), node.squares.end());
  return node;
}

/// The clusters into which the thresholds divide a cluster in the end; itself when it stays whole.
void DivideDown(const Cluster& cluster, LatticeThresholds thresholds, std::vector<Cluster>& answer) {
  const std::vector<Cluster> parts = Divided(cluster, thresholds);
  if (parts.empty()) answer.push_back(cluster);
  for (const Cluster& part : parts) DivideDown(part, thresholds, answer);
}

std::vector<Cluster> RootClusters(const MultiPolygon& place, const std::vector<LatticeUnit>& units,
                                  LatticeThresholds coarse) {
  std::map<LatticeSquare, Piece> pieces;
  for (const LatticeUnit& unit : units) {
    const LatticeSquare square = SquareOf(unit.position, kLargestSquareM);
    pieces[square].units.push_back(unit);
  }
  for (const Polygon& polygon : place)
    for (const PlanePoint& corner : polygon.outer) pieces[SquareOf(corner, kLargestSquareM)];
  if (pieces.empty()) return {};
  std::int64_t column0 = pieces.begin()->first.column, column1 = column0;
  std::int64_t row0 = pieces.begin()->first.row, row1 = row0;
  for (const auto& [square, piece] : pieces) {
    column0 = std::min(column0, square.column);
    column1 = std::max(column1, square.column);
    row0 = std::min(row0, square.row);
    row1 = std::max(row1, square.row);
  }
  std::vector<Cluster> clusters;
  std::vector<Piece> small;
  for (std::int64_t row = row0; row <= row1; ++row)
    for (std::int64_t column = column0; column <= column1; ++column) {
      const LatticeSquare square{kLargestSquareM, column, row};
      Piece& piece = pieces[square];
      piece.square = square;
      piece.geometry = Intersection(place, SquarePolygon(square));
      if (piece.geometry.empty() && piece.units.empty()) continue;
      if (Satisfies(piece, coarse))
        clusters.push_back({std::move(piece), {}});
      else
        small.push_back(std::move(piece));
    }
  if (clusters.empty()) {
    // No square is large enough alone: the place stays whole, named by its most inhabited square.
    const auto largest = std::max_element(small.begin(), small.end(), [](const Piece& a, const Piece& b) {
      return a.dwellings() < b.dwellings();
    });
    if (largest == small.end()) return {};
    clusters.push_back({std::move(*largest), {}});
    small.erase(largest);
  }
  for (Piece& piece : small) AttachToNearest(clusters, std::move(piece));
  return clusters;
}

}  // namespace

LatticeSquare SquareOf(PlanePoint point, int size_m) {
  return {size_m, static_cast<std::int64_t>(std::floor(point.easting.value() / size_m)),
          static_cast<std::int64_t>(std::floor(point.northing.value() / size_m))};
}

std::string SquareCode(const LatticeSquare& square) {
  return std::to_string(square.size_m) + "mN" + std::to_string(square.row * square.size_m) + "E" +
         std::to_string(square.column * square.size_m);
}

MultiPolygon SquarePolygon(const LatticeSquare& square) {
  const double size = square.size_m;
  const Meters x0{static_cast<double>(square.column) * size}, x1{x0.value() + size};
  const Meters y0{static_cast<double>(square.row) * size}, y1{y0.value() + size};
  return {{{{x0, y0}, {x1, y0}, {x1, y1}, {x0, y1}}, {}}};
}

double SquaredDistance(PlanePoint point, const LatticeSquare& square) {
  const double size = square.size_m;
  const double x0 = static_cast<double>(square.column) * size, y0 = static_cast<double>(square.row) * size;
  const double dx = point.easting.value() - std::clamp(point.easting.value(), x0, x0 + size);
  const double dy = point.northing.value() - std::clamp(point.northing.value(), y0, y0 + size);
  return dx * dx + dy * dy;
}

std::vector<LatticeNode> DividePlace(const MultiPolygon& place, const std::vector<LatticeUnit>& units,
                                     LatticeThresholds coarse, LatticeThresholds fine) {
  std::vector<Cluster> clusters;
  for (const Cluster& root : RootClusters(place, units, coarse)) DivideDown(root, coarse, clusters);
  std::vector<LatticeNode> nodes;
  for (const Cluster& cluster : clusters) {
    LatticeNode& node = nodes.emplace_back(LeafNode(cluster));
    node.coarse_leaf = true;
    std::vector<Cluster> parts;
    DivideDown(cluster, fine, parts);
    if (parts.size() < 2) continue;
    node.squares.clear();
    node.units.clear();
    for (const Cluster& part : parts) node.children.push_back(LeafNode(part));
  }
  return nodes;
}

}  // namespace lagesbild::geo
