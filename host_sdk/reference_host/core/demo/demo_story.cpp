#include "reference_host/core/demo/demo_story.hpp"

#include <algorithm>
#include <array>

#include "reference_host/core/demo/demo_times.hpp"

namespace dms::reference {
namespace {

/// The next moment at which somebody works: Monday to Friday, 7 to 16 h UTC.
std::int64_t at_work(std::int64_t at_us) {
  constexpr std::int64_t opens = 7 * hour_us, closes = 16 * hour_us;
  while (true) {
    const auto day = at_us / day_us, weekday = (day + 4) % 7;  // 0 is Sunday
    const auto time = at_us % day_us;
    if (weekday != 0 && weekday != 6 && time < closes)
      return time < opens ? day * day_us + opens + time % hour_us : at_us;
    at_us = (day + 1) * day_us + opens + time % (90 * minute_us);
  }
}

std::string salesperson_of(const demo_lead &lead, demo_dice &dice) {
  std::vector<std::string> people;
  for (const auto &person : demo_staff()) {
    const bool there =
        lead.site == nullptr || std::ranges::find(person.locations, lead.site->id) != person.locations.end();
    if (person.role == "sales" && there) people.emplace_back(person.login);
  }
  return dice.one_of(people);
}

struct ending {
  const char *state, *reason, *comment;
};
constexpr std::array lost{ending{"lost", "other_brand", "Hat sich für einen Skoda entschieden."},
                          ending{"lost", "other_dealer", ""},
                          ending{"lost", "price", "Unser Angebot lag 800 Euro darüber."},
                          ending{"lost", "no_interest", ""},
                          ending{"lost", "vehicle_unavailable", "Gewünschte Farbe erst im Herbst."},
                          ending{"lost", "finance_rejected", ""},
                          ending{"closed", "no_further_contact", ""},
                          ending{"closed", "postponed", "Meldet sich im Frühjahr wieder."}};
constexpr std::array useless{ending{"invalid", "spam", ""}, ending{"invalid", "wrong_contact_data", "Nummer vergeben."},
                             ending{"invalid", "duplicate", ""}, ending{"closed", "no_further_contact", ""}};

/// Writes a story step by step; what would lie in the future is left out, and all after it.
class storyteller {
 public:
  storyteller(const demo_lead &lead, std::int64_t from_us, std::int64_t now_us, demo_dice &dice)
      : lead_(lead), at_us_(from_us), now_us_(now_us), dice_(dice) {}

  bool then(std::int64_t least_us, std::int64_t most_us, const std::string &user, const char *action,
            nlohmann::json input = nlohmann::json::object()) {
    if (ended_) return false;
    const auto span = static_cast<std::uint64_t>(most_us - least_us);
    at_us_ = at_work(at_us_ + least_us + static_cast<std::int64_t>(dice_.next() % span));
    if (at_us_ >= now_us_) ended_ = true;
    if (!ended_) steps_.push_back({at_us_, &lead_, user, action, std::move(input)});
    return !ended_;
  }
  void close(std::int64_t most_us, const std::string &user, const ending &how) {
    then(10 * minute_us, most_us, user, "close",
         {{"state", how.state}, {"reason", how.reason}, {"comment", how.comment}});
    ended_ = true;
  }
  std::vector<demo_step> take() { return std::move(steps_); }

 private:
  const demo_lead &lead_;
  std::int64_t at_us_, now_us_;
  demo_dice &dice_;
  bool ended_ = false;
  std::vector<demo_step> steps_;
};

/// A call and what is agreed for the next one; false: that lies in the future.
bool call(storyteller &tell, const std::string &seller, std::int64_t least_us, std::int64_t most_us, const char *result,
          const char *next) {
  return tell.then(least_us, most_us, seller, "contact_result", {{"result", result}, {"next", next}});
}

/// False where nobody was reached, or that lies in the future.
bool reach(storyteller &tell, const std::string &seller, demo_dice &dice) {
  if (dice.chance(65)) return call(tell, seller, 10 * minute_us, 5 * hour_us, "reached", "week");
  call(tell, seller, 10 * minute_us, 5 * hour_us, "tried", "hours");
  call(tell, seller, 2 * hour_us, 3 * hour_us, "tried", "tomorrow");
  if (dice.chance(70)) return call(tell, seller, 20 * hour_us, 25 * hour_us, "reached", "week");
  if (dice.chance(80)) tell.close(2 * day_us, seller, {"lost", "not_reached", "Dreimal versucht."});
  return false;
}

/// Week by week until it ends, or somebody forgets it.
void keep_in_touch(storyteller &tell, const std::string &seller, demo_dice &dice) {
  while (!dice.chance(5)) {
    if (dice.chance(30)) return tell.close(8 * day_us, seller, dice.one_of(lost));
    const char *result = dice.chance(65) ? "reached" : "tried";
    if (!call(tell, seller, 7 * day_us - 4 * hour_us, 7 * day_us + hour_us, result, "week")) return;
  }
}

/// From the first talk to the sale or its loss.
void sell(storyteller &tell, const demo_lead &lead, const std::string &seller, demo_dice &dice) {
  const auto progress = [&](const char *state, std::int64_t within) {
    if (dice.chance(90)) call(tell, seller, hour_us, within, "reached", "week");
    return tell.then(2 * minute_us, 20 * minute_us, seller, "progress", {{"state", state}});
  };
  progress("in_progress", 6 * hour_us);
  if (lead.type.starts_with("test_drive")) {
    if (dice.chance(85)) tell.then(hour_us, 2 * day_us, seller, "agree_test_drive");
    if (dice.chance(80)) progress("test_drive_done", 6 * day_us);
  }
  if (dice.chance(75)) progress("offer", 5 * day_us);
  if (dice.chance(30)) return tell.close(14 * day_us, seller, {"won", "sale", ""});
  keep_in_touch(tell, seller, dice);
}

}  // namespace

std::vector<demo_step> story_of(const demo_lead &lead, std::int64_t arrived_us, std::int64_t now_us, demo_dice &dice) {
  storyteller tell(lead, arrived_us, now_us, dice);
  const bool vienna = lead.site != nullptr && lead.site->id == "wien";
  const std::string dispatcher = vienna && dice.chance(60) ? "wien1" : "leitung";
  // Of what came in the last days, some still waits for somebody.
  if (now_us - arrived_us < 3 * day_us && dice.chance(45)) return {};
  if (dice.chance(7)) {
    tell.close(6 * hour_us, dispatcher, dice.one_of(useless));
    return tell.take();
  }
  const auto seller = salesperson_of(lead, dice);
  const auto soon = lead.type == "test_drive_fast_track" ? 40 * minute_us : 5 * hour_us;
  tell.then(3 * minute_us, soon, dispatcher, "assign", {{"user", seller}});
  if (!reach(tell, seller, dice)) return tell.take();
  if (dice.chance(85)) tell.then(5 * minute_us, hour_us, seller, "import");
  if (dice.chance(30)) {
    tell.then(5 * minute_us, 30 * minute_us, seller, "contact", {{"note", "Wie besprochen."}});
  }
  sell(tell, lead, seller, dice);
  return tell.take();
}

}  // namespace dms::reference
