// overview.cpp - Lead-Übersicht: every lead that the user may see.
#include <algorithm>

#include "screens/kit/actions.hpp"
#include "screens/kit/document.hpp"
#include "screens/lead/lead_words.hpp"
#include "screens/overview/overview_chosen.hpp"
#include "screens/overview/overview_filters.hpp"
#include "screens/overview/overview_tabs.hpp"
#include "screens/people/absence_words.hpp"
#include "store/duplicate_rows.hpp"

namespace lead_system::screens {
namespace {

/// What a file has besides the list, and programs that ask with `export`: everything that the evaluation counts by.
struct further_column {
  std::string_view id, label, role;
  json (*cell)(const request &, const lead &);
};

json moment(time_us at) {
  return at == 0 ? json{{"text", ""}} : cell_value(iso_utc(at), at);
}

constexpr further_column further_columns[] = {
    {"number", "Number", {}, [](const request &, const lead &item) { return cell(std::to_string(item.id)); }},
    {"sent", "Sent at", "time", [](const request &, const lead &item) { return moment(item.content.received_at); }},
    {"campaign", "Campaign", "origin",
     [](const request &, const lead &item) { return cell_value(item.content.campaign, item.content.campaign); }},
    {"refused",
     "Not allowed",
     {},
     [](const request &by, const lead &item) {
       std::string text, value;
       for (const auto &channel : item.content.refused_channels()) {
         text += (text.empty() ? "" : ", ") + channel_text(by, channel);
         value += (value.empty() ? "" : " ") + channel;
       }
       return cell_value(text, value);
     }},
    {"due", "Deadline ends", "time", [](const request &, const lead &item) { return moment(item.escalation_at); }},
    {"next_step", "Next step due", "time",
     [](const request &, const lead &item) { return moment(next_step_of(item).due); }},
    {"first_contact", "First contact", "time",
     [](const request &, const lead &item) { return moment(item.first_contact_at); }},
    {"stages", "Stages reached", "state",
     [](const request &by, const lead &item) {
       std::string words, keys;
       for (const auto one : all_stages) {
         if (!item.reached.has(one)) continue;
         const std::string key(stage_key(one));
         words += (words.empty() ? "" : ", ") + stage_word(by, key);
         keys += (keys.empty() ? "" : " ") + key;
       }
       return cell_value(words, keys);
     }},
    {"appointment", "Agreed appointment", "time",
     [](const request &, const lead &item) { return moment(item.agreed_at); }},
    {"ended", "Ended", "time", [](const request &, const lead &item) { return moment(item.ended_at); }},
    {"reason", "Reason", "state",
     [](const request &by, const lead &item) {
       const auto *why = find_reason(item.reason);
       return cell_value(why == nullptr ? std::string{} : by.say(why->title), item.reason);
     }},
};

json columns(const request &by, const overview_query &query) {
  struct row {
    std::string_view id, label, role;
    bool sorts;
  };
  static constexpr row rows[] = {{"received", "Received at", "time", true},
                                 {"deadline", "Next step", "deadline", true},
                                 {"type", "Type", "badge", true},
                                 {"prospect", "Prospect", "title", true},
                                 {"model", "Wanted vehicle", "subject", false},
                                 {"city", "Town", "place", false},
                                 {"location", "Location", "site", true},
                                 {"assignee", "Salesperson", "person", true},
                                 {"state", "State", "state", true},
                                 {"source", "Source", "origin", false}};
  json result = json::array();
  const auto sorted = std::string_view(query.sort).substr(query.store.descending ? 1 : 0);
  for (const auto &[id, label, role, sorts] : rows) {
    auto item = column(id, by.say(label), role);
    if (sorts) {
      const bool current = sorted == id;
      // The newest come first when one sorts by time, the earliest deadline and the first letter otherwise.
      const bool descend = current ? !query.store.descending : id == "received";
      auto params = query.params();
      params["sort"] = (descend ? "-" : "") + std::string(id);
      item["sort"] = overview_link(by.say(label), std::move(params));
      if (current) item["sorted"] = query.store.descending ? "descending" : "ascending";
    }
    result.push_back(std::move(item));
  }
  for (const auto &[id, label, role, made] : further_columns) {
    if (query.exported) result.push_back(column(id, by.say(label), role));
  }
  return result;
}

bool takes_leads(const request &by) {
  const auto *user = by.people->find_user(by.user);
  return user != nullptr && user->takes_leads();
}

/// Who may, assigns it in the dialog of the lead's page; a salesperson takes it over here, with one press.
json assignee_cell(const request &by, const lead &item, const std::string &list) {
  if (!item.assignee.empty()) {
    const auto away = away_text(by, item.assignee);
    return cell_value(by.people->user_name(item.assignee), item.assignee,
                      {{"detail", away.empty() ? item.assignee : away}, {"title", away}});
  }
  auto result = cell_value(by.say("Not assigned"), "");
  result["quiet"] = true;
  if (!is_open(item.state)) return result;
  if (by.who.may("leads.assign")) {
    auto link = lead_link(by.say("Assign"), item.id, list);
    link["action"] = "assign";
    result["detail_link"] = std::move(link);
  } else if (by.who.may("leads.process") && takes_leads(by)) {
    auto take = action("assign", by.say("Take over"), "second");
    take["input"] = {{"user", by.user}};
    result["detail_action"] = std::move(take);
  }
  return result;
}

using duplicates = std::map<std::int64_t, std::int64_t>;

/// Of the leads of a page those that are duplicates, and of which.
duplicates duplicates_among(const request &by, const std::vector<lead> &leads) {
  std::vector<std::int64_t> ids;
  for (const auto &item : leads) {
    if (item.reason == "duplicate") ids.push_back(item.id);
  }
  return store::duplicate_rows(by.with.store).kept_of(ids);
}

json state_in_list(const request &by, const lead &item, const duplicates &known) {
  auto result = state_cell(by, item);
  if (const auto kept = known.find(item.id); kept != known.end() && item.reason == "duplicate") {
    result["detail"] = by.say("Duplicate of {1}", std::to_string(kept->second));
  }
  return result;
}

json row_of(const request &by, const overview_query &query, const lead &item, const std::string &list,
            const duplicates &known) {
  const auto write = by.write_at(item.location);
  const auto name = prospect_name(by, item);
  const auto &content = item.content;
  const auto *wanted = content.wanted.empty() ? nullptr : &content.wanted.front();
  const auto model = wanted == nullptr ? std::string{} : vehicle_text(*wanted, false);
  json prospect = cell_value(name, name, {{"detail", contact_text(by, item)}});
  prospect["strong"] = true;
  prospect["link"] = lead_link(name, item.id, list);
  json cells{
      {"received",
       cell_value(write.time(item.created_at), query.exported ? json(item.created_at) : json(iso_utc(item.created_at)),
                  {{"detail", write.day(item.created_at)}, {"title", write.full(item.created_at)}})},
      {"deadline", deadline_cell(by, item)},
      {"type", type_cell(by, item, false)},
      {"prospect", std::move(prospect)},
      {"model", cell_value(model.empty() ? "–" : model, wanted == nullptr ? "" : vehicle_text(*wanted, true),
                           {{"title", model}, {"detail", wish_text(by, item)}})},
      {"city", cell_value(content.prospect.city, content.prospect.city,
                          {{"title", content.prospect.city}, {"detail", content.prospect.postal_code}})},
      {"location", cell_value(location_text(by, item), item.location, {{"detail", content.dealer_code}})},
      {"assignee", assignee_cell(by, item, list)},
      {"state", state_in_list(by, item, known)},
      {"source", cell_value(by.source_title(content.source), content.source, {{"detail", content.campaign}})},
  };
  for (const auto &[id, label, role, made] : further_columns) {
    if (query.exported) cells[std::string(id)] = made(by, item);
  }
  json row{{"id", std::to_string(item.id)},
           {"version", item.version},
           {"link", lead_link(name, item.id, list)},
           {"label", by.say("Select {1}", name)},
           {"cells", std::move(cells)}};
  if (const auto due = deadline_of(item, by.now);
      due == deadline::soon || due == deadline::overdue || due == deadline::none) {
    row["tone"] = tone(due);
  }
  if (auto contact = contact_link(by, item); !contact.is_null()) row["contact"] = std::move(contact);
  return row;
}

/// Pressed, so that one choice is one press.
json pressed(std::string_view name, std::string label, json options) {
  auto result = field(name, "radios", std::move(label));
  result["press"] = true;
  result["options"] = std::move(options);
  return result;
}

json bulk(const request &by) {
  json actions = json::array();
  if (by.who.may("leads.assign")) {
    json people = json::array();
    for (const auto &user : by.people->users) {
      if (user.takes_leads()) people.push_back(option(user.id, person_text(by, user.id)));
    }
    auto assign = action("assign", by.say("Assign"), "primary");
    assign["fields"] = json::array({pressed("user", by.say("Salesperson"), std::move(people))});
    if (!assign["fields"][0]["options"].empty()) actions.push_back(std::move(assign));
  }
  if (by.who.may("leads.process")) {
    auto close = action("close", by.say("Close"), "second");
    close["fields"] = json::array({pressed("reason", by.say("Reason"), end_reasons(by))});
    actions.push_back(std::move(close));
  }
  if (actions.empty()) return nullptr;
  return {{"hint", by.say("Select leads to assign or close them together.")},
          {"selected", by.say("Selected leads: {count}")},
          {"clear", by.say("Clear selection")},
          {"select_all", by.say("Select all on this page")},
          {"actions", std::move(actions)}};
}

/// Nobody's leads but his own are for him, and there are none.
json no_right_text(const request &by) {
  json result{{"title", by.say("You have no right for leads.")},
              {"text", by.say("You see the leads that are assigned to you, and there are none.")}};
  if (by.who.may("leads.settings")) {
    result["link"] = link_to(by.say("Grant rights"), "leads.settings", {{"tab", "rights"}});
  }
  return result;
}

json empty_text(const request &by, const overview_query &query, const store::tab_counts &counts) {
  const auto &filter = query.store.filter;
  auto params = query.params();
  const bool filtered = std::any_of(params.items().begin(), params.items().end(), [](const auto &item) {
    return item.key() != "tab" && item.key() != "sort" && item.key() != "limit";
  });
  if (filtered && counts.all > 0) {
    auto everywhere = query.params();
    everywhere["tab"] = "all";
    return {{"title", by.say("Nothing found in this view.")},
            {"link", overview_link(by.say.count("Show {1} lead in All", "Show {1} leads in All", counts.all),
                                   std::move(everywhere))}};
  }
  if (!filtered && counts.all == 0 && by.sees().types.empty()) return no_right_text(by);
  if (filtered) {
    return {{"title", by.say("Nothing found.")},
            {"link",
             overview_link(by.say("Reset filters"), filter.tab.empty() ? json::object() : json{{"tab", filter.tab}})}};
  }
  struct row {
    std::string_view tab, title, text;
  };
  static constexpr row rows[] = {
      {"open", "No open leads.", "New leads appear here by themselves."},
      {"unassigned", "No leads without a salesperson.", "Every open lead is assigned."},
      {"mine", "You have no open leads.", "Leads appear here as soon as they are assigned to you."},
      {"overdue", "No overdue leads.", "All deadlines are kept."},
      {"silent", "No leads without a next step.", "For every open lead something is planned."},
      {"absent", "No leads of people who are not here.", "Everybody who has open leads is here or represented."},
  };
  for (const auto &[tab_id, heading, text] : rows) {
    if (filter.tab == tab_id) return {{"title", by.say(heading)}, {"text", by.say(text)}};
  }
  return {{"title", by.say("No leads yet.")},
          {"text", by.say("You see the leads for which you have a right, and those assigned to you.")}};
}

void add_pager(json &block, const request &by, const overview_query &query, const store::lead_page &page) {
  const auto shown = static_cast<std::int64_t>(page.leads.size());
  block["total"] = page.total;
  block["shown"] = shown;
  block["count_text"] = by.say.count("{2} of {1} lead", "{2} of {1} leads", page.total, by.say.number(shown));
  if (!page.leads.empty() && query.store.sort == store::lead_sort::received) {
    block["span_text"] = by.say("{1} to {2}", by.write.stamp(page.leads.front().created_at),
                                by.write.stamp(page.leads.back().created_at));
  }
  const auto [before, after] = query.store.sort != store::lead_sort::received ? std::pair{by.say("Back"), by.say("On")}
                               : query.store.descending ? std::pair{by.say("Newer"), by.say("Older")}
                                                        : std::pair{by.say("Older"), by.say("Newer")};
  block["previous_label"] = before;
  block["next_label"] = after;
  block["next"] = page.next.empty() ? json(nullptr) : json(page.next);
  const auto turn = [&](const std::string &cursor, std::int64_t start, const std::string &label) {
    auto params = query.params();
    params["cursor"] = cursor;
    if (start > 0) params["start"] = std::to_string(start);
    return overview_link(label, std::move(params));
  };
  if (!page.next.empty()) block["next_link"] = turn(page.next, query.start + shown, after);
  if (!page.previous.empty()) {
    block["previous_link"] = turn(page.previous, std::max<std::int64_t>(0, query.start - query.store.limit), before);
  }
  json sizes = json::array();
  for (const auto *size : {"25", "50", "100"}) sizes.push_back(option(size, size));
  block["page_size"] = choice("limit", by.say("Rows"), std::to_string(query.store.limit), std::move(sizes));
}

json leads_table(const request &by, const overview_query &query, const columns::lead_index::overview &found) {
  const auto &page = found.page;
  auto block = table("leads", {}, columns(by, query));
  block["layout"] = "records";
  block["label"] = by.say("Leads");
  auto position = query.sent;
  std::int64_t index = query.start;
  const auto known = duplicates_among(by, page.leads);
  for (const auto &item : page.leads) {
    position.set("at", std::to_string(++index));
    block["rows"].push_back(row_of(by, query, item, position.address(), known));
  }
  if (auto together = bulk(by); !together.is_null() && !page.leads.empty()) block["bulk"] = std::move(together);
  add_pager(block, by, query, page);
  if (page.leads.empty()) block["empty"] = empty_text(by, query, found.tabs);
  return block;
}

class overview : public dms::screen {
 public:
  explicit overview(const parts &with) : with_(with) {}
  std::string id() const override { return std::string(overview_id); }
  std::string right() const override { return "leads.view"; }

