#include "service/config.h"

#include <arpa/inet.h>
#include <toml++/toml.h>

#include <charconv>
#include <sstream>

#include "maps/errors.h"
#include "service/convert.h"

namespace lagesbild::service {
namespace {

constexpr std::size_t kSocketPathBytes = 107;  // sun_path of Linux, less its end

[[noreturn]] void Refuse(const std::string& listen, const std::string& why) {
  throw InvalidRequest(
      "listen", "\"" + listen + "\" " + why + "; use unix:/path/to/socket, 127.0.0.1:PORT or [::1]:PORT");
}

bool IsPort(std::string_view text) {
  int port = -1;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), port);
  return error == std::errc{} && end == text.data() + text.size() && port >= 0 && port <= 65535;
}

bool IsLoopback(const std::string& host) {
  in_addr v4{};
  if (::inet_pton(AF_INET, host.c_str(), &v4) == 1) {
    return (ntohl(v4.s_addr) >> 24) == 127;
  }
  in6_addr v6{};
  return host.size() > 2 && host.front() == '[' && host.back() == ']' &&
         ::inet_pton(AF_INET6, host.substr(1, host.size() - 2).c_str(), &v6) == 1 &&
         IN6_IS_ADDR_LOOPBACK(&v6);
}

}  // namespace

Config ReadConfig(const std::filesystem::path& file) {
  toml::table table;
  Violations violations;
  try {
    table = toml::parse_file(file.string());
  } catch (const toml::parse_error& e) {
    if (!std::filesystem::exists(file)) {
      throw maps::IoError(file.string(), "no such configuration file");
    }
    throw InvalidRequest("config", file.string() + " line " + std::to_string(e.source().begin.line) + ": " +
                                       std::string(e.description()));
  }
  Config config;
  for (const auto& [key, value] : table) {
    const std::string name(key.str());
    const auto text = value.value<std::string>();
    const std::string where = file.string() + " line " + std::to_string(value.source().begin.line) + ": ";
    if (!text || !value.is_string()) {
      violations.Add(name, where + "must be text in quotes");
    } else if (name == "store") {
      config.store = *text;
    } else if (name == "data_dir") {
      config.data_dir = *text;
    } else if (name == "token_file") {
      config.token_file = *text;
    } else if (name == "listen") {
      config.listen = *text;
    } else if (name == "log_file") {
      config.log_file = *text;
    } else {
      violations.Add(name,
                     where + "is no known key; known are store, data_dir, token_file, listen, log_file");
    }
  }
  violations.ThrowIfAny();
  return config;
}

std::string CheckListenAddress(const std::string& listen) {
  if (listen.starts_with("unix:")) {
    const std::string path = listen.substr(5);
    if (path.empty() || path.size() > kSocketPathBytes) {
      Refuse(listen, "needs a path of 1 to 107 bytes");
    }
    return listen;
  }
  const auto colon = listen.rfind(':');
  if (colon == std::string::npos || !IsPort(listen.substr(colon + 1))) {
    Refuse(listen, "has no port");
  }
  std::string host = listen.substr(0, colon);
  if (host == "localhost") {
    host = "127.0.0.1";
  }
  if (!IsLoopback(host)) {
    Refuse(listen, "is open to the network, and nothing encrypts the calls");
  }
  return host + listen.substr(colon);
}

}  // namespace lagesbild::service
