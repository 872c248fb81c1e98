#include "intake/retry.hpp"

#include <algorithm>
#include <set>

#include "intake/archived.hpp"
#include "intake/filing.hpp"
#include "intake/quarantine_notices.hpp"
#include "intake/report.hpp"
#include "intake/sender_faults.hpp"

namespace lead_system::intake {
namespace {

/// A lead, and the line of the log that it is tried again for.
struct tried_again {
  collected_lead lead;
  store::import_item was;
};

/// Lines name leads by their position. Another version of the definition may find others in the payload: what a line
/// would be ticked off for is then not what it was written of.
bool is_another(const store::import_item &line, const lead_content &found) {
  const auto own = [](const std::string &id) { return !id.empty() && !id.starts_with("derived:"); };
  return own(line.external_id) && own(found.external_id) && line.external_id != found.external_id;
}

}  // namespace

retrier::retrier(importer::parts with, known_sources sources) : with_(std::move(with)), sources_(std::move(sources)) {}

retrier::result retrier::retry(const dms::call &who, const store::import_run &run,
                               const std::vector<store::import_item> &items, const correction &set) const {
  const auto sources = sources_.now();
  const auto source = sources->find(run.source);
  if (source == sources->end()) {
    return {{"There is no definition of the source {1} any more. Put it back and try again.", {run.source}}};
  }
  // A payload that was quarantined as a whole has one line for all that is in it.
  const bool whole = !run.reason.empty();
  // The customer has waited since then, whenever somebody got round to this.
  const auto arrived = with_.store.payload_arrival(run.digest).value_or(run.at);
  const bool read_otherwise = run.definition_version != source->second.version;
  std::vector<tried_again> leads;
  int position = 0;
  auto fault = read_archived(with_, source->second, run, [&](read_lead &&one) {
    ++position;
    const auto item =
        std::find_if(items.begin(), items.end(), [&](const auto &each) { return whole || each.position == position; });
    if (item == items.end() || (!whole && read_otherwise && is_another(*item, one.content))) return;
    if (!set.type.empty()) {
      one.content.type = set.type;
      one.problem = one.problem_but_type;
    }
    if (!set.dealer_code.empty()) one.content.dealer_code = set.dealer_code;
    leads.push_back({collected(with_, source->second, std::move(one)), *item});
    leads.back().was.position = position;
  });
  if (!fault.empty()) return {std::move(fault)};
  if (leads.empty() && read_otherwise) {
    return {
        {"The definition finds other leads in this payload by now. Deliver the payload again: what is here already "
         "does not come twice.",
         {}}};
  }

  filing into(with_, source->second, who.now_us(), arrived);
  result came_to;
  std::int64_t run_id = 0;
  std::set<std::string> before, now;  // faults
  with_.store.write([&](store::transaction &in) {
    came_to = {};
    before.clear();
    now.clear();
    into.restart(in);
    store::import_run again = run;
    again.receipt = new_receipt();
    again.channel = who.channel();
    again.user = who.user();
    again.at = who.now_us();
    again.definition_version = source->second.version;
    again.reason.clear();
    again.finished = true;
    again.accepted = again.repeated = again.legacy = again.quarantined = again.updated = 0;
    again.id = in.insert_run(again);
    std::set<std::int64_t> taken;
    std::vector<collected_lead> mine;
    std::vector<int> positions;
    for (const auto &[lead, was] : leads) {
      if (taken.insert(was.id).second && !in.retry_item(was.id, again.id)) {
        taken.erase(was.id);
        continue;
      }
      before.insert(was.reason);
      mine.push_back(lead);
      positions.push_back(was.position);
    }
    auto at = positions.begin();
    for (const auto &done : into.file(in, mine, again)) {
      count_outcome(again, done.outcome);
      if (done.outcome == "quarantined") now.insert(message_json(done.reason));
      in.insert_item({0, again.id, *at++, done.external_id, done.outcome, done.lead, message_json(done.reason), 0});
    }
    run_id = again.id;
    again.updated = into.updates();
    in.update_run(again);
    came_to.accepted = again.accepted;
    came_to.repeated = again.repeated;
    came_to.legacy = again.legacy;
    came_to.quarantined = again.quarantined;
  });
  notify_unknown_codes(with_, source->second, into.unknown_codes());
  notify_shared_ids(with_, source->second, into.shared_ids());
  withdraw_quarantine(with_, run.source, before);
  notify_quarantine(with_, source->second, run_id, now);
  return came_to;
}

}  // namespace lead_system::intake
