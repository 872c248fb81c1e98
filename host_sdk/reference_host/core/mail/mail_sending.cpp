#include "reference_host/core/mail/mail_sending.hpp"

#include <curl/curl.h>
#include <date/date.h>

#include <chrono>
#include <memory>

#include "dms/cpp/mail_text.hpp"

namespace dms::reference {
namespace {

constexpr long mail_connect_timeout_s = 10, mail_timeout_s = 30;

struct easy_end {
  void operator()(CURL *handle) const noexcept { curl_easy_cleanup(handle); }
};
struct lines_end {
  void operator()(curl_slist *list) const noexcept { curl_slist_free_all(list); }
};
struct body_end {
  void operator()(curl_mime *mime) const noexcept { curl_mime_free(mime); }
};
using curl_lines = std::unique_ptr<curl_slist, lines_end>;

void add_head_line(curl_lines &to, const std::string &line) {
  to.reset(curl_slist_append(to.release(), line.c_str()));
}

/// Lines end as in a mail: a line feed alone would be one letter among others (RFC 2045).
std::string with_mail_lines(const std::string &text) {
  std::string result;
  for (const char letter : text) {
    if (letter == '\r') continue;
    if (letter == '\n') result += '\r';
    result += letter;
  }
  return result;
}

/// "=?UTF-8?B?…?= <anna@example.at>"
std::string named_address(const std::string &name, const std::string &address) {
  return (name.empty() ? std::string{} : encoded_words(name) + "\r\n ") + '<' + address + '>';
}

curl_lines head_lines(const mail_options &server, const letter &what) {
  const date::sys_time<std::chrono::microseconds> at{std::chrono::microseconds(what.at_us)};
  curl_lines lines;
  add_head_line(lines, "Date: " + date::format("%a, %d %b %Y %H:%M:%S +0000", date::floor<std::chrono::seconds>(at)));
  add_head_line(lines, "From: " + named_address(what.from_name, server.from));
  add_head_line(lines, "To: " + named_address(what.to_name, what.to));
  if (!what.reply_to.empty()) add_head_line(lines, "Reply-To: <" + what.reply_to + '>');
  add_head_line(lines, "Message-ID: <" + what.id + '>');
  add_head_line(lines, "Subject: " + encoded_words(what.subject));
  if (!what.language.empty()) add_head_line(lines, "Content-Language: " + what.language);
  if (what.automatic) {
    // No machine answers a machine (RFC 3834), Exchange's included.
    add_head_line(lines, "Auto-Submitted: auto-replied");
    add_head_line(lines, "X-Auto-Response-Suppress: All");
  }
  return lines;
}

bool is_on_this_machine(const std::string &server) {
  if (server.find('@') != std::string::npos) return false;
  for (const auto *name : {"smtp://localhost", "smtp://127.0.0.1", "smtp://[::1]"}) {
    const std::string_view known(name);
    if (!server.starts_with(known)) continue;
    const auto rest = std::string_view(server).substr(known.size());
    if (rest.empty() || rest.front() == ':' || rest.front() == '/') return true;
  }
  return false;
}

int stop_sending(void *context, curl_off_t, curl_off_t, curl_off_t, curl_off_t) {
  const auto &stopped = *static_cast<const std::function<bool()> *>(context);
  return stopped && stopped() ? 1 : 0;
}

/// It was said of the message, not of whoever has called: before that there is no sender, no receiver and no text.
bool is_of_the_message(CURLcode code, curl_off_t uploaded) {
  return code == CURLE_SEND_ERROR || uploaded > 0;
}

sending_result result_of(CURLcode code, long said, curl_off_t uploaded) {
  using kind = sending_result::kind;
  if (code == CURLE_OK) return {};
  // Who may not sign in is not the message's fault.
  const bool sign_in = code == CURLE_LOGIN_DENIED || said == 530 || said == 534 || said == 535 || said == 538;
  if (sign_in) return {kind::later, "The mail server does not take the name and password of this system."};
  if (said >= 500 && is_of_the_message(code, uploaded))
    return {kind::never, "The mail server refused the message: " + std::to_string(said)};
  if (said >= 400) return {kind::later, "The mail server put the message off: " + std::to_string(said)};
  return {kind::later, std::string("The mail server cannot be reached: ") + curl_easy_strerror(code)};
}

}  // namespace

sending_result send_letter(const mail_options &server, const letter &what, const std::function<bool()> &stopped) {
  const std::unique_ptr<CURL, easy_end> handle(curl_easy_init());
  auto *curl = handle.get();
  const bool in_clear = is_on_this_machine(server.server);
  const auto authorities = server.authorities.string();
  curl_easy_setopt(curl, CURLOPT_URL, server.server.c_str());
  curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, "smtp,smtps");
  curl_easy_setopt(curl, CURLOPT_USE_SSL, static_cast<long>(in_clear ? CURLUSESSL_TRY : CURLUSESSL_ALL));
  curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
  curl_easy_setopt(curl, CURLOPT_CONNECTTIMEOUT, mail_connect_timeout_s);
  curl_easy_setopt(curl, CURLOPT_TIMEOUT, mail_timeout_s);
  curl_easy_setopt(curl, CURLOPT_NOPROGRESS, 0L);
  curl_easy_setopt(curl, CURLOPT_XFERINFOFUNCTION, stop_sending);
  curl_easy_setopt(curl, CURLOPT_XFERINFODATA, &stopped);
  if (!authorities.empty()) curl_easy_setopt(curl, CURLOPT_CAINFO, authorities.c_str());
  if (!server.user.empty()) curl_easy_setopt(curl, CURLOPT_USERNAME, server.user.c_str());
  if (!server.password.empty()) curl_easy_setopt(curl, CURLOPT_PASSWORD, server.password.c_str());
  curl_lines recipients;
  add_head_line(recipients, '<' + what.to + '>');
  const auto lines = head_lines(server, what);
  const std::unique_ptr<curl_mime, body_end> body(curl_mime_init(curl));
  auto *part = curl_mime_addpart(body.get());
  const auto text = with_mail_lines(what.text);
  curl_mime_data(part, text.data(), text.size());
  curl_mime_type(part, "text/plain; charset=utf-8");
  curl_mime_encoder(part, "quoted-printable");
  const auto from = '<' + server.from + '>';
  curl_easy_setopt(curl, CURLOPT_MAIL_FROM, from.c_str());
  curl_easy_setopt(curl, CURLOPT_MAIL_RCPT, recipients.get());
  curl_easy_setopt(curl, CURLOPT_HTTPHEADER, lines.get());
  curl_easy_setopt(curl, CURLOPT_MIMEPOST, body.get());
  const auto code = curl_easy_perform(curl);
  long said = 0;
  curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &said);
  curl_off_t uploaded = 0;
  curl_easy_getinfo(curl, CURLINFO_SIZE_UPLOAD_T, &uploaded);
  return result_of(code, said, uploaded);
}

}  // namespace dms::reference
