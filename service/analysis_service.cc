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

}  // namespace

grpc::Status AnalysisServiceImpl::ComputeHotspots(grpc::ServerContext* context,
                                                  const v1::ComputeHotspotsRequest* request,
                                                  grpc::ServerWriter<v1::ComputeHotspotsResponse>* writer) {
  return with_.gate.Run(context, "lagesbild.v1.AnalysisService/ComputeHotspots", [&](const Call& call) {
    const Analysis analysis = Analyze(with_, *request, call);
    const geo::Projection projection(analysis.crs);
    v1::ComputeHotspotsResponse first;
    v1::HotspotHeader& header = *first.mutable_header();
    *header.mutable_analysis() =
        HeaderToProto(RunId(analysis.data, analysis.request), analysis.data, analysis.request.selection,
                      analysis.picture, BandwidthOfPicture(analysis.request.options));
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

}  // namespace lagesbild::service
