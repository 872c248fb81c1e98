// feedback_support.hpp - leads whose changes go to a manufacturer, and a manufacturer whose answers the test decides.
#pragma once

#include <httplib.h>

#include <atomic>
#include <functional>
#include <mutex>
#include <string>
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

/// A manufacturer's endpoint whose answers the test decides.
class receiver {
 public:
  using answer = std::function<void(int number, httplib::Response &)>;
  explicit receiver(answer how) : how_(std::move(how)) {
    server_.Post("/feedback", [this](const httplib::Request &request, httplib::Response &response) {
      int number = 0;
      {
        const std::lock_guard lock(mutex_);
        bodies_.push_back(request.body);
        keys_.push_back(request.get_header_value("Idempotency-Key"));
        number = static_cast<int>(bodies_.size());
      }
      how_(number, response);
    });
    port_ = server_.bind_to_any_port("127.0.0.1");
    thread_ = std::thread([this] { server_.listen_after_bind(); });
    while (!server_.is_running()) std::this_thread::yield();
  }
  ~receiver() {
    server_.stop();
    thread_.join();
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
  answer how_;
  httplib::Server server_;
  int port_ = 0;
  std::thread thread_;
  std::mutex mutex_;
  std::vector<std::string> bodies_, keys_;
};

inline void ok(httplib::Response &response) {
  response.set_content("<Status>OK</Status>", "application/xml");
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
                            {outbox(), owner, german});
    dms_call call{};
    call.struct_size = sizeof call;
    call.now_us = now;
    call.may = [](void *, dms_str) -> std::int32_t { return 1; };
    call.context = this;
    call.cancelled = [](void *self) -> std::int32_t { return static_cast<with_feedback *>(self)->stopping_ ? 1 : 0; };
    sender.run(dms::call(&call));
  }
  std::string outbox() { return (database().directory() / "outbox").string(); }

  store::feedback_message message_of(const lead &item, std::size_t index = 0) {
    return open().feedback_of(item.id).at(index);
  }

  intake::sources sources_;
  std::atomic<bool> stopping_{false};
};

}  // namespace feedback_support
