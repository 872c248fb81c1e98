// cutover_list.cpp - the open leads of the old system: uploaded, looked at, taken over.
#include <algorithm>
#include <map>

#include "dms/cpp/json.hpp"
#include "intake/dry_run.hpp"
#include "intake/mail_text.hpp"
#include "intake/sources.hpp"
#include "screens/cutover/cutover.hpp"
#include "screens/kit/results.hpp"
#include "screens/lead/lead_words.hpp"
#include "screens/logs/intake_retry.hpp"

namespace lead_system::screens {
namespace {

constexpr std::size_t largest_list = std::size_t{4} << 20U;
constexpr std::size_t most_shown = 200, most_exported = 10'000;

/// The list, where the user himself has uploaded it: what it holds is not for others.
std::optional<store::old_list> list_of(const request &by, const cutover_parts &more, const parameters &sent) {
  auto found = more.rows.find_list(sent.integer("list").value_or(0));
  if (!found || found->user != by.user || !by.sources.contains(found->source)) return std::nullopt;
  return found;
}

/// The day on which all planned types are here, at the earliest now.
time_us day_of_cutover(const request &by) {
  auto day = by.now;
  for (const auto &one : by.with.store.lead_type_settings()) {
    if (one.active_from < processing::no_cutover_yet) day = std::max(day, one.active_from);
  }
  return day;
}

enum class becomes { new_lead, later, updated, nothing_new, stays, unusable };

struct becomes_row {
  becomes what;
  std::string_view key, title, tone, icon;
};
constexpr becomes_row becomes_rows[] = {{becomes::new_lead, "new", "comes in", "good", "check"},
                                        {becomes::later, "later", "comes in from {1} on", "good", "clock"},
                                        {becomes::updated, "updated", "is here and gets new data", "plain", "check"},
                                        {becomes::nothing_new, "known", "is here already", "plain", "dash"},
                                        {becomes::stays, "stays", "stays in the old system", "plain", "dash"},
                                        {becomes::unusable, "unusable", "cannot be used", "bad", "due_over"}};

struct dry_list {
  intake::dry_result result;
  std::map<std::string, time_us> active_from;  ///< by type
  std::map<becomes, std::int64_t> counts;

