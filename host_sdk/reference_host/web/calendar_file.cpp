// Contacts of myKontakte for other calendars: one as a file, all that are open as a calendar to subscribe to.
#include "reference_host/core/records/calendar.hpp"

#include "reference_host/core/people/sessions.hpp"
#include "reference_host/web/contact_words.hpp"
#include "reference_host/web/handlers.hpp"

namespace dms::reference::web {
namespace {

constexpr std::int64_t minute_us = 60'000'000;

std::int64_t length_of(const contact &item) {
  return item.kind == "test_drive" || item.kind == "visit" ? 60 * minute_us : 15 * minute_us;
}

std::string description_of(const exchange &on, const contact &item) {
  std::string text = item.note;
  const auto add = [&](const std::string &line) {
    if (!line.empty()) text += (text.empty() ? "" : "\n") + line;
  };
  auto refused = item.refused;
  const auto customer = item.customer == 0 ? std::nullopt : on.in.dms.data().customers.get(item.customer);
  if (customer) {
    for (const auto &channel : customer->refused) {
      if (item.allows(channel)) refused.push_back(channel);
    }
    const auto allowed = [&](std::string_view channel) { return item.allows(channel) && customer->allows(channel); };
    if (allowed("phone")) {
      for (const auto &phone : customer->phones) add(phone);
    }
    if (allowed("email")) add(customer->email);
  }
  add(not_allowed(*on.in.said, on.locale, refused));
  return text;
}

/// Where one drives: the only site of the person whose contact it is.
std::string place_of(const exchange &on, const contact &item) {
  if (item.kind != "test_drive" && item.kind != "visit") return {};
  const auto person = on.in.dms.data().users.find(item.user);
  if (!person || person->locations.size() != 1) return {};
  const auto site = on.in.dms.data().locations.find(person->locations.front());
  if (!site) return {};
  std::string text = site->name;
  for (const auto *part : {&site->street, &site->city}) {
    if (!part->empty() && *part != site->name) text += ", " + *part;
  }
  return text;
}

calendar_entry entry_of(const exchange &on, const contact &item) {
  calendar_entry entry;
  entry.uid = "contact-" + std::to_string(item.id) + "@" + house_id(on.in.dms);
  entry.from_us = item.due_us;
  entry.to_us = item.due_us + length_of(item);
  entry.written_us = on.in.dms.clock().now_us();
  entry.summary = on.say(contact_kind_label(item.kind)) + ": " + item.name;
  entry.description = description_of(on, item);
  entry.location = place_of(on, item);
  entry.cancelled = item.done_us != 0 && item.result.empty();
  return entry;
}

}  // namespace

std::string house_id(host &of) {
  return of.data().settings.made_once("host", "calendar_id", 8);
}

void send_calendar_file(const exchange &on) {
  const auto &params = on.params;
  const auto found = on.in.dms.data().contacts.get(number_of(text(params, "contact")));
  if (!found || !contact_rights(on.in.dms, *on.call(), *on.person, {*found}).lists(*found)) {
    return on.refuse_as_not_there();
  }
  on.response.set("Content-Disposition", "attachment; filename=\"contact-" + std::to_string(found->id) + ".ics\"");
  on.send(200, to_icalendar({entry_of(on, *found)}), "text/calendar; charset=utf-8");
}

void send_calendar(const exchange &on, std::string_view key) {
  constexpr int most = 500;
  auto &data = on.in.dms.data();
  if (key.ends_with(".ics")) key.remove_suffix(4);
  const auto user = data.calendar_keys.user_of(key);
  const auto person = user ? data.users.find(*user) : std::nullopt;
  if (!person || !person->active) return on.refuse_as_not_there();
  // In his words, whatever the program that asks speaks.
  auto as_he = on;
  as_he.person = person;
  as_he.locale = person->locale;
  std::vector<calendar_entry> entries;
  for (const auto &item : data.contacts.of_user(*user, false, most)) entries.push_back(entry_of(as_he, item));
  on.send(200, to_icalendar(entries, "myKontakte, " + person->name), "text/calendar; charset=utf-8");
}

}  // namespace dms::reference::web
