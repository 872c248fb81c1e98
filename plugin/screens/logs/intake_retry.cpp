#include "screens/logs/intake_retry.hpp"

#include <map>

#include "screens/kit/document.hpp"

namespace lead_system::screens {
namespace {

constexpr int most_at_once = 500;

json type_options(const request &by) {
  json options = json::array({option("", by.say("as the message says"))});
  for (const auto &type : by.with.types.types()) options.push_back(option(type.key, by.say(type.title)));
  return options;
}

json optional_field(std::string_view name, std::string label, std::string hint) {
  auto result = field(name, "text", std::move(label));
  result["optional"] = true;
  result["hint"] = std::move(hint);
  return result;
}

/// What may be set otherwise than the message says.
json correction_fields(const request &by) {
  auto type = choice("type", by.say("Lead type"), "", type_options(by));
  type["kind"] = "radios";
  return json::array(
      {std::move(type), optional_field("dealer_code", by.say("Dealer code"), by.say("Empty: as the message says."))});
}

/// The correction that was sent, or what is wrong with it.
std::optional<dms::answer> read_correction(const request &by, const parameters &input, intake::correction &set) {
  constexpr std::size_t longest_code = 100;
  set = {input.one("type"), input.one("dealer_code")};
  if (!set.type.empty() && by.with.types.find_type(set.type) == nullptr) {
    return invalid_input(by, {{"type", {"This lead type does not exist.", {}}}});
  }
  if (set.dealer_code.size() > longest_code) return invalid_input(by, {{"dealer_code", {"Give the dealer code.", {}}}});
  return std::nullopt;
}

dms::answer refused(const request &by, message why) {
  processing::outcome what;
  what.result = processing::verdict::refused;
  what.text = std::move(why);
  return answer_of(by, what);
}

dms::answer came_to(const request &by, const intake::retrier::result &sum) {
  if (!sum.refusal.empty()) return refused(by, sum.refusal);
  if (sum.accepted + sum.repeated + sum.legacy > 0) {
    by.with.wake_feedback();
    processing::outcome what;
    what.text = {
        "Tried again: {1} accepted, {2} repeated, {3} still in quarantine.",
        {std::to_string(sum.accepted), std::to_string(sum.repeated + sum.legacy), std::to_string(sum.quarantined)}};
    return answer_of(by, what);
  }
  if (sum.quarantined == 0) return refused(by, {"Somebody else has tried this again already.", {}});
  return refused(by, {"Nothing has changed: the reason still holds. Correct the type or the dealer code, or have the "
                      "message sent again.",
                      {}});
}

}  // namespace

json quarantine_block(const request &by) {
  const auto groups = by.with.store.quarantine();
  if (groups.empty()) return {};
  auto count = column("leads", by.say("Leads"));
  count["number"] = true;
  auto block =
      table("quarantine", by.say("In quarantine"),
            json::array({column("source", by.say("Source")), column("reason", by.say("Reason")), std::move(count)}));
  block["layout"] = "plain";
  int number = 0;
  for (const auto &group : groups) {
    auto again = action("retry_all", by.say("Try again"), "second");
    again["id"] = "retry_all_" + std::to_string(++number);
    again["input"] = {{"source", group.source}, {"reason", group.reason}};
    auto corrected = action("retry_all", by.say("Correct and try again"), "second");
    corrected["id"] = "correct_all_" + std::to_string(number);
    corrected["title"] = by.say("Try these leads again");
    corrected["text"] = by.told(group.reason);
    corrected["submit"] = by.say("Try again");
    corrected["input"] = again["input"];
    corrected["fields"] = correction_fields(by);
    block["rows"].push_back({{"id", std::to_string(number)},
                             {"tone", "bad"},
                             {"cells",
                              {{"source", cell_value(by.source_title(group.source), group.source)},
                               {"reason", cell(by.told(group.reason))},
                               {"leads", cell_value(by.say.number(group.leads), group.leads)}}},
                             {"actions", json::array({std::move(again), std::move(corrected)})}});
  }
  return block;
}

json retry_action(const request &by, const store::import_item &item) {
  auto result = action("retry", by.say("Try again"), "second");
  result["id"] = "retry_" + std::to_string(item.id);
  result["title"] = by.say("Try this lead again");
  result["submit"] = by.say("Try again");
  result["input"] = {{"item", std::to_string(item.id)}};
  result["fields"] = correction_fields(by);
  return result;
}

dms::answer retry_one(const request &by, const parameters &input) {
  intake::correction set;
  if (auto wrong = read_correction(by, input, set)) return *std::move(wrong);
  const auto item = by.with.store.find_item(input.integer("item").value_or(0));
  const auto run = item ? by.with.store.find_run(item->run_id) : std::nullopt;
  if (!run) return refused(by, {"This line of the import log does not exist.", {}});
  return came_to(by, by.with.retry.retry(by.who, *run, {*item}, set));
}

dms::answer retry_all(const request &by, const parameters &input) {
  intake::correction set;
  if (auto wrong = read_correction(by, input, set)) return *std::move(wrong);
  std::map<std::int64_t, std::vector<store::import_item>> by_run;
  for (auto &item : by.with.store.quarantined(input.one("source"), input.one("reason"), most_at_once)) {
    by_run[item.run_id].push_back(std::move(item));
  }
  intake::retrier::result sum;
  for (const auto &[id, items] : by_run) {
    const auto run = by.with.store.find_run(id);
    if (!run) continue;
    const auto one = by.with.retry.retry(by.who, *run, items, set);
    // One payload that cannot be read any more does not keep the others.
    if (!one.refusal.empty() && by_run.size() == 1) return refused(by, one.refusal);
    sum.accepted += one.accepted;
    sum.repeated += one.repeated;
    sum.legacy += one.legacy;
    sum.quarantined += one.quarantined;
  }
  return came_to(by, sum);
}

}  // namespace lead_system::screens
