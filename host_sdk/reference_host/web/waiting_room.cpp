#include "reference_host/web/waiting_room.hpp"

#include <nlohmann/json.hpp>

#include "reference_host/web/http_server.hpp"

namespace dms::reference::web {
namespace {

constexpr std::uint64_t longest_body_of_waiting = std::uint64_t{1} << 20;
constexpr std::chrono::seconds patience_of_waiting{1};

http_server_options small_door_of(const server_options &how) {
  auto options = door_of(how);
  options.workers = 4;
  return options;
}

}  // namespace

struct waiting_room::inside : http_application {
  inside(const server_options &how, const std::string &said)
      : document(nlohmann::json{{"status", "unavailable"}, {"error", said}}.dump()),
        text(said + '\n'),
        http(*this, {}, small_door_of(how)) {}

  // What comes is taken off the line, within reason, so that the sender hears the answer.
  body_rule rule_of(const http_request &) noexcept override { return {longest_body_of_waiting, true, false}; }
  std::optional<http_response> admit(http_request &) noexcept override { return std::nullopt; }
  http_response answer(http_request &request) noexcept override { return refusal(request, 503, ""); }
  http_response refusal(const http_request &request, int status, const char *) noexcept override {
    http_response response;
    response.status = status;
    response.set("Retry-After", "10");
    response.set("Cache-Control", "no-store");
    const bool page = request.field("Accept").find("text/html") != std::string_view::npos;
    response.set("Content-Type", page ? "text/plain; charset=utf-8" : "application/json");
    response.body = page ? text : document;
    return response;
  }

  std::string document, text;
  http_server http;
};

waiting_room::waiting_room(const server_options &how, const std::string &sentence)
    : inside_(std::make_unique<inside>(how, sentence)) {
  inside_->http.start();
}

waiting_room::~waiting_room() {
  inside_->http.stop(patience_of_waiting);
}

}  // namespace dms::reference::web
