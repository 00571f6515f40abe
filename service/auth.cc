#include "service/auth.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <set>
#include <sstream>

#include "maps/errors.h"
#include "service/errors.h"
#include "service/hashing.h"
#include "service/limits.h"

namespace lagesbild::service {
namespace {

constexpr std::string_view kScheme = "Bearer ";
constexpr std::array<std::string_view, 3> kAudiences = {"internal", "partner", "public"};

// Partner and public may list and read what was published for them: nothing, until publishing with its audit
// is there.
constexpr Right kRights[] = {
    {"lagesbild.v1.RegisterService/ImportRegister"},
    {"lagesbild.v1.RegisterService/ListRegisters"},
    {"lagesbild.v1.RegisterService/GetMunicipality"},
    {"lagesbild.v1.GeocodingService/Geocode"},
    {"lagesbild.v1.GeocodingService/BatchGeocode"},
    {"lagesbild.v1.GeocodingService/StreamGeocode"},
    {"lagesbild.v1.GeocodingService/ReverseGeocode"},
    {"lagesbild.v1.GeocodingService/SuggestPlaces"},
    {"lagesbild.v1.ReporterService/PutReporter"},
    {"lagesbild.v1.ReporterService/ListReporters"},
    {"lagesbild.v1.ReporterService/RecordAnswers"},
    {"lagesbild.v1.ReporterService/ListAnswers"},
    {"lagesbild.v1.ReporterService/CompareQuarters"},
    {"lagesbild.v1.ReporterService/PutReporterAim"},
    {"lagesbild.v1.IncidentService/ImportIncidents"},
    {"lagesbild.v1.IncidentService/GetImport"},
    {"lagesbild.v1.IncidentService/ListImports"},
    {"lagesbild.v1.IncidentService/ListRejectedRows"},
    {"lagesbild.v1.IncidentService/UndoImport"},
    {"lagesbild.v1.IncidentService/ListIncidents"},
    {"lagesbild.v1.IncidentService/ListUnresolvedPlaces"},
    {"lagesbild.v1.IncidentService/ResolvePlace"},
    {"lagesbild.v1.IncidentService/ListResolutions"},
    {"lagesbild.v1.IncidentService/UndoResolution"},
    {"lagesbild.v1.IncidentService/GetGeocodingReport"},
    {"lagesbild.v1.AnalysisService/ComputeHotspots"},
    {"lagesbild.v1.AnalysisService/ComputeDensity"},
    {"lagesbild.v1.AnalysisService/SelectBandwidth"},
    {"lagesbild.v1.AnalysisService/ComputeRelativeRisk"},
    {"lagesbild.v1.PictureService/CreatePictureJob"},
    {"lagesbild.v1.PictureService/GetPicture"},
    {"lagesbild.v1.PictureService/ListPictures", true},
    {"lagesbild.v1.PictureService/AttackReleases"},
    {"lagesbild.v1.LayerService/ListLayers", true},
    {"lagesbild.v1.LayerService/ReadLayer", true},
    {"lagesbild.v1.JobService/GetJob"},
    {"lagesbild.v1.JobService/ListJobs"},
    {"lagesbild.v1.JobService/WatchJob"},
    {"lagesbild.v1.JobService/CancelJob"},
};

class Descriptor {
 public:
  explicit Descriptor(int fd) : fd_(fd) {}
  ~Descriptor() {
    if (fd_ >= 0) {
      ::close(fd_);
    }
  }
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  int get() const { return fd_; }

