// Calls into screens, import hooks and event handlers, and the changes that plugins are asked about or told of.
#include <spdlog/spdlog.h>

#include <algorithm>
#include <cstring>
#include <nlohmann/json.hpp>

#include "dms/cpp/json.hpp"
#include "loader/survive.hpp"
#include "reference_host/core/host.hpp"
#include "reference_host/core/json_lists.hpp"
#include "reference_host/core/plugins/audit_subject.hpp"
#include "reference_host/core/plugins/handover.hpp"

namespace dms::reference {
namespace {

constexpr std::size_t largest_screen = std::size_t{16} << 20;

reply names_more_than_one(const std::string &name) {
  return {dms_invalid, {}, "The address names \"" + name + "\" more than once. Leave one."};
}

bool granted(const std::vector<right_item> &rights, const std::vector<role_right> &changes,
             const std::vector<std::string> &roles, std::string_view right) {
  return std::ranges::any_of(roles, [&](const std::string &role) {
    for (const auto &change : changes) {
      if (change.role == role && change.right == right) return change.granted;
    }
    return std::ranges::any_of(rights, [&](const right_item &item) {
      return item.id == right && std::ranges::find(item.default_roles, role) != item.default_roles.end();
    });
  });
}

}  // namespace

bool host::may(const user &who, std::string_view right) const {
  return who.active && granted(registry().rights(), data_->role_rights.all(), who.roles, right);
}

std::unique_ptr<owned_call> host::make_call(const call_wish &wish) {
  owned_call::parts parts;
  parts.user = wish.user;
  parts.session = wish.session;
  parts.origin = wish.origin;
  parts.channel = wish.channel;
  parts.locale = wish.locale.empty() ? "de-AT" : wish.locale;
  parts.request = wish.request;
  parts.correlation = wish.correlation.empty() ? random_hex(8) : wish.correlation;
  parts.now_us = wish.now_us.value_or(clock_.now_us());
  if (wish.user.empty()) {
    parts.may = [](std::string_view) { return true; };
    return std::make_unique<owned_call>(std::move(parts));
  }
  const auto person = data_->users.find(wish.user);
  if (!person || !person->active) throw failure(dms_forbidden, "This user is not active.");
  parts.user_name = person->name;
  if (wish.locale.empty()) parts.locale = person->locale;
  parts.may = [this, roles = person->roles, changes = data_->role_rights.all()](std::string_view right) {
    return granted(registry().rights(), changes, roles, right);
  };
  return std::make_unique<owned_call>(std::move(parts));
}

/// While a plugin is not started nobody knows which screens it has.
reply host::nothing_there(const owned_call &call, std::string_view screen) const {
  if (!registry().screen(screen) && !plugins().waiting().empty()) {
    return {dms_unavailable,
            {},
            text("host", call.locale(),
                 "This part cannot be reached just now; it comes back by itself. Please try again in a moment.")};
  }
  return {dms_not_found, {}, "This page does not exist."};
}

reply host::load_screen(const owned_call &call, std::string_view screen, std::string_view parameters) {
  const auto found = registry().screen(screen);
  if (!found || (found->right.len != 0 && !call.may(view(found->right)))) return nothing_there(call, screen);
  const auto about = subject_of(screen, parameters);
  if (!about.doubled.empty()) return names_more_than_one(about.doubled);
  string_sink document(largest_screen);
  auto error = no_error();
  reply result;
  result.status =
      survive(error, [&] { return found->load(found->context, call.raw(), str(parameters), document.get(), &error); });
  result.message = error.message;
  result.document = document.take();
  if (result.status == dms_ok && about.of_a_record && call.channel() != "refresh") {
    if (const auto person = data_->users.find(call.user()); person && person->has_role("admin")) {
      record({0, call.now_us(), call.user(), call.channel(), "screen.read", about.text, {}});
    }
  }
  return result;
}

reply host::act(const owned_call &call, std::string_view screen, std::string_view action, std::string_view input) {
  const auto found = registry().screen(screen);
  if (!found || (found->right.len != 0 && !call.may(view(found->right)))) return nothing_there(call, screen);
  const auto about = subject_of(screen, input);
  if (!about.doubled.empty()) return names_more_than_one(about.doubled);
  // Written down before it is done: a process that is killed in between has not done it unseen.
  audit_entry line{0, call.now_us(), call.user(), call.channel(), "screen.action", about.text, std::string(action)};
  try {
    line.id = data_->audit.write(line);
  } catch (const failure &reason) {
    return {reason.status(), {}, text("host", call.locale(), reason.what())};
  }
  string_sink document(largest_screen);
  auto error = no_error();
  reply result;
  result.status = survive(
      error, [&] { return found->act(found->context, call.raw(), str(action), str(input), document.get(), &error); });
  result.message = error.message;
  result.document = document.take();
  if (result.status != dms_ok) not_done(line);
  return result;
}

/// The word for a menu's key (dms/ext/menu.h): ours where it is one of ours, else of the plugin whose menu it is.
std::string host::menu_word(const menu_item &item, const std::string &locale) const {
  constexpr std::pair<std::string_view, std::string_view> ours[] = {{DMS_MENU_LEADS, "Leads"},
                                                                    {DMS_MENU_CUSTOMERS, "Customers"},
                                                                    {DMS_MENU_EVALUATION, "Evaluation"},
                                                                    {DMS_MENU_ADMINISTRATION, "Administration"}};
  for (const auto &[key, word] : ours) {
    if (key == item.path) return text("host", locale, word);
  }
  return text(item.owner, locale, item.path);
}

std::vector<menu_item> host::menu(const owned_call &call) {
  std::vector<menu_item> shown;
  for (auto &item : registry().menu()) {
    if (!item.right.empty() && !call.may(item.right)) continue;
    item.group = menu_word(item, call.locale());
    item.label = text(item.owner, call.locale(), item.label);
    shown.push_back(std::move(item));
  }
  std::map<std::string, nlohmann::json> waiting;
  for (auto &item : shown) {
    const auto [of_plugin, fresh] = waiting.try_emplace(item.owner);
    if (fresh) of_plugin->second = nlohmann::json::parse(plugins().counts(item.owner, call.raw()), nullptr, false);
    if (!of_plugin->second.is_object()) continue;
    const auto found = of_plugin->second.find(item.screen);
    if (found != of_plugin->second.end() && found->is_number_integer()) item.waiting = found->get<std::int64_t>();
  }
  return shown;
}

void host::taken_in(std::string_view source, const reply &from) {
  const std::string whose(source);
  numbers_.count(intake_payloads, {{"source", whose}, {"status", from.status == dms_ok ? "taken" : "refused"}});
  if (from.status != dms_ok) return;
  // The items are read over: only how many of each there were counts.
  const auto head = nlohmann::json::parse(
      from.document,
      [](int depth, nlohmann::json::parse_event_t event, nlohmann::json &value) {
        return depth != 1 || event != nlohmann::json::parse_event_t::key || value != "items";
      },
      false);
  for (const char *outcome : {"accepted", "repeated", "legacy", "quarantined"}) {
    if (const auto found = head.find(outcome); found != head.end() && found->is_number()) {
      numbers_.count(intake_items, {{"source", whose}, {"outcome", outcome}}, found->get<double>());
    }
  }
}

void host::record(const audit_entry &entry) noexcept {
  try {
    data_->audit.write(entry);
  } catch (const std::exception &reason) {
    log_->error("audit log: {} {} {} by {} is not written: {}", entry.action, entry.subject, entry.detail, entry.user,
                reason.what());
  }
}

void host::not_done(audit_entry line) noexcept {
  try {
    line.detail += " (not done)";
    data_->audit.change_detail(line);
  } catch (const std::exception &reason) {
    log_->error("audit log: {} {} {} by {} is not written: {}", line.action, line.subject, line.detail, line.user,
                reason.what());
  }
}

/// What was handed over stays so, also where somebody objects to the rest: whoever reads the objection reads both.
void host::ask_after(const std::string &handed_over, const owned_call &call, std::string_view event,
                     const std::string &data) {
  try {
    ask(call, event, data);
  } catch (const failure &objection) {
    if (handed_over.empty()) throw;
    throw failure(objection.status(), objection.what() + (' ' + handed_over));
  }
}

void host::merge_customers(const owned_call &call, std::int64_t from, std::int64_t into) {
  const auto moved = data_->customers.merge(from, into);
  record({0, call.now_us(), call.user(), call.channel(), "customer.merge", "customer " + std::to_string(from),
          "into " + std::to_string(into)});
  const auto left = data_->customers.get(from);
  tell(call, "customer.merged",
       nlohmann::json{{"customer", std::to_string(from)}, {"into", std::to_string(left ? left->id : into)}}.dump());
  for (const auto id : moved) tell(call, "deal.changed", nlohmann::json{{"deal", std::to_string(id)}}.dump());
}

bool host::complete_contact(const owned_call &call, std::int64_t contact, std::string_view result,
                            std::string_view note) {
  return complete_contact(*call.raw(), contact, result, note, {});
}

bool host::complete_contact(const dms_call &call, std::int64_t contact, std::string_view result, std::string_view note,
                            std::string_view by_plugin) {
  if (!data_->contacts.complete(contact, result, note, call.now_us, view(call.user))) return false;
  const auto done = data_->contacts.get(contact);
  tell(call, "contact.completed",
       nlohmann::json{{"contact", std::to_string(contact)},
                      {"reference", done->reference},
                      {"result", std::string(result)},
                      {"note", std::string(note)}}
           .dump(),
       by_plugin);
  return true;
}

deal host::enter_deal(const owned_call &call, const deal &item) {
  if (!is_day(item.sold_on)) throw failure(dms_invalid, "Give the day of the sale, for example 2026-11-30.");
  if (!data_->customers.get(item.customer)) throw failure(dms_invalid, "There is no customer of this number.");
  if (!item.salesperson.empty() && !data_->users.find(item.salesperson)) {
    throw failure(dms_invalid, "There is no user of this login.");
  }
  if (!item.location.empty() && !data_->locations.find(item.location)) {
    throw failure(dms_invalid, "This location does not exist.");
  }
  auto made = data_->deals.add(item);
  record({0, call.now_us(), call.user(), call.channel(), "deal.add", "deal " + std::to_string(made.id), {}});
  tell(call, "deal.changed", nlohmann::json{{"deal", std::to_string(made.id)}}.dump());
  return made;
}

void host::cancel_deal(const owned_call &call, std::int64_t id) {
  if (!data_->deals.get(id)) throw failure(dms_not_found, "There is no such deal.");
  if (!data_->deals.cancel(id)) throw failure(dms_refused, "This sale is cancelled already.");
  record({0, call.now_us(), call.user(), call.channel(), "deal.cancel", "deal " + std::to_string(id), {}});
  tell(call, "deal.changed", nlohmann::json{{"deal", std::to_string(id)}}.dump());
}

}  // namespace dms::reference
