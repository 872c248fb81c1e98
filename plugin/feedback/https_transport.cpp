// https_transport.cpp - a message as an HTTPS POST.
#include <array>

#include "feedback/channel_settings.hpp"
#include "feedback/transfer.hpp"

namespace lead_system::feedback {
namespace {

/// Certificates are checked against the system's authorities, or the channel's own.
void present_certificates(transfer &to, const attempt &what) {
  to.set_text(CURLOPT_CAINFO, setting(what, "ca"));
  const auto certificate = setting(what, "certificate");
  to.set_text(CURLOPT_SSLCERT, certificate);
  to.set_text(CURLOPT_SSLKEY, setting(what, "key"));
  if (certificate.ends_with(".p12") || certificate.ends_with(".pfx")) to.set(CURLOPT_SSLCERTTYPE, "P12");
}

std::optional<verdict> refusal_of_address(const attempt &what) {
  if (may_speak_to(setting(what, "url"))) return std::nullopt;
  return verdict{verdict::kind::retry,
                 {"The channel's address is not an https:// address. Correct it in the lead settings.", {}}};
}

void add_sign_in(line_list &headers, const attempt &what) {
  if (const auto token = secret(what, "token"); !token.empty()) headers.add("Authorization: Bearer " + token);
}

struct posted {
  std::optional<verdict> failed;
  reply came;  ///< when all went well
};

posted post(const attempt &what) {
  transfer to(what, setting(what, "url"), "http,https");
  present_certificates(to, what);
  line_list headers;
  headers.add("Content-Type: " + what.definition.format + "; charset=utf-8");
  headers.add("Idempotency-Key: " + what.sent.message_id);
  headers.add("Expect:");
  add_sign_in(headers, what);
  to.set(CURLOPT_HTTPHEADER, headers.get());
  to.set(CURLOPT_POSTFIELDS, what.sent.body.data());
  to.set(CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(what.sent.body.size()));
  if (const auto code = to.go(); code != CURLE_OK) return {to.failed(code), {}};
  return {std::nullopt, to.came()};
}

/// Statuses of a receiver that is there and takes POST only.
constexpr std::array takes_no_head{400L, 405L, 411L, 415L, 422L, 501L};

verdict ask_for_head(const attempt &what) {
  transfer to(what, setting(what, "url"), "http,https");
  present_certificates(to, what);
  line_list headers;
  add_sign_in(headers, what);
  to.set(CURLOPT_HTTPHEADER, headers.get());
  to.set(CURLOPT_NOBODY, 1L);
  if (const auto code = to.go(); code != CURLE_OK) return to.failed(code);
  const auto status = to.status();
  const bool there = std::find(takes_no_head.begin(), takes_no_head.end(), status) != takes_no_head.end();
  if (auto trouble = trouble_of(status); !there && !trouble.empty()) return {verdict::kind::retry, std::move(trouble)};
  return {verdict::kind::acknowledged,
          {"The receiver is reached and its certificate is trusted; no message was sent.", {}}};
}

}  // namespace

verdict deliver_over_https(const attempt &what) {
  if (auto refused = refusal_of_address(what)) return *refused;
  const auto sent = post(what);
  return sent.failed ? *sent.failed : judge(what.definition, sent.came);
}

verdict try_https(const attempt &what) {
  if (auto refused = refusal_of_address(what)) return *refused;
  if (what.sent.body.empty()) return ask_for_head(what);
  auto sent = post(what);
  if (sent.failed) return *sent.failed;
  auto answer = judge(what.definition, sent.came);
  // Whoever refuses the probe by the rules has read it.
  if (answer.is != verdict::kind::retry) {
    return {verdict::kind::acknowledged, {"The receiver answers the probe: {1}", {sent.came.body.substr(0, 200)}}};
  }
  return answer;
}

}  // namespace lead_system::feedback