 private:
  int fd_;
};

[[noreturn]] void Refuse(const std::filesystem::path& file, const std::string& what) {
  throw InvalidRequest("token_file", file.string() + ": " + what);
}

std::string ReadPrivateFile(const std::filesystem::path& file) {
  const Descriptor descriptor(::open(file.c_str(), O_RDONLY | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK));
  if (descriptor.get() < 0) {
    if (errno == ELOOP) {
      Refuse(file, "is a link; give the token file itself");
    }
    throw maps::IoError(file.string(), std::string("cannot open the token file: ") + std::strerror(errno));
  }
  struct stat info {};
  if (::fstat(descriptor.get(), &info) != 0 || !S_ISREG(info.st_mode)) {
    Refuse(file, "is no regular file");
  }
  if (info.st_uid != ::geteuid()) {
    Refuse(file, "belongs to another user; it must belong to the one who runs this");
  }
  if ((info.st_mode & 07777) != 0600) {
    Refuse(file, "its mode is not 0600, which lets its owner alone read it; set it (chmod 600)");
  }
  std::string text;
  std::array<char, 4096> buffer{};
  for (ssize_t n = 0; (n = ::read(descriptor.get(), buffer.data(), buffer.size())) > 0;) {
    text.append(buffer.data(), static_cast<std::size_t>(n));
  }
  return text;
}

}  // namespace

std::span<const Right> Rights() { return kRights; }

std::vector<Token> ReadTokenFile(const std::filesystem::path& file) {
  std::istringstream lines(ReadPrivateFile(file));
  std::vector<Token> tokens;
  std::set<std::string> seen;
  int number = 0;
  for (std::string line; std::getline(lines, line);) {
    ++number;
    std::istringstream words(line.substr(0, line.find('#')));
    Token token;
    if (!(words >> token.secret)) {
      continue;
    }
    const std::string where = "line " + std::to_string(number) + ": ";
    if (!(words >> token.caller.audience >> token.caller.name)) {
      Refuse(file, where + "must be `token audience name`");
    }
    if (std::find(kAudiences.begin(), kAudiences.end(), token.caller.audience) == kAudiences.end()) {
      Refuse(file, where + "the audience must be internal, partner or public");
    }
    if (token.secret.size() < limits::kTokenCharacters) {
      Refuse(file, where + "the token must have at least " + std::to_string(limits::kTokenCharacters) +
                       " characters");
    }
    if (!seen.insert(token.secret).second) {
      Refuse(file, where + "the token stands there twice");
    }
    tokens.push_back(std::move(token));
  }
  if (tokens.empty()) {
    Refuse(file, "holds no token; write a line `token audience name`");
  }
  return tokens;
}

void CreateTokenFile(const std::filesystem::path& file) {
  const Descriptor descriptor(
      ::open(file.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600));
  if (descriptor.get() < 0) {
    if (errno == EEXIST) {
      return;
    }
    throw maps::IoError(file.string(), std::string("cannot make the token file: ") + std::strerror(errno));
  }
  const std::string line = Hex(RandomBytes(32)) + " internal local\n";
  // The umask may have taken the owner's rights away too.
  if (::fchmod(descriptor.get(), 0600) != 0 ||
      ::write(descriptor.get(), line.data(), line.size()) != static_cast<ssize_t>(line.size()) ||
      ::fsync(descriptor.get()) != 0) {
    const std::string reason = std::strerror(errno);
    ::unlink(file.c_str());
    throw maps::IoError(file.string(), "cannot write the token file: " + reason);
  }
}

Authorizer::Authorizer(const std::vector<Token>& tokens) {
  for (const Token& token : tokens) {
    entries_.push_back({Sha256Hex(token.secret), token.caller});
  }
}

Caller Authorizer::Authorize(std::string_view authorization, std::string_view rpc) const {
  if (!authorization.starts_with(kScheme)) {
    throw Unauthenticated("no token: send the metadata `authorization: Bearer <token>`");
  }
  const std::string digest = Sha256Hex(authorization.substr(kScheme.size()));
  const Caller* caller = nullptr;
  for (const Entry& entry : entries_) {
    unsigned difference = 0;
    for (std::size_t i = 0; i < digest.size(); ++i) {
      difference |= static_cast<unsigned>(digest[i] ^ entry.digest[i]);
    }
    caller = difference == 0 ? &entry.caller : caller;
  }
  if (caller == nullptr) {
    throw Unauthenticated("the token is not known; use one of the server's token file");
  }
  const auto right =
      std::find_if(std::begin(kRights), std::end(kRights), [&](const Right& r) { return r.rpc == rpc; });
  if (right == std::end(kRights) || (caller->audience != "internal" && !right->partner_and_public)) {
    throw Forbidden("the audience " + caller->audience + " may not call " + std::string(rpc));
  }
  return *caller;
}

}  // namespace lagesbild::service
