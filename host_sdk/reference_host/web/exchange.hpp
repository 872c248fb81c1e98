// exchange.hpp - one request and its answer.
#pragma once

#include <atomic>
#include <memory>
#include <optional>
#include <string>

#include "reference_host/core/host.hpp"
#include "reference_host/web/entered_form.hpp"
#include "reference_host/web/form.hpp"
#include "reference_host/web/http_response.hpp"
#include "reference_host/web/page.hpp"
#include "reference_host/web/rendered.hpp"

namespace dms::reference::web {

class openid;

/// What all handlers share.
struct shop {
  explicit shop(host &of);
  host &dms;
  shared_words said;
  templates german, english;
  std::string stamp;  ///< of the resources
  /// Of who reads the numbers; empty: there are none. A reload sets another one beside requests that run.
  std::atomic<std::shared_ptr<const std::string>> metrics_token{std::make_shared<const std::string>()};
  /// Where people may sign in besides here; null: nowhere.
  std::atomic<std::shared_ptr<openid>> provider{};
  const templates &page(std::string_view locale) const { return locale.starts_with("de") ? german : english; }
};

struct exchange {
  /// Both outlive it.
  exchange(shop &in, const http_request &request, http_response &response);
  shop &in;
  const http_request &request;
  http_response &response;
  json params;  ///< of the query, as a screen takes them
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
  std::unique_ptr<owned_call> call(const std::string &channel = "web", const std::string &repeated = {}) const;

  // --- answers ---
  void send(int status, std::string body, const std::string &type) const;
  void send_json(int status, const json &document) const {
    send(status, document.dump(), "application/json; charset=utf-8");
  }
  void send_problem(int status, const std::string &sentence) const;
  void send_file(std::shared_ptr<open_file> file, const std::string &type) const;
  void redirect(const std::string &path) const;
  /// A problem for programs; a calm page in the frame for people.
  void refuse(int status, const std::string &sentence) const;
  /// Of what does not exist, or not for this person: nobody hears which.
  std::string not_there() const;
  void refuse_as_not_there() const;
  /// A page with the frame of the person who is signed in.
  void send_page(int status, const page_facts &facts, const std::string &current, const markup &inside) const;
  void set_cookie(const std::string &name, const std::string &value, long max_age_s) const;
  std::string cookie(const std::string &name) const;
};

/// What went wrong, for programs (RFC 9457): the sentence as `detail`, and as `error` for who reads only that.
std::string problem_document(int status, const std::string &sentence, const std::string &correlation);
inline constexpr const char *problem_type = "application/problem+json";

int http_status(dms_status status);
const char *result_word(dms_status status);

}  // namespace dms::reference::web
