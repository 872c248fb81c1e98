#include "reference_host/web/next_contact.hpp"

#include <charconv>

#include "reference_host/web/times.hpp"

namespace dms::reference::web {
namespace {

constexpr std::int64_t minute = 60'000'000, hour = 60 * minute, quarter = 15 * minute;
/// The host has no calendar of its own; nobody is called at night or on a Sunday.
constexpr std::int64_t opens = 9 * hour, closes = 18 * hour;

struct usual_time {
  const char *key, *title;
  std::int64_t after;
  int days;
};
constexpr usual_time usual_times[] = {
    {"hours", "Again in 2 hours", 2 * hour, 0}, {"tomorrow", "Tomorrow", 0, 1}, {"week", "In a week", 0, 7}};

bool is_sunday(std::int64_t day) {
  // The first day of the epoch was a Thursday; a day begins in its own time zone, so its noon tells which it is.
  return ((day + 12 * hour) / (24 * hour) + 4) % 7 == 0;
}

std::int64_t within_the_day(std::int64_t at) {
  auto day = start_of_day(at, 0);
  auto time = at - day;
  if (time > closes) {
    day = start_of_day(at, 1);
    time = opens;
  }
  if (is_sunday(day)) day = start_of_day(day + 12 * hour, 1);
  return day + std::max(time, opens);
}

std::int64_t due_at(const usual_time &usual, std::int64_t now) {
  const auto rounded = (now + quarter - 1) / quarter * quarter;
  const auto time = rounded - start_of_day(rounded, 0);
  return within_the_day(start_of_day(rounded, usual.days) + time + usual.after);
}

/// "2026-11-23T16:30"
std::optional<std::int64_t> typed_time(std::string_view text) {
  if (text.size() != 16 || (text[10] != 'T' && text[10] != ' ') || text[13] != ':') return std::nullopt;
  const auto day = start_of_day(text.substr(0, 10));
  const auto number = [&](std::size_t at) {
    int value = -1;
    const auto *end = text.data() + at + 2;
    return std::from_chars(text.data() + at, end, value).ptr == end ? value : -1;
  };
  const int hours = number(11), minutes = number(14);
  if (!day || hours < 0 || hours > 23 || minutes < 0 || minutes > 59) return std::nullopt;
  return *day + hours * hour + minutes * minute;
}

std::int64_t due_in(const asked &by) {
  const auto when = by.of("next"), typed = by.of("due");
  // A time of one's own counts, whatever is pressed: Enter in its field presses the first of the usual ones.
  if (typed.empty()) {
    for (const auto &usual : usual_times) {
      if (when == usual.key) return due_at(usual, by.who.now_us());
    }
    if (!when.empty() && when != "none") throw field_failure("next", by.say("Choose when the next contact is."));
    return 0;
  }
  const auto due = typed_time(typed);
  if (!due) throw field_failure("due", by.say("Give a date and a time."));
  if (*due < by.who.now_us()) throw field_failure("due", by.say("Choose a time that is not over yet."));
  return *due;
}

}  // namespace

json complete_action(const asked &by, const contact &item, const std::string &came) {
  auto note = make_field("note", "textarea", by.say("Note"));
  note["max_length"] = 2000;
  auto due = make_field("due", "datetime", by.say("At another time"));
  for (auto *field : {&note, &due}) (*field)["optional"] = true;
  auto next = make_field("next", "radios", by.say("Next contact"));
  next["press"] = true;
  next["options"] = json::array();
  for (const auto &usual : usual_times) next["options"].push_back(make_option(usual.key, by.say(usual.title)));
  // Whoever was spoken to is not called again two hours later.
  if (came == "reached") std::reverse(next["options"].begin(), next["options"].end());
  next["options"].push_back(make_option("none", by.say("Save without")));
  return {{"action", "complete"},
          {"id", came},
          {"label", by.say(came == "reached" ? "Reached" : "Not reached")},
          {"title", by.say("Contact with {1}", item.name)},
          {"text", item.note.empty() ? by.say("What comes next?") : item.note},
          {"input", {{"contact", std::to_string(item.id)}, {"result", came}}},
          {"fields", {note, due, next}}};
}

std::optional<contact> next_contact(const asked &by, const contact &done) {
  const auto due = due_in(by);
  if (due == 0) return std::nullopt;
  contact next = done;
  next.id = 0;
  next.due_us = due;
  next.note = by.of("note");
  // After a visit or a drive one calls, or writes.
  if (next.kind != "email" || !next.allows("email")) {
    next.kind = next.allows("phone") ? "phone" : next.allows("email") ? "email" : "visit";
  }
  next.done_us = 0;
  next.result.clear();
  next.done_by.clear();
  return next;
}

}  // namespace dms::reference::web
