#include <CLI/CLI.hpp>
#include <cstdio>
#include <memory>

#include "lagesbild/v1/layer_service.grpc.pb.h"
#include "tools/cli.h"
#include "tools/cli_paging.h"
#include "tools/cli_session.h"
#include "tools/cli_text.h"
#include "tools/cli_transfer.h"

namespace lagesbild::tools {
namespace {

struct LayerOptions {
  std::string picture, name, out;
};

void List(Session& session, const LayerOptions& options) {
  const auto stub = session.Stub<v1::LayerService>();
  v1::ListLayersRequest request;
  request.set_parent(options.picture);
  const auto all = AllPages<v1::ListLayersResponse>(session, request,
                                                    [&](auto... call) { return stub->ListLayers(call...); });
  if (session.json()) {
    session.PrintJson(all);
    return;
  }
  TextTable table({session.Say("lager", "layer"), session.Say("kvartal", "quarter"),
                   session.Say("ålder", "ages"), "byte", session.Say("titel", "title")});
  for (const v1::Layer& layer : all.layers()) {
    table.Add({layer.name(), QuarterText(layer.quarter(), session.swedish()), layer.group_code(),
               std::to_string(layer.size_bytes()), layer.title_sv()});
  }
  table.Print();
}

void Get(Session& session, const LayerOptions& options) {
  FetchLayer(session, options.name, options.out);
  std::fprintf(stderr, "%s\n", options.out.c_str());
}

}  // namespace

void AddLayersCommand(CLI::App& app, CommandLine& line) {
  const auto options = std::make_shared<LayerOptions>();
  CLI::App* group = app.add_subcommand("layers", "Files of pictures")->alias("layer");
  group->require_subcommand(1);
  CLI::App* list = group->add_subcommand("list", "Lists files\nExample: lagesbild --store l.db layers list");
  list->add_option("--picture", options->picture, "Only those of a picture, pictures/12");
  list->callback([&line, options] { line.run = [options](Session& session) { List(session, *options); }; });
  CLI::App* get = group->add_subcommand(
      "get",
      "Fetches a file, checked by its SHA-256\n"
      "Example: lagesbild --store l.db layers get pictures/12/layers/lagesbild_2026K3.gpkg --out bild.gpkg");
  get->add_option("NAME", options->name, "As listed: pictures/12/layers/FILE")->required();
  get->add_option("--out", options->out, "Where to write it")->required();
  get->callback([&line, options] { line.run = [options](Session& session) { Get(session, *options); }; });
}

}  // namespace lagesbild::tools
