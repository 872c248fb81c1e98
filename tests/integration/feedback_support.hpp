// feedback_support.hpp - leads whose changes go to a manufacturer, and a manufacturer whose answers the test decides.
#pragma once

#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <atomic>
#include <functional>
#include <mutex>
#include <stdexcept>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include "feedback/feedback.hpp"
#include "intake/sources.hpp"
#include "integration/databases.hpp"

namespace feedback_support {

using namespace lead_system;

constexpr time_us noon = 1'595'421'067 * second_us;  // 2020-07-22 12:31:07 UTC

inline std::string german(const message &text) {
  return text.id == "No further contact wanted" ? "Kein weiterer Kontakt gewünscht" : text.id;
}

/// What the manufacturer says.
struct verdict {
  int status = 200;
  std::string body, type = "application/xml", location, retry_after;
  bool breaks_off = false;  ///< takes the message, and loses the connection in the middle of the answer
};

/// A manufacturer's endpoint whose answers the test decides: one message a connection.
class receiver {
 public:
  using answer = std::function<void(int number, verdict &)>;
  explicit receiver(answer how) : how_(std::move(how)), door_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
    sockaddr_in at{};
    at.sin_family = AF_INET;
    at.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t length = sizeof at;
    if (::bind(door_, reinterpret_cast<sockaddr *>(&at), length) != 0 || ::listen(door_, 64) != 0 ||
        ::getsockname(door_, reinterpret_cast<sockaddr *>(&at), &length) != 0) {
      throw std::runtime_error("the receiver cannot listen");
    }
    port_ = ntohs(at.sin_port);
    thread_ = std::thread([this] { let_in(); });
  }
  receiver(const receiver &) = delete;
  receiver &operator=(const receiver &) = delete;
  ~receiver() {
    ::shutdown(door_, SHUT_RDWR);
    thread_.join();
    for (auto &each : serving_) each.join();
    ::close(door_);
  }
  std::string url() const { return "http://127.0.0.1:" + std::to_string(port_) + "/feedback"; }
  std::vector<std::string> keys() {
    const std::lock_guard lock(mutex_);
    return keys_;
  }
  std::vector<std::string> bodies() {
    const std::lock_guard lock(mutex_);
    return bodies_;
  }

 private:
  void let_in() {
    for (int one = ::accept(door_, nullptr, nullptr); one >= 0; one = ::accept(door_, nullptr, nullptr)) {
      serving_.emplace_back([this, one] {
        serve(one);
        ::close(one);
      });
    }
  }

  static std::string field(const std::string &head, const std::string &name) {
    const auto at = head.find("\r\n" + name + ": ");
    if (at == std::string::npos) return {};
    const auto begin = at + name.size() + 4;
    return head.substr(begin, head.find("\r\n", begin) - begin);
  }

  void serve(int one) {
    std::string text;
    std::size_t end = std::string::npos, wanted = 0;
    std::array<char, 4096> piece{};
    while (end == std::string::npos || text.size() < end + wanted) {
      const auto count = ::recv(one, piece.data(), piece.size(), 0);
      if (count <= 0) return;
      text.append(piece.data(), static_cast<std::size_t>(count));
      if (end != std::string::npos || text.find("\r\n\r\n") == std::string::npos) continue;
      end = text.find("\r\n\r\n") + 4;
      const auto length = field(text, "Content-Length");
      wanted = length.empty() ? 0 : std::stoul(length);
      if (!field(text, "Expect").empty()) say(one, "HTTP/1.1 100 Continue\r\n\r\n");
    }
    if (!text.starts_with("POST /feedback ")) {
      verdict nowhere;
      nowhere.status = 404;
      return say(one, answer_text(nowhere));
    }
    int number = 0;
    {
      const std::lock_guard lock(mutex_);
      bodies_.push_back(text.substr(end, wanted));
      keys_.push_back(field(text, "Idempotency-Key"));
      number = static_cast<int>(bodies_.size());
    }
    verdict given;
    how_(number, given);
    say(one, answer_text(given));
  }

  static std::string answer_text(const verdict &from) {
    auto head = "HTTP/1.1 " + std::to_string(from.status) + " Said\r\nConnection: close\r\nContent-Type: " + from.type;
    if (!from.location.empty()) head += "\r\nLocation: " + from.location;
    if (!from.retry_after.empty()) head += "\r\nRetry-After: " + from.retry_after;
    const auto length = from.breaks_off ? from.body.size() + 1000 : from.body.size();
    return head + "\r\nContent-Length: " + std::to_string(length) + "\r\n\r\n" + from.body;
  }

  static void say(int to, std::string_view text) {
    while (!text.empty()) {
      const auto count = ::send(to, text.data(), text.size(), MSG_NOSIGNAL);
      if (count <= 0) return;
      text.remove_prefix(static_cast<std::size_t>(count));
    }
  }

  answer how_;
  int door_;
  int port_ = 0;
  std::thread thread_;
  std::vector<std::thread> serving_;  ///< only the thread that lets in adds to it
  std::mutex mutex_;
  std::vector<std::string> bodies_, keys_;
};

inline void ok(verdict &given) {
  given.body = "<Status>OK</Status>";
}

/// Leads of siebel_nissan and siebel_dacia, their changes, and the job.
class with_feedback : public databases::on_each {
 protected:
  with_feedback() : sources_(intake::load_sources("")) {}

  lead add_lead(const std::string &external_id, const std::string &source = "siebel_nissan") {
    lead item;
    item.content.source = source;
    item.content.external_id = external_id;
    item.content.type = "test_drive";
    item.content.dealer_code = "AT10017";
    item.category = "siebel_nissan";
    item.created_at = item.updated_at = noon;
    open().write([&](store::transaction &inside) { item.id = inside.insert_lead(item, external_id); });
    return item;
  }
  void change(lead item, lead_state to, const std::string &comment = "", const std::string &reason = "") {
    item.state = to;
    item.reason = reason;
    const auto write = feedback::make_writer(sources_.definitions, german);
    open().write([&](store::transaction &inside) { write(inside, item, to, "verkauf1", comment, noon); });
  }
  void set_channel(const std::string &transport, const std::map<std::string, std::string> &settings, time_us at = noon,
                   const std::string &source = "siebel_nissan") {
    open().write([&](store::transaction &inside) {
      inside.set_feedback_channel({source, transport, settings}, "admin", at);
    });
  }
  void send(time_us now, const std::string &owner = "host 1") {
    feedback::sender sender(open(), sources_.definitions, dms::settings(), nullptr, dms::log{},
                            {outbox(), drop_root(), owner, german});
    dms_call call{};
    call.struct_size = sizeof call;
    call.now_us = now;
    call.may = [](void *, dms_str) -> std::int32_t { return 1; };
    call.context = this;
    call.cancelled = [](void *self) -> std::int32_t { return static_cast<with_feedback *>(self)->stopping_ ? 1 : 0; };
    sender.run(dms::call(&call));
  }
  std::string drop_root() { return (database().directory() / "drop").string(); }
  std::string outbox() { return (database().directory() / "outbox").string(); }

  store::feedback_message message_of(const lead &item, std::size_t index = 0) {
    return open().feedback_of(item.id).at(index);
  }

  intake::sources sources_;
  std::atomic<bool> stopping_{false};
};

}  // namespace feedback_support
