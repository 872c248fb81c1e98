#include "notice/mail.hpp"

#include <curl/curl.h>
#include <date/date.h>

#include <chrono>
#include <memory>

#include "dms/cpp/mail_text.hpp"

namespace lead_system::notice {
namespace {

constexpr long connect_timeout_s = 10;
constexpr long timeout_s = 30;

struct easy_closer {
  void operator()(CURL *handle) const noexcept { curl_easy_cleanup(handle); }
};
struct list_closer {
  void operator()(curl_slist *list) const noexcept { curl_slist_free_all(list); }
};
struct mime_closer {
  void operator()(curl_mime *mime) const noexcept { curl_mime_free(mime); }
};
struct url_closer {
  void operator()(CURLU *url) const noexcept { curl_url_cleanup(url); }
};
using list = std::unique_ptr<curl_slist, list_closer>;

void append(list &to, const std::string &line) {
  to.reset(curl_slist_append(to.release(), line.c_str()));
}

std::string date_header(time_us at) {
  return date::format(
      "%a, %d %b %Y %H:%M:%S +0000",
      date::floor<std::chrono::seconds>(date::sys_time<std::chrono::microseconds>(std::chrono::microseconds(at))));
}

std::string host_of(const std::string &address) {
  const std::unique_ptr<CURLU, url_closer> url(curl_url());
  char *text = nullptr;
  if (curl_url_set(url.get(), CURLUPART_URL, address.c_str(), CURLU_NON_SUPPORT_SCHEME) != CURLUE_OK ||
      curl_url_get(url.get(), CURLUPART_HOST, &text, 0) != CURLUE_OK) {
    return {};
  }
  std::string result(text);
  curl_free(text);
  return result;
}

bool is_here(const std::string &host) {
  return host == "localhost" || host == "127.0.0.1" || host == "[::1]";
}

int stop_when_cancelled(void *context, curl_off_t, curl_off_t, curl_off_t, curl_off_t) {
  const auto &cancelled = *static_cast<const std::function<bool()> *>(context);
  return cancelled && cancelled() ? 1 : 0;
}

void connect_options(CURL *handle, const mail_server &server, bool in_clear, const std::function<bool()> &cancelled) {
  curl_easy_setopt(handle, CURLOPT_URL, server.url.c_str());
  curl_easy_setopt(handle, CURLOPT_PROTOCOLS_STR, "smtp,smtps");
  curl_easy_setopt(handle, CURLOPT_USE_SSL, static_cast<long>(in_clear ? CURLUSESSL_TRY : CURLUSESSL_ALL));
  curl_easy_setopt(handle, CURLOPT_NOSIGNAL, 1L);
  curl_easy_setopt(handle, CURLOPT_CONNECTTIMEOUT, connect_timeout_s);
  curl_easy_setopt(handle, CURLOPT_TIMEOUT, timeout_s);
  curl_easy_setopt(handle, CURLOPT_NOPROGRESS, 0L);
  curl_easy_setopt(handle, CURLOPT_XFERINFOFUNCTION, stop_when_cancelled);
  curl_easy_setopt(handle, CURLOPT_XFERINFODATA, &cancelled);
  if (!server.ca.empty()) curl_easy_setopt(handle, CURLOPT_CAINFO, server.ca.c_str());
  if (!server.user.empty()) curl_easy_setopt(handle, CURLOPT_USERNAME, server.user.c_str());
  if (!server.password.empty()) curl_easy_setopt(handle, CURLOPT_PASSWORD, server.password.c_str());
}

list headers_of(const mail_server &server, const mail &what) {
  list headers;
  append(headers, "Date: " + date_header(what.at));
  append(headers, "From: <" + server.from + ">");
  append(headers, "To: <" + what.to + ">");
  append(headers, "Message-ID: <" + what.id + ">");
  append(headers, "Subject: " + dms::encoded_words(what.subject));
  // Nobody's holiday note needs to answer it.
  append(headers, "Auto-Submitted: auto-generated");
  return headers;
}

void add_part(curl_mime *to, const std::string &content, const std::string &type, const std::string &name) {
  auto *part = curl_mime_addpart(to);
  curl_mime_data(part, content.data(), content.size());
  curl_mime_type(part, type.c_str());
  curl_mime_encoder(part, "base64");
  if (!name.empty()) curl_mime_filename(part, name.c_str());
}

}  // namespace

mail_server mail_server_of(const std::function<std::string(const std::string &key)> &setting) {
  return {setting("smtp.url"), setting("smtp.from"), setting("smtp.user"), setting("smtp.password"),
          setting("smtp.ca")};
}

mail_result send(const mail_server &server, const mail &what, const std::function<bool()> &cancelled) {
  if (!dms::is_mail_address(what.to) || !dms::is_mail_address(server.from)) {
    return {false,
            {"“{1}” is no e-mail address. Correct it with the host's admin.",
             {dms::is_mail_address(server.from) ? what.to : server.from}}};
  }
  const bool in_clear = server.url.starts_with("smtp://") && is_here(host_of(server.url));
  const std::unique_ptr<CURL, easy_closer> handle(curl_easy_init());
  connect_options(handle.get(), server, in_clear, cancelled);
  list recipients;
  append(recipients, "<" + what.to + ">");
  const auto headers = headers_of(server, what);
  const std::unique_ptr<curl_mime, mime_closer> body(curl_mime_init(handle.get()));
  add_part(body.get(), what.text, "text/plain; charset=utf-8", {});
  for (const auto &one : what.attachments) add_part(body.get(), one.content, one.type, one.name);
  const auto from = "<" + server.from + ">";
  curl_easy_setopt(handle.get(), CURLOPT_MAIL_FROM, from.c_str());
  curl_easy_setopt(handle.get(), CURLOPT_MAIL_RCPT, recipients.get());
  curl_easy_setopt(handle.get(), CURLOPT_HTTPHEADER, headers.get());
  curl_easy_setopt(handle.get(), CURLOPT_MIMEPOST, body.get());
  const auto code = curl_easy_perform(handle.get());
  if (code == CURLE_OK) return {true, {}};
  long said = 0;
  curl_easy_getinfo(handle.get(), CURLINFO_RESPONSE_CODE, &said);
  if (said >= 400) return {false, {"The mail server refused the message with code {1}.", {std::to_string(said)}}};
  return {false, {"The mail server cannot be reached: {1}.", {curl_easy_strerror(code)}}};
}

}  // namespace lead_system::notice
