#include "service/geometry_blob.h"

#include <bit>
#include <cstdint>

#include "service/errors.h"

namespace lagesbild::service {
namespace {

constexpr char kForm = 1, kLineForm = 2;

template <class Unsigned>
void Put(std::string& bytes, Unsigned value) {
  for (std::size_t i = 0; i < sizeof value; ++i) bytes += static_cast<char>((value >> (8 * i)) & 255U);
}

void PutRing(std::string& bytes, const geo::Ring& ring) {
  Put(bytes, static_cast<std::uint32_t>(ring.size()));
  for (const geo::PlanePoint& point : ring) {
    Put(bytes, std::bit_cast<std::uint64_t>(point.easting.value()));
    Put(bytes, std::bit_cast<std::uint64_t>(point.northing.value()));
  }
}

class Reader {
 public:
  explicit Reader(std::string_view bytes) : rest_(bytes) {}

  template <class Unsigned>
  Unsigned Take() {
    Require(rest_.size() >= sizeof(Unsigned));
    Unsigned value = 0;
    for (std::size_t i = 0; i < sizeof value; ++i)
      value |= static_cast<Unsigned>(static_cast<Unsigned>(static_cast<unsigned char>(rest_[i])) << (8 * i));
    rest_.remove_prefix(sizeof value);
    return value;
  }
  geo::Meters TakeMeters() { return geo::Meters{std::bit_cast<double>(Take<std::uint64_t>())}; }
  geo::Ring TakeRing() {
    const auto count = Take<std::uint32_t>();
    Require(count <= rest_.size() / (2 * sizeof(double)));
    geo::Ring ring(count);
    for (geo::PlanePoint& point : ring) {
      point.easting = TakeMeters();
      point.northing = TakeMeters();
    }
    return ring;
  }
  std::size_t left() const { return rest_.size(); }
  static void Require(bool ok) {
    if (!ok) throw StoreUnavailable("the store holds a geometry that cannot be read; is it damaged?");
  }

 private:
  std::string_view rest_;
};

}  // namespace

std::string EncodePolygons(const geo::MultiPolygon& polygons) {
  std::string bytes(1, kForm);
  Put(bytes, static_cast<std::uint32_t>(polygons.size()));
  for (const geo::Polygon& polygon : polygons) {
    Put(bytes, static_cast<std::uint32_t>(1 + polygon.holes.size()));
    PutRing(bytes, polygon.outer);
    for (const geo::Ring& hole : polygon.holes) PutRing(bytes, hole);
  }
  return bytes;
}

geo::MultiPolygon DecodePolygons(std::string_view bytes) {
  Reader reader(bytes);
  Reader::Require(reader.Take<std::uint8_t>() == kForm);
  geo::MultiPolygon polygons;
  for (auto left = reader.Take<std::uint32_t>(); left > 0; --left) {
    geo::Polygon& polygon = polygons.emplace_back();
    auto rings = reader.Take<std::uint32_t>();
    Reader::Require(rings >= 1);
    polygon.outer = reader.TakeRing();
    while (--rings > 0) polygon.holes.push_back(reader.TakeRing());
  }
  Reader::Require(reader.left() == 0);
  return polygons;
}

std::string EncodeLine(const std::vector<geo::PlanePoint>& line) {
  std::string bytes(1, kLineForm);
  PutRing(bytes, line);
  return bytes;
}

std::vector<geo::PlanePoint> DecodeLine(std::string_view bytes) {
  Reader reader(bytes);
  Reader::Require(reader.Take<std::uint8_t>() == kLineForm);
  std::vector<geo::PlanePoint> line = reader.TakeRing();
  Reader::Require(reader.left() == 0);
  return line;
}

}  // namespace lagesbild::service
