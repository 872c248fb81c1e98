// myKontakte: the contacts that a person has to make.
#include <algorithm>

#include "reference_host/core/people/sessions.hpp"
#include "reference_host/web/contact_words.hpp"
#include "reference_host/web/next_contact.hpp"
#include "reference_host/web/times.hpp"

namespace dms::reference::web {
namespace {

constexpr int most_shown = 500, most_of_a_list = 5000;

json due_cell(const asked &by, const contact &item, bool done) {
  if (done) return {{"text", by.time(item.due_us)}, {"value", item.due_us}};
  const auto now = by.who.now_us();
  const bool late = item.due_us < now, today = !late && item.due_us < start_of_day(now, 1);
  return {{"icon", late    ? "due_over"
                   : today ? "due_soon"
                           : "due_plan"},
          {"text", by.say(late    ? "Overdue"
                          : today ? "Today"
                                  : "On schedule")},
          {"detail", by.time(item.due_us)},
          {"value", item.due_us}};
}

json row_of(const asked &by, const contact_rights &rights, const contact &item, bool done) {
  json name{{"text", item.name}};
  if (item.customer != 0) name["link"] = make_link(item.name, "host.customer", {{"id", std::to_string(item.customer)}});
  json row{{"id", std::to_string(item.id)}, {"label", item.name}};
  auto link = document_in(item.link);
  if (link.is_object() && rights.may_follow(item)) {
    link["label"] = by.say("Open lead");
    name["detail_link"] = link;
    if (item.customer == 0) row["link"] = link;
  }
  json kind{{"text", by.say(contact_kind_label(item.kind))}};
  if (auto refused = not_allowed(by.words_of, by.locale, item.refused); !refused.empty()) {
    name["quiet_text"] = refused;
    if (!item.allows(item.kind)) kind["struck"] = true;
  }
  if (!done) {
    auto file = make_link(by.say("Calendar file"), "host.contacts", {{"contact", std::to_string(item.id)}});
    file["export"] = "ics";
    kind["detail_link"] = file;
  }
  auto person = by.dms.data().users.find(item.user);
  row["cells"] = {{"due", due_cell(by, item, done)},
                  {"name", name},
                  {"kind", kind},
                  {"person", person ? person->name : item.user},
                  {"note", {{"text", item.note}, {"title", item.note}}}};
  if (!done && item.due_us < by.who.now_us()) row["tone"] = "bad";
  if (done) {
    const auto *how = item.result == "reached" ? "Reached"
                      : item.result == "tried" ? "Tried, not reached"
                                               : "Not needed";
    row["cells"]["result"] = {{"text", by.say(how)}, {"detail", by.time(item.done_us)}};
  } else if (rights.may_complete(item)) {
    row["actions"] = json::array({complete_action(by, item, "reached"), complete_action(by, item, "tried")});
  }
  return row;
}

class screen_of_contacts : public own_screen {
 public:
  using own_screen::own_screen;

 protected:
  json show(const asked &by) override {
    const bool done = by.of("tab") == "done";
    const auto people = people_of(by);
    auto shown = by.dms.data().contacts.of_users(chosen(by, people), done, 0, most_of_a_list);
    const contact_rights rights(by.dms, *by.call(), me(by), shown);
    std::erase_if(shown, [&](const contact &item) { return !rights.lists(item); });
    auto document = make_screen("host.contacts", by.say("myContacts"));
    document["blocks"].push_back(tabs(by, done ? open_of(by, people) : shown.size(), done));
    document["blocks"].push_back(filters(by, people, done));
    json rows = json::array();
    const auto before = due_before(by, done);
    for (const auto &item : shown) {
      if (before != 0 && item.due_us >= before) continue;
      if (rows.size() < most_shown) rows.push_back(row_of(by, rights, item, done));
    }
    document["blocks"].push_back({{"type", "table"},
                                  {"id", "contacts"},
                                  {"layout", "records"},
                                  {"label", by.say("myContacts")},
                                  {"columns", columns(by, done, people.size() > 1)},
                                  {"rows", rows},
                                  {"empty", empty(by, done)}});
    document["export"] = {"csv", "xlsx"};
    return document;
  }

  std::string act_on(const asked &by, const std::string &action) override {
    if (action != "complete") return own_screen::act_on(by, action);
    auto id = number_of(by.of("contact"));
    auto found = by.dms.data().contacts.get(id);
    // A contact that one may not see answers as if it did not exist.
    const auto rights = rights_on(by, found);
    if (!found || !rights.lists(*found)) throw failure(dms_not_found, "This contact does not exist any more.");
    if (!rights.may_complete(*found)) throw failure(dms_forbidden, "You may read this contact, but not complete it.");
    auto result = by.of("result");
    if (result != "reached" && result != "tried") throw field_failure("result", by.say("Please choose a result."));
    const auto next = next_contact(by, *found);
    if (found->done_us != 0) throw failure(dms_conflict, "This contact was already done.");
    // Before the old one is done: whoever hears of that finds what comes next.
    auto &list = by.dms.data().contacts;
    // Each attempt makes its own: another one's is not ended with it.
    const auto made = next ? std::optional(list.create(*next, "host:next:" + random_hex(16))) : std::nullopt;
    const auto take_back = [&] {
      if (made) list.complete(made->id, {}, {}, by.who.now_us(), by.who.user());
    };
    try {
      if (!by.dms.complete_contact(*by.call(), id, result, by.of("note"))) {
        throw failure(dms_conflict, "This contact was already done.");
      }
    } catch (const failure &) {
      take_back();
      throw;
    }
    if (!made) return by.say("The contact with {1} is done.", found->name);
    return by.say("The contact with {1} is done. The next one is due {2}.", found->name, by.time(made->due_us));
  }

