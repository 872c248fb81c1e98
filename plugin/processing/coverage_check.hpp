// coverage_check.hpp - the coverage guarantee as the answer to a change: would it leave something uncovered that is
// covered now?
#pragma once

#include "access/coverage.hpp"
#include "access/organisation.hpp"
#include "lead/message.hpp"
#include "store/store.hpp"

namespace lead_system::processing {

/// Everything that coverage depends on, at one moment.
struct coverage_question {
  std::vector<std::string> active_users, open_locations;
  std::vector<access::grant> grants;
  std::vector<access::open_leads> leads;

  coverage_question(const access::organisation &people, std::vector<access::grant> with,
                    const std::vector<store::open_group> &open);
  access::coverage_report answer(const catalog &types) const;
};

/// `grants` with `wanted` in place of the one on the same user and subject.
std::vector<access::grant> with_grant(std::vector<access::grant> grants, const access::grant &wanted);

/// The first gap of `after` that `before` did not have, or had smaller; null when nothing became worse.
const access::gap *new_gap(const access::coverage_report &before, const access::coverage_report &after);

/// What is uncovered and the way out, in one sentence.
message sentence_for(const access::gap &gap, const catalog &types, const access::organisation &people);

}  // namespace lead_system::processing
