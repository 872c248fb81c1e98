#include "reference_host/web/own_screen.hpp"

#include <array>
#include <charconv>

#include "reference_host/web/exchange.hpp"
#include "reference_host/web/host_screens.hpp"
#include "reference_host/web/times.hpp"

namespace dms::reference::web {

std::unique_ptr<owned_call> asked::call() const {
  host::call_wish wish;
  wish.user = who.user();
  wish.channel = who.channel();
  wish.locale = who.locale();
  wish.correlation = who.correlation();
  return dms.make_call(wish);
}

std::string asked::time(std::int64_t at_us) const {
  return at_us == 0 ? std::string("–") : written_time(at_us, locale);
}

asked own_screen::ask(const dms::call &who, std::string_view input) const {
  auto parsed = document_in(input);
  if (!parsed.is_object()) parsed = json::object();
  return {dms_, *words_, who, std::move(parsed), who.locale()};
}

std::string own_screen::load(const dms::call &who, std::string_view parameters) {
  return show(ask(who, parameters)).dump(-1, ' ', false, json::error_handler_t::replace);
}

answer own_screen::act(const dms::call &who, std::string_view action, std::string_view input) {
  auto by = ask(who, input);
  json result{{"schema", "dms.result/1"}, {"status", "ok"}};
  dms_status status = dms_ok;
  try {
    result["message"] = act_on(by, std::string(action));
  } catch (const field_failure &reason) {
    status = reason.status();
    result["message"] = by.say("Please check what you entered.");
    result["fields"][reason.field] = reason.what();
  } catch (const failure &reason) {
    status = reason.status();
    result["message"] = by.say(reason.what());
  }
  result["status"] = result_word(status);
  return {status, result.dump(-1, ' ', false, json::error_handler_t::replace)};
}

std::string own_screen::act_on(const asked &by, const std::string &) {
  throw failure(dms_unsupported, by.say("There is no such action on this page."));
}

json make_screen(const std::string &id, const std::string &title) {
  return {{"schema", "dms.screen/1"}, {"id", id}, {"title", title}, {"blocks", json::array()}};
}

json make_link(const std::string &label, const std::string &screen, const json &params) {
  json link{{"label", label}, {"screen", screen}};
  if (!params.empty()) link["params"] = params;
  return link;
}

json make_field(const std::string &name, const std::string &kind, const std::string &label) {
  return {{"name", name}, {"kind", kind}, {"label", label}};
}

json make_option(const std::string &value, const std::string &label) {
  return {{"value", value}, {"label", label}};
}

std::int64_t number_of(const std::string &text) {
  std::int64_t number = 0;
  auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  return error == std::errc{} && end == text.data() + text.size() && number > 0 ? number : 0;
}

std::vector<std::string> strings_of(const json &value) {
  std::vector<std::string> all;
  if (value.is_array()) {
    for (const auto &each : value) all.push_back(text_of(each));
  } else if (!text_of(value).empty()) {
    all.push_back(text_of(value));
  }
  return all;
}

void add_host_screens(host &to, const shared_words &say) {
  to.set_translator([say](std::string_view locale, std::string_view key) { return say->say(locale, key); });
  auto &own = to.own();
  own.add_right("host.customers", "Customers", "admin manager sales office");
  own.add_right("host.deals", "Vehicle sales", "admin manager sales office");
  own.add_right("host.admin", "Administration of the host", "admin");
  own.add_right("host.audit", "Audit log", "admin");
  struct entry {
    int order;
    const char *path, *label, *right, *screen;
  };
  // Plugins put theirs between: the Lead-Übersicht stands left of myKontakte.
  static constexpr std::array entries{
      entry{120, DMS_MENU_LEADS, "myContacts", "", "host.contacts"},
      entry{200, DMS_MENU_CUSTOMERS, "Customer search", "host.customers", "host.customers"},
      entry{210, DMS_MENU_CUSTOMERS, "Vehicle sales", "host.deals", "host.deals"},
      entry{900, DMS_MENU_ADMINISTRATION, "Plugins", "host.admin", "host.plugins"},
      entry{910, DMS_MENU_ADMINISTRATION, "Users", "host.admin", "host.users"},
      entry{920, DMS_MENU_ADMINISTRATION, "Locations", "host.admin", "host.locations"},
      entry{925, DMS_MENU_ADMINISTRATION, "Intake tokens", "host.admin", "host.tokens"},
      entry{927, DMS_MENU_ADMINISTRATION, "E-mails", "host.admin", "host.mails"},
      entry{930, DMS_MENU_ADMINISTRATION, "Audit log", "host.audit", "host.audit"}};
  for (const auto &each : entries) own.add_menu(each.order, each.path, each.label, each.right, each.screen);
  own.add(contacts_screen(to, say));
  own.add(customers_screen(to, say));
  own.add(customer_screen(to, say));
  own.add(deals_screen(to, say));
  own.add(mails_screen(to, say));
  own.add(account_screen(to, say));
  own.add(users_screen(to, say));
  own.add(locations_screen(to, say));
  own.add(tokens_screen(to, say));
  own.add(plugins_screen(to, say));
  own.add(audit_screen(to, say));
  own.add(notifications_screen(to, say));
}

}  // namespace dms::reference::web
