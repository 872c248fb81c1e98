#include "reference_host/web/server.hpp"

#include <spdlog/spdlog.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <functional>
#include <set>

#include "reference_host/core/log_lines.hpp"
#include "reference_host/core/metrics.hpp"
#include "reference_host/web/handlers.hpp"
#include "reference_host/web/host_screens.hpp"
#include "reference_host/web/http_server.hpp"
#include "reference_host/web/rendered.hpp"
#include "reference_host/web/response_rules.hpp"
#include "reference_host/web/router.hpp"
#include "reference_host/web/turnstile.hpp"
#include "reference_host/web/upload.hpp"

namespace dms::reference::web {
namespace {

constexpr std::uint64_t form_limit = std::uint64_t{1} << 20;
constexpr std::chrono::seconds patience_at_the_end{8};

enum class door {
  open,    ///< for everybody
  person,  ///< for who is signed in
};

using get_handler = void (*)(const exchange &);
using form_handler = void (*)(const exchange &, const std::string &body);

struct get_route {
  const char *pattern;
  door stands;
  get_handler serves;
};
struct form_route {
  const char *pattern;
  door stands;
  form_handler serves;
};

const std::string &part(const exchange &on, std::size_t number) {
  return on.request.parts.at(number);
}

std::string sent_token(const exchange &on, const json &form) {
  const auto header = on.request.field("X-CSRF-Token");
  return header.empty() ? text(form, "csrf") : std::string(header);
}

void export_in_format(const exchange &on) {
  static const std::set<std::string, std::less<>> formats{"csv", "xlsx", "json", "png", "txt"};
  if (!formats.contains(part(on, 1))) return on.refuse_as_not_there();
  export_screen(on, part(on, 0), part(on, 1));
}

constexpr std::array get_routes{
    get_route{"/health", door::open, show_health},
    get_route{"/health/live", door::open, show_live},
    get_route{"/health/ready", door::open, show_health},
    get_route{"/metrics", door::open, show_metrics},
    get_route{"/openapi.json", door::open, send_description},
    get_route{"/assets/*", door::open, [](const exchange &on) { send_asset(on, part(on, 0)); }},
    get_route{"/login", door::open, show_login},
    get_route{"/login/openid", door::open, begin_openid},
    get_route{"/login/openid/back", door::open, end_openid},
    get_route{"/", door::person, [](const exchange &on) { on.redirect(start_address(on)); }},
    get_route{"/menu", door::person, show_menu},
    get_route{"/search", door::person, search_everywhere},
    get_route{"/screens/*", door::person, [](const exchange &on) { show_screen(on, part(on, 0)); }},
    get_route{"/screens/host.contacts/export.ics", door::person, send_calendar_file},
    get_route{"/screens/host.customer/export.vcf", door::person, send_contact_card},
    get_route{"/screens/*/export.*", door::person, export_in_format},
    get_route{"/calendar/*", door::open, [](const exchange &on) { send_calendar(on, part(on, 0)); }},
};

constexpr std::array form_routes{
    form_route{"/login", door::open, sign_in},
    form_route{"/logout", door::person,
               [](const exchange &on, const std::string &body) {
                 if (has_token(on, sent_token(on, parse_form(body)))) sign_out(on);
               }},
    form_route{"/locale", door::person,
               [](const exchange &on, const std::string &body) {
                 const auto form = parse_form(body);
                 if (has_token(on, sent_token(on, form))) choose_locale(on, form);
               }},
    form_route{"/screens/*/actions/*", door::person,
               [](const exchange &on, const std::string &body) { do_action(on, part(on, 0), part(on, 1), body); }},
};
constexpr const char *intake_pattern = "/intake/*";
constexpr std::string_view calendar_path = "/calendar/";

/// The path only, for queries hold names and phone numbers; of a calendar not even that, for its address is its key.
std::string_view logged_path(const http_request &request) {
  return request.path.starts_with(calendar_path) ? calendar_path : std::string_view(request.path);
}

/// The first route whose pattern the path has; the parts of the path go into the request.
template <typename Routes>
auto route_for(const Routes &routes, http_request &request) -> decltype(&routes.front()) {
  for (const auto &route : routes) {
    if (auto parts = match_path(route.pattern, request.path)) {
      request.parts = std::move(*parts);
      return &route;
    }
  }
  return nullptr;
}

bool is_reading(const http_request &request) {
  return request.method == "GET" || request.method == "HEAD";
}

door_rules rules_of(const server_options &how) {
  door_rules rules;
  for (const auto &each : how.trusted_proxies) {
    auto address = written_address(each);
    if (address.empty()) throw failure(dms_invalid, "\"" + each + "\" is not the address of a proxy.");
    rules.trusted_proxies.insert(std::move(address));
  }
  for (const auto &each : how.host_names) rules.host_names.insert(bare_host(each));
  std::array<char, 256> own{};
  if (::gethostname(own.data(), own.size() - 1) == 0) rules.host_names.insert(bare_host(own.data()));
  rules.host_names.insert(bare_host(how.address));
  return rules;
}

}  // namespace

http_server_options door_of(const server_options &how) {
  http_server_options options;
  options.address = how.address;
  options.port = how.port;
  options.certificate_pem = how.certificate_pem;
  options.key_pem = how.key_pem;
  return options;
}

struct server::inside : http_application {
  inside(host &of, const server_options &how)
      : shared(of), http(std::make_unique<http_server>(*this, rules_of(how), door_of(how))) {
    use(how);
  }

