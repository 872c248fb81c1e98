// sender.cpp - one run of the job: lease, deliver, settle, until nothing is due.
#include <curl/curl.h>

#include <algorithm>
#include <array>
#include <condition_variable>
#include <mutex>
#include <nlohmann/json.hpp>
#include <random>
#include <system_error>
#include <thread>

#include "feedback/feedback.hpp"
#include "feedback/transport.hpp"

namespace lead_system::feedback {
namespace {

/// Messages of one source that are under way at once, each of another lead. Every source has its own, so a receiver
/// that hangs holds up none but its own.
constexpr int lanes = 8;
/// A host that died gives its messages back after it. While it lives it renews what it holds, three times in that span.
constexpr time_us lease_us = 15 * second_us;
constexpr std::chrono::seconds renewal{5};
/// How long something new of another source may wait for one that is slow.
constexpr std::chrono::milliseconds look_again{500};
/// A connection that was lost is mostly there again at once. From the third pause on they double.
constexpr std::array first_pauses{5 * second_us, 20 * second_us, minute_us};
constexpr time_us longest_pause = 6 * hour_us;
/// After about an hour of growing pauses somebody should look.
constexpr int worrying_attempts = 8;
/// About four weeks at six hours each: then it is failed, and an admin decides.
constexpr int most_attempts = 120;

/// Seconds first, then doubles from a minute to six hours; a fifth of jitter, so that a receiver that comes back is not
/// overrun.
time_us pause_after(int attempts) {
  const auto place = static_cast<std::size_t>(std::max(attempts - 1, 0));
  const auto beyond = place < first_pauses.size() ? 0 : std::min<std::size_t>(place - first_pauses.size() + 1, 20);
  const auto pause = std::min(first_pauses[std::min(place, first_pauses.size() - 1)] << beyond, longest_pause);
  std::minstd_rand random{std::random_device{}()};
  return pause + std::uniform_int_distribution<time_us>(-pause / 5, pause / 5)(random);
}

std::string late_key(const std::string &source) {
  return "feedback:" + source + ":late";
}

/// One ring a day and source, not one a message: a receiver that rejects everything would fill the bell.
std::string decision_key(const std::string &source, std::string_view status, time_us now) {
  return "feedback:" + source + ":" + std::string(status) + ":" + std::to_string(now / day_us);
}

}  // namespace

/// The state of one run. The store is spoken to in the thread of the run alone; each delivery has a thread of its own.
class sender::round {
 public:
  round(const sender &of, const dms::call &who) : of_(of), who_(who) {}
  round(const round &) = delete;
  round &operator=(const round &) = delete;
  ~round() = default;

  std::string go() {
    while (!who_.cancelled()) {
      settle_what_came();
      lease_more();
      if (under_way_.empty()) break;
      renew_if_time();
      wait();
    }
    // Each looks at the call, and ends soon.
    while (!under_way_.empty()) {
      wait();
      settle_what_came();
    }
    return line();
  }

 private:
  struct delivery {
    store::feedback_message message;
    store::feedback_channel channel;
    verdict came;
    bool done = false;  ///< with mutex_ held
    std::jthread at_work;
  };

  /// The host's time goes on while the run lasts: leases and pauses count from now.
  time_us now() const {
    const auto gone = std::chrono::steady_clock::now() - begun_;
    return who_.now_us() + std::chrono::duration_cast<std::chrono::microseconds>(gone).count();
  }

  void lease_more() {
    std::vector<store::feedback_channel> channels;
    for (const auto &source : of_.store_.sources_with_feedback(now())) {
      const auto busy = std::count_if(under_way_.begin(), under_way_.end(),
                                      [&](const auto &it) { return it->message.source == source; });
      if (busy >= lanes) continue;
      auto leased = of_.store_.lease_feedback(source, lanes - static_cast<int>(busy), now(), lease_us, of_.how_.owner);
      if (leased.empty()) continue;
      if (channels.empty()) channels = of_.store_.feedback_channels();
      for (auto &message : leased) start(std::move(message), channels);
    }
  }

  void start(store::feedback_message message, const std::vector<store::feedback_channel> &channels) {
    auto made = std::make_unique<delivery>();
    auto &one = *made;
    one.channel.source = message.source;
    one.message = std::move(message);
    const auto set = std::find_if(channels.begin(), channels.end(),
                                  [&](const auto &channel) { return channel.source == one.message.source; });
    if (set != channels.end()) one.channel = *set;
    under_way_.push_back(std::move(made));
    try {
      one.at_work = std::jthread([this, &one] { finish(one, deliver_one(one)); });
    } catch (const std::system_error &fault) {
      finish(one, {verdict::kind::retry, {"The message could not be sent: {1}", {fault.what()}}});
    }
  }

  void finish(delivery &one, verdict came) {
    const std::lock_guard lock(mutex_);
    one.came = std::move(came);
    one.done = true;
    some_done_.notify_one();
  }

  verdict deliver_one(const delivery &one) const {
    const auto sources = of_.sources_.now();
    const auto definition = sources->find(one.message.source);
    if (definition == sources->end()) {
      return {verdict::kind::retry, {"The source {1} is no longer defined.", {one.message.source}}};
    }
    const secret_source secrets = [this](const std::string &key) { return of_.secrets_.get(key); };
    try {
      return deliver({one.channel, definition->second.feedback, one.message, secrets,
                      of_.how_.outbox_directory + "/" + one.message.source, of_.how_.drop_root,
                      [this] { return who_.cancelled(); }});
    } catch (const std::exception &fault) {
      return {verdict::kind::retry, {"The message could not be sent: {1}", {fault.what()}}};
    }
  }

