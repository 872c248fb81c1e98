// The services over customers, contacts, notifications, the audit log and erasure.
#include <algorithm>

#include "host_core/kept_payloads.hpp"
#include "reference_host/core/host.hpp"
#include "reference_host/core/json_lists.hpp"
#include "reference_host/core/mail/mail_room.hpp"
#include "reference_host/core/people/standing.hpp"
#include "reference_host/core/plugins/record_documents.hpp"
#include "reference_host/core/plugins/services.hpp"

namespace dms::reference {
namespace {

std::string owner_of(void *context) {
  return static_cast<services *>(context)->owner();
}

/// Keys are each plugin's own.
std::string key_of(void *context, dms_str key) {
  if (key.len == 0 || key.len > DMS_MAX_KEY) throw failure(dms_invalid, "Creating needs an idempotency key.");
  return owner_of(context) + '/' + std::string(view(key));
}

std::int64_t number_or_zero(dms_str id) {
  const auto text = view(id);
  const bool digits = std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
  return text.empty() || text.size() > 18 || !digits ? 0 : std::stoll(std::string(text));
}

std::int64_t id_of(dms_str id) {
  if (const auto number = number_or_zero(id); number != 0) return number;
  throw failure(dms_not_found, "There is no customer \"" + std::string(view(id).substr(0, 40)) + "\".");
}

void note(void *context, const dms_call *call, const char *action, const std::string &subject) {
  host_of(context).data().audit.write({0, call->now_us, std::string(view(call->user)), std::string(view(call->channel)),
                                       action, subject, owner_of(context)});
}

/// As the barrier, and the sentence is in the language of who asked.
template <typename Body>
dms_status answered(void *context, const dms_call *call, dms_error *error, Body &&body) noexcept {
  const auto status = barrier(error, std::forward<Body>(body));
  if (status == dms_ok || error == nullptr) return status;
  barrier(nullptr, [&] { fail(error, status, host_of(context).text("host", view(call->locale), error->message)); });
  return status;
}

customer get_customer(host &of, dms_str id) {
  auto found = of.data().customers.get(id_of(id));
  if (!found) throw failure(dms_not_found, "There is no customer \"" + std::string(view(id)) + "\".");
  return std::move(*found);
}

dms_status find_customers(void *context, dms_str query, const dms_sink *json, dms_error *error) noexcept {
  return barrier(error, [&] {
    auto list = nlohmann::json::array();
    for (const auto &item : host_of(context).data().customers.find(query_of(parse_object(view(query))))) {
      list.push_back(to_document(item));
    }
    write(*json, list.dump());
  });
}

dms_status get_one_customer(void *context, dms_str id, const dms_sink *json, dms_error *error) noexcept {
  return barrier(error, [&] { write(*json, to_document(get_customer(host_of(context), id)).dump()); });
}

dms_status create_customer(void *context, const dms_call *call, dms_str key, dms_str document, const dms_sink *json,
                           dms_error *error) noexcept {
  return answered(context, call, error, [&] {
    customer wanted;
    overwrite(parse_object(view(document)), wanted);
    const auto made = host_of(context).data().customers.create(wanted, key_of(context, key), call->now_us);
    note(context, call, "customer.create", "customer " + std::to_string(made.id));
    write(*json, to_document(made).dump());
  });
}

nlohmann::json with_revision(const customer &item) {
  auto document = to_document(item);
  document["revision"] = item.revision;
  return document;
}

/// The members of `named` as `item` has them, empty where it has none.
nlohmann::json members_of(const customer &item, const nlohmann::json &named) {
  const auto whole = to_document(item);
  auto result = nlohmann::json::object();
  for (const auto &[name, value] : named.items()) {
    const auto found = whole.find(name);
    result[name] = found != whole.end() ? *found : value.is_array() ? nlohmann::json::array() : nlohmann::json("");
  }
  return result;
}

dms_status get_customer_with_revision(void *context, dms_str id, const dms_sink *json, dms_error *error) noexcept {
  return barrier(error, [&] { write(*json, with_revision(get_customer(host_of(context), id)).dump()); });
}

dms_status change_customer(void *context, const dms_call *call, dms_str key, dms_str id, std::int64_t revision,
                           dms_str changes, const dms_sink *json, dms_error *error) noexcept {
  return answered(context, call, error, [&] {
    const auto wanted = parse_object(view(changes));
    const auto number = id_of(id);
    const auto answer = host_of(context).data().customers.change(
        number, revision, key_of(context, key), [&](customer &item) { overwrite(wanted, item); },
        [&](const customer &was, const customer &is) {
          return nlohmann::json{{"customer", with_revision(is)}, {"was", members_of(was, wanted)}}.dump();
        });
    note(context, call, "customer.change", "customer " + std::to_string(number));
    write(*json, answer);
  });
}

dms_status take_customer_back(void *context, const dms_call *call, dms_str id, std::int64_t revision, dms_str reference,
                              dms_error *error) noexcept {
  return answered(context, call, error, [&] {
    const auto number = id_of(id);
    host_of(context).data().customers.take_back(number, revision, view(reference));
    note(context, call, "customer.take_back", "customer " + std::to_string(number));
  });
}

dms_status create_contact(void *context, const dms_call *call, dms_str key, dms_str document, const dms_sink *json,
                          dms_error *error) noexcept {
  return answered(context, call, error, [&] {
    const auto wanted = contact_of(parse_object(view(document)));
    const auto made = host_of(context).data().contacts.create(wanted, key_of(context, key));
    note(context, call, "contact.create", "contact " + std::to_string(made.id));
    write(*json, to_document(made).dump());
  });
}

dms_status list_contacts(void *context, dms_str reference, const dms_sink *json, dms_error *error) noexcept {
  return barrier(error, [&] {
    auto list = nlohmann::json::array();
    for (const auto &item : host_of(context).data().contacts.with_reference(view(reference))) {
      list.push_back(to_document(item));
    }
    write(*json, list.dump());
  });
}

dms_status reassign_contacts(void *context, const dms_call *call, dms_str reference, dms_str user,
                             dms_error *error) noexcept {
  return answered(context, call, error, [&] {
    if (user.len == 0) throw failure(dms_invalid, "Who gets the contacts is not named.");
    host_of(context).data().contacts.reassign(view(reference), view(user), call->now_us);
  });
}

dms_status end_contacts(void *context, const dms_call *call, dms_str reference, dms_error *error) noexcept {
  return answered(context, call, error,
                  [&] { host_of(context).data().contacts.reassign(view(reference), {}, call->now_us); });
}

dms_status complete_contact(void *context, const dms_call *call, dms_str id, dms_str result, dms_str said,
                            dms_error *error) noexcept {
  return answered(context, call, error, [&]() -> dms_status {
    const auto how = view(result);
    if (!how.empty() && how != "reached" && how != "tried") {
      return fail(error, dms_invalid, "The result of a contact is \"reached\", \"tried\" or empty.");
    }
    auto &of = host_of(context);
    const auto known = of.data().contacts.get(number_or_zero(id));
    if (!known) return fail(error, dms_not_found, "There is no such contact.");
    if (of.complete_contact(*call, known->id, how, view(said), owner_of(context))) {
      note(context, call, "contact.complete", "contact " + std::to_string(known->id));
    }
    return dms_ok;
  });
}

dms_status changed_deals(void *context, std::int64_t after, std::uint32_t limit, const dms_sink *json,
                         dms_error *error) noexcept {
  return barrier(error, [&] {
    constexpr std::uint32_t most = 500;
    if (limit == 0 || limit > most) throw failure(dms_invalid, "Ask for 1 to 500 deals.");
    auto list = nlohmann::json::array();
    for (const auto &item : host_of(context).data().deals.changed(after, static_cast<int>(limit))) {
      list.push_back(to_document(item));
    }
    write(*json, list.dump());
  });
}

dms_status get_deal(void *context, dms_str id, const dms_sink *json, dms_error *error) noexcept {
  return barrier(error, [&]() -> dms_status {
    const auto found = host_of(context).data().deals.get(number_or_zero(id));
    if (!found) return fail(error, dms_not_found, "There is no such deal.");
    write(*json, to_document(*found).dump());
    return dms_ok;
  });
}

dms_status notify(void *context, dms_str key, dms_str document, dms_error *error) noexcept {
  return barrier(error, [&] {
    auto &from = host_of(context);
    const auto parsed = parse_object(view(document));
    auto item = notification_of(parsed);
    item.key = key_of(context, key);
    item.at_us = from.clock().now_us();
    const auto named = list_of(parsed, "users"), roles = list_of(parsed, "roles");
    std::vector<std::string> receivers;
    for (const auto &person : from.data().users.all()) {
      const bool meant = std::ranges::find(named, person.id) != named.end() ||
                         std::ranges::any_of(roles, [&](const auto &role) { return person.has_role(role); });
      if (person.active && meant) receivers.push_back(person.id);
    }
    from.data().notifications.notify(item, receivers);
    if (const auto standing = parsed.find("standing"); standing != parsed.end() && *standing == true) {
      make_standing(from.database(), item.key);
    }
  });
}

dms_status withdraw(void *context, dms_str key, dms_error *error) noexcept {
  return barrier(error, [&] { host_of(context).data().notifications.withdraw(key_of(context, key)); });
}

dms_status write_audit(void *context, const dms_call *call, dms_str action, dms_str subject, dms_str detail,
                       dms_error *error) noexcept {
  return answered(context, call, error, [&] {
    host_of(context).data().audit.write({0, call->now_us, std::string(view(call->user)),
                                         std::string(view(call->channel)), std::string(view(action)),
                                         std::string(view(subject)), std::string(view(detail))});
  });
}

payload_file payload_of(const nlohmann::json &one) {
  payload_file file;
  if (!one.is_object()) throw failure(dms_invalid, "A payload is named by its source, digest and length.");
  file.source = text_of(one, "source");
  file.sha256 = text_of(one, "sha256");
  if (const auto bytes = one.find("bytes"); bytes != one.end() && bytes->is_number_integer()) {
    file.bytes = bytes->get<std::int64_t>();
  }
  return file;
}

void forget_reference(void *context, const std::string &reference) {
  auto &data = host_of(context).data();
  const auto key = key_of(context, str(reference));
  data.contacts.forget(reference);
  data.notifications.forget(key);
  data.customers.forget_changes(key);
  // What cannot be deleted now is tried again with the whole.
  for (const auto &file : data.mails.files_of(owner_of(context), reference)) remove_message(file);
  data.mails.forget(owner_of(context), reference);
}

dms_status forget(void *context, const dms_call *, dms_str what, dms_error *error) noexcept {
  return barrier(error, [&] {
    const auto parsed = parse_object(view(what));
    for (const auto &reference : list_of(parsed, "references")) forget_reference(context, reference);
    std::vector<payload_file> files;
    if (const auto named = parsed.find("payloads"); named != parsed.end() && named->is_array()) {
      for (const auto &one : *named) files.push_back(payload_of(one));
    }
    kept_payloads(host_of(context).data_directory() / "inbox").forget(files);
    host_of(context).data().kept_forms.drop_all();
    host_of(context).data().sessions.forget_told(host_of(context).clock().now_us());
    host_of(context).database().empty_journals();
  });
}

}  // namespace

void services::fill_records() {
  customers_ = {this, &find_customers, &get_one_customer, &create_customer};
  customer_changes_ = {this, &get_customer_with_revision, &change_customer, &take_customer_back};
  contacts_ = {this, &create_contact, &list_contacts, &reassign_contacts, &end_contacts};
  contact_completion_ = {this, &complete_contact};
  sales_ = {this, &changed_deals, &get_deal};
  notifications_ = {this, &notify, &withdraw};
  audit_ = {this, &write_audit};
  erasure_ = {this, &forget};
}

}  // namespace dms::reference