  becomes of(const intake::dry_row &row, time_us now) const {
    if (row.item.outcome == "quarantined") return becomes::unusable;
    if (row.item.outcome == "legacy") return becomes::stays;
    if (row.item.outcome == "repeated") return becomes::nothing_new;
    if (row.known) return becomes::updated;
    const auto from = active_from.find(row.would_be.content.type);
    return from != active_from.end() && from->second > now ? becomes::later : becomes::new_lead;
  }
  std::int64_t count(becomes what) const {
    const auto found = counts.find(what);
    return found == counts.end() ? 0 : found->second;
  }
};

dry_list look_at(const request &by, const cutover_parts &more, const store::old_list &list) {
  dry_list seen;
  seen.result = intake::dry_run(more.intake, by.sources.at(list.source), list.bytes, day_of_cutover(by));
  for (const auto &one : by.with.store.lead_type_settings()) seen.active_from[one.type] = one.active_from;
  for (const auto &row : seen.result.rows) ++seen.counts[seen.of(row, by.now)];
  return seen;
}

std::string counts_text(const request &by, const dry_list &seen) {
  return by.say("{1} come in, {2} are here already, {3} stay in the old system, {4} cannot be used.",
                by.say.number(seen.count(becomes::new_lead) + seen.count(becomes::later)),
                by.say.number(seen.count(becomes::nothing_new) + seen.count(becomes::updated)),
                by.say.number(seen.count(becomes::stays)), by.say.number(seen.count(becomes::unusable)));
}

json outcome_cell(const request &by, const dry_list &seen, const intake::dry_row &row) {
  const auto what = seen.of(row, by.now);
  const auto found = std::find_if(std::begin(becomes_rows), std::end(becomes_rows),
                                  [&](const becomes_row &one) { return one.what == what; });
  const auto from = seen.active_from.find(row.would_be.content.type);
  const auto day = from == seen.active_from.end() ? std::string{} : by.write.date(from->second);
  auto result = cell_value(by.say(found->title, day), std::string(found->key),
                           {{"tone", std::string(found->tone)}, {"icon", std::string(found->icon)}});
  if (!row.item.reason.empty()) result["detail"] = by.say(row.item.reason);
  return result;
}

json lead_row(const request &by, const dry_list &seen, const intake::dry_row &row, std::size_t number) {
  const auto &lead = row.would_be;
  const bool comes = row.item.outcome == "accepted" && !row.known;
  const auto *type = by.with.types.find_type(lead.content.type);
  const auto number_text = by.say.number(static_cast<std::int64_t>(number));
  return {
      {"id", std::to_string(number)},
      {"cells",
       {{"row", cell_value(number_text, number)},
        {"external_id", cell(row.item.external_id)},
        {"type", type == nullptr ? cell(lead.content.type) : cell_value(by.say(type->title), type->key)},
        {"prospect", cell(lead.content.prospect.full_name(), {{"detail", contact_text(by, lead)}})},
        {"location", comes ? cell(location_text(by, lead)) : no_cell()},
        {"assignee",
         comes && !lead.assignee.empty() ? cell_value(by.people->user_name(lead.assignee), lead.assignee) : no_cell()},
        {"state", comes ? state_cell(by, lead) : no_cell()},
        {"becomes", outcome_cell(by, seen, row)}}}};
}

json leads_table(const request &by, const dry_list &seen, std::size_t most) {
  auto row = column("row", by.say("Row"));
  row["number"] = true;
  auto block = table("leads", by.say("Leads of the list"),
                     json::array({std::move(row), column("external_id", by.say("Number")),
                                  column("type", by.say("Type")), column("prospect", by.say("Prospect")),
                                  column("location", by.say("Location")), column("assignee", by.say("Salesperson")),
                                  column("state", by.say("State")), column("becomes", by.say("What becomes of it"))}));
  block["layout"] = "plain";
  // What needs a look first, the rest in the order of the list.
  std::vector<std::size_t> order(seen.result.rows.size());
  for (std::size_t at = 0; at < order.size(); ++at) order[at] = at;
  std::stable_partition(order.begin(), order.end(),
                        [&](std::size_t at) { return seen.of(seen.result.rows[at], by.now) == becomes::unusable; });
  for (const auto at : order) {
    if (block["rows"].size() >= most) break;
    block["rows"].push_back(lead_row(by, seen, seen.result.rows[at], at + 1));
  }
  const auto shown = static_cast<std::int64_t>(block["rows"].size()), all = static_cast<std::int64_t>(order.size());
  block["note"] = by.say("{1} of {2} leads", by.say.number(shown), by.say.number(all));
  if (all == 0) block["empty"] = {{"title", by.say("There is no lead in this list.")}};
  return block;
}

json import_action(const request &by, const dry_list &seen, const store::old_list &list) {
  const auto count = seen.count(becomes::new_lead) + seen.count(becomes::updated);
  auto result = action("import_list", by.say.count("Take over {1} lead", "Take over {1} leads", count), "primary");
  result["title"] = by.say("Take over the old list");
  result["text"] = by.say("The same list again changes nothing: leads that are here are recognised by their number.");
  result["submit"] = by.say("Take over");
  result["confirm"] = true;
  result["input"] = {{"list", std::to_string(list.id)}};
  return result;
}

json drop_action(const request &by, const store::old_list &list) {
  auto result = action("drop_list", by.say("Discard"), "second");
  result["id"] = "drop_list_" + std::to_string(list.id);
  result["input"] = {{"list", std::to_string(list.id)}};
  return result;
}

dms::answer not_there(const request &by) {
  processing::outcome what;
  what.result = processing::verdict::not_found;
  what.text = {"This list does not exist any more. Upload it again.", {}};
  return answer_of(by, what);
}

dms::answer done_with_link(const std::string &sentence, json link) {
  json result{{"schema", "dms.result/1"}, {"status", "ok"}, {"message", sentence}, {"link", std::move(link)}};
  return {dms_ok, text_of(result)};
}

}  // namespace

json list_form(const request &by) {
  const auto sources = intake::old_lists(by.sources);
  auto check = action("check_list", by.say("Check"), "primary");
  check["text"] =
      by.say("First the list is only checked: you see what would become of each lead before you take it over.");
  check["fields"] = json::array();
  json options = json::array();
  for (const auto &id : sources) options.push_back(option(id, by.source_title(id)));
  if (sources.size() == 1) check["input"] = {{"source", sources.front()}};
  if (sources.size() > 1) check["fields"].push_back(choice("source", by.say("Kind of list"), "", std::move(options)));
  auto file = field("file", "file", by.say("File of the old list (CSV)"));
  file["required"] = true;
  file["accept"] = ".csv,.txt,text/csv";
  file["hint"] =
      by.say("With the column names in the first row, at most {1} MiB.", std::to_string(largest_list >> 20U));
  check["fields"].push_back(std::move(file));
  return {{"type", "form"},
          {"id", "old_list"},
          {"title", by.say("Take over open leads of the old list")},
          {"action", std::move(check)}};
}

json lists_table(const request &by, const cutover_parts &more) {
  auto block = table("lists", by.say("Checked lists"),
                     json::array({column("name", by.say("File")), column("at", by.say("Checked"))}));
  block["layout"] = "plain";
  block["note"] = by.say("only you see them, for a day");
  for (const auto &list : more.rows.lists()) {
    if (list.user != by.user) continue;
    auto name = cell(list.name);
    name["link"] = link_to(list.name, cutover_id, {{"list", std::to_string(list.id)}});
    block["rows"].push_back(
        {{"id", std::to_string(list.id)},
         {"cells", {{"name", std::move(name)}, {"at", cell_value(by.write.day_time(list.at), iso_utc(list.at))}}},
         {"actions", json::array({drop_action(by, list)})}});
  }
  return block["rows"].empty() ? json() : block;
}

void add_dry_run(json &document, const request &by, const cutover_parts &more, const parameters &sent) {
  const auto list = list_of(by, more, sent);
  if (!list) throw dms::failure(dms_not_found, by.say("This page does not exist."));
  const auto seen = look_at(by, more, *list);
  document["title"] = by.say("Old list: {1}", list->name);
  document["back"] = link_to(by.say("Cutover"), cutover_id);
  auto &blocks = document["blocks"];
  if (!seen.result.problem.empty()) {
    blocks.push_back(notice("result", "bad", by.say("The list cannot be read."), by.say(seen.result.problem)));
    document["actions"] = json::array({drop_action(by, *list)});
    return;
  }
  const bool some = seen.count(becomes::new_lead) + seen.count(becomes::updated) > 0;
  blocks.push_back(
      notice("result", some ? "good" : "info", by.say("Nothing is taken over yet."), counts_text(by, seen)));
  if (seen.count(becomes::later) > 0) {
    blocks.push_back(notice("later", "info", by.say("Some types are not in this system yet."),
                            by.say("Their leads are taken over when you upload the list again after the cutover.")));
  }
  document["actions"] = json::array();
  if (some) document["actions"].push_back(import_action(by, seen, *list));
  document["actions"].push_back(drop_action(by, *list));
  document["export"] = json::array({"csv", "xlsx"});
  blocks.push_back(leads_table(by, seen, sent.has("export") ? most_exported : most_shown));
}

dms::answer check_list(const request &by, const cutover_parts &more, const parameters &sent) {
  store::old_list list;
  list.source = sent.one("source");
  const auto sources = intake::old_lists(by.sources);
  if (list.source.empty() && sources.size() == 1) list.source = sources.front();
  const bool known = std::find(sources.begin(), sources.end(), list.source) != sources.end();
  if (!known) return invalid_input(by, {{"source", {"This source does not exist.", {}}}});
  list.bytes = intake::from_base64(sent.one("file"));
  if (list.bytes.empty()) return invalid_input(by, {{"file", {"Choose the file of the old list.", {}}}});
  if (list.bytes.size() > largest_list) {
    return invalid_input(
        by, {{"file", {"The file is larger than {1} MiB. Split it.", {std::to_string(largest_list >> 20U)}}}});
  }
  list.name = sent.one("file_name");
  if (list.name.empty()) list.name = list.source + ".csv";
  if (list.name.size() > 200) list.name.resize(200);
  list.user = by.user;
  list.at = by.now;
  const auto seen = look_at(by, more, list);
  if (!seen.result.problem.empty()) return invalid_input(by, {{"file", seen.result.problem}});
  list.id = more.rows.keep_list(list);
  return done_with_link(
      by.say("“{1}” is checked: {2}", list.name, counts_text(by, seen)),
      link_to(by.say("See what becomes of each lead"), cutover_id, {{"list", std::to_string(list.id)}}));
}

dms::answer import_list(const request &by, const cutover_parts &more, const parameters &sent) {
  const auto list = list_of(by, more, sent);
  if (!list) return not_there(by);
  const auto told = more.import(by.who, list->source, list->bytes, list->name);
  const auto report = dms::json_or_null(told, {.bytes = told.size()});
  const auto count = [&](const char *outcome) {
    return report.is_object() ? report.value(outcome, std::int64_t{0}) : std::int64_t{0};
  };
  more.rows.drop_list(list->id);
  by.with.wake_feedback();
  return done_with_link(by.say("{1} taken over, {2} are here already, {3} stay in the old system, {4} in quarantine.",
                               by.say.number(count("accepted")), by.say.number(count("repeated")),
                               by.say.number(count("legacy")), by.say.number(count("quarantined"))),
                        link_to(by.say("Lead import log"), "leads.intake_log", {{"source", list->source}}));
}

dms::answer drop_list(const request &by, const cutover_parts &more, const parameters &sent) {
  const auto list = list_of(by, more, sent);
  if (!list) return not_there(by);
  more.rows.drop_list(list->id);
  return done_with_link(by.say("“{1}” is discarded; nothing was taken over.", list->name),
                        link_to(by.say("Cutover"), cutover_id));
}

}  // namespace lead_system::screens
