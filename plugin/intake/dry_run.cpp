#include "intake/dry_run.hpp"

#include <exception>

#include "intake/filing.hpp"

namespace lead_system::intake {
namespace {

/// Ends the transaction without a commit.
struct taken_back : std::exception {};

}  // namespace

dry_result dry_run(const importer::parts &with, const definition &source, const std::string &bytes, time_us as_of) {
  dry_result result;
  std::vector<collected_lead> leads;
  const auto read = read_payload(source, bytes, as_of, with.within,
                                 [&](read_lead &&one) { leads.push_back(collected(with, source, std::move(one))); });
  result.problem = read.problem;
  if (!result.problem.empty()) return result;
  filing into(with, source, as_of);
  try {
    with.store.write([&](store::transaction &in) {
      result.rows.clear();
      into.restart(in);
      const store::import_run nowhere;
      for (const auto &lead : leads) {
        dry_row row;
        row.known = in.find_lead(source.id, lead.read.content.external_id).has_value();
        row.item = into.file(in, std::span(&lead, 1), nowhere).front();
        // Of a lead that is here nothing is told: the list may be looked at by somebody who may not see it.
        if (row.item.outcome == "accepted" && !row.known) {
          row.would_be = in.find_lead(row.item.lead).value_or(row.would_be);
        }
        row.would_be.content = lead.read.content;
        row.item.lead = row.would_be.id = 0;
        result.rows.push_back(std::move(row));
      }
      throw taken_back{};
    });
  } catch (const taken_back &) {
    // As it was meant.
  }
  return result;
}

}  // namespace lead_system::intake
