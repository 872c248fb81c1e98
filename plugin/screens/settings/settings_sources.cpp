// settings_sources.cpp - where leads come from, and whether they do.
#include <algorithm>

#include "screens/settings/settings_blocks.hpp"

namespace lead_system::screens {
namespace {

json number_cell(const request &by, std::int64_t count, const char *tone, pairs link) {
  auto result = cell_value(by.say.number(count), count);
  if (count == 0) {
    result["quiet"] = true;
    return result;
  }
  if (*tone != '\0') result["tone"] = tone;
  result["link"] = link_to(by.say.number(count), "leads.intake_log", link);
  return result;
}

/// Where the definition stands: here, where somebody has made it on the screen.
json definition_cell(const request &by, const std::string &id, const intake::definition &source) {
  if (source.version == 0 && source.closed.empty()) return source.file.empty() ? no_cell() : cell(source.file);
  const auto words_ = source.closed.empty() ? by.say("adapted, version {1}", by.say.number(source.version))
                                            : by.say("closed: see the definition");
  auto result = cell_value(words_, source.version);
  if (!source.closed.empty()) result["tone"] = "bad";
  result["link"] = link_to(words_, "leads.source_definition", {{"source", id}});
  return result;
}

}  // namespace

json sources_table(const request &by) {
  json columns = json::array({column("source", by.say("Source")), column("category", by.say("Category")),
                              column("last", by.say("Last payload"))});
  for (const auto &[id, label] :
       {std::pair{"accepted", "Leads in 24 hours"}, std::pair{"quarantined", "In quarantine"}}) {
    auto made = column(id, by.say(label));
    made["number"] = true;
    columns.push_back(std::move(made));
  }
  columns.push_back(column("format", by.say("Format")));
  columns.push_back(column("file", by.say("Definition")));
  columns.push_back(column("try_out", by.say("Payload")));
  auto block = table("sources", by.say("Sources"), std::move(columns));
  block["layout"] = "plain";
  block["note"] = by.say("each by watched folder inbox/NAME, by HTTP to /intake/NAME, and on the command line");
  std::map<std::string, std::int64_t> waiting;
  for (const auto &group : by.with.store.quarantine()) waiting[group.source] += group.leads;
  for (const auto &[id, source] : by.sources) {
    const auto health = by.with.store.health_of_source(id, by.now - day_us);
    const auto *group = by.with.types.find_category(source.category);
    auto tried = cell(by.say("Try it out"));
    tried["link"] = link_to(by.say("Try it out"), "leads.source_tryout", {{"definition", id}});
    block["rows"].push_back(
        {{"id", id},
         {"cells",
          {{"source", cell_value(by.say(source.title), id, {{"detail", id}})},
           {"category", cell_value(group == nullptr ? source.category : by.say(group->title), source.category)},
           {"last", health.last_at == 0 ? cell(by.say("never"), {{"tone", "plain"}})
                                        : cell_value(by.write.day_time(health.last_at), iso_utc(health.last_at))},
           {"accepted", number_cell(by, health.accepted, "", {{"source", id}})},
           {"quarantined", number_cell(by, waiting[id], "bad", {{"source", id}, {"outcome", "quarantined"}})},
           {"format", source.format},
           {"file", definition_cell(by, id, source)},
           {"try_out", std::move(tried)}}}});
  }
  return block;
}

}  // namespace lead_system::screens
