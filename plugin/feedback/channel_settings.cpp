#include "feedback/channel_settings.hpp"

#include <curl/curl.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <filesystem>
#include <memory>

namespace lead_system::feedback {
namespace {

constexpr std::size_t longest_value = 500;
constexpr std::size_t longest_secret = 4000;

constexpr std::array transport_rows{transport_row{"https", "HTTPS"}, transport_row{"sftp", "SFTP"},
                                    transport_row{"directory", "Drop folder"}, transport_row{"none", "No feedback"}};

using kind = setting_kind;
constexpr std::array https_settings{
    channel_setting{"url", kind::address, true, "Address", "For example https://feedback.example/lead-status."},
    channel_setting{"user", kind::text, false, "User name", "For a sign-in with name and password."},
    channel_setting{"password", kind::secret, false, "Password", ""},
    channel_setting{"token", kind::secret, false, "Access token", "Instead of name and password (bearer)."},
    channel_setting{"ca", kind::file, false, "Certificate authority",
                    "PEM file on the server. Empty: those that the server trusts anyway."},
    channel_setting{"certificate", kind::file, false, "Client certificate", "PEM or PKCS#12 file on the server."},
    channel_setting{"key", kind::file, false, "Key of the client certificate",
                    "PEM file on the server; PKCS#12 holds it already."},
    channel_setting{"key_password", kind::secret, false, "Password of the key", ""},
    channel_setting{"proxy", kind::address, false, "Proxy", "For example http://proxy.example:3128."},
    channel_setting{"proxy_user", kind::text, false, "User name at the proxy", ""},
    channel_setting{"proxy_password", kind::secret, false, "Password at the proxy", ""},
};
constexpr std::array sftp_settings{
    channel_setting{"url", kind::address, true, "Address", "For example sftp://feedback.example/inbox."},
    channel_setting{"user", kind::text, true, "User name", ""},
    channel_setting{"password", kind::secret, false, "Password", ""},
    channel_setting{"key", kind::file, false, "Private key", "File on the server. Instead of the password."},
    channel_setting{"key_password", kind::secret, false, "Password of the key", ""},
    channel_setting{"host_key", kind::text, false, "Fingerprint of the receiver's key",
                    "SHA256:… as the manufacturer tells it. Several are divided by blanks."},
    channel_setting{"known_hosts", kind::file, false, "known_hosts file", "Instead of the fingerprint."},
    channel_setting{"proxy", kind::address, false, "Proxy", "For example http://proxy.example:3128."},
    channel_setting{"proxy_user", kind::text, false, "User name at the proxy", ""},
    channel_setting{"proxy_password", kind::secret, false, "Password at the proxy", ""},
};
constexpr std::array directory_settings{
    channel_setting{"directory", kind::folder, false, "Folder", "Below {1}. Empty: the plugin's own outbox."},
};

struct url_closer {
  void operator()(CURLU *url) const noexcept { curl_url_cleanup(url); }
};

/// An address in its parts; not usable where it is none.
class address {
 public:
  explicit address(const std::string &text) : url_(curl_url()) {
    usable_ = curl_url_set(url_.get(), CURLUPART_URL, text.c_str(), CURLU_NON_SUPPORT_SCHEME) == CURLUE_OK;
  }
  bool usable() const noexcept { return usable_; }
  std::string part(CURLUPart which, unsigned flags = 0) const {
    char *text = nullptr;
    if (!usable_ || curl_url_get(url_.get(), which, &text, flags) != CURLUE_OK) return {};
    std::string result(text);
    curl_free(text);
    return result;
  }