  std::string load(const dms::call &who, std::string_view text) override {
    const request by(with_, who);
    const parameters sent(text);
    const auto query = read_overview_query(by, sent);
    const auto sees = by.sees();
    columns::lead_index::overview found;
    try {
      found = with_.leads.ask(query.store, sees, by.now);
    } catch (const store::bad_cursor &) {
      throw dms::failure(dms_invalid, by.say("This page of the list does not exist. Open the list again."));
    }
    auto result = document(overview_id, by.say("Lead overview"));
    result["export"] = {"csv", "xlsx"};
    result["links"] = json::array();
    if (by.who.may("leads.process")) result["links"].push_back(link_to(by.say("New lead"), "leads.new"));
    result["links"].push_back(link_to(by.say("Help"), "leads.help", {{"page", "overview"}}));
    result["refresh"] = {{"token", std::to_string(found.newest)}};
    if (const auto since = sent.integer("since"); since && found.newest > *since) {
      result["refresh"]["text"] = by.say("New leads have come in. Reload");
    }
    result["blocks"] = json::array(
        {tabs_block(by, query, found.tabs), filters_block(by, query, found.page.total), leads_table(by, query, found)});
    return text_of(result);
  }

  dms::answer act(const dms::call &who, std::string_view action_name, std::string_view input) override {
    const request by(with_, who);
    const parameters sent(input);
    if (auto kept = act_on_filters(by, action_name, sent)) return *std::move(kept);
    return act_on_leads(by, action_name, sent);
  }

 private:
  const parts &with_;
};

}  // namespace

std::unique_ptr<dms::screen> make_overview(const parts &with) {
  return std::make_unique<overview>(with);
}

}  // namespace lead_system::screens
