#include "tools/cli_bench_rpc.h"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <memory>
#include <nlohmann/json.hpp>
#include <thread>

#include "lagesbild/v1/geocoding_service.grpc.pb.h"
#include "maps/table_input.h"
#include "tools/cli_session.h"
#include "tools/cli_text.h"

namespace lagesbild::tools {
namespace {

constexpr std::size_t kStreamBatch = 100;

struct RpcBenchOptions {
  std::string in, column;
  int single = 2000;     ///< calls of each single rpc
  int stream = 100'000;  ///< queries of the stream
};

double SecondsSince(std::chrono::steady_clock::time_point begin) {
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
}

std::vector<std::string> ReadTexts(const RpcBenchOptions& options) {
  std::vector<std::string> texts;
  std::size_t column = 0;
  maps::ReadTable(
      options.in, {},
      [&](const std::vector<std::string>& header) {
        const auto found = std::find(header.begin(), header.end(), options.column);
        if (found == header.end())
          throw BadInput(options.in + ": has no column --column; see its first line");
        column = static_cast<std::size_t>(found - header.begin());
      },
      [&](maps::TableRow&& row) {
        if (row.error.empty() && !row.cells[column].empty()) texts.push_back(std::move(row.cells[column]));
      });
  if (texts.empty()) throw BadInput(options.in + ": has no texts under --column");
  return texts;
}

/// The first `characters` of UTF-8 text.
std::string Beginning(const std::string& text, std::size_t characters) {
  std::size_t end = 0;
  while (end < text.size() && characters > 0) {
    ++end;
    while (end < text.size() && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80) ++end;
    --characters;
  }
  return text.substr(0, end);
}

/// Milliseconds of calls one after another.
struct Latencies {
  const char* rpc;
  std::vector<double> ms;

  double At(double share) {
    std::sort(ms.begin(), ms.end());
    return ms[std::min(ms.size() - 1, static_cast<std::size_t>(share * static_cast<double>(ms.size())))];
  }
};

template <class Call>
Latencies Measure(const char* rpc, int calls, const Call& call) {
  Latencies latencies{rpc, {}};
  for (int i = 0; i < calls; ++i) {
    const auto begin = std::chrono::steady_clock::now();
    call(static_cast<std::size_t>(i));
    latencies.ms.push_back(1000 * SecondsSince(begin));
  }
  return latencies;
}

/// Queries per second of one stream that is written and read at once.
double StreamRate(Session& session, v1::GeocodingService::Stub& stub, const std::vector<std::string>& texts,
                  int queries) {
  const auto context = session.Context(std::chrono::seconds{0});
  const auto stream = stub.StreamGeocode(context.get());
  const auto begin = std::chrono::steady_clock::now();
  std::thread writer([&] {
    v1::StreamGeocodeRequest request;
    for (std::size_t i = 0; i < static_cast<std::size_t>(queries); ++i) {
      request.add_queries()->set_address(texts[i % texts.size()]);
      if (request.queries_size() == static_cast<int>(kStreamBatch) ||
          i + 1 == static_cast<std::size_t>(queries)) {
        if (!stream->Write(request)) break;
        request.clear_queries();
      }
    }
    stream->WritesDone();
  });
  std::int64_t answered = 0;
  v1::StreamGeocodeResponse response;
  while (stream->Read(&response)) answered += response.results_size();
  writer.join();
  session.Check(stream->Finish());
  return static_cast<double>(answered) / SecondsSince(begin);
}

void Run(Session& session, const RpcBenchOptions& options) {
  const std::vector<std::string> texts = ReadTexts(options);
  const auto stub = session.Stub<v1::GeocodingService>();
  const auto ask = [&](const std::string& text) {
    v1::GeocodeRequest request;
    request.mutable_query()->set_address(text);
    v1::GeocodeResponse response;
    session.Check(stub->Geocode(session.Context().get(), request, &response));
    return response.match();
  };
  ask(texts.front());  // the register is loaded
  v1::StatedPosition position;
  std::vector<Latencies> rows;
  rows.push_back(Measure("Geocode", options.single, [&](std::size_t i) {
    const v1::GeocodeMatch match = ask(texts[i % texts.size()]);
    if (!match.has_plane_position()) return;
    *position.mutable_point() = match.plane_position();
    position.set_epsg_code(match.epsg_code());
  }));
  rows.push_back(Measure("SuggestPlaces", options.single, [&](std::size_t i) {
    v1::SuggestPlacesRequest request;  // as typed: one letter, then more
    request.set_text(Beginning(texts[i / 8 % texts.size()], 1 + i % 8));
    v1::SuggestPlacesResponse response;
    session.Check(stub->SuggestPlaces(session.Context().get(), request, &response));
  }));
  if (position.has_point()) {
    rows.push_back(Measure("ReverseGeocode", options.single, [&](std::size_t i) {
      v1::ReverseGeocodeRequest request;
      *request.mutable_position() = position;
      request.mutable_position()->mutable_point()->set_easting_m(position.point().easting_m() +
                                                                 static_cast<double>(i % 200) - 100);
      v1::ReverseGeocodeResponse response;
      session.Check(stub->ReverseGeocode(session.Context().get(), request, &response));
    }));
  }
  const double rate = StreamRate(session, *stub, texts, options.stream);
  if (session.json()) {
    nlohmann::ordered_json json;
    for (Latencies& row : rows)
      json[row.rpc] = {
          {"calls", row.ms.size()}, {"p50_ms", row.At(0.5)}, {"p99_ms", row.At(0.99)}, {"max_ms", row.At(1)}};
    json["StreamGeocode"] = {{"queries", options.stream}, {"queries_per_second", rate}};
    std::printf("%s\n", json.dump(2).c_str());
    return;
  }
  TextTable table({"rpc", session.Say("anrop", "calls"), "p50 ms", "p99 ms", "max ms"});
  const auto text = [](double ms) {
    char number[32];
    std::snprintf(number, sizeof number, "%.2f", ms);
    return std::string(number);
  };
  for (Latencies& row : rows)
    table.Add(
        {row.rpc, std::to_string(row.ms.size()), text(row.At(0.5)), text(row.At(0.99)), text(row.At(1))});
  table.Print();
  std::printf(session.Say("StreamGeocode: %.0f frågor/s (%d frågor i meddelanden om %d)\n",
                          "StreamGeocode: %.0f queries/s (%d queries in messages of %d)\n"),
              rate, options.stream, static_cast<int>(kStreamBatch));
}

}  // namespace

void AddRpcBench(CLI::App& bench, CommandLine& line) {
  const auto options = std::make_shared<RpcBenchOptions>();
  CLI::App* command = bench.add_subcommand(
      "rpc",
      "Asks a service for the places of a file: milliseconds of single calls, one after another, and queries "
      "per second of one stream. With --server over the connection, with --store without one\n"
      "Example: lagesbild --server 127.0.0.1:50051 --token-file token bench rpc --in fragor.csv --column "
      "plats");
  command->add_option("--in", options->in, "CSV with texts of places")->required();
  command->add_option("--column", options->column, "Its column")->required();
  command->add_option("--calls", options->single, "Single calls of each kind")
      ->check(CLI::Range(10, 1'000'000));
  command->add_option("--count", options->stream, "Queries of the stream")->check(CLI::Range(1, 5'000'000));
  command->callback([&line, options] { line.run = [options](Session& session) { Run(session, *options); }; });
}

}  // namespace lagesbild::tools
