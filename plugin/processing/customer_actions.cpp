// customer_actions.cpp - the prospect becomes a customer of the host, and back (plugin/README.md "Working a lead", the
// first way).
//
// The host first, then the lead: what the host did under its key is done once, however often this is tried, and given
// back where the lead did not come along.
#include <algorithm>
#include <nlohmann/json.hpp>

#include "dms/cpp/json.hpp"
#include "lead/texts.hpp"
#include "processing/customer_documents.hpp"
#include "processing/host_effects.hpp"
#include "processing/outcomes.hpp"

namespace lead_system::processing {

namespace {

using json = nlohmann::json;

outcome may_be_imported(const lead &item) {
  if (!may_import(item.state)) return not_in_this_state(item);
  if (!item.customer.empty()) return refused({"The prospect is imported already, as customer {1}.", {item.customer}});
  return {};
}

/// The event that tied the lead to its present customer; null where there is none.
const lead_event *import_of(const lead &item, const std::vector<lead_event> &newest_first) {
  for (const auto &event : newest_first) {
    const bool ties = event.kind == "imported" || event.kind == "linked";
    if (ties && text_in(event.data, "customer") == item.customer) return &event;
  }
  return nullptr;
}

bool was_merged(const lead &item, const std::vector<lead_event> &events) {
  return std::any_of(events.begin(), events.end(), [&](const lead_event &event) {
    return event.kind == "customer_merged" && text_in(event.data, "customer") == item.customer;
  });
}

outcome changed_since(const std::string &customer) {
  return refused(
      {"Customer {1} has been changed since the import. The import stays; correct him in his record.", {customer}});
}

}  // namespace

struct lead_desk::tied_customer {
  std::string id;
  bool created = false;
  std::int64_t revision = 0;  ///< afterwards; 0: the host does not count
  std::string was;            ///< JSON of what was overwritten or filled; empty: nothing
  std::string fields;         ///< "email,address"
};

outcome lead_desk::tie(const dms::call &call, const lead &item, const std::string &wanted,
                       const std::vector<std::string> &take, tied_customer &made) const {
  if (wanted.empty()) {
    const auto &own = item.content.trade_in;
    // A car that is somebody's already does not change hands by an import.
    const bool with_car = own && !own->vin.empty() &&
                          read_customers(with_.customers.find(json{{"vins", {own->vin}}, {"limit", 1}}.dump())).empty();
    const auto found = read_customers(
        with_.customers.create(call, reference_of(item.id) + ":customer", customer_document(item, with_car)));
    if (found.empty()) throw dms::failure(dms_failed, "The host gave no customer document.");
    made.id = found.front().id;
    made.created = true;
    if (!with_.customer_changes) return {};
    const auto whole = with_.customer_changes.get(made.id);
    if (const auto now = read_customers(whole.value_or("")); !now.empty()) made.revision = now.front().revision;
    return {};
  }
  const auto document = with_.customer_changes ? with_.customer_changes.get(wanted) : with_.customers.get(wanted);
  const auto found = read_customers(document.value_or(""));
  if (found.empty()) {
    return invalid("customer", {"This customer does not exist. Choose another one or create a new one.", {}});
  }
  const auto &customer = found.front();
  made.id = customer.id;
  made.revision = customer.revision;
  if (!with_.customer_changes) return {};
  // Also where nothing is left to change: an attempt that broke off has changed it under the same key, and what was
  // before must not be lost. The version in the key: after an undo the next link is another one.
  const auto key = reference_of(item.id) + ":link:" + made.id + ":" + std::to_string(item.version);
  const auto answer = dms::json_or_null(with_.customer_changes.change(
      call, key, made.id, customer.revision,
      changes_of(item.content.prospect, customer, take, customer_refusals(item.content))));
  if (!answer.is_object() || !answer.contains("customer")) throw dms::failure(dms_failed, "The host gave no answer.");
  const auto now = read_customers(answer["customer"].dump());
  if (!now.empty()) made.revision = now.front().revision;
  if (const auto was = answer.find("was"); was != answer.end() && was->is_object() && !was->empty()) {
    made.was = was->dump();
    made.fields = with_commas(fields_of(made.was));
  }
  return {};
}

/// A customer that nobody is tied to would be a riddle to everybody. One that was made stays while the lead has none:
/// the next import finds him under the same key.
void lead_desk::give_back(const dms::call &call, const lead &item, const tied_customer &made) const noexcept {
  try {
    const auto now = with_.store.find(item.id, access::system_visibility());
    if (!with_.customer_changes || !now || now->customer == made.id) return;
    if (!made.created && !made.was.empty()) {
      const auto key = reference_of(item.id) + ":unlink:" + made.id + ":" + std::to_string(item.version);
      with_.customer_changes.change(call, key, made.id, made.revision, made.was);
    } else if (made.created && !now->customer.empty()) {
      with_.customer_changes.take_back(call, made.id, made.revision, reference_of(item.id));
    }
  } catch (const std::exception &reason) {
    with_.log.warning(reference_of(item.id) + ": the customer was not given back: " + reason.what());
  }
}

outcome lead_desk::import(const actor &who, const dms::call &call, std::int64_t id, std::int64_t version,
                          const std::string &wanted, const std::vector<std::string> &take) {
  lead seen;
  if (auto failed = check(who, id, version, seen); failed.result != verdict::done) return failed;
  if (auto failed = may_be_imported(seen); failed.result != verdict::done) return failed;
  tied_customer customer;
  try {
    if (auto failed = tie(call, seen, wanted, take, customer); failed.result != verdict::done) return failed;
  } catch (const dms::failure &error) {
    if (error.status() == dms_conflict) {
      return refused({"Customer {1} has just been changed. Load the lead again and choose anew.", {wanted}});
    }
    if (error.status() != dms_invalid && error.status() != dms_refused) throw;
    return refused({"The prospect was not taken as a customer: {1}", {error.what()}});
  }
  const auto decide = [&](store::transaction &, lead &item, lead_event &event) -> outcome {
    if (auto failed = may_be_imported(item); failed.result != verdict::done) return failed;
    event.data = {{"customer", customer.id}};
    if (customer.revision != 0) event.data["revision"] = std::to_string(customer.revision);
    if (!customer.was.empty()) event.data["was"] = customer.was;
    if (!customer.fields.empty()) event.data["fields"] = customer.fields;
    item.customer = customer.id;
    item.imported_at = who.now;
    return {};
  };
  auto made = change(call, visibility_of(who.user, who.now), who, id, version, who.may_process,
                     customer.created ? "imported" : "linked", decide);
  if (made.result.result == verdict::done) {
    made.result.customer = customer.id;
  } else {
    give_back(call, seen, customer);
  }
  return made.result;
}

bool lead_desk::may_undo_import(const lead &item, time_us now) const {
  return !item.customer.empty() && item.imported_at != 0 && is_open(item.state) &&
         same_local_day(item.imported_at, now, with_.organisation.now()->calendar_of(item.location));
}

/// The host's side of the undo; `removed`: the customer does not exist any more.
outcome lead_desk::release(const dms::call &call, const lead &item, const lead_event &import, bool &removed) const {
  const auto revision = number_in(import.data, "revision");
  const auto was = text_in(import.data, "was");
  if (!with_.customer_changes || revision == 0) return {};
  try {
    if (import.kind == "imported") {
      if (with_.store.leads_of_customer(item.customer).size() > 1) {
        return refused({"Other leads are tied to customer {1} by now. The import stays.", {item.customer}});
      }
      with_.customer_changes.take_back(call, item.customer, revision, reference_of(item.id));
      removed = true;
    } else if (!was.empty()) {
      const auto key = reference_of(item.id) + ":undo:" + item.customer + ":" + std::to_string(item.version);
      with_.customer_changes.change(call, key, item.customer, revision, was);
    }
  } catch (const dms::failure &reason) {
    // Gone already: by an attempt of ours that did not get to its end, or by hand.
    if (reason.status() == dms_not_found) {
      removed = true;
      return {};
    }
    if (reason.status() == dms_conflict) return changed_since(item.customer);
    if (reason.status() != dms_refused) throw;
    return refused({"Customer {1} is used elsewhere by now. The import stays.", {item.customer}});
  }
  return {};
}

outcome lead_desk::undo_import(const actor &who, const dms::call &call, std::int64_t id, std::int64_t version) {
  lead seen;
  if (auto failed = check(who, id, version, seen); failed.result != verdict::done) return failed;
  if (seen.customer.empty()) return refused({"The prospect is not imported.", {}});
  if (!is_open(seen.state)) return not_in_this_state(seen);
  if (!may_undo_import(seen, who.now)) {
    return refused({"An import can be taken back on its own day only. Correct the customer in his record.", {}});
  }
  const auto events = with_.store.timeline(id);
  const auto *import = import_of(seen, events);
  // Who was made or filled by it went into another one.
  if (import == nullptr && was_merged(seen, events)) return changed_since(seen.customer);
  bool removed = false;
  if (import != nullptr) {
    if (auto failed = release(call, seen, *import, removed); failed.result != verdict::done) return failed;
  }
  const auto decide = [&](store::transaction &, lead &item, lead_event &event) -> outcome {
    event.data = {{"customer", item.customer}};
    if (removed) event.data["removed"] = "yes";
    item.customer.clear();
    item.imported_at = 0;
    return {};
  };
  auto made =
      change(call, visibility_of(who.user, who.now), who, id, version, who.may_process, "import_undone", decide).result;
  if (made.result == verdict::done && import != nullptr && import->kind == "imported" && !removed) {
    made.text = {"The lead is untied from customer {1}, who stays in the DMS.", {seen.customer}};
  }
  return made;
}

std::string lead_desk::customer_now(const std::string &customer) const {
  // Longer than any chain of merges; a host that says one becomes the other and back would move leads for ever.
  constexpr int most_merges = 20;
  auto now = customer;
  for (int merges = 0; merges < most_merges && !now.empty(); ++merges) {
    const auto found = read_customers(with_.customers.get(now).value_or(""));
    if (found.empty()) return customer;
    if (found.front().id == now) return now;
    now = found.front().id;
  }
  return customer;
}

bool lead_desk::follow_customer(const actor &who, const dms::call &call, const std::string &former,
                                const std::string &customer) const {
  const auto decide = [&](store::transaction &, lead &item, lead_event &event) -> outcome {
    // Somebody has untied it meanwhile.
    if (item.customer != former) return refused({"The prospect is not imported.", {}});
    event.data = {{"customer", customer}, {"former", former}};
    item.customer = customer;
    return {};
  };
  bool all = true;
  for (const auto id : with_.store.leads_of_customer(former)) {
    const auto made = change(call, access::system_visibility(), who, id, any_version, true, "customer_merged", decide);
    all = all && made.result.result != verdict::conflict;
  }
  return all;
}

}  // namespace lead_system::processing