  void wait() {
    std::unique_lock lock(mutex_);
    some_done_.wait_for(lock, look_again, [this] {
      return std::any_of(under_way_.begin(), under_way_.end(), [](const auto &one) { return one->done; });
    });
  }

  void settle_what_came() {
    std::vector<std::unique_ptr<delivery>> came;
    {
      const std::lock_guard lock(mutex_);
      const auto still =
          std::stable_partition(under_way_.begin(), under_way_.end(), [](const auto &one) { return !one->done; });
      came.assign(std::move_iterator(still), std::move_iterator(under_way_.end()));
      under_way_.erase(still, under_way_.end());
    }
    for (const auto &one : came) {
      if (one->at_work.joinable()) one->at_work.join();
      // One that was broken off by the end of the host is not an attempt: its lease ends by itself.
      if (who_.cancelled() && one->came.is == verdict::kind::retry) continue;
      settle(one->message, one->came);
    }
  }

  void settle(store::feedback_message &message, const verdict &came) {
    ++message.attempts;
    message.answer = message_json(came.text);
    switch (came.is) {
      case verdict::kind::acknowledged:
        message.status = store::feedback_status::acknowledged;
        ++acknowledged_;
        break;
      case verdict::kind::rejected:
        message.status = store::feedback_status::rejected;
        ++rejected_;
        break;
      case verdict::kind::retry:
        message.next_attempt_at = now() + (came.wait > 0 ? came.wait : pause_after(message.attempts));
        if (message.attempts >= most_attempts) message.status = store::feedback_status::failed;
        ++waiting_;
        break;
    }
    if (message.status != store::feedback_status::waiting) message.answered_at = now();
    if (of_.store_.settle_feedback(message, of_.how_.owner, now())) {
      tell(message);
    } else {
      of_.log_.warning("A feedback message was settled by another host meanwhile: " + message.message_id);
    }
  }

  void tell(const store::feedback_message &message) const {
    const auto sources = of_.sources_.now();
    const auto definition = sources->find(message.source);
    const auto whom = definition == sources->end() ? message.source : definition->second.feedback.manufacturer;
    using status = store::feedback_status;
    switch (message.status) {
      case status::rejected:
        of_.notify(decision_key(message.source, "rejected", now()),
                   {"{1} rejected a feedback message. Decide in the feedback log.", {whom}}, message.source,
                   message.status);
        break;
      case status::failed:
        of_.notify(decision_key(message.source, "failed", now()),
                   {"Feedback to {1} has failed for weeks. Decide in the feedback log.", {whom}}, message.source,
                   message.status);
        break;
      case status::waiting:
        if (message.attempts == worrying_attempts) {
          of_.notify(late_key(message.source),
                     {"Feedback to {1} has not got through for some time. See the feedback log.", {whom}},
                     message.source, message.status);
        }
        break;
      case status::acknowledged:
        if (message.attempts > worrying_attempts) of_.withdraw(late_key(message.source));
        break;
      case status::given_up:
        break;
    }
  }

  void renew_if_time() {
    const auto at = std::chrono::steady_clock::now();
    if (at - renewed_ < renewal) return;
    renewed_ = at;
    of_.store_.renew_feedback_leases(of_.how_.owner, now() + lease_us);
  }

  std::string line() const {
    if (acknowledged_ + rejected_ + waiting_ == 0) return {};
    return of_.how_.words({"{1} acknowledged, {2} rejected, {3} waiting.",
                           {std::to_string(acknowledged_), std::to_string(rejected_), std::to_string(waiting_)}});
  }

  const sender &of_;
  const dms::call &who_;
  const std::chrono::steady_clock::time_point begun_ = std::chrono::steady_clock::now();
  std::chrono::steady_clock::time_point renewed_ = begun_;
  int acknowledged_ = 0, rejected_ = 0, waiting_ = 0;
  std::mutex mutex_;
  std::condition_variable some_done_;
  std::vector<std::unique_ptr<delivery>> under_way_;  ///< last: its threads end before the rest goes
};

sender::sender(store::store &store, intake::known_sources sources, dms::settings secrets,
               const dms_notifications *notifications, dms::log log, sending_options how)
    : store_(store),
      sources_(std::move(sources)),
      secrets_(secrets),
      notifications_(notifications),
      log_(log),
      how_(std::move(how)) {
  curl_global_init(CURL_GLOBAL_DEFAULT);
}

sender::~sender() {
  curl_global_cleanup();
}

std::string sender::run(const dms::call &who) {
  return round(*this, who).go();
}

void sender::notify(const std::string &key, const message &sentence, const std::string &source,
                    store::feedback_status status) const {
  if (notifications_ == nullptr) return;
  const nlohmann::json what{
      {"roles", {"admin"}},
      {"tone", "bad"},
      {"text", how_.words(sentence)},
      {"texts", {{"en", in_english(sentence)}}},
      {"link", {{"screen", "leads.feedback_log"}, {"params", {{"status", store::key(status)}, {"source", source}}}}}};
  try {
    dms::notifications(notifications_).notify(key, what.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace));
  } catch (const dms::failure &fault) {
    log_.warning(std::string("The admins could not be notified: ") + fault.what());
  }
}

void sender::withdraw(const std::string &key) const {
  if (notifications_ == nullptr) return;
  try {
    dms::notifications(notifications_).withdraw(key);
  } catch (const dms::failure &fault) {
    log_.warning(std::string("A notification could not be taken back: ") + fault.what());
  }
}

}  // namespace lead_system::feedback
