#include "intake/retry.hpp"

#include <algorithm>
#include <limits>
#include <set>

#include "intake/blocks.hpp"
#include "intake/filing.hpp"
#include "intake/report.hpp"
#include "intake/sender_faults.hpp"

namespace lead_system::intake {
namespace {

limits without_number(limits within) {
  within.leads_per_post = std::numeric_limits<int>::max();
  return within;
}

/// The leads of an archived payload, in order; returns why there are none.
message read_archived(const importer::parts &with, const definition &source, const store::import_run &run,
                      const std::function<void(read_lead &&)> &take) {
  const auto within = without_number(with.within);
  const auto arrived_at = with.store.payload_arrival(run.digest).value_or(run.at);
  const auto first = with.store.payload(run.payload_id);
  if (!first || first->empty()) {
    return {"Only the digest of this message was kept. Have it sent again.", {}};
  }
  if (!with.store.payload_part(run.payload_id, 1)) {
    return read_payload(source, *first, arrived_at, within, take).problem;
  }
  spool on_disk(with.spool_directory);
  for (int position = 0;; ++position) {
    const auto part = with.store.payload_part(run.payload_id, position);
    if (!part) break;
    on_disk.write(*part);
  }
  text_stream text(on_disk, is_xml_format(source));
  const auto blocks = cut_into_blocks(source, text, within);
  for (auto block = blocks->next(); !block.empty(); block = blocks->next()) {
    read_text(source, std::move(block), text.remark(), arrived_at, within, take);
  }
  return blocks->problem();
}

/// A lead, and the line of the log that it is tried again for.
struct tried_again {
  collected_lead lead;
  store::import_item was;
};

}  // namespace

retrier::retrier(importer::parts with, const std::map<std::string, definition> &sources)
    : with_(std::move(with)), sources_(sources) {}

retrier::result retrier::retry(const dms::call &who, const store::import_run &run,
                               const std::vector<store::import_item> &items, const correction &set) const {
  const auto source = sources_.find(run.source);
  if (source == sources_.end()) {
    return {{"There is no definition of the source {1} any more. Put it back and try again.", {run.source}}};
  }
  // A payload that was quarantined as a whole has one line for all that is in it.
  const bool whole = !run.reason.empty();
  std::vector<tried_again> leads;
  int position = 0;
  auto fault = read_archived(with_, source->second, run, [&](read_lead &&one) {
    ++position;
    const auto item =
        std::find_if(items.begin(), items.end(), [&](const auto &each) { return whole || each.position == position; });
    if (item == items.end()) return;
    if (!set.type.empty()) {
      one.content.type = set.type;
      one.problem = one.problem_but_type;
    }
    if (!set.dealer_code.empty()) one.content.dealer_code = set.dealer_code;
    leads.push_back({collected(with_, source->second, std::move(one)), *item});
    leads.back().was.position = position;
  });
  if (!fault.empty()) return {std::move(fault)};

  filing into(with_, source->second, who.now_us());
  result came_to;
  with_.store.write([&](store::transaction &in) {
    came_to = {};
    into.restart(in);
    store::import_run again = run;
    again.receipt = new_receipt();
    again.channel = who.channel();
    again.user = who.user();
    again.at = who.now_us();
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
      mine.push_back(lead);
      positions.push_back(was.position);
    }
    auto at = positions.begin();
    for (const auto &done : into.file(in, mine, again)) {
      count_outcome(again, done.outcome);
      in.insert_item({0, again.id, *at++, done.external_id, done.outcome, done.lead, message_json(done.reason), 0});
    }
    again.updated = into.updates();
    in.update_run(again);
    came_to.accepted = again.accepted;
    came_to.repeated = again.repeated;
    came_to.legacy = again.legacy;
    came_to.quarantined = again.quarantined;
  });
  notify_unknown_codes(with_, source->second, into.unknown_codes());
  notify_shared_ids(with_, source->second, into.shared_ids());
  return came_to;
}

}  // namespace lead_system::intake