  void use(const server_options &how) {
    shared.metrics_token = std::make_shared<const std::string>(how.metrics_token);
    shared.provider = how.provider.issuer.empty() ? nullptr : std::make_shared<openid>(how.provider);
  }

  // --- http_application ---
  body_rule rule_of(const http_request &head) noexcept override;
  std::optional<http_response> admit(http_request &head) noexcept override;
  http_response answer(http_request &request) noexcept override;
  http_response refusal(const http_request &request, int status, const char *sentence) noexcept override;

  /// What `body` answers, written to the log unless it says that it answered nothing.
  http_response made(const http_request &request, const std::function<bool(const exchange &)> &body) noexcept;
  using handler = std::function<void(const exchange &)>;
  void guarded(const http_request &request, http_response &response, const handler &body);
  static void report(const exchange *on, http_response &response, int status, const std::string &sentence);
  void serve(const exchange &on, http_request &request);
  void take_form(const exchange &on, const form_route &route, http_request &request);
  /// False after an answer that asks for the sign-in.
  static bool need_sign_in(const exchange &on, const std::string &form = {});
  http_response prepared() const;
  void finish(const http_request &request, http_response &response) noexcept;
  void measure(const http_request &request, const http_response &response, std::chrono::duration<double> took) noexcept;

  shop shared;
  turnstile way_in;
  std::unique_ptr<http_server> http;
};

namespace {

bool is_action(const http_request &request) {
  return match_path("/screens/*/actions/*", request.path).has_value();
}

}  // namespace

body_rule server::inside::rule_of(const http_request &head) noexcept {
  try {
    if (head.method != "POST") return {0, false, false};
    if (match_path(intake_pattern, head.path)) return {intake_limit, true, true};
    // Files belong to actions; who sends them must be signed in first.
    if (head.is_multipart() && is_action(head)) return {upload_limit + upload_wrapping, true, true};
    return {form_limit, true, false};
  } catch (const std::exception &) {
    return {0, false, false};
  }
}

std::optional<http_response> server::inside::admit(http_request &head) noexcept {
  bool welcome = false;
  auto response = made(head, [&](const exchange &on) {
    if (auto source = match_path(intake_pattern, head.path)) {
      welcome = admit_payload(on, source->front());
    } else {
      welcome = need_sign_in(on);
    }
    return !welcome;
  });
  if (welcome) return std::nullopt;
  return response;
}

http_response server::inside::answer(http_request &request) noexcept {
  const auto begin = std::chrono::steady_clock::now();
  auto response = made(request, [&](const exchange &on) {
    serve(on, request);
    return true;
  });
  measure(request, response, std::chrono::steady_clock::now() - begin);
  return response;
}

/// By what it is about, never by its address: that has ids in it.
void server::inside::measure(const http_request &request, const http_response &response,
                             std::chrono::duration<double> took) noexcept {
  try {
    shared.dms.numbers().observe(http_seconds,
                                 {{"kind", kind_of(request)}, {"status", std::to_string(response.status / 100) + "xx"}},
                                 took.count());
  } catch (const std::exception &fault) {
    shared.dms.log().error("not measured: {}", fault.what());
  }
}

http_response server::inside::made(const http_request &request,
                                   const std::function<bool(const exchange &)> &body) noexcept {
  try {
    auto response = prepared();
    const log_context said_with(std::string(response.field("X-Correlation-Id")));
    const turnstile::pass inside_now(way_in);
    bool is_answer = true;
    guarded(request, response, [&](const exchange &on) { is_answer = body(on); });
    if (is_answer) finish(request, response);
    return response;
  } catch (...) {
    http_response nothing;  // no memory: not even for a sentence
    nothing.status = 503;
    return nothing;
  }
}

http_response server::inside::refusal(const http_request &request, int status, const char *sentence) noexcept {
  http_response response;
  try {
    response = prepared();
    response.status = status;
    response.set("Content-Type", "text/plain; charset=utf-8");
    if (status == 503) response.set("Retry-After", "5");
    response.body = std::string(sentence) + '\n';
    finish(request, response);
  } catch (const std::exception &) {
    response.status = 503;
  }
  return response;
}

http_response server::inside::prepared() const {
  http_response response;
  set_security_headers(response);
  response.set("X-Correlation-Id", random_hex(8));
  return response;
}

void server::inside::finish(const http_request &request, http_response &response) noexcept {
  try {
    pack(request, response);
    shared.dms.log().info("{} {} {} {}", request.method, logged_path(request), response.status,
                          response.field("X-Correlation-Id"));
  } catch (const std::exception &fault) {
    shared.dms.log().error("fault after {} {}: {}", request.method, logged_path(request), fault.what());
  }
}

/// Runs `body` and turns what it throws into an answer.
void server::inside::guarded(const http_request &request, http_response &response, const handler &body) {
  std::unique_ptr<exchange> on;
  try {
    on = std::make_unique<exchange>(shared, request, response);
    body(*on);
  } catch (const failure &reason) {
    if (reason.status() == dms_unavailable) {
      shared.dms.log().warn("{} {}: {}", request.method, logged_path(request), reason.what());
    }
    report(on.get(), response, http_status(reason.status()), reason.what());
  } catch (const std::exception &fault) {
    shared.dms.log().error("fault in {} {}: {}", request.method, logged_path(request), fault.what());
    report(on.get(), response, 500, "");
  }
}

void server::inside::report(const exchange *on, http_response &response, int status, const std::string &sentence) {
  if (status == 503) response.set("Retry-After", "5");
  response.remove("Content-Disposition");  // of the file that did not come about
  if (on == nullptr) {
    response.status = status;
    response.set("Content-Type", problem_type);
    response.body = problem_document(status, "The data cannot be reached just now.", {});
    return;
  }
  auto said =
      on->say(sentence.empty() ? "Something went wrong. The administrator finds the reason in the log." : sentence);
  if (on->request.path.starts_with("/intake/")) return on->send_problem(status, said);
  try {
    on->refuse(status, said);
  } catch (const std::exception &) {
    on->send_problem(status, said);
  }
}

bool server::inside::need_sign_in(const exchange &on, const std::string &form) {
  if (on.signed_in()) return true;
  ask_to_sign_in(on, form);
  return false;
}

void server::inside::serve(const exchange &on, http_request &request) {
  if (is_reading(request)) {
    const auto *route = route_for(get_routes, request);
    if (route == nullptr) return on.refuse_as_not_there();
    if (route->stands == door::open || need_sign_in(on)) route->serves(on);
    return;
  }
  if (request.method != "POST") {
    on.response.set("Allow", "GET, HEAD, POST");
    on.send(405, "Only GET, HEAD and POST are known here.\n", "text/plain");
    return;
  }
  if (request.state == body_state::no_room) {
    throw failure(dms_unavailable, "There is too much to do just now. Please try again in a moment.");
  }
  if (auto source = match_path(intake_pattern, request.path)) return take_in(on, source->front());
  const auto *route = route_for(form_routes, request);
  if (route == nullptr) return on.refuse_as_not_there();
  take_form(on, *route, request);
}

void server::inside::take_form(const exchange &on, const form_route &route, http_request &request) {
  if (request.is_multipart() && request.state == body_state::whole) {
    auto read = read_upload(request.field("Content-Type"), request.body);
    if (read.fault == upload_fault::too_large) request.state = body_state::too_large;
    if (read.fault == upload_fault::broken) return on.refuse(422, on.say("The request is not valid."));
    request.body = std::move(read.form);
  }
  if (request.state == body_state::too_large) {
    return on.refuse(413, on.say("The form is too large. Nothing was saved."));
  }
  if (from_elsewhere(request)) {
    return on.refuse(403, on.say("The request comes from another site and was not carried out."));
  }
  if (route.stands == door::open || need_sign_in(on, request.body)) route.serves(on, request.body);
}

server::server(host &of, server_options how) : inside_(std::make_unique<inside>(of, how)) {
  add_host_screens(of, inside_->shared.said);
}

server::~server() {
  stop();
}

void server::start() {
  inside_->http->start();
}

void server::stop() {
  if (!inside_->http->stop(patience_at_the_end)) {
    inside_->shared.dms.log().warn("stopping: what took longer than {} s was cut off", patience_at_the_end.count());
  }
}

int server::port() const noexcept {
  return inside_->http->port();
}

void server::serve_as(const server_options &how) {
  auto door = door_of(how);
  door.door = inside_->http->door();
  auto next = std::make_unique<http_server>(*inside_, rules_of(how), door);
  next->start();  // both take in what comes, until the one before has finished
  inside_->http.swap(next);
  inside_->use(how);
  if (!next->stop(patience_at_the_end)) {
    inside_->shared.dms.log().warn("reloading: what took longer than {} s was cut off", patience_at_the_end.count());
  }
}

bool server::hold(std::chrono::milliseconds patience, const std::function<void()> &body) {
  return inside_->way_in.hold(patience, body);
}

bool server::is_alive(std::chrono::milliseconds patience) {
  return inside_->http->is_alive(patience);
}

}  // namespace dms::reference::web
