#include "processing/deadline_words.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "lead/next_step.hpp"
#include "processing/host_effects.hpp"
#include "processing/outcomes.hpp"

namespace lead_system::processing {

namespace {

using json = nlohmann::json;

/// More than so many at once are told as one.
constexpr std::size_t most_single = 3;
/// More lines than that nobody reads in an e-mail.
constexpr std::size_t most_lines = 50;

std::string document(const std::string &recipient, bool bad, const std::string &text, const std::string &english,
                     json link) {
  return json{{"users", {recipient}},
              {"tone", bad ? "bad" : "warn"},
              {"text", text},
              {"texts", {{"en", english}}},
              {"link", std::move(link)}}
      .dump(-1, ' ', false, json::error_handler_t::replace);
}

std::string name_of(const lead &item) {
  auto name = item.content.prospect.full_name();
  return name.empty() ? item.content.external_id : name;
}

/// What the lead waits for; {1} the prospect, {2} the type, {3} the salesperson.
struct waiting_row {
  next_step::kind what;
  std::string_view reminder, escalation;
};
constexpr waiting_row waiting_rows[] = {
    {next_step::kind::first_contact, "Reminder: no first contact with {1} yet ({2}, {3}).",
     "Escalation: no first contact with {1} yet ({2}, {3})."},
    {next_step::kind::contact, "Reminder: the next contact with {1} is overdue ({2}, {3}).",
     "Escalation: the next contact with {1} is overdue ({2}, {3})."},
    {next_step::kind::test_drive, "Reminder: the test drive of {1} has no result yet ({2}, {3}).",
     "Escalation: the test drive of {1} has no result yet ({2}, {3})."},
    {next_step::kind::missing, "Reminder: nothing is planned next with {1} ({2}, {3}).",
     "Escalation: nothing is planned next with {1} ({2}, {3})."},
};

std::string_view waiting_text(const late_lead &one) {
  const auto what = awaits_first_contact(one.item) ? next_step::kind::first_contact : next_step_of(one.item).what;
  for (const auto &row : waiting_rows) {
    if (row.what == what) return one.escalated ? row.escalation : row.reminder;
  }
  return waiting_rows[0].reminder;
}

bool all_silent(const std::vector<late_lead> &leads) {
  return std::all_of(leads.begin(), leads.end(),
                     [](const late_lead &one) { return next_step_of(one.item).what == next_step::kind::missing; });
}

bool any_escalated(const std::vector<late_lead> &leads) {
  return std::any_of(leads.begin(), leads.end(), [](const late_lead &one) { return one.escalated; });
}

}  // namespace

message deadline_words::sentence(const late_lead &one, const dictionary &in) const {
  const auto *type = types_.find_type(one.item.content.type);
  const message type_name{type == nullptr ? one.item.content.type : type->title, {}};
  const message nobody{"Not assigned", {}};
  const auto who = one.item.assignee.empty() ? in(nobody) : people_.user_name(one.item.assignee);
  return {std::string(waiting_text(one)), {name_of(one.item), in(type_name), who}};
}

message deadline_words::digest(const std::vector<late_lead> &leads) {
  const auto late = std::count_if(leads.begin(), leads.end(), [](const late_lead &one) { return one.escalated; });
  const bool first =
      std::all_of(leads.begin(), leads.end(), [](const auto &one) { return awaits_first_contact(one.item); });
  return {first ? "{1} leads wait for the first contact, {2} of them beyond the deadline."
                : "{1} leads wait for their next step, {2} of them are escalated.",
          {std::to_string(leads.size()), std::to_string(late)}};
}

std::string deadline_words::said(const message &text) const {
  return say_ ? say_(text) : in_english(text);
}

std::vector<deadline_words::bell> deadline_words::bells(const std::vector<late_lead> &leads,
                                                        const store::notice_batch &batch) const {
  if (leads.size() > most_single) {
    const auto *tab = all_silent(leads) ? "silent" : any_escalated(leads) ? "overdue" : "open";
    const json link{{"screen", "leads.overview"}, {"params", {{"tab", tab}}}};
    const auto text = digest(leads);
    return {{"deadlines:" + std::to_string(batch.id),
             document(batch.user, any_escalated(leads), said(text), in_english(text), link)}};
  }
  std::vector<bell> result;
  for (const auto &one : leads) {
    const json link{{"screen", "leads.lead"}, {"params", {{"id", std::to_string(one.item.id)}}}};
    const auto text = sentence(one, [this](const message &part) { return said(part); });
    result.push_back({reference_of(one.item.id) + ":deadline:" + std::to_string(batch.id),
                      document(batch.user, one.escalated, said(text), in_english(sentence(one, &in_english)), link)});
  }
  return result;
}

notice::mail deadline_words::letter(const std::vector<late_lead> &leads, const std::string &web) const {
  const dictionary mine = [this](const message &part) { return said(part); };
  notice::mail result;
  result.subject = leads.size() == 1 ? said(sentence(leads.front(), mine)) : said(digest(leads));
  result.text = result.subject + "\n\n";
  for (std::size_t index = 0; index < std::min(leads.size(), most_lines); ++index) {
    const auto &item = leads[index].item;
    if (leads.size() > 1) result.text += "- " + said(sentence(leads[index], mine)) + "\n";
    if (!web.empty()) result.text += "  " + web + "/screens/leads.lead?id=" + std::to_string(item.id) + "\n";
  }
  if (leads.size() > most_lines) {
    result.text += said({"and {1} further leads", {std::to_string(leads.size() - most_lines)}}) + "\n";
  }
  result.text +=
      "\n" + said({"The reminders end when the contact is made, the next one is planned or the lead is closed.", {}}) +
      "\n";
  return result;
}

}  // namespace lead_system::processing
