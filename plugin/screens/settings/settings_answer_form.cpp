// settings_answer_form.cpp - one text of the tab "Answers": its form, its placeholders, and how it reads.
#include <algorithm>

#include "dms/cpp/json.hpp"
#include "screens/settings/settings_blocks.hpp"

namespace lead_system::screens {
namespace {

json reach_options(const request &by) {
  json options = json::array({option("", by.say("all leads"))});
  for (const auto &group : by.with.types.categories()) {
    options.push_back(option("category:" + group.key, by.say(group.title)));
    for (const auto &type : by.with.types.types()) {
      if (type.category == group.key && !type.retired) {
        options.push_back(option("type:" + type.key, by.say("{1}: {2}", by.say(group.title), by.say(type.title))));
      }
    }
  }
  return options;
}

json language_options(const request &by) {
  json options = json::array();
  for (const auto language : answer_languages) {
    options.push_back(option(std::string(language), by.say.language_name(std::string(language))));
  }
  return options;
}

json template_form(const request &by, const store::answer_template &item) {
  auto save = action("answer_template", by.say("Save"), "primary");
  save["input"] = {{"template", std::to_string(item.id)}, {"version", item.version}};
  auto title = field("title", "text", by.say("Name of the text"), item.title);
  auto subject = field("subject", "text", by.say("Subject line"), item.subject);
  auto body = field("body", "textarea", by.say("Text"), item.body);
  for (auto *one : {&title, &subject, &body}) (*one)["required"] = true;
  title["max_length"] = 100;
  subject["max_length"] = longest_subject;
  body["max_length"] = longest_answer;
  body["hint"] = by.say("A line of which every placeholder is empty is left out. The legal footer follows by itself.");
  auto use = field("active", "checkboxes", by.say("Use"));
  use["options"] = json::array({option("yes", by.say("In use"))});
  use["value"] = item.active ? json::array({"yes"}) : json::array();
  use["optional"] = true;
  save["fields"] = json::array(
      {std::move(title),
       choice("kind", by.say("Kind"), item.kind,
              json::array({option("answer", by.say("Answer")), option("receipt", by.say("Receipt to the prospect"))})),
       choice("language", by.say("Language"), item.language, language_options(by)),
       choice("reach", by.say("For"), item.reach, reach_options(by)), std::move(subject), std::move(body),
       std::move(use)});
  return {{"type", "form"},
          {"id", "answer_template"},
          {"title", item.id == 0 ? by.say("Write a text") : item.title},
          {"action", std::move(save)}};
}

json placeholders_table(const request &by, std::string_view language) {
  auto block = table("placeholders", by.say("Placeholders"),
                     json::array({column("name", by.say("In the text")), column("meaning", by.say("Stands for"))}));
  block["layout"] = "plain";
  for (const auto &one : answer_placeholders()) {
    const auto name = std::string("{") + std::string(language == "de" ? one.german : one.english) + "}";
    block["rows"].push_back({{"id", one.english}, {"cells", {{"name", name}, {"meaning", by.say(one.meaning)}}}});
  }
  return block;
}

/// Somebody who never asked.
lead example_lead(const request &by, const store::answer_template &item) {
  lead example;
  const auto colon = item.reach.find(':');
  if (item.reach.starts_with("type:")) example.content.type = item.reach.substr(colon + 1);
  for (const auto &type : by.with.types.types()) {
    const bool fits = !item.reach.starts_with("category:") || type.category == item.reach.substr(colon + 1);
    if (example.content.type.empty() && fits && !type.retired) example.content.type = type.key;
  }
  auto &who = example.content.prospect;
  who.salutation = "ms";
  who.first_name = "Anna";
  who.last_name = "Huber";
  who.email = "anna.huber@example.at";
  who.language = item.language;
  example.content.wanted.resize(1);
  example.content.wanted.front().make = "Nissan";
  example.content.wanted.front().model = "Qashqai";
  example.content.appointment_at = by.now + 3 * day_us;
  const auto open = by.people->open_locations();
  if (!open.empty()) example.location = open.front();
  return example;
}

json preview_block(const request &by, const store::answer_template &item) {
  const auto draft = by.with.answers->texts.fill(example_lead(by, item), item, by.user);
  auto block = text_block(
      "answer_preview", "plain",
      draft.text + "\n\n-- \n" + (draft.footer.empty() ? by.say("(The legal footer is missing.)") : draft.footer));
  block["title"] = by.say("So it reads: {1}", draft.subject);
  return block;
}

store::answer_template typed_template(const parameters &input) {
  store::answer_template item;
  item.id = input.integer("template").value_or(0);
  item.version = input.integer("version").value_or(0);
  item.kind = input.one("kind");
  item.language = input.one("language");
  item.reach = input.one("reach");
  item.title = input.one("title");
  item.subject = input.one("subject");
  item.body = input.one("body");
  std::erase(item.body, '\r');
  item.active = input.one("active") == "yes";
  return item;
}

/// The text that the address names; a new one.
store::answer_template asked_template(const request &by, const parameters &sent) {
  store::answer_template item;
  item.kind = "answer";
  item.language = by.say.tag().substr(0, 2);
  if (sent.one("template") == "new") return item;
  const auto id = sent.integer("template");
  const auto found = id ? by.with.answers->settings.rows().find(*id) : std::nullopt;
  if (!found) throw dms::failure(dms_not_found, by.say("This text does not exist."));
  return *found;
}

}  // namespace

void add_answer_template(json &blocks, const request &by, const parameters &sent) {
  const auto item = asked_template(by, sent);
  json left = json::array({template_form(by, item)}), beside = json::array();
  if (item.id != 0) beside.push_back(preview_block(by, item));
  beside.push_back(placeholders_table(by, item.language));
  blocks.push_back({{"type", "columns"}, {"columns", json::array({std::move(left), std::move(beside)})}});
}

json answer_template_actions(const request &by, const parameters &sent) {
  const auto item = asked_template(by, sent);
  auto all = action("answers", by.say("All texts"), "second");
  all["link"] = link_to(by.say("All texts"), settings_id, {{"tab", "answers"}});
  json result = json::array({std::move(all)});
  if (item.id == 0) return result;
  auto remove = action("answer_remove", by.say("Delete the text"), "danger");
  remove["confirm"] = true;
  remove["text"] = by.say("What was sent stays in the timelines.");
  remove["input"] = {{"template", std::to_string(item.id)}, {"version", item.version}};
  result.push_back(std::move(remove));
  return result;
}

dms::answer set_answer_template(const request &by, const parameters &input) {
  auto id = std::int64_t{0};
  auto what = by.with.answers->settings.save(by.actor(), typed_template(input), id);
  if (what.result == processing::verdict::done) what.text = {"The text is saved.", {}};
  auto answered = answer_of(by, what);
  if (what.result != processing::verdict::done) return answered;
  auto document = dms::json_or_null(answered.document);
  document["link"] =
      link_to(by.say("See how it reads"), settings_id, {{"tab", "answers"}, {"template", std::to_string(id)}});
  answered.document = text_of(document);
  return answered;
}

dms::answer remove_answer_template(const request &by, const parameters &input) {
  auto what = by.with.answers->settings.remove(by.actor(), input.integer("template").value_or(0),
                                               input.integer("version").value_or(0));
  if (what.result == processing::verdict::not_found) what.text = {"This text does not exist.", {}};
  if (what.result == processing::verdict::done) what.text = {"The text is deleted.", {}};
  auto answered = answer_of(by, what);
  if (what.result != processing::verdict::done) return answered;
  auto document = dms::json_or_null(answered.document);
  document["link"] = link_to(by.say("All texts"), settings_id, {{"tab", "answers"}});
  answered.document = text_of(document);
  return answered;
}

}  // namespace lead_system::screens
