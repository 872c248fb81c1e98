// Customers: the search list, and one of them with everything about him.
#include "reference_host/web/contact_words.hpp"
#include "reference_host/web/own_screen.hpp"

namespace dms::reference::web {
namespace {

constexpr int customers_a_page = 50;
constexpr int most_customers = 500;

std::string joined(const std::vector<std::string> &all, const char *between) {
  std::string text_;
  for (const auto &each : all) text_ += (text_.empty() || each.empty() ? "" : between) + each;
  return text_;
}

/// A link to dial a number holds digits only, and the plus of an international one (RFC 3966).
std::string dial(const std::string &number) {
  std::string link = number.starts_with('+') ? "tel:+" : "tel:";
  for (const char letter : number) {
    if (letter >= '0' && letter <= '9') link += letter;
  }
  return link;
}

/// "+43 660 5559472": country, network, the rest; what is written otherwise stays.
std::string spaced(const std::string &number) {
  constexpr std::size_t country = 3, network = 3, least = 10;
  const bool plain = number.starts_with("+4") && number.find_first_not_of("0123456789", 1) == std::string::npos;
  if (!plain || number.size() < least) return number;
  return number.substr(0, country) + " " + number.substr(country, network) + " " + number.substr(country + network);
}

std::string seller_of(const asked &by, const customer &item) {
  const auto seller = by.dms.data().users.find(item.salesperson);
  return seller ? seller->name : item.salesperson;
}

json row_of(const asked &by, const customer &item) {
  auto id = std::to_string(item.id);
  json cells{{"name", {{"text", item.display_name()}, {"detail", item.email}}},
             {"number", id},
             {"phone", item.phones.empty() ? "" : spaced(item.phones.front())},
             {"city", {{"text", item.city}, {"detail", item.postal_code}}},
             {"salesperson", seller_of(by, item)}};
  if (!item.vehicles.empty()) cells["vehicle"] = item.vehicles.front().make + " " + item.vehicles.front().model;
  json row{{"id", id},
           {"label", item.display_name()},
           {"cells", cells},
           {"link", make_link(by.say("Open"), "host.customer", {{"id", id}})}};
  if (!item.allows("phone")) {
    row["cells"]["phone"] = {{"text", by.say("Call not allowed")}, {"quiet", true}};
  } else if (!item.phones.empty())
    row["contact"] = {{"label", by.say("Call")}, {"href", dial(item.phones.front())}, {"icon", "phone"}};
  return row;
}

class screen_of_customers : public own_screen {
 public:
  using own_screen::own_screen;

 protected:
  json show(const asked &by) override {
    auto words_wanted = by.of("q");
    auto limit = number_of(by.of("limit"));
    int size = limit == 0 ? customers_a_page : static_cast<int>(std::min<std::int64_t>(limit, most_customers));
    auto found = by.dms.data().customers.page(words_wanted, number_of(by.of("cursor")), size + 1);
    bool more = found.size() > static_cast<std::size_t>(size);
    if (more) found.pop_back();
    auto document = make_screen("host.customers", by.say("Customers"));
    auto search = make_field("q", "search", by.say("Search"));
    search["placeholder"] = by.say("Name, e-mail, phone, city");
    search["value"] = words_wanted;
    document["blocks"].push_back({{"type", "filters"},
                                  {"label", by.say("Find customers")},
                                  {"submit", by.say("Search")},
                                  {"fields", json::array({search})}});
    auto column = [&](const char *id, const char *label, const char *role) {
      json made{{"id", id}, {"label", by.say(label)}};
      if (*role != '\0') made["role"] = role;
      return made;
    };
    json columns{column("name", "Name", "title"),        column("number", "Number", ""),
                 column("phone", "Phone", ""),           column("vehicle", "Vehicle", "subject"),
                 column("city", "City", "place"),        column("salesperson", "Salesperson", "person"),
                 column("contact", "Contact", "contact")};
    columns[1]["width"] = "narrow";
    json rows = json::array();
    for (const auto &item : found) rows.push_back(row_of(by, item));
    json table{{"type", "table"},
               {"id", "customers"},
               {"layout", "records"},
               {"label", by.say("Customers")},
               {"columns", columns},
               {"rows", rows},
               {"shown", found.size()},
               {"next", nullptr},
               {"empty",
                {{"title", by.say("No customer found.")}, {"link", make_link(by.say("Show all"), "host.customers")}}}};
    if (words_wanted.empty()) {
      table["total"] = by.dms.data().customers.count();
      table["count_text"] =
          by.say("{1} of {2} customers", std::to_string(found.size()), std::to_string(by.dms.data().customers.count()));
    } else {
      table["count_text"] = by.say("{1} customers", std::to_string(found.size()));
    }
    if (more) {
      auto cursor = std::to_string(found.back().id);
      table["next"] = cursor;
      json params{{"cursor", cursor}};
      if (!words_wanted.empty()) params["q"] = words_wanted;
      table["next_link"] = make_link(by.say("Older"), "host.customers", params);
    }
    document["blocks"].push_back(table);
    document["export"] = {"csv", "xlsx"};
    return document;
  }
};

class screen_of_one : public own_screen {
 public:
  using own_screen::own_screen;

 protected:
  json show(const asked &by) override {
    auto found = by.dms.data().customers.get(number_of(by.of("id")));
    if (!found) throw failure(dms_not_found, by.say("This customer does not exist."));
    auto document = make_screen("host.customer", found->display_name());
    document["record"] = std::to_string(found->id);
    document["back"] = make_link(by.say("Customers"), "host.customers");
    json left{person(by, *found), vehicles(by, *found)}, right{contacts(by, *found), documents(by, *found)};
    document["blocks"].push_back({{"type", "columns"}, {"columns", {left, right}}});
    return document;
  }

