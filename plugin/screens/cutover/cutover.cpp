#include "screens/cutover/cutover.hpp"

#include "screens/kit/results.hpp"

namespace lead_system::screens {
namespace {

/// What the action `cutover` sends as its moment: a day, "now", "never" (no date: the old system), "always".
std::optional<time_us> moment_of(const request &by, const std::string &text) {
  if (text == "now") return by.now;
  if (text == "never") return processing::no_cutover_yet;
  if (text == "always") return 0;
  if (const auto exact = to_integer(text); exact && *exact > 0) return *exact;
  const auto day = by.write.parse(text);
  return day > 0 ? std::optional(day) : std::nullopt;
}

dms::answer set_cutover(const request &by, const cutover_parts &more, const parameters &sent) {
  const auto wanted = moment_of(by, sent.one("active_from"));
  if (!wanted) return invalid_input(by, {{"active_from", {"Give a date, for example 2020-07-22.", {}}}});
  return answer_of(by, more.desk.set(by.actor(), sent.one("type"), *wanted));
}

class cutover : public dms::screen {
 public:
  cutover(const parts &with, cutover_parts more) : with_(with), more_(std::move(more)) {}
  std::string id() const override { return std::string(cutover_id); }
  std::string right() const override { return "leads.settings"; }

  std::string load(const dms::call &who, std::string_view text) override {
    const request by(with_, who);
    const parameters sent(text);
    auto result = document(cutover_id, by.say("Cutover"));
    result["links"] = json::array({link_to(by.say("Help"), "leads.help", {{"page", "cutover"}})});
    if (sent.has("list")) {
      add_dry_run(result, by, more_, sent);
      return text_of(result);
    }
    auto &blocks = result["blocks"];
    add_types(blocks, by, more_);
    if (auto lists = lists_table(by, more_); !lists.is_null()) blocks.push_back(std::move(lists));
    blocks.push_back(list_form(by));
    return text_of(result);
  }

  dms::answer act(const dms::call &who, std::string_view action_name, std::string_view input) override {
    const request by(with_, who);
    const parameters sent(input);
    if (action_name == "cutover") return set_cutover(by, more_, sent);
    if (action_name == "check_list") return check_list(by, more_, sent);
    if (action_name == "import_list") return import_list(by, more_, sent);
    if (action_name == "drop_list") return drop_list(by, more_, sent);
    return unknown_action(by);
  }

 private:
  const parts &with_;
  cutover_parts more_;
};

}  // namespace

std::unique_ptr<dms::screen> make_cutover(const parts &with, cutover_parts more) {
  return std::make_unique<cutover>(with, std::move(more));
}

}  // namespace lead_system::screens
