#include <algorithm>

#include "service/convert.h"
#include "service/cost_estimate.h"
#include "service/limits.h"
#include "service/services.h"
#include "service/stream.h"

/// The handlers of AnalysisService that are about densities.
namespace lagesbild::service {
namespace {

constexpr double kProgressStep = 0.01;
// Upper bounds of what one cell takes while a call is worked on.
constexpr std::int64_t kValueBytes = 8, kResampleBytes = 4, kRiskBytes = 280;
constexpr int kContourPoints = static_cast<int>(limits::kSentChunkBytes / 24);

/// Rows of a raster of so many bytes per cell that fit in one message.
int RowsPerMessage(int columns, std::int64_t bytes_per_cell) {
  return std::max(1, static_cast<int>(limits::kSentChunkBytes / bytes_per_cell / std::max(1, columns)));
}

/// Grids of one group and bandwidth that are held at the same time.
int LayersOf(const geo::DensityLayerOptions& layers) {
  return 1 + (layers.place_spread ? 2 : 0) + (layers.bootstrap ? 3 : 0);
}

void CheckCost(const geo::StudyArea& area, const DensityRequest& request, int group_count,
               Violations& violations) {
  EstimateCost(area, request.picture.options, group_count, violations);
  violations.ThrowIfAny();
  if (request.layers.binned) {
    geo::Meters widest = request.picture.options.bandwidth;
    for (const AskedBandwidth& asked : request.bandwidths) {
      widest = std::max(widest, asked.value);
    }
    CheckBinnedPlane(area, request.picture.options, widest, violations);
  }
  const auto bandwidths = static_cast<std::int64_t>(std::max<std::size_t>(1, request.bandwidths.size()));
  const auto groups = static_cast<std::int64_t>(request.groups.size());
  const std::int64_t surfaces = groups * bandwidths * LayersOf(request.layers);
  const std::int64_t resamples = request.layers.bootstrap ? request.layers.bootstrap->resamples : 0;
  CheckSurfaceMemory(area, request.picture.options.density_cell,
                     surfaces * kValueBytes + resamples * kResampleBytes,
                     ", or fewer groups, bandwidths, layers or resamples", violations);
  violations.ThrowIfAny();
}

/// Sends how far it has come, at most one message per hundredth.
class ProgressSender {
 public:
  ProgressSender(grpc::ServerWriter<v1::ComputeDensityResponse>* writer, const Call& call)
      : writer_(writer), call_(call) {}
  void operator()(double fraction, const char* stage) {
    if (fraction < next_) {
      return;
    }
    next_ = fraction + kProgressStep;
    v1::ComputeDensityResponse message;
    message.mutable_progress()->set_fraction(fraction);
    message.mutable_progress()->set_stage(stage);
    Send(writer_, message, call_);
  }

