#include "feedback/decisions.hpp"

namespace lead_system::feedback {
namespace {

constexpr int at_once = 200;

lead_event event_of(const store::feedback_message &about, std::string kind, std::string comment, const decider &who) {
  return {0,
          about.lead_id,
          who.now,
          std::move(kind),
          who.user,
          who.name,
          std::move(comment),
          {{"cause", std::string(key(about.cause))}, {"message", about.message_id}}};
}

/// One that only waits is sent sooner; that is nothing to remember.
bool resend_in(store::transaction &inside, const store::feedback_message &message, const decider &who) {
  if (!inside.requeue_feedback(message.id, who.user, who.now)) return false;
  if (message.status != store::feedback_status::waiting) {
    inside.add_event(event_of(message, "feedback_resent", {}, who));
  }
  return true;
}

}  // namespace

bool resend(store::store &store, std::int64_t message, const decider &who) {
  bool queued = false;
  store.write([&](store::transaction &inside) {
    const auto found = inside.find_feedback(message);
    queued = found && resend_in(inside, *found, who);
  });
  return queued;
}

int resend_all(store::store &store, const std::string &source, store::feedback_status status, const decider &who) {
  int queued = 0;
  std::int64_t after = 0;
  for (bool more = true; more;) {
    int done = 0;
    auto last = after;
    store.write([&](store::transaction &inside) {
      done = 0;
      const auto some = inside.feedback_to_resend(source, status, after, at_once);
      for (const auto &one : some) done += resend_in(inside, one, who) ? 1 : 0;
      more = !some.empty();
      if (more) last = some.back().id;
    });
    queued += done;
    after = last;
  }
  return queued;
}

bool give_up(store::store &store, std::int64_t message, const std::string &why, const decider &who) {
  bool given_up = false;
  store.write([&](store::transaction &inside) {
    const auto found = inside.find_feedback(message);
    given_up = found && inside.give_up_feedback(message, who.user, why, who.now);
    if (given_up) inside.add_event(event_of(*found, "feedback_given_up", why, who));
  });
  return given_up;
}

}  // namespace lead_system::feedback
