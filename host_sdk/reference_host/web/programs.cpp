// What programs ask: health, intake; and the files that pages need.
#include <map>
#include <set>

#include "reference_host/web/handlers.hpp"
#include "reference_host/web/packing.hpp"
#include "reference_host/web/rendered.hpp"

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

/// The limit counts what comes out.
bool can_unpack(std::string_view coding) {
  static const std::set<std::string, std::less<>> known{"", "identity", "gzip", "x-gzip", "deflate"};
  return known.contains(coding);
}

const std::map<std::string, const char *, std::less<>> types{{".css", "text/css; charset=utf-8"},
                                                             {".js", "text/javascript; charset=utf-8"},
                                                             {".svg", "image/svg+xml"},
                                                             {".otf", "font/otf"}};

void refuse_intake(const exchange &on, int status, const char *sentence) {
  on.send_problem(status, on.say(sentence));
}

/// What is written down of a payload that is refused.
std::string trace_of(const http_request &request) {
  if (request.state != body_state::whole) return std::to_string(request.body_bytes) + " bytes, not read to the end";
  return std::to_string(request.body.size()) + " bytes, SHA-256 " + digest_hex(request.body);
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

namespace {

/// Answers a payload whose Idempotency-Key was answered before; false where it is a new one.
bool answered_before(const exchange &on, const std::string &source, std::string_view key, std::string_view payload) {
  if (key.empty()) return false;
  if (key.size() > intake_answers::longest_key) {
    refuse_intake(on, 400, "The Idempotency-Key is too long: send up to 200 characters.");
    return true;
  }
  auto before = on.in.dms.data().intake_answers.find(on.request.bearer(), source, key, payload);
  if (!before) return false;
  if (!before->same_payload) {
    refuse_intake(on, 422, "This Idempotency-Key was for another payload. Nothing was stored; send a new key.");
    return true;
  }
  on.response.set("Idempotency-Replayed", "true");
  on.send(200, std::move(before->answer), "application/json; charset=utf-8");
  return true;
}

}  // namespace

bool admit_payload(const exchange &on, const std::string &source) {
  if (!on.in.dms.data().intake_tokens.accepts(source, on.request.bearer(), on.in.dms.clock().now_us())) {
    on.response.set("WWW-Authenticate", "Bearer");
    refuse_intake(on, 401, "The token is missing or not valid for this source.");
  } else if (!served(on.in.dms, source)) {
    if (!on.in.dms.plugins().waiting().empty()) {
      on.response.set("Retry-After", "10");
      refuse_intake(on, 503, "The payload could not be stored. Please send it again later.");
    } else if (!on.in.dms.knows_source(source)) {
      refuse_intake(on, 404, "There is no such source.");
    } else {
      // The sender did nothing wrong and must not throw the payload away.
      on.response.set("Retry-After", "60");
      refuse_intake(on, 503, "The plugin of this source is disabled. Please send the payload again later.");
    }
  } else if (!is_payload(std::string(on.request.field("Content-Type")))) {
    refuse_intake(on, 415, "Payloads are XML, JSON, CSV, mail or plain bytes.");
  } else if (!can_unpack(on.request.field("Content-Encoding"))) {
    refuse_intake(on, 415, "The Content-Encoding is not known: send gzip, deflate or none.");
  } else {
    return true;
  }
  return false;
}

void take_in(const exchange &on, const std::string &source) {
  const auto &request = on.request;
  const auto too_large = [&] {
    note_refusal(on, source, "413: " + trace_of(request));
    refuse_intake(on, 413, "The payload is over 32 MiB. Nothing was stored; split it.");
  };
  if (request.state == body_state::too_large) return too_large();
  std::string_view payload = request.body;
  unpacked opened;
  if (const auto coding = request.field("Content-Encoding"); !coding.empty() && coding != "identity") {
    opened = unpack(payload, intake_limit);
    if (opened.fault == unpacking_fault::too_large) return too_large();
    if (opened.fault == unpacking_fault::broken) {
      note_refusal(on, source, "400: " + trace_of(request));
      on.response.last = true;
      return refuse_intake(on, 400, "The payload cannot be unpacked. Nothing was stored; send it again.");
    }
    payload = opened.bytes;
  }
  const auto key = request.field("Idempotency-Key");
  if (answered_before(on, source, key, payload)) return;
  auto call = on.call("http");
  auto from = on.in.dms.run_import(*call, source, payload, "");
  if (from.status == dms_ok && !key.empty()) {
    on.in.dms.data().intake_answers.keep(request.bearer(), source, key, payload, from.document,
                                         on.in.dms.clock().now_us());
  }
  if (from.status == dms_ok) return on.send(200, std::move(from.document), "application/json; charset=utf-8");
  const auto status = http_status(from.status);
  if (status == 503) on.response.set("Retry-After", "30");
  auto sentence =
      from.message.empty() ? on.say("The payload could not be stored. Please send it again later.") : from.message;
  on.send_problem(status, sentence);
}

void send_description(const exchange &on) {
  on.response.status = 200;
  on.response.set("Content-Type", "application/json; charset=utf-8");
  on.response.body = resources().find("openapi.json")->second;
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
  bool stamped = on.params.contains(on.in.stamp) || name.ends_with(".otf");
  on.response.set("Cache-Control", stamped ? "public, max-age=31536000, immutable" : "no-cache");
  on.response.status = 200;
  on.response.set("Content-Type", type->second);
  on.response.body = found->second;
}

}  // namespace dms::reference::web
