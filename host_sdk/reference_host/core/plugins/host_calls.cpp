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
/// The leads are committed when the report is written: a size that refuses a large one would lie about them.
constexpr std::size_t largest_report = std::size_t{256} << 20;

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
  return who.active && granted(registry_.rights(), data_->role_rights.all(), who.roles, right);
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
    return granted(registry_.rights(), changes, roles, right);
  };
  return std::make_unique<owned_call>(std::move(parts));
}

/// While a plugin is not started nobody knows which screens it has.
reply host::nothing_there(const owned_call &call, std::string_view screen) const {
  if (!registry_.screen(screen) && !plugins_->waiting().empty()) {
    return {dms_unavailable,
            {},
            text("host", call.locale(),
                 "This part cannot be reached just now; it comes back by itself. Please try again in a moment.")};
  }
  return {dms_not_found, {}, "This page does not exist."};
}

reply host::load_screen(const owned_call &call, std::string_view screen, std::string_view parameters) {
  const auto found = registry_.screen(screen);
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
  const auto found = registry_.screen(screen);
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
  for (auto &item : registry_.menu()) {
    if (!item.right.empty() && !call.may(item.right)) continue;
    item.group = menu_word(item, call.locale());
    item.label = text(item.owner, call.locale(), item.label);
    shown.push_back(std::move(item));
  }
  std::map<std::string, nlohmann::json> waiting;
  for (auto &item : shown) {
    const auto [of_plugin, fresh] = waiting.try_emplace(item.owner);
    if (fresh) of_plugin->second = nlohmann::json::parse(plugins_->counts(item.owner, call.raw()), nullptr, false);
    if (!of_plugin->second.is_object()) continue;
    const auto found = of_plugin->second.find(item.screen);
    if (found != of_plugin->second.end() && found->is_number_integer()) item.waiting = found->get<std::int64_t>();
  }
  return shown;
}

reply host::run_import(owned_call &call, std::string_view source, const reader &payload, std::string_view name,
                       const progress &tell) {
  const auto hook = registry_.hook(source);
  if (!hook) return {dms_not_found, {}, "There is no import hook for the source \"" + std::string(source) + "\"."};
  call.also_stop_on(hook.closing());
  const dms_stream stream{
      const_cast<reader *>(&payload), [](void *context, char *buffer, std::uint64_t capacity) noexcept -> std::int64_t {
        std::int64_t count = -1;
        barrier(nullptr, [&] { count = (*static_cast<const reader *>(context))(buffer, capacity); });
        return count;
      }};
  const dms_progress reported{const_cast<progress *>(&tell),
                              [](void *context, std::uint64_t bytes, std::uint64_t items) noexcept {
                                barrier(nullptr, [&] { (*static_cast<const progress *>(context))(bytes, items); });
                              }};
  string_sink document(largest_report);
  auto error = no_error();
  reply result;
  result.status = survive(error, [&] {
    return hook->run(hook->context, call.raw(), &stream, str(name), tell ? &reported : nullptr, document.get(), &error);
  });
  result.message = error.message;
  result.document = document.take();
  count_intake(source, result);
  return result;
}

void host::count_intake(std::string_view source, const reply &from) {
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

reply host::run_import(owned_call &call, std::string_view source, std::string_view bytes, std::string_view name) {
  std::size_t at = 0;
  return run_import(
      call, source,
      [&](char *buffer, std::uint64_t capacity) {
        const auto count = std::min<std::size_t>(capacity, bytes.size() - at);
        std::memcpy(buffer, bytes.data() + at, count);
        at += count;
        return static_cast<std::int64_t>(count);
      },
      name);
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

host::sights host::judge(const owned_call &call, const std::set<std::string> &references) {
  sights result;
  std::map<std::string, std::vector<std::string>> by_prefix;
  for (const auto &reference : references) {
    auto &is = result[reference] = sight::unguarded;
    if (const auto guard = registry_.guard(reference)) {
      is = sight::hidden;
      by_prefix[std::string(view(guard->prefix))].push_back(reference);
    }
  }
  for (const auto &[prefix, asked] : by_prefix) {
    const auto guard = registry_.guard(prefix);
    if (!guard) continue;
    string_sink answer(largest_screen);
    auto error = no_error();
    const auto text = nlohmann::json(asked).dump();
    const auto status =
        survive(error, [&] { return guard->judge(guard->context, call.raw(), str(text), answer.get(), &error); });
    if (status != dms_ok) {
      log_->warn("{} on {}: {}", guard.owner(), prefix, error.message);
      continue;
    }
    const auto told = read_json(answer.take()).value_or(nlohmann::json());
    if (!told.is_object()) continue;
    for (const auto &reference : asked) {
      const auto found = told.find(reference);
      if (found != told.end() && found->is_string()) result[reference] = *found == "work" ? sight::work : sight::read;
    }
  }
  return result;
}

void host::ask(const owned_call &call, std::string_view event, const std::string &data) {
  for (const auto &handler : registry_.handlers(event)) {
    auto error = no_error();
    const auto status =
        survive(error, [&] { return handler->handle(handler->context, call.raw(), str(data), &error); });
    check(status, error);
  }
}

void host::tell(const owned_call &call, std::string_view event, const std::string &data) {
  tell(*call.raw(), event, data, {});
}

void host::tell(const dms_call &call, std::string_view event, const std::string &data, std::string_view but_not) {
  for (const auto &handler : registry_.handlers(event)) {
    if (!but_not.empty() && handler.owner() == but_not) continue;
    auto error = no_error();
    const auto status = survive(error, [&] { return handler->handle(handler->context, &call, str(data), &error); });
    if (status != dms_ok) {
      log_->warn("{} on {}: {}", handler.owner(), event, error.message);
    }
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
