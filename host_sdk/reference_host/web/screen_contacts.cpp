// myKontakte: the contacts that a person has to make.
#include "reference_host/web/own_screen.hpp"

namespace dms::reference::web {
namespace {

constexpr int most_shown = 200;

std::string kind_of(const asked &by, const std::string &kind) {
  static const std::map<std::string, const char *> names{
      {"phone", "Call"}, {"email", "E-mail"}, {"visit", "Visit"}, {"test_drive", "Test drive"}};
  auto found = names.find(kind);
  return found == names.end() ? kind : by.say(found->second);
}

json complete_action(const asked &by, const contact &item) {
  auto result = make_field("result", "select", by.say("Result"));
  result["options"] = {make_option("reached", by.say("Reached")), make_option("tried", by.say("Tried, not reached"))};
  auto note = make_field("note", "textarea", by.say("Note"));
  note["optional"] = true;
  note["max_length"] = 2000;
  return {{"action", "complete"},
          {"label", by.say("Done")},
          {"title", by.say("Contact with {1}", item.name)},
          {"text", item.note},
          {"input", {{"contact", std::to_string(item.id)}}},
          {"fields", {result, note}}};
}

json row_of(const asked &by, const contact &item, bool done) {
  json name{{"text", item.name}};
  if (item.customer != 0) name["link"] = make_link(item.name, "host.customer", {{"id", std::to_string(item.customer)}});
  json row{{"id", std::to_string(item.id)}, {"label", item.name}};
  auto link = json::parse(item.link.empty() ? "null" : item.link, nullptr, false);
  if (link.is_object()) {
    link["label"] = by.say("Open lead");
    name["detail_link"] = link;
    if (item.customer == 0) row["link"] = link;
  }
  bool late = !done && item.due_us < by.who.now_us();
  json due{{"text", by.time(item.due_us)}, {"value", item.due_us}};
  if (!done) {
    due = {{"icon", late ? "due_over" : "due_plan"},
           {"text", by.say(late ? "Overdue" : "On schedule")},
           {"detail", by.time(item.due_us)},
           {"value", item.due_us}};
  }
  row["cells"] = {{"due", due}, {"name", name}, {"kind", kind_of(by, item.kind)}, {"note", {{"text", item.note}}}};
  if (late) row["tone"] = "bad";
  if (done) {
    row["cells"]["result"] = {{"text", by.say(item.result == "reached" ? "Reached" : "Tried, not reached")},
                              {"detail", by.time(item.done_us)}};
  } else {
    row["actions"] = json::array({complete_action(by, item)});
  }
  return row;
}

class screen_of_contacts : public own_screen {
 public:
  using own_screen::own_screen;

 protected:
  json show(const asked &by) override {
    bool done = by.of("tab") == "done";
    auto &contacts = by.dms.data().contacts;
    auto document = make_screen("host.contacts", by.say("myContacts"));
    auto tab = [&](const char *id, const char *label, bool current) {
      return json{{"id", id},
                  {"label", by.say(label)},
                  {"current", current},
                  {"link", make_link("", "host.contacts", {{"tab", id}})}};
    };
    auto open_tab = tab("open", "Open contacts", !done);
    open_tab["count"] = contacts.count_open(by.who.user());
    document["blocks"].push_back({{"type", "tabs"}, {"items", {open_tab, tab("done", "Done", done)}}});
    auto column = [&](const char *id, const char *label, const char *role) {
      return json{{"id", id}, {"label", by.say(label)}, {"role", role}};
    };
    json columns{column("due", "Due", "deadline"), column("name", "Contact", "title"), column("kind", "Kind", "badge"),
                 column("note", "Note", "subject")};
    if (done) columns.push_back(column("result", "Result", "state"));
    json rows = json::array();
    for (const auto &item : contacts.of_user(by.who.user(), done, most_shown)) rows.push_back(row_of(by, item, done));
    json empty{{"title", by.say(done ? "No contacts done yet." : "No open contacts.")},
               {"text", done ? "" : by.say("New ones appear here as soon as a lead is assigned to you.")}};
    document["blocks"].push_back({{"type", "table"},
                                  {"id", "contacts"},
                                  {"layout", "records"},
                                  {"label", by.say("myContacts")},
                                  {"columns", columns},
                                  {"rows", rows},
                                  {"empty", empty}});
    document["export"] = {"csv", "xlsx"};
    return document;
  }

  std::string act_on(const asked &by, const std::string &action) override {
    if (action != "complete") return own_screen::act_on(by, action);
    auto id = number_of(by.of("contact"));
    auto found = by.dms.data().contacts.get(id);
    // Another person's contact answers as if it did not exist.
    if (!found || found->user != by.who.user()) throw failure(dms_not_found, "This contact does not exist any more.");
    auto result = by.of("result");
    if (result != "reached" && result != "tried") throw field_failure("result", by.say("Please choose a result."));
    if (!by.dms.complete_contact(*by.call(), id, result, by.of("note"))) {
      throw failure(dms_conflict, "This contact was already done.");
    }
    return by.say("The contact with {1} is done.", found->name);
  }
};

}  // namespace

std::unique_ptr<dms::screen> contacts_screen(host &of, shared_words say) {
  return std::make_unique<screen_of_contacts>(of, std::move(say), "host.contacts", "");
}

}  // namespace dms::reference::web
