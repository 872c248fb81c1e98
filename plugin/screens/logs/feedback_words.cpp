#include "screens/logs/feedback_words.hpp"

namespace lead_system::screens {
namespace {

using store::feedback_status;

struct status_row {
  feedback_status status;
  std::string_view title, icon, tone, one, many;
};
constexpr status_row status_rows[] = {
    {feedback_status::acknowledged, "acknowledged", "check", "good", "{1} acknowledged", "{1} acknowledged"},
    {feedback_status::waiting, "pending", "clock", "warn", "{1} pending", "{1} pending"},
    {feedback_status::rejected, "rejected", "due_over", "bad", "{1} rejected", "{1} rejected"},
    {feedback_status::failed, "failed", "due_over", "bad", "{1} failed", "{1} failed"},
    {feedback_status::given_up, "given up", "dash", "plain", "{1} given up", "{1} given up"},
};

const status_row &row_of(feedback_status status) noexcept {
  for (const auto &row : status_rows) {
    if (row.status == status) return row;
  }
  return status_rows[1];
}

std::string clock(const writer &write, time_us at) {
  return at >= write.start_of_day(0) && at < write.start_of_day(1) ? write.time(at) : write.stamp(at);
}

}  // namespace

std::string_view title(feedback_status status) noexcept {
  return row_of(status).title;
}

json feedback_cell(const request &by, const writer &write, const store::feedback_message &message) {
  const auto &row = row_of(message.status);
  std::string beside;
  if (message.status == feedback_status::waiting && message.attempts > 0) {
    beside = by.say.count("{1} attempt, next {2}", "{1} attempts, next {2}", message.attempts,
                          clock(write, message.next_attempt_at));
  } else if (message.status != feedback_status::waiting && message.answered_at != 0) {
    beside = clock(write, message.answered_at);
  }
  const bool says = message.status != feedback_status::acknowledged;
  return cell_value(by.say(row.title), key(message.status),
                    {{"icon", std::string(row.icon)},
                     {"tone", std::string(row.tone)},
                     {"quiet_text", beside},
                     {"detail", says ? by.told(message.answer) : std::string{}}});
}

std::string feedback_summary(const request &by, const std::map<feedback_status, std::int64_t> &counts) {
  std::string text;
  for (const auto &row : status_rows) {
    const auto found = counts.find(row.status);
    if (found == counts.end() || found->second == 0) continue;
    text += (text.empty() ? "" : ", ") + by.say.count(row.one, row.many, found->second);
  }
  return text;
}

}  // namespace lead_system::screens
