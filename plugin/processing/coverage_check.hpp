// coverage_check.hpp - the coverage guarantee as the answer to a change: would it leave something uncovered that is
// covered now?
#pragma once

#include <map>

#include "access/coverage.hpp"
#include "access/organisation.hpp"
#include "lead/message.hpp"
#include "store/store.hpp"

namespace lead_system::processing {

/// Who is here at that moment, and who works for the others.
access::presence presence_now(store::store &store, const access::organisation &people, time_us now);

/// Who is here and who works for whom, as the coverage asks for it.
void place(access::situation &into, const access::presence &here);

/// How it is, for looking at.
access::situation situation_now(store::store &store, const access::organisation &people, const access::presence &here);

/// How it is, for deciding on a change within the transaction: nobody else decides until it ends, and whom or what the
/// host is about to take away counts as gone, and whoever is away as not here. To be asked before the transaction reads
/// anything else, or after transaction::lock_grants.
access::situation situation_in(store::transaction &inside, const access::organisation_source &organisation,
                               time_us now);

/// Whether a change of a lead, in a transaction that began with lock_grants, leaves it visible to an active user who is
/// here.
bool stays_seen(store::transaction &inside, const access::organisation_source &organisation, const catalog &types,
                time_us now, const lead &before, const lead &after);

/// What is uncovered (how many leads of which type, where) and the way out, a sentence each; none for no gaps.
std::vector<message> sentences_for(const std::vector<access::gap> &gaps, const catalog &types,
                                   const access::organisation &people);

/// How many open leads belong to whom who is not here and whom nobody represents, by his login.
std::map<std::string, std::int64_t> leads_of_absent(const std::vector<access::open_leads> &leads,
                                                    const access::presence &here);

}  // namespace lead_system::processing
