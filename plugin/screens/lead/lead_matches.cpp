// lead_matches.cpp - who the prospect may be in the DMS, and what a link with him would do.
#include <algorithm>

#include "screens/lead/lead_blocks.hpp"

namespace lead_system::screens {
namespace {

using processing::customer_match;

struct likeness_row {
  std::string_view what, same, similar, different;
};
constexpr likeness_row likenesses[] = {
    {"email", "E-mail the same", "E-mail similar", "E-mail different"},
    {"phone", "Phone the same", "Phone similar", "Phone different"},
    {"name", "Name the same", "Name similar", "Name different"},
    {"first_name", "First name the same", "First name similar", "First name different"},
    {"last_name", "Last name the same", "Last name similar", "Last name different"},
    {"company", "Company the same", "Company similar", "Company different"},
    {"address", "Address the same", "Address similar", "Address different"},
    {"customer_number", "Customer number the same", "Customer number similar", "Customer number different"},
    {"vin", "Chassis number the same", "Chassis number similar", "Chassis number different"},
};

json reason_of(const request &by, const customer_match::why &why) {
  const auto *row =
      std::find_if(std::begin(likenesses), std::end(likenesses), [&](const auto &it) { return it.what == why.what; });
  const auto kind = why.how == customer_match::likeness::same      ? "same"
                    : why.how == customer_match::likeness::similar ? "similar"
                                                                   : "different";
  if (row == std::end(likenesses)) return {{"text", why.what}, {"kind", kind}};
  const auto text = why.how == customer_match::likeness::same      ? row->same
                    : why.how == customer_match::likeness::similar ? row->similar
                                                                   : row->different;
  return {{"text", by.say(text)}, {"kind", kind}};
}

/// What a link would do to this customer's data: null where nothing.
json overwrites(const request &by, const customer_match &match) {
  const auto &plan = match.plan;
  if (plan.filled.empty() && plan.differences.empty()) return nullptr;
  json items = json::array();
  for (const auto &one : plan.differences) {
    items.push_back({{"value", match.id + ":" + one.field},
                     {"label", field_label(by, one.field)},
                     {"was", field_text(by, one.field, one.customer)},
                     {"is", one.field == "phones" ? by.say("also {1}", field_text(by, one.field, one.lead))
                                                  : field_text(by, one.field, one.lead)}});
  }
  std::string filled;
  for (const auto &field : plan.filled) filled += (filled.empty() ? "" : ", ") + field_label(by, field);
  std::string note;
  if (!items.empty()) note = by.say("What you do not tick stays as it is in the DMS.");
  if (!filled.empty()) note += (note.empty() ? "" : " ") + by.say("Still empty there and filled in: {1}.", filled);
  return {{"label", items.empty() ? by.say("Nothing is overwritten") : by.say("Overwrite the customer's data?")},
          {"note", note},
          {"name", "take"},
          {"was_label", by.say("in the DMS")},
          {"is_label", by.say("in the lead")},
          {"items", std::move(items)}};
}

json candidate(const lead_view &view, const customer_match &match, bool selected) {
  const auto &by = view.by;
  std::string detail = match.place;
  const auto more = [&](const std::string &part) { detail += (detail.empty() ? "" : " · ") + part; };
  if (!match.salesperson.empty()) more(by.say("looked after by {1}", by.people->user_name(match.salesperson)));
  if (match.maybe_household) more(by.say("perhaps the same household"));
  json why = json::array();
  for (const auto &item : match.reasons) why.push_back(reason_of(by, item));
  const auto word = match.score >= 90 ? "very sure" : match.score >= 50 ? "possible" : "unsure";
  json result{{"id", match.id},
              {"title", match.name.empty() ? match.id : match.name},
              {"link", link_to_host(match.id, "customer", {{"id", match.id}})},
              {"reasons", std::move(why)},
              {"score", std::clamp(match.score, 0, 100)},
              {"score_text", view.write.percent(match.score)},
              {"score_word", by.say(word)}};
  if (!detail.empty()) result["detail"] = std::move(detail);
  if (selected) result["selected"] = true;
  if (auto changes = overwrites(by, match); !changes.is_null()) result["overwrites"] = std::move(changes);
  return result;
}

bool may_match(const lead_view &view) {
  return view.item.customer.empty() && may_import(view.item.state) && view.by.who.may("leads.process");
}

}  // namespace

std::optional<std::vector<processing::customer_match>> similar_customers(const lead_view &view) {
  return may_match(view) ? std::optional(view.by.with.desk.matches(view.item)) : std::nullopt;
}

json matches_block(const lead_view &view) {
  const auto &by = view.by;
  if (!view.similar) return nullptr;
  const bool searches = view.search && !view.search->empty();
  const auto found = searches ? by.with.desk.search(view.item, *view.search) : *view.similar;
  const auto sure = std::count_if(found.begin(), found.end(), [](const auto &match) { return match.score >= 90; });
  json items = json::array();
  for (const auto &match : found) items.push_back(candidate(view, match, sure == 1 && match.score >= 90));
  // One filled button a view: the customer is the next step where the bar says so.
  const auto bar = offered_actions(view);
  const bool next = std::any_of(bar.begin(), bar.end(), [](const json &one) {
    return one.value("action", "") == "import" && one.value("style", "") == "primary";
  });
  json actions = json::array();
  if (!found.empty()) {
    // Without a choice it must not become a new customer.
    actions.push_back({{"action", "import"},
                       {"label", found.size() == 1 ? by.say("Link customer {1}", found.front().id)
                                                   : by.say("Link the chosen customer")},
                       {"input", {{"link", "yes"}}},
                       {"style", sure > 0 && next ? "primary" : "second"}});
  }
  actions.push_back({{"action", "import"},
                     {"label", by.say("Create new")},
                     {"style", sure > 0 || !next ? "second" : "primary"},
                     {"without_choice", true}});
  json block{{"type", "choices"},     {"id", "matches"},           {"title", by.say("Customer match")},
             {"name", "customer"},    {"items", std::move(items)}, {"actions", std::move(actions)},
             {"links", json::array()}};
  auto other = link_to(by.say("Search for another customer"), "leads.lead",
                       {{"id", std::to_string(view.item.id)}, {"list", view.list}});
  other["params"]["find"] = view.item.content.prospect.last_name;
  other["anchor"] = "customer_search";
  if (searches) {
    block["links"].push_back(link_to(by.say("Show similar customers"), "leads.lead",
                                     {{"id", std::to_string(view.item.id)}, {"list", view.list}}));
    block["links"].back()["anchor"] = "matches";
  } else if (!view.search) {
    block["links"].push_back(std::move(other));
  }
  if (found.empty() && searches) {
    block["empty"] = by.say("No customer found for “{1}”.", *view.search);
  } else if (searches) {
    block["note"] = by.say.count("{1} customer found", "{1} customers found", static_cast<std::int64_t>(found.size()));
  } else if (found.empty()) {
    block["empty"] = by.say("No similar customer in the DMS. Create the prospect as a new customer.");
  } else {
    block["note"] = by.say.count("{1} similar customer in the DMS", "{1} similar customers in the DMS",
                                 static_cast<std::int64_t>(found.size()));
  }
  return block;
}

json search_block(const lead_view &view) {
  if (!view.search || !may_match(view)) return nullptr;
  const auto &by = view.by;
  auto words = field("find", "search", by.say("Search"), *view.search);
  words["placeholder"] = by.say("Name, e-mail, phone, town or number");
  words["max_length"] = 100;
  json keep{{"id", std::to_string(view.item.id)}};
  if (!view.list.empty()) keep["list"] = view.list;
  return {{"type", "filters"},        {"id", "customer_search"}, {"label", by.say("Search for a customer")},
          {"submit", by.say("Find")}, {"keep", std::move(keep)}, {"fields", json::array({std::move(words)})}};
}

}  // namespace lead_system::screens
