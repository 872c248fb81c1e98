#include "reference_host/web/server.hpp"

#include <spdlog/spdlog.h>

#include <chrono>
#include <thread>

#include "reference_host/web/handlers.hpp"
#include "reference_host/web/host_screens.hpp"
#include "reference_host/web/links.hpp"
#include "reference_host/web/patient_server.hpp"
#include "reference_host/web/upload.hpp"

namespace dms::reference::web {
namespace {

constexpr std::size_t form_limit = std::size_t{1} << 20;

using handler = std::function<void(const exchange &)>;
using form_handler = std::function<void(const exchange &, const std::string &body)>;

void set_security_headers(httplib::Response &response) {
  response.set_header("Content-Security-Policy",
                      "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; img-src 'self' data:; "
                      "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'");
  response.set_header("X-Frame-Options", "DENY");
  response.set_header("X-Content-Type-Options", "nosniff");
  response.set_header("Referrer-Policy", "same-origin");
  response.set_header("Cross-Origin-Opener-Policy", "same-origin");
  response.set_header("Cache-Control", "no-store");
}

/// A page of another site cannot post here, whatever cookies the browser adds.
bool from_elsewhere(const httplib::Request &request) {
  auto origin = request.get_header_value("Origin");
  if (origin.empty() || origin == "null") return origin == "null";
  auto at = origin.find("://");
  return at == std::string::npos || origin.substr(at + 3) != request.get_header_value("Host");
}

/// Runs `use` on the body. What was refused unread is taken from the wire within the limit, so that the sender hears
/// the answer; where even that broke off, the connection ends with it.
void with_body(const httplib::Request &request, const httplib::ContentReader &reader, httplib::Response &response,
               std::size_t limit, const std::function<void(const httplib::ContentReader &)> &use) {
  bool begun = false, whole = false;
  const bool in_parts = request.is_multipart_form_data();
  const httplib::ContentReader noted(
      [&](httplib::ContentReceiver receiver) {
        begun = true;
        // The library knows no plain way through a body in parts.
        if (in_parts) return whole = reader([](const httplib::MultipartFormData &) { return true; }, receiver);
        return whole = reader(std::move(receiver));
      },
      [&](httplib::MultipartContentHeader header, httplib::ContentReceiver receiver) {
        begun = true;
        return whole = in_parts && reader(std::move(header), std::move(receiver));
      });
  use(noted);
  if (!begun) read_body(noted, limit, false);
  if (!whole) patient_server::close_after(response);
}

bool brings_a_body(const httplib::Request &request) {
  return request.has_header("Transfer-Encoding") ||
         (request.has_header("Content-Length") && request.get_header_value("Content-Length") != "0");
}

}  // namespace

struct server::inside {
  inside(host &of, server_options wanted) : shared(of), how(std::move(wanted)) {}

  /// Runs `body` and turns what it throws into an answer.
  void answer(const httplib::Request &request, httplib::Response &response, const handler &body) {
    std::unique_ptr<exchange> on;
    try {
      on = std::make_unique<exchange>(shared, request, response);
      body(*on);
    } catch (const failure &reason) {
      if (reason.status() == dms_unavailable) {
        shared.dms.log().warn("{} {}: {}", request.method, request.path, reason.what());
      }
      report(on.get(), response, http_status(reason.status()), reason.what());
    } catch (const std::exception &fault) {
      shared.dms.log().error("fault in {} {}: {}", request.method, request.path, fault.what());
      report(on.get(), response, 500, "");
    }
  }

  static void report(const exchange *on, httplib::Response &response, int status, const std::string &sentence) {
    if (status == 503) response.set_header("Retry-After", "5");
    if (on == nullptr) {
      response.status = status;
      response.set_content("{\"error\":\"The data cannot be reached just now.\"}", "application/json");
      return;
    }
    auto said =
        on->say(sentence.empty() ? "Something went wrong. The administrator finds the reason in the log." : sentence);
    if (on->request.path.starts_with("/intake/")) return on->send_json(status, {{"error", said}});
    try {
      on->refuse(status, said);
    } catch (const std::exception &) {
      on->send_json(status, {{"error", said}});
    }
  }

  void need_sign_in(const exchange &on, const handler &body) const {
    if (on.signed_in()) return body(on);
    auto sentence = on.say("Please sign in.");
    if (on.wants_json()) return on.send_json(401, {{"error", sentence}});
    bool reading = on.request.method == "GET" || on.request.method == "HEAD";
    on.redirect("/login?next=" + url_encoded(reading ? on.address() : "/"));
  }

  void get(const std::string &pattern, handler body, bool open = false) {
    http.Get(pattern,
             [this, body = std::move(body), open](const httplib::Request &request, httplib::Response &response) {
               answer(request, response, [&](const exchange &on) {
                 if (open) return body(on);
                 need_sign_in(on, body);
               });
             });
  }

  void post(const std::string &pattern, form_handler body, bool open = false) {
    http.Post(pattern,
              [this, body = std::move(body), open](const httplib::Request &request, httplib::Response &response,
                                                   const httplib::ContentReader &reader) {
                with_body(request, reader, response, form_limit, [&](const httplib::ContentReader &noted) {
                  answer(request, response, [&](const exchange &on) { take_form(on, noted, body, open); });
                });
              });
  }

