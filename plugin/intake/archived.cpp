#include "intake/archived.hpp"

#include <limits>

#include "intake/blocks.hpp"

namespace lead_system::intake {
namespace {

limits without_number(limits within) {
  within.leads_per_post = std::numeric_limits<int>::max();
  return within;
}

}  // namespace

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

}  // namespace lead_system::intake
