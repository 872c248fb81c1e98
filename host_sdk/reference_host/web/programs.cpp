// What programs ask: health, intake; and the files that pages need.
#include <sodium.h>

#include <array>

#include "reference_host/web/handlers.hpp"
#include "reference_host/web/resources.hpp"

namespace dms::reference::web {
namespace {

/// XML, JSON, CSV, mail and plain bytes; what a browser's form sends is none of them.
bool is_payload(std::string type) {
  type = type.substr(0, type.find(';'));
  while (type.ends_with(' ')) type.pop_back();
  static const std::set<std::string, std::less<>> known{
      "",         "application/xml", "text/xml",       "application/json",         "text/json",
      "text/csv", "text/plain",      "message/rfc822", "application/octet-stream", "application/csv"};
  return known.contains(type) || type.ends_with("+xml") || type.ends_with("+json");
}

/// What the library unpacks; the limit counts what came out.
bool can_unpack(const std::string &coding) {
  static const std::set<std::string, std::less<>> known{"", "identity", "gzip", "deflate", "br"};
  return known.contains(coding);
}

const std::map<std::string, const char *, std::less<>> types{{".css", "text/css; charset=utf-8"},
                                                             {".js", "text/javascript; charset=utf-8"},
                                                             {".svg", "image/svg+xml"},
                                                             {".otf", "font/otf"}};

void refuse_intake(const exchange &on, int status, const char *sentence) {
  on.send_json(status, {{"error", on.say(sentence)}, {"correlation", on.correlation}});
}

/// A payload with what is written down of it when it is refused.
struct arrived {
  std::optional<std::string> body;
  bool too_large = false;
  std::string trace;  ///< size and digest of what was read
};

arrived receive(const httplib::ContentReader &reader) {
  crypto_hash_sha256_state state;
  crypto_hash_sha256_init(&state);
  std::uint64_t size = 0;
  const httplib::ContentReader counted(
      [&](httplib::ContentReceiver receiver) {
        return reader([&](const char *bytes, std::size_t count) {
          crypto_hash_sha256_update(&state, reinterpret_cast<const unsigned char *>(bytes), count);
          size += count;
          return receiver(bytes, count);
        });
      },
      [](const httplib::MultipartContentHeader &, const httplib::ContentReceiver &) { return false; });
  arrived result{read_body(counted, intake_limit), size > intake_limit, {}};
  std::array<unsigned char, crypto_hash_sha256_BYTES> digest{};
  crypto_hash_sha256_final(&state, digest.data());
  std::array<char, 2 * digest.size() + 1> hex{};
  sodium_bin2hex(hex.data(), hex.size(), digest.data(), digest.size());
  result.trace = std::to_string(size) + " bytes, SHA-256 " + hex.data();
  return result;
}

/// Nothing that came under a valid token goes without a trace.
void note_refusal(const exchange &on, const std::string &source, const std::string &why) {
  auto &dms = on.in.dms;
  dms.record({0, dms.clock().now_us(), "", "http", "intake.refused", source, why});
}

bool served(host &dms, const std::string &source) {
  for (const auto &hook : dms.registry().hooks()) {
    if (hook.source == source) return true;
  }
  return false;
}

}  // namespace

void show_health(const exchange &on) {
  auto report = on.in.dms.health();
  json plugins = json::array();
  for (const auto &each : report.plugins) {
    plugins.push_back({{"id", each.id}, {"version", each.version}, {"state", std::string(to_string(each.state))}});
  }
  on.send_json(report.ok ? 200 : 503, {{"status", report.ok ? "ok" : "unavailable"}, {"plugins", plugins}});
}

void take_in(const exchange &on, const std::string &source, const httplib::ContentReader &reader) {
  constexpr std::string_view scheme = "Bearer ";
  auto header = on.request.get_header_value("Authorization");
  auto token = header.starts_with(scheme) ? header.substr(scheme.size()) : std::string{};
  bool accepted = on.in.dms.data().intake_tokens.accepts(source, token, on.in.dms.clock().now_us());
  if (!accepted) {
    read_body(reader, intake_limit, false);
    on.response.set_header("WWW-Authenticate", "Bearer");
    return refuse_intake(on, 401, "The token is missing or not valid for this source.");
  }
  if (!served(on.in.dms, source)) {
    read_body(reader, intake_limit, false);
    if (!on.in.dms.plugins().waiting().empty()) {
      on.response.set_header("Retry-After", "10");
      return refuse_intake(on, 503, "The payload could not be stored. Please send it again later.");
    }
    if (!on.in.dms.knows_source(source)) return refuse_intake(on, 404, "There is no such source.");
    // The sender did nothing wrong and must not throw the payload away.
    on.response.set_header("Retry-After", "60");
    return refuse_intake(on, 503, "The plugin of this source is disabled. Please send the payload again later.");
  }
  if (!is_payload(on.request.get_header_value("Content-Type"))) {
    read_body(reader, intake_limit, false);
    return refuse_intake(on, 415, "Payloads are XML, JSON, CSV, mail or plain bytes.");
  }
  if (!can_unpack(on.request.get_header_value("Content-Encoding"))) {
    read_body(reader, intake_limit, false);
    return refuse_intake(on, 415, "The Content-Encoding is not known: send gzip, deflate, br or none.");
  }
  auto [body, too_large, trace] = receive(reader);
  if (!body) {
    note_refusal(on, source, (too_large ? "413: " : "400: ") + trace);
    if (too_large) return refuse_intake(on, 413, "The payload is over 32 MiB. Nothing was stored; split it.");
    return refuse_intake(on, 400, "The payload broke off or cannot be unpacked. Nothing was stored; send it again.");
  }
  auto call = on.call("http");
  auto from = on.in.dms.run_import(*call, source, *body, "");
  if (from.status == dms_ok) return on.send(200, std::move(from.document), "application/json; charset=utf-8");
  auto status = http_status(from.status);
  if (status == 503) on.response.set_header("Retry-After", "30");
  auto sentence =
      from.message.empty() ? on.say("The payload could not be stored. Please send it again later.") : from.message;
  on.send_json(status, {{"error", sentence}, {"correlation", on.correlation}});
}

void send_asset(const exchange &on, const std::string &name) {
  auto dot = name.rfind('.');
  auto type = types.find(dot == std::string::npos ? "" : name.substr(dot));
  auto found = resources().find(name);
  if (found == resources().end() || type == types.end()) {
    on.send(404, "Not found\n", "text/plain");
    return;
  }
  // A page names its files with the stamp of this build: they may be kept for good. Fonts never change in a build.
  bool stamped = on.request.has_param(on.in.stamp) || name.ends_with(".otf");
  on.response.headers.erase("Cache-Control");
  on.response.set_header("Cache-Control", stamped ? "public, max-age=31536000, immutable" : "no-cache");
  auto bytes = found->second;
  on.response.status = 200;
  on.response.set_content_provider(bytes.size(), type->second,
                                   [bytes](std::size_t offset, std::size_t length, httplib::DataSink &sink) {
                                     return sink.write(bytes.data() + offset, length);
                                   });
}

}  // namespace dms::reference::web