 private:
  std::unique_ptr<CURLU, url_closer> url_;
  bool usable_ = false;
};

bool has_blanks(std::string_view text) {
  return std::any_of(text.begin(), text.end(), [](unsigned char c) { return c <= ' ' || c == 0x7f; });
}

bool has_control_characters(std::string_view text) {
  return std::any_of(text.begin(), text.end(), [](unsigned char c) { return c < ' ' || c == 0x7f; });
}

message problem_of_url(std::string_view transport, const std::string &value) {
  if (has_blanks(value)) return {"Give the address without blanks and line breaks.", {}};
  const address parts(value);
  if (parts.usable() && (!parts.part(CURLUPART_USER).empty() || !parts.part(CURLUPART_PASSWORD).empty())) {
    return {"Give user name and password in their own fields, not in the address.", {}};
  }
  if (transport == "sftp") {
    if (parts.part(CURLUPART_SCHEME) == "sftp" && !parts.part(CURLUPART_HOST).empty()) return {};
    return {"Give the full address, for example {1}.", {"sftp://feedback.example/inbox"}};
  }
  if (may_speak_to(value)) return {};
  if (parts.part(CURLUPART_SCHEME) == "http" && value.starts_with("http://")) {
    return {"Messages hold personal data and go over https:// only.", {}};
  }
  return {"Give the full address, for example {1}.", {"https://feedback.example/lead-status"}};
}

message problem_of_proxy(const std::string &value) {
  constexpr std::array schemes{"http", "https", "socks5", "socks5h"};
  const address parts(value);
  if (!has_blanks(value) && parts.part(CURLUPART_USER).empty() &&
      std::find(schemes.begin(), schemes.end(), parts.part(CURLUPART_SCHEME)) != schemes.end() &&
      value.find("://") != std::string::npos) {
    return {};
  }
  return {"Give the full address, for example {1}.", {"http://proxy.example:3128"}};
}

message problem_of_path(setting_kind what, const std::string &value) {
  const std::filesystem::path path(value);
  if (!path.is_absolute() || value.find("..") != std::string::npos) {
    return {"Give the whole path, beginning with / and without “..”.", {}};
  }
  if (what == setting_kind::folder) return {};
  std::error_code ignored;
  if (std::filesystem::is_regular_file(path, ignored) && ::access(path.c_str(), R_OK) == 0) return {};
  return {"This file is not there, or the DMS may not read it.", {}};
}

message problem_of_fingerprints(const std::string &value) {
  constexpr std::string_view head = "SHA256:";
  constexpr std::size_t digest_length = 43;  // 256 bits in base64 without the padding
  for (std::size_t at = 0; at < value.size();) {
    const auto end = std::min(value.find(' ', at), value.size());
    const auto one = std::string_view(value).substr(at, end - at);
    at = end + 1;
    if (one.empty()) continue;
    if (!one.starts_with(head) || one.size() < head.size() + digest_length) {
      return {"Give the fingerprint as SHA256: and 43 characters.", {}};
    }
  }
  return {};
}

message problem_of_value(std::string_view transport, const channel_setting &setting, const std::string &value) {
  if (value.size() > longest_value) return {"At most {1} characters.", {std::to_string(longest_value)}};
  if (has_control_characters(value)) return {"Leave out line breaks and control characters.", {}};
  switch (setting.kind) {
    case kind::address:
      return setting.name == "proxy" ? problem_of_proxy(value) : problem_of_url(transport, value);
    case kind::file:
    case kind::folder:
      return problem_of_path(setting.kind, value);
    case kind::text:
    case kind::secret:
      break;
  }
  return setting.name == "host_key" ? problem_of_fingerprints(value) : message{};
}

}  // namespace

std::span<const transport_row> transports() noexcept {
  return transport_rows;
}

bool is_transport(std::string_view key) noexcept {
  return std::any_of(transport_rows.begin(), transport_rows.end(), [&](const auto &way) { return way.key == key; });
}

std::span<const channel_setting> settings_of(std::string_view transport) noexcept {
  if (transport == "https") return https_settings;
  if (transport == "sftp") return sftp_settings;
  if (transport == "directory") return directory_settings;
  return {};
}

std::string secret_key(std::string_view source, std::string_view name) {
  return "feedback." + std::string(source) + "." + std::string(name);
}

std::map<std::string, message> problems_of(const store::feedback_channel &channel) {
  std::map<std::string, message> wrong;
  if (!is_transport(channel.transport)) {
    wrong["transport"] = {"Choose HTTPS, SFTP, drop folder or none.", {}};
    return wrong;
  }
  for (const auto &setting : settings_of(channel.transport)) {
    if (setting.kind == kind::secret) continue;
    const std::string name(setting.name);
    const auto found = channel.settings.find(name);
    if (found == channel.settings.end() || found->second.empty()) {
      if (setting.required) wrong[name] = {"This field is needed.", {}};
    } else if (auto problem = problem_of_value(channel.transport, setting, found->second); !problem.empty()) {
      wrong[name] = std::move(problem);
    }
  }
  const auto set = [&](const char *name) {
    const auto found = channel.settings.find(name);
    return found != channel.settings.end() && !found->second.empty();
  };
  if (channel.transport == "sftp" && !set("host_key") && !set("known_hosts")) {
    wrong["host_key"] = {"Give the fingerprint of the receiver's key, or a known_hosts file.", {}};
  }
  if (channel.transport == "https" && set("key") && !set("certificate")) {
    wrong["certificate"] = {"A key needs its certificate.", {}};
  }
  return wrong;
}

message problem_of_secret(std::string_view value) {
  if (value.size() > longest_secret) return {"At most {1} characters.", {std::to_string(longest_secret)}};
  if (has_control_characters(value)) return {"Leave out line breaks and control characters.", {}};
  return {};
}

namespace {

/// "https://feedback.example:443"
std::string place_of(const store::feedback_channel &channel, const char *name) {
  const auto found = channel.settings.find(name);
  if (found == channel.settings.end() || found->second.empty()) return {};
  const address parts(found->second);
  auto host = parts.part(CURLUPART_HOST);
  std::ranges::transform(host, host.begin(),
                         [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
  return parts.part(CURLUPART_SCHEME) + "://" + host + ':' + parts.part(CURLUPART_PORT, CURLU_DEFAULT_PORT);
}

}  // namespace

std::string receiver_of(const store::feedback_channel &channel, std::string_view secret) {
  if (secret == "key_password") return {};  // opens a file of this machine
  if (secret.starts_with("proxy")) return place_of(channel, "proxy");
  const auto goal = place_of(channel, "url");
  return goal.starts_with("http://") ? goal + " by " + place_of(channel, "proxy") : goal;
}

bool lies_below(const std::string &folder, const std::string &root) {
  const auto inside = std::filesystem::path(folder).lexically_normal().lexically_relative(
      std::filesystem::path(root).lexically_normal());
  return !inside.empty() && *inside.begin() != "..";
}

bool may_speak_to(const std::string &text) {
  const address parts(text);
  const auto scheme = parts.part(CURLUPART_SCHEME), host = parts.part(CURLUPART_HOST);
  if (scheme == "https") return text.starts_with("https://") && !host.empty();
  return scheme == "http" && (host == "localhost" || host == "127.0.0.1" || host == "[::1]");
}

}  // namespace lead_system::feedback
