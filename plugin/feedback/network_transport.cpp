// network_transport.cpp - HTTPS and SFTP through libcurl.
#include <curl/curl.h>

#include <array>
#include <memory>

#include "feedback/transport.hpp"

namespace lead_system::feedback {
namespace {

constexpr long connect_timeout_s = 10;
constexpr long attempt_timeout_s = 30;
constexpr std::size_t most_answered = std::size_t{64} << 10;

struct easy_closer {
  void operator()(CURL *handle) const noexcept { curl_easy_cleanup(handle); }
};
struct list_closer {
  void operator()(curl_slist *list) const noexcept { curl_slist_free_all(list); }
};
struct url_closer {
  void operator()(CURLU *url) const noexcept { curl_url_cleanup(url); }
};
using list = std::unique_ptr<curl_slist, list_closer>;

void append(list &to, const std::string &line) {
  to.reset(curl_slist_append(to.release(), line.c_str()));
}

std::string setting(const attempt &what, const std::string &name) {
  const auto found = what.channel.settings.find(name);
  return found == what.channel.settings.end() ? std::string{} : found->second;
}

std::string secret(const attempt &what, const std::string &name) {
  return what.secrets("feedback." + what.channel.source + "." + name).value_or("");
}

std::size_t take_answer(char *bytes, std::size_t, std::size_t count, void *context) {
  auto &answer = *static_cast<std::string *>(context);
  if (count > most_answered - answer.size()) return 0;  // more than an answer is: give up
  answer.append(bytes, count);
  return count;
}

struct upload {
  std::string_view rest;
};
std::size_t give_body(char *buffer, std::size_t, std::size_t capacity, void *context) {
  auto &from = *static_cast<upload *>(context);
  const auto count = from.rest.copy(buffer, capacity);
  from.rest.remove_prefix(count);
  return count;
}

int stop_when_cancelled(void *context, curl_off_t, curl_off_t, curl_off_t, curl_off_t) {
  return (*static_cast<const std::function<bool()> *>(context))() ? 1 : 0;
}

/// What every transfer has in common. Certificates are checked against the system's authorities, or the channel's own.
void prepare(CURL *handle, const attempt &what, const std::string &url) {
  curl_easy_setopt(handle, CURLOPT_URL, url.c_str());
  curl_easy_setopt(handle, CURLOPT_NOSIGNAL, 1L);
  curl_easy_setopt(handle, CURLOPT_CONNECTTIMEOUT, connect_timeout_s);
  curl_easy_setopt(handle, CURLOPT_TIMEOUT, attempt_timeout_s);
  curl_easy_setopt(handle, CURLOPT_FOLLOWLOCATION, 0L);
  curl_easy_setopt(handle, CURLOPT_NOPROGRESS, 0L);
  curl_easy_setopt(handle, CURLOPT_XFERINFOFUNCTION, stop_when_cancelled);
  curl_easy_setopt(handle, CURLOPT_XFERINFODATA, &what.cancelled);
  struct option {
    const char *name;
    CURLoption set;
  };
  // From the channel's settings; files are paths that the host's process can read.
  static constexpr std::array options{option{"user", CURLOPT_USERNAME}, option{"proxy", CURLOPT_PROXY},
                                      option{"ca", CURLOPT_CAINFO}, option{"certificate", CURLOPT_SSLCERT},
                                      option{"key", CURLOPT_SSLKEY}};
  for (const auto &[name, set] : options) {
    if (const auto value = setting(what, name); !value.empty()) curl_easy_setopt(handle, set, value.c_str());
  }
  if (const auto password = secret(what, "password"); !password.empty()) {
    curl_easy_setopt(handle, CURLOPT_PASSWORD, password.c_str());
  }
}

verdict not_reached(CURLcode code) {
  return {verdict::kind::retry, {"The receiver cannot be reached: {1}.", {curl_easy_strerror(code)}}};
}

/// Plain HTTP carries personal data in the clear: to this machine only.
bool may_speak_to(const std::string &address) {
  const std::unique_ptr<CURLU, url_closer> url(curl_url());
  if (curl_url_set(url.get(), CURLUPART_URL, address.c_str(), 0) != CURLUE_OK) return false;
  const auto part = [&](CURLUPart which) {
    char *text = nullptr;
    if (curl_url_get(url.get(), which, &text, 0) != CURLUE_OK) return std::string{};
    std::string result(text);
    curl_free(text);
    return result;
  };
  const auto scheme = part(CURLUPART_SCHEME);
  const auto host = part(CURLUPART_HOST);
  return scheme == "https" || (scheme == "http" && (host == "localhost" || host == "127.0.0.1" || host == "[::1]"));
}

}  // namespace

verdict deliver_over_https(const attempt &what) {
  const auto url = setting(what, "url");
  if (!may_speak_to(url)) {
    return {verdict::kind::retry,
            {"The channel's address is not an https:// address. Correct it in the lead settings.", {}}};
  }
  const std::unique_ptr<CURL, easy_closer> handle(curl_easy_init());
  prepare(handle.get(), what, url);
  list headers;
  append(headers, "Content-Type: " + what.definition.format + "; charset=utf-8");
  append(headers, "Idempotency-Key: " + what.sent.message_id);
  append(headers, "Expect:");
  if (const auto token = secret(what, "token"); !token.empty()) append(headers, "Authorization: Bearer " + token);
  curl_easy_setopt(handle.get(), CURLOPT_PROTOCOLS_STR, "http,https");
  curl_easy_setopt(handle.get(), CURLOPT_HTTPHEADER, headers.get());
  curl_easy_setopt(handle.get(), CURLOPT_POSTFIELDS, what.sent.body.data());
  curl_easy_setopt(handle.get(), CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(what.sent.body.size()));
  std::string answer;
  curl_easy_setopt(handle.get(), CURLOPT_WRITEFUNCTION, take_answer);
  curl_easy_setopt(handle.get(), CURLOPT_WRITEDATA, &answer);
  if (const auto code = curl_easy_perform(handle.get()); code != CURLE_OK) return not_reached(code);
  long status = 0;
  curl_easy_getinfo(handle.get(), CURLINFO_RESPONSE_CODE, &status);
  return judge(what.definition, status, answer);
}

verdict deliver_over_sftp(const attempt &what) {
  auto url = setting(what, "url");
  const auto known_hosts = setting(what, "known_hosts");
  if (!url.starts_with("sftp://") || known_hosts.empty()) {
    return {verdict::kind::retry,
            {"The channel needs an sftp:// address and a known_hosts file. Correct it in the lead settings.", {}}};
  }
  if (url.back() != '/') url += '/';
  const auto path = url.substr(url.find('/', std::string_view("sftp://").size()));
  const auto name = what.sent.message_id + ".xml";
  const std::unique_ptr<CURL, easy_closer> handle(curl_easy_init());
  prepare(handle.get(), what, url + name + ".part");
  list afterwards;
  // An upload that was acknowledged and lost on the way back stands there already: replace it by itself.
  append(afterwards, "*rm \"" + path + name + "\"");
  append(afterwards, "rename \"" + path + name + ".part\" \"" + path + name + "\"");
  upload body{what.sent.body};
  curl_easy_setopt(handle.get(), CURLOPT_PROTOCOLS_STR, "sftp");
  curl_easy_setopt(handle.get(), CURLOPT_SSH_KNOWNHOSTS, known_hosts.c_str());
  if (const auto key = setting(what, "key"); !key.empty()) {
    curl_easy_setopt(handle.get(), CURLOPT_SSH_PRIVATE_KEYFILE, key.c_str());
  }
  curl_easy_setopt(handle.get(), CURLOPT_UPLOAD, 1L);
  curl_easy_setopt(handle.get(), CURLOPT_READFUNCTION, give_body);
  curl_easy_setopt(handle.get(), CURLOPT_READDATA, &body);
  curl_easy_setopt(handle.get(), CURLOPT_INFILESIZE_LARGE, static_cast<curl_off_t>(what.sent.body.size()));
  curl_easy_setopt(handle.get(), CURLOPT_POSTQUOTE, afterwards.get());
  if (const auto code = curl_easy_perform(handle.get()); code != CURLE_OK) return not_reached(code);
  return {verdict::kind::acknowledged, {"Uploaded.", {}}};
}

}  // namespace lead_system::feedback
