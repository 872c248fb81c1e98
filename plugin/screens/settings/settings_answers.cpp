// settings_answers.cpp - the tab "Answers": texts, legal footers, and where receipts are sent.
#include <algorithm>

#include "screens/settings/settings_blocks.hpp"

namespace lead_system::screens {
namespace {

using store::without_location;

json template_action(const request &by, const store::answer_template &item) {
  auto change = action("answer_template", by.say("Change"), "second");
  change["id"] = "change_template";
  auto link = link_to(by.say("Change"), settings_id, {{"tab", "answers"}, {"template", std::to_string(item.id)}});
  link["anchor"] = "answer_template";
  change["link"] = std::move(link);
  return change;
}

json template_row(const request &by, const store::answer_template &item) {
  auto state = cell_value(item.active ? by.say("in use") : by.say("not in use"), item.active);
  if (!item.active) state["quiet"] = true;
  return {{"id", std::to_string(item.id)},
          {"label", item.title},
          {"cells",
           {{"title", cell_value(item.title, item.title, {{"detail", item.subject}})},
            {"kind", cell_value(answer_kind_words(by, item.kind), item.kind)},
            {"language", cell_value(by.say.language_name(item.language), item.language)},
            {"reach", cell_value(reach_words(by, item.reach), item.reach)},
            {"state", std::move(state)},
            {"changed", cell_value(by.write.stamp(item.changed_at), iso_utc(item.changed_at),
                                   {{"detail", by.people->user_name(item.changed_by)}})}}},
          {"actions", json::array({template_action(by, item)})}};
}

json templates_table(const request &by) {
  auto block = table("answer_templates", by.say("Texts"),
                     json::array({column("title", by.say("Text")), column("kind", by.say("Use")),
                                  column("language", by.say("Language")), column("reach", by.say("For")),
                                  column("state", by.say("State")), column("changed", by.say("Changed"))}));
  block["layout"] = "plain";
  for (const auto &item : by.with.answers->settings.rows().templates()) block["rows"].push_back(template_row(by, item));
  if (block["rows"].empty()) {
    block["empty"] = {{"title", by.say("There is no text yet.")},
                      {"text", by.say("Take over the texts that ship with the plugin, or write one of your own.")}};
  }
  return block;
}

json footer_action(const request &by, const std::string &location, std::string_view language, const std::string &now) {
  auto result = action("answer_footer", by.say("Change"), "second");
  result["id"] = "footer_" + std::string(language);
  result["label"] = by.say("Change: {1}", by.say.language_name(std::string(language)));
  result["title"] =
      by.say("Legal footer: {1}, {2}", location.empty() ? by.say("All locations") : by.people->location_name(location),
             by.say.language_name(std::string(language)));
  result["text"] = by.say(
      "It stands below every e-mail: company, legal form, seat, company register number and court, VAT number. Empty: "
      "the one of all locations.");
  result["submit"] = by.say("Save");
  result["input"] = {{"location", location}, {"language", language}, {"seen", now}};
  auto body = field("body", "textarea", by.say("Footer"), now);
  body["optional"] = true;
  body["max_length"] = longest_footer;
  result["fields"] = json::array({std::move(body)});
  return result;
}

json footer_row(const request &by, const std::vector<store::answer_footer> &all, const std::string &location) {
  json row{{"id", location.empty() ? std::string("*all") : location},
           {"cells", {{"location", location.empty() ? by.say("All locations") : by.people->location_name(location)}}},
           {"actions", json::array()}};
  for (const auto language : answer_languages) {
    const auto found = std::find_if(
        all.begin(), all.end(), [&](const auto &one) { return one.location == location && one.language == language; });
    const auto text = found == all.end() ? std::string{} : found->body;
    const auto first = text.substr(0, text.find('\n'));
    row["cells"][std::string(language)] = text.empty() ? no_cell() : cell(first, {{"title", text}});
    row["actions"].push_back(footer_action(by, location, language, text));
  }
  return row;
}

json footers_table(const request &by) {
  auto block = table("answer_footers", by.say("Legal footers"),
                     json::array({column("location", by.say("Location")), column("de", by.say.language_name("de")),
                                  column("en", by.say.language_name("en"))}));
  block["layout"] = "plain";
  block["note"] = by.say("without one nothing is sent");
  const auto all = by.with.answers->settings.rows().footers();
  block["rows"].push_back(footer_row(by, all, {}));
  for (const auto &place : by.people->locations) {
    if (place.open) block["rows"].push_back(footer_row(by, all, place.id));
  }
  return block;
}

json receipts_action(const request &by, const lead_type &type, const std::vector<std::string> &places) {
  auto result = action("receipts", by.say("Change"), "second");
  result["title"] = by.say("Receipts for {1}", by.say(type.title));
  result["text"] = by.say(
      "A receipt goes within a minute to whoever has allowed e-mails, once, and never for leads that came before. It "
      "is "
      "no first contact: the deadline runs on.");
  result["submit"] = by.say("Save");
  result["input"] = {{"type", type.key}, {"seen", store::written_locations(places)}};
  auto where = field("locations", "checkboxes", by.say("By itself in"));
  where["optional"] = true;
  where["options"] = json::array();
  where["value"] = json::array();
  const auto add = [&](const std::string &id, std::string label) {
    const auto key = id.empty() ? std::string(without_location) : id;
    where["options"].push_back(option(key, std::move(label)));
    if (std::find(places.begin(), places.end(), id) != places.end()) where["value"].push_back(key);
  };
  for (const auto &place : by.people->locations) {
    if (place.open) add(place.id, place.name);
  }
  add({}, by.say("Without location"));
  result["fields"] = json::array({std::move(where)});
  return result;
}

json receipts_table(const request &by) {
  auto block = table("receipts", by.say("Receipts by e-mail"),
                     json::array({column("type", by.say("Type")), column("where", by.say("By itself in"))}));
  block["layout"] = "plain";
  const auto rules = by.with.answers->settings.rows().receipt_rules();
  for (const auto &type : by.with.types.types()) {
    if (type.retired) continue;
    std::vector<std::string> places;
    for (const auto &rule : rules) {
      if (rule.type == type.key) places.push_back(rule.location);
    }
    const auto kept = store::written_locations(places);
    auto on = places.empty() ? cell_value(by.say("off"), "") : cell_value(places_words(by, kept), kept);
    if (places.empty()) on["quiet"] = true;
    block["rows"].push_back({{"id", type.key},
                             {"cells", {{"type", cell_value(by.say(type.title), type.key)}, {"where", std::move(on)}}},
                             {"actions", json::array({receipts_action(by, type, places)})}});
  }
  return block;
}

}  // namespace

std::string answer_kind_words(const request &by, const std::string &kind) {
  return kind == "receipt" ? by.say("Receipt to the prospect") : by.say("Answer");
}

std::string reach_words(const request &by, const std::string &reach) {
  const auto colon = reach.find(':');
  if (colon == std::string::npos) return by.say("all leads");
  const auto key = reach.substr(colon + 1);
  if (const auto *type = by.with.types.find_type(key); type != nullptr && reach.starts_with("type:")) {
    return by.say(type->title);
  }
  const auto *group = by.with.types.find_category(key);
  return group == nullptr ? key : by.say(group->title);
}

json answers_actions(const request &by, const parameters &sent) {
  if (sent.has("template")) return answer_template_actions(by, sent);
  auto fresh = action("answer_template", by.say("Write a text"), "second");
  auto link = link_to(by.say("Write a text"), settings_id, {{"tab", "answers"}, {"template", "new"}});
  link["anchor"] = "answer_template";
  fresh["link"] = std::move(link);
  auto take = action("answer_take", by.say("Take over the shipped texts"), "second");
  take["text"] = by.say("German and English texts become texts of this dealership. None is in use before you say so.");
  take["confirm"] = true;
  return json::array({std::move(fresh), std::move(take)});
}

void add_answers(json &blocks, const request &by, const parameters &sent) {
  if (!by.with.answers->texts.sends()) {
    blocks.push_back(notice("answers_off", "warn", by.say("This DMS sends no e-mails to prospects."),
                            by.say("Texts can be prepared. Receipts and answers are sent once whoever runs the DMS has "
                                   "named a mail server.")));
  }
  if (sent.has("template")) {
    add_answer_template(blocks, by, sent);
    return;
  }
  blocks.push_back(receipts_table(by));
  blocks.push_back(templates_table(by));
  blocks.push_back(footers_table(by));
}

dms::answer take_shipped_answers(const request &by, const parameters &) {
  return answer_of(by, by.with.answers->settings.take_shipped(by.actor()));
}

dms::answer set_answer_footer(const request &by, const parameters &input) {
  auto body = input.one("body");
  std::erase(body, '\r');
  auto seen = input.one("seen");
  std::erase(seen, '\r');
  return answer_of(
      by, by.with.answers->settings.set_footer(by.actor(), {input.one("location"), input.one("language"), body}, seen));
}

dms::answer set_receipts(const request &by, const parameters &input) {
  auto places = input.all("locations");
  for (auto &place : places) {
    if (place == without_location) place.clear();
  }
  const auto seen = input.sent("seen") ? std::optional(input.one("seen")) : std::nullopt;
  return answer_of(by, by.with.answers->settings.set_receipts(by.actor(), input.one("type"), places, seen));
}

}  // namespace lead_system::screens