  void take_form(const exchange &on, const httplib::ContentReader &reader, const form_handler &body, bool open) const {
    auto sent = on.request.is_multipart_form_data() ? read_upload(reader) : read_body(reader, form_limit);
    if (!sent) return on.refuse(413, on.say("The form is too large. Nothing was saved."));
    if (from_elsewhere(on.request)) {
      return on.refuse(403, on.say("The request comes from another site and was not carried out."));
    }
    if (open) return body(on, *sent);
    need_sign_in(on, [&](const exchange &same) { body(same, *sent); });
  }

  void routes();
  void intake_route();
  void limits();

  shop shared;
  server_options how;
  patient_server http;
  std::thread thread;
  int bound = 0;
};

void server::inside::routes() {
  get("/health", show_health, true);
  get(
      "/assets/([A-Za-z0-9._-]+)", [](const exchange &on) { send_asset(on, on.request.matches[1]); }, true);
  get("/login", show_login, true);
  get("/", [](const exchange &on) { on.redirect(start_address(on)); });
  get("/menu", show_menu);
  get("/screens/([A-Za-z0-9._-]+)", [](const exchange &on) { show_screen(on, on.request.matches[1]); });
  get("/screens/host\\.contacts/export\\.ics", send_calendar_file);
  get("/screens/([A-Za-z0-9._-]+)/export\\.(csv|xlsx|json|png)",
      [](const exchange &on) { export_screen(on, on.request.matches[1], on.request.matches[2]); });
  post(
      "/login", [](const exchange &on, const std::string &body) { sign_in(on, body); }, true);
  auto sent_token = [](const exchange &on, const json &form) {
    auto header = on.request.get_header_value("X-CSRF-Token");
    return header.empty() ? text(form, "csrf") : header;
  };
  post("/logout", [sent_token](const exchange &on, const std::string &body) {
    if (has_token(on, sent_token(on, parse_form(body)))) sign_out(on);
  });
  post("/locale", [sent_token](const exchange &on, const std::string &body) {
    auto form = parse_form(body);
    if (has_token(on, sent_token(on, form))) choose_locale(on, form);
  });
  post("/screens/([A-Za-z0-9._-]+)/actions/([A-Za-z0-9._-]+)", [](const exchange &on, const std::string &body) {
    do_action(on, on.request.matches[1], on.request.matches[2], body);
  });
  intake_route();
  // Without this the library would take the body of any other address into memory, however long.
  post(
      ".*",
      [](const exchange &on, const std::string &) {
        on.refuse(404, on.say("This page does not exist, or you have no access to it."));
      },
      true);
  http.set_error_handler([this](const httplib::Request &request, httplib::Response &response) {
    // Answers of the handlers above have their content; this is what the library refuses by itself.
    if (response.content_length_ > 0 || !response.body.empty() || response.status == 303) return;
    answer(request, response, [&](const exchange &on) {
      auto status = response.status;
      auto sentence =
          status == 404 ? "This page does not exist, or you have no access to it." : "The request is not valid.";
      on.refuse(status, on.say(sentence));
    });
  });
}

void server::inside::intake_route() {
  http.Post("/intake/([A-Za-z0-9._-]+)",
            [this](const httplib::Request &request, httplib::Response &response, const httplib::ContentReader &reader) {
              with_body(request, reader, response, intake_limit, [&](const httplib::ContentReader &noted) {
                answer(request, response, [&](const exchange &on) { take_in(on, request.matches[1], noted); });
              });
            });
}

void server::inside::limits() {
  http.set_keep_alive_max_count(200);
  http.set_keep_alive_timeout(15);  // as patient_server keeps it; said to the browser
  http.set_tcp_nodelay(true);
  http.set_pre_routing_handler([](const httplib::Request &request, httplib::Response &response) {
    set_security_headers(response);
    response.set_header("X-Correlation-Id", random_hex(8));
    if (request.method == "POST") return httplib::Server::HandlerResponse::Unhandled;
    if (brings_a_body(request)) patient_server::close_after(response);
    if (request.method == "GET" || request.method == "HEAD") return httplib::Server::HandlerResponse::Unhandled;
    response.status = 405;
    response.set_header("Allow", "GET, HEAD, POST");
    response.set_content("Only GET, HEAD and POST are known here.\n", "text/plain");
    return httplib::Server::HandlerResponse::Handled;
  });
  http.set_logger([this](const httplib::Request &request, const httplib::Response &response) {
    // The path only: queries hold names and phone numbers.
    shared.dms.log().info("{} {} {} {}", request.method, request.path, response.status,
                          response.get_header_value("X-Correlation-Id"));
  });
}

server::server(host &of, server_options how) : inside_(std::make_unique<inside>(of, std::move(how))) {
  add_host_screens(of, inside_->shared.said);
  inside_->limits();
  inside_->routes();
}

server::~server() {
  stop();
  wait();
}

void server::start() {
  auto &in = *inside_;
  if (in.how.port == 0) {
    in.bound = in.http.bind_to_any_port(in.how.address);
  } else if (in.http.bind_to_port(in.how.address, in.how.port)) {
    in.bound = in.how.port;
  }
  if (in.bound <= 0) {
    throw failure(dms_unavailable, "Cannot listen on \"" + in.how.address + ":" + std::to_string(in.how.port) +
                                       "\". Is another program using it? Choose another port with --listen.");
  }
  in.http.widen_door();
  in.thread = std::thread([&in] { in.http.listen_after_bind(); });
  while (!in.http.is_running()) std::this_thread::sleep_for(std::chrono::milliseconds(1));
}

void server::stop() {
  inside_->http.stop();
}

void server::wait() {
  if (inside_->thread.joinable()) inside_->thread.join();
}

int server::port() const noexcept {
  return inside_->bound;
}

}  // namespace dms::reference::web
