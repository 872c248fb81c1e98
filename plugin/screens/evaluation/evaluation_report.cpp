#include "screens/evaluation/evaluation_report.hpp"

#include <algorithm>

#include "screens/kit/document.hpp"
#include "screens/kit/results.hpp"

namespace lead_system::screens {
namespace {

/// Whom the asking user may choose: himself, and everybody where he may change the settings.
std::vector<access::user> choosable(const request &by) {
  std::vector<access::user> result;
  for (const auto &one : by.people->users) {
    if (may_read_reports(one) && (one.id == by.user || by.who.may("leads.settings"))) result.push_back(one);
  }
  return result;
}

}  // namespace

bool may_read_reports(const access::user &one) {
  return one.active && (one.has_role("manager") || one.has_role("admin"));
}

json report_action(const request &by, store::report_rows &readers) {
  json options = json::array(), chosen = json::array();
  const auto now = readers.readers();
  for (const auto &one : choosable(by)) {
    options.push_back(option(one.id, one.email.empty() ? one.name : one.name + ", " + one.email));
    if (std::find(now.begin(), now.end(), one.id) != now.end()) chosen.push_back(one.id);
  }
  if (options.empty()) return nullptr;
  auto people = choice("users", by.say("Who gets it"), {}, std::move(options));
  people["kind"] = "checkboxes";
  people["value"] = std::move(chosen);
  auto result = action("monthly_report", by.say("Monthly report"), "rare");
  result["text"] = by.say(
      "At the start of each month everybody who is chosen gets the evaluation of the month before with his own "
      "numbers: "
      "as a file, and by e-mail where the host's admin has set up a mail server.");
  result["fields"] = json::array({std::move(people)});
  result["submit"] = by.say("Save");
  return result;
}

dms::answer choose_readers(const request &by, std::string_view action_name, const parameters &input,
                           store::report_rows &readers) {
  if (action_name != "monthly_report") return unknown_action(by);
  const auto wanted = input.all("users");
  const auto offered = choosable(by);
  for (const auto &user : wanted) {
    const bool known = std::any_of(offered.begin(), offered.end(), [&](const auto &one) { return one.id == user; });
    if (!known) return invalid_input(by, {{"users", {"Choose people from the list.", {}}}});
  }
  for (const auto &one : offered) {
    const bool wants = std::find(wanted.begin(), wanted.end(), one.id) != wanted.end();
    readers.set_reader(one.id, wants, by.user, by.now);
  }
  processing::outcome done;
  done.text = {"The choice for the monthly report is saved.", {}};
  return answer_of(by, done);
}

}  // namespace lead_system::screens
