// source_definition.cpp - definitions of one's own: made from a shipped one, changed version by version, activated and
// taken back.
#include <algorithm>

#include "intake/mail_text.hpp"
#include "screens/kit/results.hpp"
#include "screens/sources/source_definition.hpp"

namespace lead_system::screens {
namespace {

using verdict = intake::own_definitions::outcome::verdict;

dms_status status_of(verdict is) {
  switch (is) {
    case verdict::done:
      return dms_ok;
    case verdict::invalid:
      return dms_invalid;
    case verdict::not_found:
      return dms_not_found;
    case verdict::conflict:
      break;
  }
  return dms_conflict;
}

std::string_view word_of(verdict is) {
  switch (is) {
    case verdict::done:
      return "ok";
    case verdict::invalid:
      return "invalid";
    case verdict::not_found:
      return "not_found";
    case verdict::conflict:
      break;
  }
  return "conflict";
}

/// `done`: the sentence where it went well; each mistake of the text is told with its line.
dms::answer told(const request &by, const intake::own_definitions::outcome &what, std::string done, json link = {}) {
  constexpr std::size_t most = 50;
  json result{{"schema", "dms.result/1"}, {"status", word_of(what.is)}};
  auto sentence = what.text.empty() ? std::move(done) : by.say(what.text);
  if (what.is == verdict::invalid && what.text.empty()) sentence = by.say("Please check the marked fields.");
  if (!what.wrong.empty()) {
    const auto count = static_cast<std::int64_t>(what.wrong.size());
    sentence = by.say.count("The definition has {1} mistake and was not saved.",
                            "The definition has {1} mistakes and was not saved.", count);
    result["items"] = json::array();
    for (std::size_t at = 0; at < std::min(what.wrong.size(), most); ++at) {
      result["items"].push_back(
          {{"id", std::to_string(at + 1)}, {"status", "invalid"}, {"message", mistake_text(by, what.wrong[at])}});
    }
  }
  if (what.is == verdict::conflict) sentence += " " + by.say("Your input was not saved.");
  result["message"] = std::move(sentence);
  for (const auto &[name, text] : what.fields) result["fields"][name] = by.say(text);
  if (what.version != 0) result["version"] = what.version;
  if (what.is == verdict::done && !link.is_null()) result["link"] = std::move(link);
  return {status_of(what.is), text_of(result)};
}

/// A host takes ways in only while a plugin starts: a new id has none before.
std::string way_in_later(const request &by, const definition_parts &more, const std::string &id, bool active) {
  if (id.empty() || more.ways_in.contains(id)) return {};
  return " " + (active
                    ? by.say("Its folder and address open with the next start of the plugin: disable it and enable "
                             "it again under Plugins, on each host. Until then hand its files in with “Deliver a "
                             "file” in the import log.")
                    : by.say("Once it is activated, its folder and address open with the next start of the plugin."));
}

json to_own(const request &by, const std::string &id) {
  return link_to(by.say("Open the definition"), definition_id, {{"source", id}});
}

class source_definition : public dms::screen {
 public:
  source_definition(const parts &with, definition_parts more) : with_(with), more_(more) {}
  std::string id() const override { return std::string(definition_id); }
  std::string right() const override { return "leads.settings"; }

  std::string load(const dms::call &who, std::string_view text) override {
    more_.book.look();
    const request by(with_, who);
    const parameters sent(text);
    if (sent.has("source")) return one_of_them(by, sent);
    auto result = document(definition_id, by.say("Definitions of one's own"));
    result["back"] = link_to(by.say("Sources"), "leads.settings", {{"tab", "sources"}});
    result["links"] = json::array(
        {link_to(by.say("Try out a source"), tryout_id), link_to(by.say("Help"), "leads.help", {{"page", "tryout"}})});
    result["actions"] = json::array({create_action(by, more_, sent.one("base")), take_in_action(by)});
    result["blocks"].push_back(own_list(by, more_));
    return text_of(result);
  }

  dms::answer act(const dms::call &who, std::string_view action_name, std::string_view input) override {
    const request by(with_, who);
    const parameters sent(input);
    struct row {
      std::string_view name;
      dms::answer (source_definition::*does)(const request &, const parameters &) const;
    };
    static constexpr row rows[] = {
        {"create", &source_definition::create},       {"take_in", &source_definition::take_in},
        {"save", &source_definition::save},           {"activate", &source_definition::activate},
        {"give_back", &source_definition::give_back}, {"drop_draft", &source_definition::drop_draft},
        {"base_seen", &source_definition::base_seen}};
    for (const auto &one : rows) {
      if (one.name == action_name) return (this->*one.does)(by, sent);
    }
    return unknown_action(by);
  }