 private:
  static json person(const asked &by, const customer &item) {
    json items = json::array();
    auto add = [&](const char *label, const json &value) {
      if (!text(as_cell(value), "text").empty()) items.push_back({{"label", by.say(label)}, {"value", value}});
    };
    add("Number", std::to_string(item.id));
    auto salutation = item.salutation == "ms" ? by.say("Ms") : item.salutation == "mr" ? by.say("Mr") : std::string{};
    add("Name", joined({salutation, item.display_name()}, " "));
    if (item.kind == "company") add("Person", joined({item.title, item.first_name, item.last_name}, " "));
    auto reached_by = [&](const char *label, const char *channel, const std::string &where, const std::string &href) {
      json value{{"text", where}};
      if (!item.allows(channel)) {
        value["struck"] = true;
        value["quiet_text"] = not_allowed(by.words_of, by.locale, {channel});
      } else if (!href.empty()) {
        value["link"] = {{"label", where}, {"href", href}};
      }
      add(label, value);
    };
    for (const auto &phone : item.phones) reached_by("Phone", "phone", spaced(phone), dial(phone));
    if (!item.email.empty()) reached_by("E-mail", "email", item.email, "mailto:" + item.email);
    reached_by("Address", "post", joined({item.street, joined({item.postal_code, item.city}, " ")}, ", "), "");
    add("Salesperson", seller_of(by, item));
    auto card = make_link(by.say("vCard for the telephone"), "host.customer", {{"id", std::to_string(item.id)}});
    card["export"] = "vcf";
    add("Address book", {{"text", by.say("vCard for the telephone")}, {"link", std::move(card)}});
    if (item.created_us != 0) add("Customer since", by.time(item.created_us));
    return {{"type", "facts"}, {"id", "person"}, {"title", by.say("Master data")}, {"items", items}};
  }

  static json table(const asked &by, const char *id, const char *title,
                    const std::vector<std::pair<const char *, const char *>> &columns, const json &rows,
                    const char *empty) {
    json made{{"type", "table"},
              {"id", id},
              {"title", by.say(title)},
              {"layout", "plain"},
              {"rows", rows},
              {"columns", json::array()},
              {"empty", {{"title", by.say(empty)}}}};
    for (const auto &[name, label] : columns) made["columns"].push_back({{"id", name}, {"label", by.say(label)}});
    return made;
  }

  static json vehicles(const asked &by, const customer &item) {
    json rows = json::array();
    for (const auto &each : item.vehicles) {
      rows.push_back(
          {{"id", each.vin},
           {"cells",
            {{"model", each.make + " " + each.model}, {"registration", each.registration}, {"vin", each.vin}}}});
    }
    return table(by, "vehicles", "Vehicles", {{"model", "Model"}, {"registration", "Registration"}, {"vin", "VIN"}},
                 rows, "No vehicles.");
  }

  static json contacts(const asked &by, const customer &item) {
    json rows = json::array();
    const auto all = by.dms.data().contacts.of_customer(item.id);
    const auto me = by.dms.data().users.find(by.who.user());
    if (!me) throw failure(dms_not_found, by.say("This user does not exist."));
    const contact_rights rights(by.dms, *by.call(), *me, all);
    for (const auto &each : all) {
      if (!rights.knows_of(each)) continue;
      auto person_ = by.dms.data().users.find(each.user);
      json due{{"text", by.time(each.due_us)}};
      auto link = document_in(each.link);
      if (link.is_object() && rights.may_follow(each)) {
        link["label"] = by.say("Open lead");
        due["detail_link"] = link;
      }
      json state = each.done_us == 0
                       ? json{{"text", by.say("open")}, {"icon", "clock"}, {"tone", "warn"}}
                       : json{{"text", by.say(each.result == "reached" ? "Reached" : "Tried, not reached")},
                              {"icon", "check"},
                              {"tone", "good"}};
      rows.push_back({{"id", std::to_string(each.id)},
                      {"cells",
                       {{"due", due},
                        {"kind", by.say(contact_kind_label(each.kind))},
                        {"user", person_ ? person_->name : each.user},
                        {"note", each.note},
                        {"state", state}}}});
    }
    return table(by, "contacts", "Contacts",
                 {{"due", "Due"}, {"kind", "Kind"}, {"user", "Salesperson"}, {"note", "Note"}, {"state", "State"}},
                 rows, "No contacts.");
  }

  static json documents(const asked &by, const customer &item) {
    json rows = json::array();
    for (const auto &each : by.dms.data().customers.documents_of(item.id)) {
      rows.push_back({{"id", std::to_string(each.id)},
                      {"cells",
                       {{"name", each.name},
                        {"at", by.time(each.at_us)},
                        {"size", std::to_string((each.size + 1023) / 1024) + " kB"}}}});
    }
    return table(by, "documents", "Documents", {{"name", "Name"}, {"at", "Date"}, {"size", "Size"}}, rows,
                 "No documents.");
  }
};

}  // namespace

std::unique_ptr<dms::screen> customers_screen(host &of, shared_words say) {
  return std::make_unique<screen_of_customers>(of, std::move(say), "host.customers", "host.customers");
}
std::unique_ptr<dms::screen> customer_screen(host &of, shared_words say) {
  return std::make_unique<screen_of_one>(of, std::move(say), "host.customer", "host.customers");
}

}  // namespace dms::reference::web
