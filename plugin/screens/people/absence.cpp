#include "screens/people/absence.hpp"

#include <algorithm>

#include "screens/kit/document.hpp"
#include "screens/kit/parameters.hpp"
#include "screens/kit/results.hpp"
#include "screens/people/absence_words.hpp"
#include "screens/people/handover.hpp"

namespace lead_system::screens {
namespace {

constexpr std::string_view absence_id = "leads.absence";

bool enters_for_others(const request &by) {
  return by.who.may("leads.absences");
}

/// Whoever may be given leads, without one; with a word where he is away himself.
json people_to_choose(const request &by, const std::string &without) {
  json options = json::array({option("", by.say("Please choose"))});
  for (const auto &user : by.with.desk.assignable({})) {
    if (user.id != without) options.push_back(option(user.id, person_text(by, user.id)));
  }
  return options;
}

json who_field(const request &by) {
  if (!enters_for_others(by)) return hidden("user", by.user);
  json options = json::array();
  const auto active = by.people->active_users();
  for (const auto &user : active) options.push_back(option(user, by.people->user_name(user)));
  auto result = choice("user", by.say("Who is away"), by.user, std::move(options));
  result["required"] = true;
  return result;
}

json entry_form(const request &by) {
  auto save = action("enter_absence", by.say("Enter the absence"), "primary");
  const auto today = by.write.input_date(by.now);
  auto from = field("from", "date", by.say("First day"), today), to = field("to", "date", by.say("Last day"), today);
  // An administrator may have to enter that somebody is ill before it is known who can work for him.
  auto deputy =
      choice("deputy", by.say("Deputy"), "", people_to_choose(by, enters_for_others(by) ? std::string{} : by.user));
  deputy[enters_for_others(by) ? "optional" : "required"] = true;
  for (auto *one : {&from, &to}) (*one)["required"] = true;
  save["fields"] = json::array({who_field(by), std::move(from), std::move(to), std::move(deputy)});
  return {{"type", "form"}, {"id", "absence"}, {"title", by.say("Enter an absence")}, {"action", std::move(save)}};
}

json hand_over_action(const request &by, const access::absence &one, std::int64_t open) {
  auto result = action("hand_over", by.say("Hand over"), "second");
  result["text"] =
      by.say.count("{1} open lead of {2} goes to somebody else for good.",
                   "{1} open leads of {2} go to somebody else for good.", open, by.people->user_name(one.user));
  auto to = choice("to", by.say("To whom"), one.deputy, people_to_choose(by, one.user));
  to["required"] = true;
  result["fields"] = json::array({std::move(to)});
  result["input"] = {{"user", one.user}};
  return result;
}

json row_of(const request &by, const access::absence &one, const std::string &alone, std::int64_t open) {
  const auto name = by.people->user_name(one.user);
  const bool began = one.from <= access::day_of(by.now);
  const auto entered =
      one.told ? by.say("The DMS says so") : by.say("Entered by {1}", by.people->user_name(one.entered_by));
  auto deputy = one.deputy.empty() ? cell(by.say("nobody"), {{"tone", "bad"}}) : cell(by.people->user_name(one.deputy));
  if (!one.deputy.empty() && !alone.empty()) {
    deputy["detail"] = by.say("away too: nobody from {1} on", by.write.iso_date(alone));
  } else if (began && by.here.acting_for(one.user) != one.deputy && !one.deputy.empty()) {
    deputy["detail"] = by.say("away too: {1} works meanwhile", by.people->user_name(by.here.acting_for(one.user)));
  }
  auto leads = cell(by.say.number(open));
  if (open > 0) {
    leads["link"] = link_to(by.say.number(open), "leads.overview", {{"tab", "open"}, {"assignee", one.user}});
  }
  json row{{"id", std::to_string(one.id)},
           {"label", name},
           {"cells",
            {{"who", cell(name, {{"detail", entered}})},
             {"from", cell_value(by.write.iso_date(one.from), one.from)},
             {"to", cell_value(by.write.iso_date(one.to), one.to)},
             {"deputy", std::move(deputy)},
             {"leads", std::move(leads)}}}};
  if (!alone.empty()) row["tone"] = "bad";
  row["actions"] = json::array();
  const bool his_own = one.user == by.user;
  if (open > 0 && (by.who.may("leads.assign") || his_own)) row["actions"].push_back(hand_over_action(by, one, open));
  if (!one.told && (his_own || enters_for_others(by))) {
    row["actions"].push_back(action("end_absence", began ? by.say("Is here again") : by.say("Remove"), "second"));
  }
  return row;
}

json table_of(const request &by, const processing::absence_desk &desk) {
  auto block = table("absences", by.say("Who is away"),
                     json::array({column("who", by.say("Who"), "title"), column("from", by.say("From"), "time"),
                                  column("to", by.say("To"), "time"), column("deputy", by.say("Deputy"), "person"),
                                  column("leads", by.say("Open leads"))}));
  block["layout"] = "records";
  block["label"] = by.say("Who is away");
  // Whoever assigns hands over everything; others count what they see.
  const auto open =
      by.who.may("leads.assign") ? by.with.desk.open_by("user") : by.with.leads.open_per_assignee(by.sees());
  const auto all = by.with.store.absences(access::day_of(by.now));
  auto coming = all;
  std::ranges::stable_sort(coming, {}, &access::absence::from);
  for (const auto &one : coming) {
    const auto found = open.find(one.user);
    block["rows"].push_back(
        row_of(by, one, desk.first_day_alone(one, all, by.now), found == open.end() ? 0 : found->second));
  }
  if (block["rows"].empty()) {
    block["empty"] = {{"title", by.say("Nobody is away.")},
                      {"text", by.say("Absences of today and later stand here until they are over.")}};
  }
  return block;
}

/// Whom the reader represents today.
json represents_notice(const request &by) {
  const auto whose = by.here.represented_by(by.user);
  if (whose.empty()) return nullptr;
  std::string names;
  for (const auto &user : whose) names += (names.empty() ? "" : ", ") + by.people->user_name(user);
  auto block = notice("represents", "info", by.say("You represent {1}.", names),
                      by.say("Their open leads stand under “Mine” and in Today, and their notices come to you."));
  block["link"] = link_to(by.say("My open leads"), "leads.overview", {{"tab", "mine"}});
  return block;
}

class absence_screen : public dms::screen {
 public:
  absence_screen(const parts &with, processing::absence_desk &desk) : with_(with), desk_(desk) {}
  std::string id() const override { return std::string(absence_id); }
  std::string right() const override { return "leads.absence"; }