 private:
  grpc::ServerWriter<v1::ComputeDensityResponse>* writer_;
  const Call& call_;
  double next_ = 0;
};

void SendLayer(const geo::DensityLayerSet& set, const geo::Grid<double>& surface, v1::DensityLayer layer,
               grpc::ServerWriter<v1::ComputeDensityResponse>* writer, const Call& call) {
  const int columns = surface.spec().columns, rows = surface.spec().rows;
  const int block = RowsPerMessage(columns, kValueBytes);
  const std::span<const double> values(surface.values());
  for (int row = 0; row < rows; row += block) {
    v1::ComputeDensityResponse message;
    v1::DensityRuns& runs = *message.mutable_runs();
    runs.set_group_code(set.group_code);
    runs.set_bandwidth_index(static_cast<int>(set.bandwidth_index));
    runs.set_layer(layer);
    for (int line = row; line < std::min(rows, row + block); ++line) {
      LayerRowToProto(values.subspan(surface.spec().index({0, line}), static_cast<std::size_t>(columns)),
                      line, layer, runs);
    }
    Send(writer, message, call);
  }
}

void SendContours(const RiskRun& run, grpc::ServerWriter<v1::ComputeRelativeRiskResponse>* writer,
                  const Call& call) {
  v1::ComputeRelativeRiskResponse message;
  int points = 0;
  const auto flush = [&] {
    if (message.contours().contours_size() > 0) {
      Send(writer, message, call);
    }
    message.mutable_contours()->clear_contours();
    points = 0;
  };
  for (const RiskContours& level : run.contours) {
    const auto begin = [&](bool closed) -> v1::ToleranceContour& {
      v1::ToleranceContour& added = *message.mutable_contours()->add_contours();
      added.set_p_upper(level.p_upper);
      added.set_monte_carlo(level.monte_carlo);
      added.set_closed(closed);
      return added;
    };
    for (const geo::Contour& line : level.lines) {
      v1::ToleranceContour* part = &begin(line.closed);
      for (const geo::PlanePoint& point : line.points) {
        *part->add_points() = ToProto(point);
        if (++points == kContourPoints) {
          // A long line goes on in the next message from the point where it was cut.
          part->set_continued(true);
          flush();
          part = &begin(line.closed);
          *part->add_points() = ToProto(point);
        }
      }
    }
  }
  flush();
}

}  // namespace

grpc::Status AnalysisServiceImpl::ComputeDensity(grpc::ServerContext* context,
                                                 const v1::ComputeDensityRequest* request,
                                                 grpc::ServerWriter<v1::ComputeDensityResponse>* writer) {
  return with_.gate.Run(context, "lagesbild.v1.AnalysisService/ComputeDensity", [&](const Call& call) {
    Violations violations;
    const geo::AgeScheme scheme = with_.store.CurrentAgeScheme();
    DensityRequest asked = FromProto(*request, with_.store.ListReporters(), scheme, violations);
    asked.picture.audience = call.caller.audience;
    violations.ThrowIfAny();
    CheckCost(with_.gazetteer.Get()->study_area, asked, static_cast<int>(scheme.groups.size()), violations);

    ProgressSender progress(writer, call);
    DensityRun run =
        RunDensity(with_.store, asked, edge_factors_, call.stop(), [&](double fraction, const char* stage) {
          if (request->send_progress()) {
            progress(fraction, stage);
          }
        });
    v1::ComputeDensityResponse first;
    *first.mutable_header() = ToProto(run, asked);
    Send(writer, first, call);
    for (const geo::DensityLayerSet& set : run.layers.sets) {
      if (!set.at_locations.empty()) {
        *first.mutable_at_locations() = LocationsToProto(set);
        Send(writer, first, call);
      }
    }
    for (const geo::DensityLayerSet& set : run.layers.sets) {
      SendLayer(set, set.plain.density, v1::DENSITY_LAYER_PLAIN, writer, call);
      if (set.spread) {
        SendLayer(set, set.spread->density, v1::DENSITY_LAYER_SPREAD, writer, call);
        SendLayer(set, *set.difference, v1::DENSITY_LAYER_DIFFERENCE, writer, call);
      }
      if (set.lower) {
        SendLayer(set, *set.lower, v1::DENSITY_LAYER_LOWER, writer, call);
        SendLayer(set, *set.upper, v1::DENSITY_LAYER_UPPER, writer, call);
        SendLayer(set, *set.share_in_top, v1::DENSITY_LAYER_SHARE_IN_TOP, writer, call);
      }
    }
  });
}

grpc::Status AnalysisServiceImpl::SelectBandwidth(grpc::ServerContext* context,
                                                  const v1::SelectBandwidthRequest* request,
                                                  v1::SelectBandwidthResponse* response) {
  return with_.gate.Run(context, "lagesbild.v1.AnalysisService/SelectBandwidth", [&](const Call& call) {
    Violations violations;
    BandwidthRequest asked =
        FromProto(*request, with_.store.ListReporters(), with_.store.CurrentAgeScheme(), violations);
    asked.picture.audience = call.caller.audience;
    violations.ThrowIfAny();
    const auto surfaces = static_cast<std::int64_t>(std::size(geo::kSensitivityFactors)) + 1;
    CheckSurfaceMemory(with_.gazetteer.Get()->study_area, asked.picture.options.density_cell,
                       asked.sensitivity_top_share ? surfaces * kValueBytes : 0, "", violations);
    violations.ThrowIfAny();
    *response = ToProto(RunBandwidthSelection(with_.store, asked, call.stop()), asked);
  });
}

grpc::Status AnalysisServiceImpl::ComputeRelativeRisk(
    grpc::ServerContext* context, const v1::ComputeRelativeRiskRequest* request,
    grpc::ServerWriter<v1::ComputeRelativeRiskResponse>* writer) {
  return with_.gate.Run(context, "lagesbild.v1.AnalysisService/ComputeRelativeRisk", [&](const Call& call) {
    Violations violations;
    RiskRequest asked =
        FromProto(*request, with_.store.ListReporters(), with_.store.CurrentAgeScheme(), violations);
    asked.picture.audience = call.caller.audience;
    violations.ThrowIfAny();
    CheckSurfaceMemory(with_.gazetteer.Get()->study_area, asked.picture.options.density_cell, kRiskBytes, "",
                       violations);
    violations.ThrowIfAny();
    const RiskRun run = RunRelativeRisk(with_.store, asked, call.stop());
    v1::ComputeRelativeRiskResponse message;
    *message.mutable_header() = ToProto(run, asked);
    Send(writer, message, call);
    const int block = RowsPerMessage(run.grid.columns, 4 * kValueBytes);
    for (int row = 0; row < run.grid.rows; row += block) {
      message.mutable_runs()->clear_runs();
      for (int line = row; line < std::min(run.grid.rows, row + block); ++line) {
        RiskRowToProto(run, line, *message.mutable_runs());
      }
      Send(writer, message, call);
    }
    SendContours(run, writer, call);
  });
}

}  // namespace lagesbild::service
