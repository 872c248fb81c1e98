#include "processing/deadline_words.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>

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

bool any_escalated(const std::vector<late_lead> &leads) {
  return std::any_of(leads.begin(), leads.end(), [](const late_lead &one) { return one.escalated; });
}

}  // namespace

message deadline_words::sentence(const late_lead &one, const dictionary &in) const {
  const auto *type = types_.find_type(one.item.content.type);
  const message type_name{type == nullptr ? one.item.content.type : type->title, {}};
  const message nobody{"Not assigned", {}};
  const auto who = one.item.assignee.empty() ? in(nobody) : people_.user_name(one.item.assignee);
  if (one.escalated) {
    return {"Escalation: no first contact with {1} yet ({2}, {3}).", {name_of(one.item), in(type_name), who}};
  }
  return {"Reminder: no first contact with {1} yet ({2}, {3}).", {name_of(one.item), in(type_name), who}};
}

message deadline_words::digest(const std::vector<late_lead> &leads) {
  const auto late = std::count_if(leads.begin(), leads.end(), [](const late_lead &one) { return one.escalated; });
  return {"{1} leads wait for the first contact, {2} of them beyond the deadline.",
          {std::to_string(leads.size()), std::to_string(late)}};
}

std::string deadline_words::said(const message &text) const {
  return say_ ? say_(text) : in_english(text);
}

std::vector<deadline_words::bell> deadline_words::bells(const std::vector<late_lead> &leads,
                                                        const store::notice_batch &batch) const {
  if (leads.size() > most_single) {
    const json link{{"screen", "leads.overview"}, {"params", {{"tab", any_escalated(leads) ? "overdue" : "open"}}}};
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
  result.text += "\n" + said({"The reminders end with the first contact or when the lead is closed.", {}}) + "\n";
  return result;
}

}  // namespace lead_system::processing
