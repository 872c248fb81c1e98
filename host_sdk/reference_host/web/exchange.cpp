#include "reference_host/web/exchange.hpp"

#include <sodium.h>

#include "reference_host/web/links.hpp"
#include "reference_host/web/render.hpp"
#include "reference_host/web/resources.hpp"
#include "reference_host/web/standing.hpp"

namespace dms::reference::web {
namespace {

std::string digest_of_resources() {
  std::string all;
  for (const auto &[name, bytes] : resources()) all += digest_hex(bytes);
  return digest_hex(all).substr(0, 12);
}

int hex_value(char digit) {
  if (digit >= '0' && digit <= '9') return digit - '0';
  if (digit >= 'a' && digit <= 'f') return digit - 'a' + 10;
  if (digit >= 'A' && digit <= 'F') return digit - 'A' + 10;
  return -1;
}

std::string form_decoded(std::string_view text) {
  std::string plain;
  for (std::size_t at = 0; at < text.size(); ++at) {
    int high = text[at] == '%' && at + 2 < text.size() ? hex_value(text[at + 1]) : -1;
    int low = high >= 0 ? hex_value(text[at + 2]) : -1;
    if (low >= 0) {
      plain += static_cast<char>(high * 16 + low);
      at += 2;
    } else {
      plain += text[at] == '+' ? ' ' : text[at];
    }
  }
  return plain;
}

/// Bytes that are no UTF-8 would break every document that they come into.
std::string as_utf8(const std::string &text) {
  return json::parse(json(text).dump(-1, ' ', false, json::error_handler_t::replace)).get<std::string>();
}

void add_parameter(json &to, const std::string &name, const std::string &value) {
  auto clean = as_utf8(value);
  auto key = as_utf8(name);
  if (!to.contains(key)) {
    to[key] = clean;
  } else if (to[key].is_array()) {
    to[key].push_back(clean);
  } else {
    to[key] = json::array({to[key], clean});
  }
}

}  // namespace

shop::shop(host &of)
    : dms(of),
      said(std::make_shared<words>()),
      german(*said, "de-AT"),
      english(*said, "en"),
      stamp(digest_of_resources()) {}

exchange::exchange(shop &shared, const httplib::Request &from, httplib::Response &to)
    : in(shared), request(from), response(to), correlation(to.get_header_value("X-Correlation-Id")) {
  token = cookie("dms_session");
  if (!token.empty()) session = in.dms.data().sessions.find(token, in.dms.clock().now_us());
  if (session) person = in.dms.data().users.find(session->user);
  if (person && !person->active) person.reset();
  if (person) {
    locale = known_locale(person->locale);
  } else {
    auto chosen = from.has_param("lang") ? from.get_param_value("lang") : cookie("dms_locale");
    locale = known_locale(chosen.empty() ? from.get_header_value("Accept-Language") : chosen);
  }
}

bool exchange::wants_json() const {
  auto accept = request.get_header_value("Accept");
  auto sent = request.get_header_value("Content-Type");
  return accept.find("application/json") != std::string::npos ||
         (sent.starts_with("application/json") && accept.find("text/html") == std::string::npos);
}

std::string exchange::address() const {
  auto query = query_of(parameters_of(request.params));
  return request.path + (query.empty() ? "" : "?" + query);
}

std::unique_ptr<owned_call> exchange::call(const std::string &channel) const {
  host::call_wish wish;
  wish.user = person ? person->id : std::string{};
  wish.channel = channel;
  wish.locale = locale;
  wish.correlation = correlation;
  return in.dms.make_call(wish);
}

void exchange::send(int status, std::string body, const std::string &type) const {
  response.status = status;
  // A provider keeps the library from compressing: its brotli takes longer than the whole page did.
  auto kept = std::make_shared<std::string>(std::move(body));
  if (kept->empty()) return;
  response.set_content_provider(kept->size(), type,
                                [kept](std::size_t offset, std::size_t length, httplib::DataSink &sink) {
                                  return sink.write(kept->data() + offset, length);
                                });
}

void exchange::redirect(const std::string &path) const {
  response.status = 303;
  response.set_header("Location", path);
}

void exchange::refuse(int status, const std::string &sentence) const {
  if (wants_json()) {
    send_json(status, {{"error", sentence}, {"correlation", correlation}});
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
    for (const auto &item : in.dms.menu(*call())) frame->menu.push_back({say(item.path), item.label, item.screen});
  }
  auto all = signed_in() ? standing_notices(*this, current) : markup{};
  all += inside;
  send(status, render_page(page(), facts, frame, all), "text/html; charset=utf-8");
}

void exchange::set_cookie(const std::string &name, const std::string &value, long max_age_s) const {
  auto line = name + "=" + value + "; Path=/; HttpOnly; SameSite=Lax; Max-Age=" + std::to_string(max_age_s);
  if (request.get_header_value("X-Forwarded-Proto") == "https") line += "; Secure";
  response.headers.emplace("Set-Cookie", line);
}

std::string exchange::cookie(const std::string &name) const {
  std::string all = request.get_header_value("Cookie");
  std::string_view rest = all;
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

json parameters_of(const httplib::Params &params) {
  json all = json::object();
  for (const auto &[name, value] : params) add_parameter(all, name, value);
  return all;
}

json parse_form(std::string_view body) {
  json all = json::object();
  while (!body.empty()) {
    auto end = body.find('&');
    auto pair = body.substr(0, end);
    auto equals = pair.find('=');
    if (!pair.empty()) {
      auto value = equals == std::string_view::npos ? std::string_view{} : pair.substr(equals + 1);
      add_parameter(all, form_decoded(pair.substr(0, equals)), form_decoded(value));
    }
    if (end == std::string_view::npos) break;
    body.remove_prefix(end + 1);
  }
  return all;
}

std::optional<std::string> read_body(const httplib::ContentReader &reader, std::size_t limit, bool keep) {
  std::string body;
  std::size_t taken = 0;
  bool complete = reader([&](const char *bytes, std::size_t size) {
    taken += size;
    if (taken > limit) {
      body.clear();
      body.shrink_to_fit();
      return taken <= 2 * limit;
    }
    if (keep) body.append(bytes, size);
    return true;
  });
  if (!complete || taken > limit) return std::nullopt;
  return body;
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
