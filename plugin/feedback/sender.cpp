// sender.cpp - one run of the job: lease, deliver, settle, until nothing is due.
#include <curl/curl.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <random>
#include <thread>

#include "feedback/feedback.hpp"
#include "feedback/transport.hpp"

namespace lead_system::feedback {
namespace {

/// At once, each in a thread of its own: they are of different leads, so a slow receiver holds up no other.
constexpr int batch_size = 8;
/// Longer than a batch can take; a host that died gives its messages back after it.
constexpr time_us lease_us = 2 * minute_us;
constexpr time_us first_pause = minute_us;
constexpr time_us longest_pause = 6 * hour_us;
/// After about an hour of growing pauses somebody should look.
constexpr int worrying_attempts = 6;

/// Doubles from a minute to six hours; a fifth of jitter, so that a receiver that comes back is not overrun.
time_us pause_after(int attempts) {
  const auto pause = std::min(first_pause << std::clamp(attempts - 1, 0, 20), longest_pause);
  std::minstd_rand random{std::random_device{}()};
  return pause + std::uniform_int_distribution<time_us>(-pause / 5, pause / 5)(random);
}

}  // namespace

struct sender::tally {
  time_us begun_at = 0;
  std::chrono::steady_clock::time_point begun = std::chrono::steady_clock::now();
  int acknowledged = 0, rejected = 0, waiting = 0;

  /// The host's time goes on while the run lasts: leases and pauses count from now.
  time_us now() const {
    return begun_at +
           std::chrono::duration_cast<std::chrono::microseconds>(std::chrono::steady_clock::now() - begun).count();
  }
};

sender::sender(store::store &store, const definitions &sources, const dms_settings *secrets,
               const dms_notifications *notifications, dms::log log, sending_options how)
    : store_(store),
      sources_(sources),
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
  tally so_far;
  so_far.begun_at = who.now_us();
  while (!who.cancelled() && send_batch(who, so_far)) {
  }
  if (so_far.acknowledged + so_far.rejected + so_far.waiting == 0) return {};
  return how_.words(
      {"{1} acknowledged, {2} rejected, {3} waiting.",
       {std::to_string(so_far.acknowledged), std::to_string(so_far.rejected), std::to_string(so_far.waiting)}});
}

/// False when nothing was due.
bool sender::send_batch(const dms::call &who, tally &so_far) {
  auto messages = store_.lease_feedback(batch_size, so_far.now(), lease_us, how_.owner);
  if (messages.empty()) return false;
  const auto channels = store_.feedback_channels();
  const secret_source secrets = [this](const std::string &key) -> std::optional<std::string> {
    if (secrets_ == nullptr) return std::nullopt;
    return dms::written_if_found([&](const dms_sink *sink, dms_error *error) {
      return secrets_->get(secrets_->context, dms::str(key), sink, error);
    });
  };
  const auto deliver_one = [&](const store::feedback_message &one) -> verdict {
    const auto definition = sources_.find(one.source);
    if (definition == sources_.end()) {
      return {verdict::kind::retry, {"The source {1} is no longer defined.", {one.source}}};
    }
    auto channel =
        std::find_if(channels.begin(), channels.end(), [&](const auto &c) { return c.source == one.source; });
    const auto none = store::feedback_channel{one.source, {}, {}};
    try {
      return deliver({channel == channels.end() ? none : *channel, definition->second.feedback, one, secrets,
                      how_.outbox_directory + "/" + one.source, [&who] { return who.cancelled(); }});
    } catch (const std::exception &fault) {
      return {verdict::kind::retry, {"The message could not be sent: {1}", {fault.what()}}};
    }
  };
  std::vector<verdict> came(messages.size());
  {
    std::vector<std::jthread> at_work;
    for (std::size_t i = 0; i < messages.size(); ++i) {
      at_work.emplace_back([&, i] { came[i] = deliver_one(messages[i]); });
    }
  }
  const bool broken_off = who.cancelled();
  for (std::size_t i = 0; i < messages.size(); ++i) {
    // One that was broken off by the end of the host is not an attempt: its lease ends by itself.
    if (broken_off && came[i].is == verdict::kind::retry) continue;
    settle(messages[i], came[i], so_far.now(), so_far);
  }
  return true;
}

void sender::settle(store::feedback_message &message, const verdict &came, time_us now, tally &so_far) {
  ++message.attempts;
  message.answer = how_.words(came.text);
  switch (came.is) {
    case verdict::kind::acknowledged:
      message.status = store::feedback_status::acknowledged;
      message.answered_at = now;
      ++so_far.acknowledged;
      break;
    case verdict::kind::rejected:
      message.status = store::feedback_status::rejected;
      message.answered_at = now;
      ++so_far.rejected;
      break;
    case verdict::kind::retry:
      message.next_attempt_at = now + pause_after(message.attempts);
      ++so_far.waiting;
      break;
  }
  if (!store_.settle_feedback(message, how_.owner)) {
    log_.warning("A feedback message was settled by another host meanwhile: " + message.message_id);
  } else if (message.status == store::feedback_status::rejected) {
    notify("feedback:" + message.message_id,
           "The manufacturer rejected a feedback message. Decide in the feedback log.", "rejected");
  } else if (message.attempts == worrying_attempts) {
    notify("feedback:" + message.source + ":" + message.external_id,
           "Feedback has not got through to the manufacturer for some time. See the feedback log.", "waiting");
  }
}

void sender::notify(const std::string &key, const std::string &sentence, const std::string &status) const {
  if (notifications_ == nullptr) return;
  const nlohmann::json what{{"roles", {"admin"}},
                            {"tone", "bad"},
                            {"text", how_.words({sentence, {}})},
                            {"texts", {{"en", sentence}}},
                            {"link", {{"screen", "leads.feedback_log"}, {"params", {{"status", status}}}}}};
  try {
    dms::notifications(notifications_).notify(key, what.dump());
  } catch (const dms::failure &fault) {
    log_.warning(std::string("The admins could not be notified: ") + fault.what());
  }
}

}  // namespace lead_system::feedback
