// The parts of the page of one's own definitions.
#include <algorithm>

#include "screens/lead/lead_words.hpp"
#include "screens/sources/line_diff.hpp"
#include "screens/sources/source_definition.hpp"

namespace lead_system::screens {
namespace {

constexpr int lines_around = 3;
constexpr std::size_t longest_note = 500, longest_title = 100, longest_id = 60, most_mistakes = 50;

std::string version_name(const request &by, std::int64_t version) {
  return by.say("Version {1}", by.say.number(version));
}

json definition_link(std::string label, const std::string &id, pairs further = {}) {
  auto result = link_to(std::move(label), definition_id, further);
  result["params"]["source"] = id;
  return result;
}

json tryout_link(const request &by, const std::string &id, std::int64_t version) {
  return link_to(by.say("Try it out"), tryout_id, {{"definition", version_choice(id, version)}});
}

/// Which definition reads the source now, and what follows for its way in.
json state_cell_of(const request &by, const definition_parts &more, const store::own_definition &one) {
  if (one.active != 0) return cell_value(by.say("Version {1} reads", by.say.number(one.active)), one.active);
  const bool shipped = !more.desk.shipped_text(one.id).empty();
  return cell_value(shipped ? by.say("the shipped one reads") : by.say("not active"), 0);
}

json activate_action(const own_view &view, const store::definition_version &version) {
  const auto &by = view.by;
  const bool back = version.activated_at != 0;
  auto result = action("activate", back ? by.say("Back to this one") : by.say("Activate"), "second");
  result["id"] = "activate_" + std::to_string(version.version);
  result["title"] = by.say("Let version {1} read?", by.say.number(version.version));
  result["text"] = by.say("What comes from now on is read by it, on every host. What is here already stays as it is.");
  result["confirm"] = true;
  result["submit"] = by.say("Activate");
  result["input"] = {{"source", view.one.id},
                     {"number", std::to_string(version.version)},
                     {"seen_active", std::to_string(view.one.active)}};
  return result;
}

json drop_action(const own_view &view, const store::definition_version &version) {
  const auto &by = view.by;
  auto result = action("drop_draft", by.say("Discard"), "second");
  result["id"] = "drop_" + std::to_string(version.version);
  result["title"] = by.say("Discard version {1}?", by.say.number(version.version));
  result["text"] = by.say("It has never read a payload. It is gone then.");
  result["confirm"] = true;
  result["input"] = {{"source", view.one.id}, {"number", std::to_string(version.version)}};
  return result;
}

json version_row(const own_view &view, const store::definition_version &version, std::int64_t before) {
  const auto &by = view.by;
  const auto number = std::to_string(version.version);
  const bool active = version.version == view.one.active;
  auto name = cell_value(version_name(by, version.version), version.version);
  name["link"] = definition_link(version_name(by, version.version), view.one.id, {{"version", number}});
  json differs = no_cell();
  if (before != 0) {
    const auto label = by.say("against version {1}", by.say.number(before));
    differs = cell(label);
    differs["link"] = definition_link(label, view.one.id, {{"from", std::to_string(before)}, {"to", number}});
  }
  auto state = active ? cell(by.say("reads"), {{"icon", "check"}})
                      : cell(version.activated_at == 0 ? by.say("draft") : by.say("has read before"));
  auto tried = cell(by.say("Try it out"));
  tried["link"] = tryout_link(by, view.one.id, version.version);
  json row{{"id", number},
           {"cells",
            {{"version", std::move(name)},
             {"state", std::move(state)},
             {"made", cell_value(by.write.day_time(version.made_at), iso_utc(version.made_at),
                                 {{"detail", by.people->user_name(version.made_by)}})},
             {"note", version.note.empty() ? no_cell() : cell(version.note)},
             {"difference", std::move(differs)},
             {"try_out", std::move(tried)}}}};
  row["actions"] = json::array();
  if (!active) row["actions"].push_back(activate_action(view, version));
  if (version.activated_at == 0) row["actions"].push_back(drop_action(view, version));
  return row;
}

}  // namespace

std::string mistake_text(const request &by, const intake::definition_mistake &mistake) {
  const auto sentence = by.say(mistake.sentence);
  return mistake.line > 0 ? by.say("Line {1}: {2}", std::to_string(mistake.line), sentence) : sentence;
}

json mistakes_notice(const request &by, const intake::mistakes &wrong) {
  auto result = notice("mistakes", "bad",
                       by.say.count("The definition has {1} mistake.", "The definition has {1} mistakes.",
                                    static_cast<std::int64_t>(wrong.size())));
  result["items"] = json::array();
  for (std::size_t at = 0; at < std::min(wrong.size(), most_mistakes); ++at) {
    result["items"].push_back({{"title", mistake_text(by, wrong[at])}});
  }
  return result;
}

json own_list(const request &by, const definition_parts &more) {
  auto block = table("definitions", by.say("Definitions of one's own"),
                     json::array({column("source", by.say("Source")), column("base", by.say("Made from")),
                                  column("state", by.say("Which one reads")), column("versions", by.say("Versions"))}));
  block["layout"] = "plain";
  block["rows"] = json::array();
  for (const auto &one : more.rows.all()) {
    auto name = cell_value(by.say(one.title), one.id, {{"detail", one.id}});
    name["link"] = definition_link(by.say(one.title), one.id);
    auto base = one.base.empty() ? no_cell() : cell(by.source_title(one.base));
    if (more.desk.base_has_changed(one)) base["detail"] = by.say("has changed since");
    block["rows"].push_back({{"id", one.id},
                             {"cells",
                              {{"source", std::move(name)},
                               {"base", std::move(base)},
                               {"state", state_cell_of(by, more, one)},
                               {"versions", cell_value(by.say.number(one.last), one.last)}}}});
  }
  if (block["rows"].empty()) {
    block["empty"] = {{"title", by.say("Every source is read by the definition that was shipped.")},
                      {"text", by.say("Make one of your own where a sender writes otherwise.")}};
  }
  return block;
}

json create_action(const request &by, const definition_parts &more, const std::string &base) {
  auto result = action("create", by.say("Make a definition of one's own"), "primary");
  result["submit"] = by.say("Make it");
  result["text"] = by.say("A copy of the chosen one. It reads nothing before you activate it.");
  json options = json::array({option("", by.say("Please choose"))});
  for (const auto &[id, source] : more.book.shipped().definitions) {
    if (intake::own_definitions::may_be_copied(source)) options.push_back(option(id, by.say(source.title) + ", " + id));
  }
  auto from = choice("base", by.say("Begin with"), base, std::move(options));
  from["required"] = true;
  auto id = field("new_id", "text", by.say("Id of the source"), base);
  id["required"] = true;
  id["max_length"] = longest_id;
  id["hint"] =
      by.say("Small letters, digits and _. The id of the shipped one: yours takes its place, with a way back.");
  auto title = field("title", "text", by.say("Title"));
  title["optional"] = true;
  title["max_length"] = longest_title;
  title["hint"] = by.say("As people see it. Empty: that of the shipped one.");
  result["fields"] = json::array({std::move(from), std::move(id), std::move(title)});
  return result;
}

json take_in_action(const request &by) {
  auto result = action("take_in", by.say("Take in a file"), "second");
  result["submit"] = by.say("Take in");
  auto file = field("file", "file", by.say("File of a definition (.info)"));
  file["required"] = true;
  file["accept"] = ".info,.txt,text/plain";
  result["fields"] = json::array({std::move(file)});
  return result;
}

void add_state(json &blocks, const own_view &view) {
  const auto &by = view.by;
  const auto &one = view.one;
  const auto known = by.sources.find(one.id);
  if (known != by.sources.end() && !known->second.closed.empty()) {
    blocks.push_back(notice("closed", "bad", by.say("This source is closed: what comes is kept in quarantine."),
                            by.say(known->second.closed)));
  }
  if (view.more.desk.base_has_changed(one)) {
    auto changed = notice("base_changed", "warn",
                          by.say("The shipped definition “{1}” has changed since yours was made.", one.base),
                          by.say("Look what is new there, and take over what you need."));
    const auto newest = view.versions.empty() ? 0 : view.versions.front().version;
    changed["link"] =
        definition_link(by.say("Shipped one against yours"), one.id,
                        {{"from", "shipped"}, {"to", std::to_string(one.active != 0 ? one.active : newest)}});
    blocks.push_back(std::move(changed));
  }
  if (!view.more.ways_in.contains(one.id)) {
    auto later = notice("way_in", "info",
                        one.active != 0
                            ? by.say("Folder and address of this source open at the next start of the plugin.")
                            : by.say("Folder and address of this source open at the next start of the plugin after a "
                                     "version was activated."),
                        by.say("Disable the plugin and enable it again, on each host. Until then its files are handed "
                               "in on the page of the import log."));
    later["link"] = link_to_host(by.say("Plugins"), "plugins");
    blocks.push_back(std::move(later));
  }
  json items = json::array();
  items.push_back(fact("source", by.say("Source"), cell_value(one.id, one.id)));
  items.push_back(fact("base", by.say("Made from"), one.base.empty() ? no_cell() : cell(one.base)));
  items.push_back(fact("state", by.say("Which one reads"), state_cell_of(by, view.more, one)));
  blocks.push_back(facts("state", {}, std::move(items)));
}

json editor(const own_view &view, const store::definition_version &shown) {
  const auto &by = view.by;
  auto save = action("save", by.say("Save as a new version"), "primary");
  save["text"] = by.say("It is checked first, and reads nothing before you activate it.");
  save["input"] = {{"source", view.one.id}, {"seen_last", std::to_string(view.one.last)}};
  auto text = field("text", "textarea", by.say("Definition"), shown.text);
  text["rows"] = 30;
  text["code"] = true;
  text["wide"] = true;
  auto file = field("file", "file", by.say("Or a file"));
  file["optional"] = true;
  file["accept"] = ".info,.txt,text/plain";
  file["hint"] = by.say("It is taken instead of the text above.");
  auto note = field("note", "text", by.say("What is changed"));
  note["optional"] = true;
  note["max_length"] = longest_note;
  save["fields"] = json::array({std::move(text), std::move(file), std::move(note)});
  return {{"type", "form"},
          {"id", "editor"},
          {"title", by.say("Change: begins with version {1}", by.say.number(shown.version))},
          {"action", std::move(save)}};
}

json versions_table(const own_view &view) {
  const auto &by = view.by;
  auto block = table("versions", by.say("Versions"),
                     json::array({column("version", by.say("Version")), column("state", by.say("State")),
                                  column("made", by.say("Made")), column("note", by.say("What is changed")),
                                  column("difference", by.say("Difference")), column("try_out", by.say("Payload"))}));
  block["layout"] = "plain";
  block["rows"] = json::array();
  for (std::size_t at = 0; at < view.versions.size(); ++at) {
    const auto before = at + 1 < view.versions.size() ? view.versions[at + 1].version : 0;
    block["rows"].push_back(version_row(view, view.versions[at], before));
  }
  return block;
}

json give_back_action(const own_view &view) {
  const auto &by = view.by;
  const bool shipped = !view.more.desk.shipped_text(view.one.id).empty();
  auto result = action("give_back", shipped ? by.say("Back to the shipped one") : by.say("Switch off"), "second");
  result["title"] = shipped ? by.say("Let the shipped definition read again?") : by.say("Close this source?");
  result["text"] = shipped ? by.say("Your versions stay here; each can be activated again.")
                           : by.say("What still comes is kept in quarantine, until a version is active again.");
  result["confirm"] = true;
  result["input"] = {{"source", view.one.id}, {"seen_active", std::to_string(view.one.active)}};
  return result;
}

json difference(const own_view &view, const std::string &from, const std::string &to) {
  const auto &by = view.by;
  const auto text_of_side = [&](const std::string &side) -> std::string {
    if (side == "shipped") {
      auto text = view.more.desk.shipped_text(view.one.base);
      if (text.empty()) throw dms::failure(dms_not_found, by.say("This page does not exist."));
      return text;
    }
    const auto found = view.more.rows.version(view.one.id, to_integer(side).value_or(0));
    if (!found) throw dms::failure(dms_not_found, by.say("This page does not exist."));
    return found->text;
  };
  const auto name_of = [&](const std::string &side) {
    return side == "shipped" ? by.say("the shipped one") : by.say("version {1}", side);
  };
  const auto was = text_of_side(from), now = text_of_side(to);
  auto told = diff_text(was, now, lines_around);
  if (told.empty()) return notice("difference", "info", by.say("There is no difference between them."));
  auto block = text_block("difference", "code", std::move(told));
  block["title"] = by.say("From {1} to {2}", name_of(from), name_of(to));
  block["note"] = by.say("Lines with - went, lines with + came; @@ names the line.");
  return block;
}

}  // namespace lead_system::screens