  std::string load(const dms::call &who, std::string_view) override {
    desk_.take_told(who.now_us());
    const request by(with_, who);
    auto result = document(absence_id, by.say("Absence"));
    result["links"] = json::array({link_to(by.say("Help"), "leads.help", {{"page", "absence"}})});
    auto &blocks = result["blocks"];
    if (auto notice = represents_notice(by); !notice.is_null()) blocks.push_back(std::move(notice));
    blocks.push_back(table_of(by, desk_));
    blocks.push_back(entry_form(by));
    return text_of(result);
  }

  dms::answer act(const dms::call &who, std::string_view action_name, std::string_view input) override {
    const request by(with_, who);
    const parameters sent(input);
    if (action_name == "enter_absence") {
      const auto user = sent.has("user") ? sent.one("user") : by.user;
      return answer_of(by, desk_.enter(by.actor(), who, {user, sent.one("from"), sent.one("to"), sent.one("deputy")},
                                       enters_for_others(by)));
    }
    if (action_name == "end_absence") {
      return answer_of(by, desk_.end(by.actor(), who, sent.integer("id").value_or(0), enters_for_others(by)));
    }
    if (action_name == "hand_over") return give_away(by, sent);
    return unknown_action(by);
  }

 private:
  dms::answer give_away(const request &by, const parameters &sent) const {
    const auto to = sent.one("to");
    auto came = with_.desk.hand_over(by.actor(), by.who, "user", sent.one("user"), to);
    // The field's name here.
    if (auto wrong = came.result.fields.extract("user"); !wrong.empty()) {
      wrong.key() = "to";
      came.result.fields.insert(std::move(wrong));
    }
    if (came.result.result == processing::verdict::done) {
      with_.wake_feedback();
      with_.settings.tell_admins(by.now);
      came.result.text = {handed_over_words(by, came, to), {}};
    }
    return answer_of(by, came.result);
  }

  const parts &with_;
  processing::absence_desk &desk_;
};

}  // namespace

std::unique_ptr<dms::screen> make_absence(const parts &with, processing::absence_desk &desk) {
  return std::make_unique<absence_screen>(with, desk);
}

}  // namespace lead_system::screens
