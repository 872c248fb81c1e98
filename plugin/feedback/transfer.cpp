#include "feedback/transfer.hpp"

#include <algorithm>
#include <array>
#include <stdexcept>

#include "feedback/channel_settings.hpp"

namespace lead_system::feedback {
namespace {

constexpr std::size_t most_answered = std::size_t{64} << 10;

int stop_when_cancelled(void *context, curl_off_t, curl_off_t, curl_off_t, curl_off_t) noexcept {
  return (*static_cast<const std::function<bool()> *>(context))() ? 1 : 0;
}

struct failure_row {
  CURLcode code;
  const char *sentence;
};
/// What libcurl says, in words of the channel's form. The rest is told in its own words.
constexpr std::array failures{
    failure_row{CURLE_COULDNT_RESOLVE_HOST, "The receiver's name is not known in the network. Check the address."},
    failure_row{CURLE_COULDNT_RESOLVE_PROXY, "The proxy's name is not known in the network. Check its address."},
    failure_row{CURLE_COULDNT_CONNECT, "The receiver cannot be reached: it accepts no connection."},
    failure_row{CURLE_OPERATION_TIMEDOUT, "The receiver cannot be reached: it did not answer in time."},
    failure_row{CURLE_PEER_FAILED_VERIFICATION, "The receiver's certificate is not trusted. Nothing was sent."},
    failure_row{CURLE_SSL_CONNECT_ERROR, "The receiver ended the secure connection before it began."},
    failure_row{CURLE_SSL_CACERT_BADFILE, "The file of the certificate authority cannot be used."},
    failure_row{CURLE_SSL_CERTPROBLEM, "The client certificate or its key cannot be used."},
    failure_row{CURLE_LOGIN_DENIED, "The receiver refuses the user name, the password or the key."},
    failure_row{CURLE_GOT_NOTHING, "The receiver closed the connection without an answer."},
    failure_row{CURLE_PARTIAL_FILE, "The receiver closed the connection in the middle of its answer."},
    failure_row{CURLE_RECV_ERROR, "The receiver closed the connection in the middle of its answer."},
    failure_row{CURLE_SEND_ERROR, "The receiver closed the connection while the message was sent."},
    failure_row{CURLE_WRITE_ERROR, "The receiver's answer is longer than an answer can be."},
    failure_row{CURLE_REMOTE_ACCESS_DENIED, "The receiver's folder does not exist or cannot be written."},
    failure_row{CURLE_REMOTE_FILE_NOT_FOUND, "The receiver's folder does not exist or cannot be written."},
    failure_row{CURLE_UPLOAD_FAILED, "The receiver's folder does not exist or cannot be written."},
    failure_row{CURLE_QUOTE_ERROR, "The receiver does not let the file have its name."},
    failure_row{CURLE_ABORTED_BY_CALLBACK, "Sending was broken off."},
};
constexpr long proxy_wants_sign_in = 407;
/// Nobody may silence us for longer: an admin would look for the reason here.
constexpr time_us longest_wait = day_us;

/// "text/xml; charset="iso-8859-1"" → "iso-8859-1"
std::string charset_of(std::string_view type) {
  std::string lower(type);
  for (char &letter : lower) {
    if (letter >= 'A' && letter <= 'Z') letter = static_cast<char>(letter - 'A' + 'a');
  }
  constexpr std::string_view name = "charset=";
  const auto at = lower.find(name);
  if (at == std::string::npos) return {};
  auto value = lower.substr(at + name.size());
  value.resize(std::min(value.find(';'), value.size()));
  std::erase_if(value, [](char letter) { return letter == '"' || letter == '\'' || letter == ' '; });
  return value;
}

}  // namespace

std::string setting(const attempt &what, const std::string &name) {
  const auto found = what.channel.settings.find(name);
  return found == what.channel.settings.end() ? std::string{} : found->second;
}

std::string secret(const attempt &what, const std::string &name) {
  return what.secrets(secret_key(what.channel.source, name)).value_or("");
}

std::string file_name(const attempt &what) {
  const bool json = what.definition.format.find("json") != std::string::npos;
  return what.sent.message_id + (json ? ".json" : ".xml");
}

transfer::transfer(const attempt &what, const std::string &url, const char *protocols)
    : what_(what), handle_(curl_easy_init()) {
  if (!handle_) throw std::runtime_error("There is no memory for a connection.");
  set_text(CURLOPT_URL, url);
  set(CURLOPT_PROTOCOLS_STR, protocols);
  set(CURLOPT_NOSIGNAL, 1L);
  set(CURLOPT_CONNECTTIMEOUT_MS, static_cast<long>(what.within.to_connect.count()));
  set(CURLOPT_TIMEOUT_MS, static_cast<long>(what.within.in_all.count()));
  set(CURLOPT_FOLLOWLOCATION, 0L);
  set(CURLOPT_SSLVERSION, static_cast<long>(CURL_SSLVERSION_TLSv1_2));
  set(CURLOPT_NOPROGRESS, 0L);
  set(CURLOPT_XFERINFOFUNCTION, &stop_when_cancelled);
  set(CURLOPT_XFERINFODATA, &what_.cancelled);
  set(CURLOPT_WRITEFUNCTION, &take_answer);
  set(CURLOPT_WRITEDATA, this);
  set(CURLOPT_HEADERFUNCTION, &take_head);
  set(CURLOPT_HEADERDATA, this);
  set_text(CURLOPT_USERNAME, setting(what, "user"));
  set_text(CURLOPT_PASSWORD, secret(what, "password"));
  set_text(CURLOPT_KEYPASSWD, secret(what, "key_password"));
  set_text(CURLOPT_PROXY, setting(what, "proxy"));
  set_text(CURLOPT_PROXYUSERNAME, setting(what, "proxy_user"));
  set_text(CURLOPT_PROXYPASSWORD, secret(what, "proxy_password"));
}

std::size_t transfer::take_answer(char *bytes, std::size_t, std::size_t count, void *context) noexcept {
  auto &answer = static_cast<transfer *>(context)->answer_;
  if (count > most_answered - answer.size()) return 0;  // more than an answer is: give up
  answer.append(bytes, count);
  return count;
}

std::size_t transfer::take_head(char *, std::size_t, std::size_t count, void *context) noexcept {
  auto &head = static_cast<transfer *>(context)->head_;
  if (count > most_answered - head) return 0;
  head += count;
  return count;
}

reply transfer::came() const {
  reply result{status(), answer_};
  const char *type = nullptr;
  curl_easy_getinfo(handle_.get(), CURLINFO_CONTENT_TYPE, &type);
  result.charset = charset_of(type == nullptr ? "" : type);
  curl_off_t seconds = 0;  // of a date: from now on
  curl_easy_getinfo(handle_.get(), CURLINFO_RETRY_AFTER, &seconds);
  result.wait = std::clamp<curl_off_t>(seconds, 0, longest_wait / second_us) * second_us;
  return result;
}

long transfer::status() const {
  long status = 0;
  curl_easy_getinfo(handle_.get(), CURLINFO_RESPONSE_CODE, &status);
  return status;
}

verdict transfer::failed(CURLcode code) const {
  long proxy_said = 0;
  curl_easy_getinfo(handle_.get(), CURLINFO_HTTP_CONNECTCODE, &proxy_said);
  if (proxy_said == proxy_wants_sign_in) {
    return {verdict::kind::retry, {"The proxy refuses the user name or the password.", {}}};
  }
  if (proxy_said >= 300) {
    return {verdict::kind::retry, {"The proxy does not connect: status {1}.", {std::to_string(proxy_said)}}};
  }
  for (const auto &row : failures) {
    if (row.code == code) return {verdict::kind::retry, {row.sentence, {}}};
  }
  return {verdict::kind::retry, {"The receiver cannot be reached: {1}.", {curl_easy_strerror(code)}}};
}

}  // namespace lead_system::feedback
