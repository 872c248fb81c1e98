// exchange.hpp - one request and its answer.
#pragma once

#include <httplib.h>

#include <memory>
#include <optional>
#include <string>

#include "reference_host/core/host.hpp"
#include "reference_host/web/document.hpp"
#include "reference_host/web/markup.hpp"
#include "reference_host/web/page.hpp"

namespace dms::reference::web {

/// What all handlers share.
struct shop {
  explicit shop(host &of);
  host &dms;
  shared_words said;
  templates german, english;
  std::string stamp;  ///< of the resources
  const templates &page(std::string_view locale) const { return locale.starts_with("de") ? german : english; }
};

struct exchange {
  exchange(shop &in, const httplib::Request &request, httplib::Response &response);
  shop &in;
  const httplib::Request &request;
  httplib::Response &response;
  std::string correlation;
  std::string token;  ///< of the session cookie
  std::optional<reference::session> session;
  std::optional<user> person;
  std::string locale;

  bool signed_in() const { return session.has_value() && person.has_value(); }
  bool wants_json() const;
  const templates &page() const { return in.page(locale); }
  std::string say(std::string_view sentence) const { return page().say(sentence); }
  /// The path with its query.
  std::string address() const;
  std::unique_ptr<owned_call> call(const std::string &channel = "web") const;

  // --- answers ---
  void send(int status, std::string body, const std::string &type) const;
  void send_json(int status, const json &document) const {
    send(status, document.dump(), "application/json; charset=utf-8");
  }
  void redirect(const std::string &path) const;
  /// {"error": sentence} for programs; a calm page in the frame for people.
  void refuse(int status, const std::string &sentence) const;
  /// A page with the frame of the person who is signed in.
  void send_page(int status, const page_facts &facts, const std::string &current, const markup &inside) const;
  void set_cookie(const std::string &name, const std::string &value, long max_age_s) const;
  std::string cookie(const std::string &name) const;
};

/// The query as a screen's parameters: a string, or an array where a name stands more than once.
json parameters_of(const httplib::Params &params);
/// The same of a form body or a query (application/x-www-form-urlencoded).
json parse_form(std::string_view body);
/// Reads a body of at most `limit` bytes. What is over it is taken from the wire and thrown away, up to twice the
/// limit, so that the sender hears the answer; nothing over the limit is kept. Nothing when it was too long or broke.
std::optional<std::string> read_body(const httplib::ContentReader &reader, std::size_t limit, bool keep = true);

int http_status(dms_status status);
const char *result_word(dms_status status);

}  // namespace dms::reference::web