 private:
  static std::vector<user> people_of(const asked &by) { return people_with_contacts(by.dms, me(by)); }
  static user me(const asked &by) {
    auto found = by.dms.data().users.find(by.who.user());
    if (!found) throw failure(dms_not_found, by.say("This user does not exist."));
    return std::move(*found);
  }
  static contact_rights rights_on(const asked &by, const std::optional<contact> &item) {
    return {by.dms, *by.call(), me(by), item ? std::vector{*item} : std::vector<contact>{}};
  }
  /// How many open ones stand behind the other tab.
  static std::size_t open_of(const asked &by, const std::vector<user> &people) {
    const auto all = by.dms.data().contacts.of_users(chosen(by, people), false, 0, most_of_a_list);
    const contact_rights rights(by.dms, *by.call(), me(by), all);
    return static_cast<std::size_t>(std::ranges::count_if(all, [&](const auto &item) { return rights.lists(item); }));
  }
  /// "" mine, "all" of everybody whose contacts one may see, or one of them.
  static std::vector<std::string> chosen(const asked &by, const std::vector<user> &people) {
    const auto wanted = by.of("person");
    std::vector<std::string> result;
    for (const auto &one : people) {
      if (wanted == "all" || one.id == wanted) result.push_back(one.id);
    }
    if (result.empty()) result.push_back(by.who.user());
    return result;
  }
  static std::int64_t due_before(const asked &by, bool done) {
    if (done) return 0;
    if (by.of("due") == "overdue") return by.who.now_us();
    return by.of("due") == "today" ? start_of_day(by.who.now_us(), 1) : 0;
  }
  static json tabs(const asked &by, std::size_t open, bool done) {
    json params = json::object();
    if (!by.of("person").empty()) params["person"] = by.of("person");
    const auto tab = [&](const char *id, const char *label, bool current) {
      auto link = make_link("", "host.contacts", params);
      link["params"]["tab"] = id;
      return json{{"id", id}, {"label", by.say(label)}, {"current", current}, {"link", link}};
    };
    auto open_tab = tab("open", "Open contacts", !done);
    open_tab["count"] = open;
    return {{"type", "tabs"}, {"items", {open_tab, tab("done", "Done", done)}}};
  }
  static json filters(const asked &by, const std::vector<user> &people, bool done) {
    json fields = json::array();
    if (people.size() > 1) {
      auto person = make_field("person", "select", by.say("Person"));
      person["value"] = by.of("person");
      person["options"] = json::array({make_option("", by.say("Mine")), make_option("all", by.say("All"))});
      for (const auto &one : people) {
        if (one.id != by.who.user()) person["options"].push_back(make_option(one.id, one.name));
      }
      fields.push_back(person);
    }
    if (!done) {
      auto due = make_field("due", "select", by.say("Due"));
      due["value"] = by.of("due");
      due["options"] = json::array({make_option("", by.say("All")), make_option("today", by.say("Until today")),
                                    make_option("overdue", by.say("Overdue"))});
      fields.push_back(due);
    }
    return {{"type", "filters"},
            {"label", by.say("Filter the contacts")},
            {"submit", by.say("Apply")},
            {"keep", {{"tab", done ? "done" : "open"}}},
            {"fields", fields}};
  }
  static json columns(const asked &by, bool done, bool several) {
    const auto column = [&](const char *id, const char *label, const char *role) {
      return json{{"id", id}, {"label", by.say(label)}, {"role", role}};
    };
    json all{column("due", "Due", "deadline"), column("name", "Contact", "title"), column("kind", "Kind", "badge")};
    if (several) all.push_back(column("person", "Salesperson", "person"));
    all.push_back(column("note", "Note", "subject"));
    if (done) all.push_back(column("result", "Result", "state"));
    return all;
  }
  static json empty(const asked &by, bool done) {
    if (done) return {{"title", by.say("No contacts done yet.")}};
    const bool filtered = !by.of("due").empty() || !by.of("person").empty();
    json result{{"title", by.say("No open contacts.")}};
    if (filtered) {
      result["link"] = make_link(by.say("Show all"), "host.contacts");
    } else {
      result["text"] = by.say("New ones appear here as soon as a lead is assigned to you.");
    }
    return result;
  }
};

}  // namespace

std::string contact_kind_label(const std::string &kind) {
  static const std::map<std::string, const char *> names{
      {"phone", "Call"}, {"email", "E-mail"}, {"visit", "Visit"}, {"test_drive", "Test drive"}};
  auto found = names.find(kind);
  return found == names.end() ? kind : found->second;
}

std::string not_allowed(const words &say, const std::string &locale, const std::vector<std::string> &refused) {
  static const std::map<std::string, const char *> names{{"phone", "Call not allowed"},
                                                         {"email", "E-mail not allowed"},
                                                         {"sms", "SMS not allowed"},
                                                         {"post", "Post not allowed"}};
  std::string text;
  for (const auto &channel : refused) {
    if (const auto found = names.find(channel); found != names.end()) {
      text += (text.empty() ? "" : ", ") + say.say(locale, found->second);
    }
  }
  return text;
}

std::unique_ptr<dms::screen> contacts_screen(host &of, shared_words say) {
  return std::make_unique<screen_of_contacts>(of, std::move(say), "host.contacts", "");
}

}  // namespace dms::reference::web