 private:
  std::string one_of_them(const request &by, const parameters &sent) const {
    const auto one = more_.rows.find(sent.one("source"));
    if (!one) throw dms::failure(dms_not_found, by.say("This page does not exist."));
    const own_view view{by, more_, *one, more_.rows.versions(one->id)};
    const auto number = sent.has("version") ? sent.integer("version").value_or(0) : one->last;
    auto shown = more_.rows.version(one->id, number);
    // The newest number may be that of a draft that was taken away.
    if (!shown && !sent.has("version") && !view.versions.empty()) {
      shown = more_.rows.version(one->id, view.versions.front().version);
    }
    if (!shown) throw dms::failure(dms_not_found, by.say("This page does not exist."));
    auto result = document(definition_id, by.say("Definition of {1}", by.say(one->title)));
    result["back"] = link_to(by.say("Definitions of one's own"), definition_id);
    result["links"] = json::array(
        {link_to(by.say("Try out a source"), tryout_id, {{"definition", version_choice(one->id, shown->version)}}),
         link_to(by.say("Help"), "leads.help", {{"page", "tryout"}})});
    result["export"] = json::array({"txt"});
    auto &blocks = result["blocks"];
    if (sent.one("export") == "txt") {
      auto file = text_block("export", "code", shown->text);
      file["file_name"] = one->id + ".info";
      blocks.push_back(std::move(file));
      return text_of(result);
    }
    result["actions"] = json::array();
    if (one->active != 0) result["actions"].push_back(give_back_action(view));
    if (more_.desk.base_has_changed(*one)) result["actions"].push_back(base_seen_action(by, one->id));
    add_state(blocks, view);
    if (sent.has("from") && sent.has("to")) blocks.push_back(difference(view, sent.one("from"), sent.one("to")));
    blocks.push_back(versions_table(view));
    blocks.push_back(editor(view, *shown));
    return text_of(result);
  }

  static json base_seen_action(const request &by, const std::string &id) {
    auto result = action("base_seen", by.say("I have seen the changes"), "second");
    result["input"] = {{"source", id}};
    return result;
  }

  dms::answer create(const request &by, const parameters &sent) const {
    const auto id = sent.one("new_id");
    auto what = more_.desk.create(by.who, sent.one("base"), id, sent.one("title"));
    if (const auto wrong = what.fields.find("id"); wrong != what.fields.end()) {
      what.fields["new_id"] = wrong->second;
      what.fields.erase("id");
    }
    return told(by, what,
                by.say("The definition of {1} is made. It reads nothing yet.", id) + way_in_later(by, more_, id, false),
                to_own(by, id));
  }

  dms::answer take_in(const request &by, const parameters &sent) const {
    const auto text = intake::from_base64(sent.one("file"));
    if (text.empty()) return invalid_input(by, {{"file", {"Choose a file that is not empty.", {}}}});
    const auto what = more_.desk.take_in(by.who, text);
    return told(by, what,
                by.say("The definition is taken in. It reads nothing yet.") + way_in_later(by, more_, what.id, false),
                link_to(by.say("Definitions of one's own"), definition_id));
  }

  dms::answer save(const request &by, const parameters &sent) const {
    const auto file = intake::from_base64(sent.one("file"));
    const auto id = sent.one("source");
    const auto what = more_.desk.save(by.who, id, file.empty() ? sent.one("text") : file, sent.one("note"),
                                      sent.integer("seen_last").value_or(-1));
    return told(by, what,
                by.say("Version {1} is saved. It reads nothing before you activate it.", by.say.number(what.version)),
                link_to(by.say("Try it out"), tryout_id, {{"definition", version_choice(id, what.version)}}));
  }

  dms::answer activate(const request &by, const parameters &sent) const {
    const auto id = sent.one("source");
    const auto number = sent.integer("number").value_or(0);
    if (number <= 0) return unknown_action(by);
    const auto what = more_.desk.activate(by.who, id, number, sent.integer("seen_active").value_or(-1));
    return told(
        by, what,
        by.say("Version {1} reads what comes from now on.", by.say.number(number)) + way_in_later(by, more_, id, true));
  }

  dms::answer give_back(const request &by, const parameters &sent) const {
    const auto id = sent.one("source");
    const bool shipped = !more_.desk.shipped_text(id).empty();
    const auto what = more_.desk.activate(by.who, id, 0, sent.integer("seen_active").value_or(-1));
    return told(by, what,
                shipped ? by.say("The shipped definition reads again.")
                        : by.say("The source is closed. What still comes is kept in quarantine."));
  }

  dms::answer drop_draft(const request &by, const parameters &sent) const {
    const auto number = sent.integer("number").value_or(0);
    return told(by, more_.desk.drop_draft(by.who, sent.one("source"), number),
                by.say("Version {1} is discarded.", by.say.number(number)));
  }

  dms::answer base_seen(const request &by, const parameters &sent) const {
    return told(by, more_.desk.note_base(by.who, sent.one("source")), by.say("Noted."));
  }

  const parts &with_;
  definition_parts more_;
};

}  // namespace

std::unique_ptr<dms::screen> make_source_definition(const parts &with, definition_parts more) {
  return std::make_unique<source_definition>(with, more);
}

}  // namespace lead_system::screens
