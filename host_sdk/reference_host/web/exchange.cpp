#include "reference_host/web/exchange.hpp"

#include <sodium.h>

#include "reference_host/web/rendered.hpp"
#include "reference_host/web/standing.hpp"

namespace dms::reference::web {
namespace {

std::string digest_of_resources() {
  std::string all;
  for (const auto &[name, bytes] : resources()) all += digest_hex(bytes);
  return digest_hex(all).substr(0, 12);
}

}  // namespace

shop::shop(host &of)
    : dms(of),
      said(std::make_shared<words>()),
      german(*said, "de-AT"),
      english(*said, "en"),
      stamp(digest_of_resources()) {}

exchange::exchange(shop &shared, const http_request &from, http_response &to)
    : in(shared),
      request(from),
      response(to),
      params(parse_form(from.query)),
      correlation(to.field("X-Correlation-Id")) {
  token = cookie("dms_session");
  if (!token.empty()) session = in.dms.data().sessions.find(token, in.dms.clock().now_us());
  if (session) person = in.dms.data().users.find(session->user);
  if (person && !person->active) person.reset();
  if (person) {
    locale = known_locale(person->locale);
  } else {
    auto chosen = has(params, "lang") ? text(params, "lang") : cookie("dms_locale");
    locale = known_locale(chosen.empty() ? std::string(from.field("Accept-Language")) : chosen);
  }
}

bool exchange::wants_json() const {
  const auto accept = request.field("Accept"), sent = request.field("Content-Type");
  return accept.find("application/json") != std::string_view::npos ||
         (sent.starts_with("application/json") && accept.find("text/html") == std::string_view::npos);
}

std::string exchange::address() const {
  const auto query = query_of(params);
  return request.path + (query.empty() ? "" : "?" + query);
}

std::unique_ptr<owned_call> exchange::call(const std::string &channel, const std::string &repeated) const {
  host::call_wish wish;
  wish.user = person ? person->id : std::string{};
  wish.channel = channel;
  wish.locale = locale;
  wish.correlation = correlation;
  wish.request = repeated;
  wish.session = session ? token : std::string{};
  wish.origin = (request.secure ? "https://" : "http://") + request.host;
  return in.dms.make_call(wish);
}

void exchange::send(int status, std::string body, const std::string &type) const {
  response.status = status;
  response.set("Content-Type", type);
  response.body = std::move(body);
}

std::string problem_document(int status, const std::string &sentence, const std::string &correlation) {
  static const std::map<int, const char *> titles{{400, "Bad Request"},
                                                  {401, "Unauthorized"},
                                                  {403, "Forbidden"},
                                                  {404, "Not Found"},
                                                  {409, "Conflict"},
                                                  {413, "Content Too Large"},
                                                  {415, "Unsupported Media Type"},
                                                  {422, "Unprocessable Content"},
                                                  {429, "Too Many Requests"},
                                                  {500, "Internal Server Error"},
                                                  {503, "Service Unavailable"}};
  const auto title = titles.find(status);
  json problem{{"type", "about:blank"},
               {"title", title == titles.end() ? "Error" : title->second},
               {"status", status},
               {"detail", sentence},
               {"error", sentence}};
  if (!correlation.empty()) problem["correlation"] = correlation;
  return problem.dump(-1, ' ', false, json::error_handler_t::replace);
}

void exchange::send_problem(int status, const std::string &sentence) const {
  send(status, problem_document(status, sentence, correlation), problem_type);
}

void exchange::send_file(std::shared_ptr<open_file> file, const std::string &type) const {
  response.status = 200;
  response.set("Content-Type", type);
  response.body = std::move(file);
}

void exchange::redirect(const std::string &path) const {
  response.status = 303;
  response.set("Location", path);
}

void exchange::refuse(int status, const std::string &sentence) const {
  if (wants_json()) {
    send_problem(status, sentence);
    return;
  }
  static const std::map<int, const char *> titles{{403, "This is not allowed"},
                                                  {404, "There is nothing here"},
                                                  {413, "That was too much"},
                                                  {503, "Not possible just now"}};
  auto title = titles.find(status);
  auto said = say(title == titles.end() ? "This did not work" : title->second);
  values filled;
  filled.text("title", said).text("text", sentence).text("href", "/").text("label", say("To the start"));
  page_facts facts;
  facts.title = said;
  send_page(status, facts, "", page().render("plain_message", filled));
}

std::string exchange::not_there() const {
  return say("This page does not exist, or you have no access to it.");
}

void exchange::refuse_as_not_there() const {
  refuse(404, not_there());
}

void exchange::send_page(int status, const page_facts &from, const std::string &current, const markup &inside) const {
  auto facts = from;
  facts.stamp = in.stamp;
  std::optional<frame_facts> frame;
  if (signed_in()) {
    frame.emplace();
    frame->dealership = in.dms.name();
    frame->user = person->id;
    frame->user_name = person->name;
    frame->csrf = session->csrf;
    frame->current = current;
    frame->here = address();
    frame->unread = in.dms.data().notifications.count_unread(person->id);
    for (const auto &id : person->locations) {
      if (auto place = in.dms.data().locations.find(id)) frame->places.push_back(place->name);
    }
    for (const auto &item : in.dms.menu(*call()))
      frame->menu.push_back({item.group, item.label, item.screen, item.waiting});
  }
  auto all = signed_in() ? standing_notices(*this, current) : markup{};
  all += inside;
  send(status, render_page(page(), facts, frame, all), "text/html; charset=utf-8");
}

void exchange::set_cookie(const std::string &name, const std::string &value, long max_age_s) const {
  auto line = name + "=" + value + "; Path=/; HttpOnly; SameSite=Lax; Max-Age=" + std::to_string(max_age_s);
  if (request.secure) line += "; Secure";
  response.add("Set-Cookie", line);
}

std::string exchange::cookie(const std::string &name) const {
  auto rest = request.field("Cookie");
  while (!rest.empty()) {
    auto end = rest.find(';');
    auto each = rest.substr(0, end);
    while (each.starts_with(' ')) each.remove_prefix(1);
    if (each.starts_with(name + "=")) return std::string(each.substr(name.size() + 1));
    if (end == std::string_view::npos) break;
    rest.remove_prefix(end + 1);
  }
  return {};
}

int http_status(dms_status status) {
  static const std::map<dms_status, int> codes{{dms_ok, 200},          {dms_invalid, 422},   {dms_not_found, 404},
                                               {dms_forbidden, 403},   {dms_conflict, 409},  {dms_refused, 422},
                                               {dms_unavailable, 503}, {dms_cancelled, 503}, {dms_unsupported, 404},
                                               {dms_too_large, 413},   {dms_failed, 500}};
  auto found = codes.find(status);
  return found == codes.end() ? 500 : found->second;
}

const char *result_word(dms_status status) {
  static const std::map<dms_status, const char *> words_of{{dms_ok, "ok"},
                                                           {dms_invalid, "invalid"},
                                                           {dms_not_found, "not_found"},
                                                           {dms_forbidden, "forbidden"},
                                                           {dms_conflict, "conflict"},
                                                           {dms_refused, "refused"},
                                                           {dms_unavailable, "unavailable"},
                                                           {dms_cancelled, "unavailable"},
                                                           {dms_unsupported, "not_found"},
                                                           {dms_too_large, "invalid"}};
  auto found = words_of.find(status);
  return found == words_of.end() ? "failed" : found->second;
}

}  // namespace dms::reference::web
