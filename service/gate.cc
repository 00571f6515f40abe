#include "service/gate.h"

namespace lagesbild::service {

std::string_view Gate::Authorization(const grpc::ServerContext& context) {
  const auto& metadata = context.client_metadata();
  const auto found = metadata.find("authorization");
  return found == metadata.end() ? std::string_view{}
                                 : std::string_view{found->second.data(), found->second.size()};
}

grpc::Status Gate::Finish(std::string_view rpc, const Caller& caller, const std::optional<Fault>& fault,
                          std::chrono::steady_clock::duration took) {
  const auto code = fault ? fault->code : grpc::StatusCode::OK;
  log_.Call(rpc, StatusCodeName(code), std::chrono::duration<double, std::milli>(took).count(),
            caller.audience);
  if (!fault) {
    return grpc::Status::OK;
  }
  if (!fault->log_text.empty()) {
    log_.Error("fault", {{"rpc", rpc}, {"reason", fault->reason}, {"what", fault->log_text}});
  }
  return ToStatus(*fault);
}

}  // namespace lagesbild::service
