#include <algorithm>

#include "service/convert.h"
#include "service/cost_estimate.h"
#include "service/limits.h"
#include "service/runs.h"
#include "service/services.h"
#include "service/stream.h"

namespace lagesbild::service {
namespace {

constexpr int kCellsPerMessage = 500;

/// An analysis with what its answer needs beside the picture.
struct Analysis {
  PictureRequest request;
  std::vector<std::string> groups;  ///< codes asked for
  geo::Epsg crs{};
  DataVersion data;
  geo::SituationPicture picture;

  bool Wants(const geo::PictureLayer& layer) const {
    return std::find(groups.begin(), groups.end(), layer.group.code) != groups.end();
  }
};

template <class Request>
Analysis Analyze(Dependencies& with, const Request& request, const Call& call) {
  Violations violations;
  Analysis analysis;
  const geo::AgeScheme scheme = with.store.CurrentAgeScheme();
  analysis.request = PictureRequestFromProto(request, with.store.ListReporters(), violations);
  analysis.request.audience = call.caller.audience;
  analysis.groups = GroupCodesFromProto(request.group_codes(), scheme, violations);
  violations.ThrowIfAny();
  const auto loaded = with.gazetteer.Get();
  EstimateCost(loaded->study_area, analysis.request.options, static_cast<int>(scheme.groups.size()),
               violations);
  violations.ThrowIfAny();
  PictureAnalysis made = AnalyzeSelection(with.store, analysis.request, call.stop());
  analysis.crs = made.crs;
  analysis.data = std::move(made.data);
  analysis.picture = std::move(made.picture);
  return analysis;
}

v1::AnalysisHeader Header(const Analysis& analysis) {
  const geo::SituationPicture& picture = analysis.picture;
  v1::AnalysisHeader header;
  header.set_run_id(RunId(analysis.data, analysis.request));
  header.set_data_version(analysis.data.hash);
  header.set_program_version(ProgramVersion());
  *header.mutable_selection() = ToProto(analysis.request.selection);
  *header.mutable_parameters() = ToProto(analysis.request.options);
  header.mutable_bandwidth()->set_asked_m(analysis.request.options.bandwidth.value());
  if (picture.bandwidth.radius) {
    header.mutable_bandwidth()->set_radius_m(picture.bandwidth.radius->value());
  }
  header.mutable_bandwidth()->set_standard_deviation_m(picture.bandwidth.standard_deviation.value());
  header.mutable_bandwidth()->set_reason_sv(BandwidthReasonSv(picture.options));
  header.set_unit_sv("händelser per km² och kvartal");
  header.set_unit_en("incidents per km² and calendar quarter");
  for (const geo::PictureLayer& layer : picture.layers) {
    if (layer.group.kind == geo::AgeGroupKind::kTotal) {
      header.set_incident_count(layer.tally.incidents.accepted);
      header.set_unplaced_incident_count(layer.tally.incidents.unplaced);
      header.set_digital_incident_count(layer.tally.incidents.digital);
    }
  }
  header.set_buffer_incident_count(picture.in_buffer);
  header.set_perceived_unsafety_count(picture.perceived_unsafety);
  for (const std::string& reporter : picture.reporters) {
    header.add_reporter_codes(reporter);
  }
  return header;
}

}  // namespace

grpc::Status AnalysisServiceImpl::ComputeHotspots(grpc::ServerContext* context,
                                                  const v1::ComputeHotspotsRequest* request,
                                                  grpc::ServerWriter<v1::ComputeHotspotsResponse>* writer) {
  return with_.gate.Run(context, "lagesbild.v1.AnalysisService/ComputeHotspots", [&](const Call& call) {
    const Analysis analysis = Analyze(with_, *request, call);
    const geo::Projection projection(analysis.crs);
    v1::ComputeHotspotsResponse first;
    v1::HotspotHeader& header = *first.mutable_header();
    *header.mutable_analysis() = Header(analysis);
    *header.mutable_thresholds() = ThresholdsToProto(analysis.request.options.test);
    header.set_family_size(analysis.picture.family_size);
    *header.mutable_grid() = ToProto(analysis.picture.grid, analysis.crs);
    for (const geo::PictureLayer& layer : analysis.picture.layers) {
      if (analysis.Wants(layer)) {
        *header.add_groups() = ToProto(layer, projection);
      }
    }
    Send(writer, first, call);

    for (const geo::PictureLayer& layer : analysis.picture.layers) {
      v1::ComputeHotspotsResponse batch;
      batch.mutable_cells()->set_group_code(layer.group.code);
      const auto flush = [&] {
        if (batch.cells().cells_size() > 0) {
          Send(writer, batch, call);
          batch.mutable_cells()->clear_cells();
        }
      };
      for (const geo::PictureCell& cell : layer.cells) {
        if (!analysis.Wants(layer)) {
          break;
        }
        *batch.mutable_cells()->add_cells() = ToProto(cell, layer, analysis.picture.grid, projection);
        if (batch.cells().cells_size() == kCellsPerMessage) {
          flush();
        }
      }
      flush();
    }
  });
}

grpc::Status AnalysisServiceImpl::ComputeDensity(grpc::ServerContext* context,
                                                 const v1::ComputeDensityRequest* request,
                                                 grpc::ServerWriter<v1::ComputeDensityResponse>* writer) {
  return with_.gate.Run(context, "lagesbild.v1.AnalysisService/ComputeDensity", [&](const Call& call) {
    const Analysis analysis = Analyze(with_, *request, call);
    const geo::Projection projection(analysis.crs);
    v1::ComputeDensityResponse first;
    v1::DensityHeader& header = *first.mutable_header();
    *header.mutable_analysis() = Header(analysis);
    *header.mutable_grid() = ToProto(analysis.picture.density_grid, analysis.crs);
    for (const geo::PictureLayer& layer : analysis.picture.layers) {
      if (analysis.Wants(layer)) {
        *header.add_groups() = ToProto(layer, projection);
      }
    }
    Send(writer, first, call);

    const int columns = analysis.picture.density_grid.columns, rows = analysis.picture.density_grid.rows;
    const int block = std::max(1, static_cast<int>(limits::kSentChunkBytes / 8) / std::max(1, columns));
    for (const geo::PictureLayer& layer : analysis.picture.layers) {
      if (!analysis.Wants(layer) || !layer.density) {
        continue;
      }
      for (int row = 0; row < rows; row += block) {
        const int count = std::min(block, rows - row);
        v1::ComputeDensityResponse message;
        v1::DensityRuns& runs = *message.mutable_runs();
        runs.set_group_code(layer.group.code);
        const std::span<const double> values(layer.density->values());
        for (int line = row; line < row + count; ++line) {
          DensityRowToProto(values.subspan(static_cast<std::size_t>(line) * static_cast<std::size_t>(columns),
                                           static_cast<std::size_t>(columns)),
                            line, runs);
        }
        Send(writer, message, call);
      }
    }
  });
}

}  // namespace lagesbild::service
