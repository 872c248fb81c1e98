// filing.hpp - leads that were read, into one transaction of the store.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <tuple>
#include <vector>

#include "intake/importer.hpp"
#include "intake/reader.hpp"
#include "intake/report.hpp"
#include "lead/working_time.hpp"

namespace lead_system::intake {

/// A lead with what the transaction needs to know of it, worked out before it begins.
struct collected_lead {
  read_lead read;
  std::string digest;
  std::optional<customer_tie> tie;
};

/// Works out what a transaction must not wait for: its digest, and whose it is by the rules of its type.
collected_lead collected(const importer::parts &with, const definition &source, read_lead &&one);

/// What holds for all leads of one payload. Made once a payload, outside of the transaction; used by one thread.
class filing {
 public:
  /// `arrived`: when the payload came, where that was not now; its leads are as old as that.
  filing(const importer::parts &with, const definition &source, time_us now, time_us arrived = 0);

  /// Files the leads in their order and returns what became of each. May be called again for the same leads: the body
  /// of a transaction is. Of `run` it needs the payload.
  std::vector<imported_item> file(store::transaction &in, std::span<const collected_lead> leads,
                                  const store::import_run &run);

  /// External ids that came with another person before.
  const std::set<std::string> &shared_ids() const noexcept { return shared_ids_; }
  /// Dealer codes without a location that were seen.
  const std::set<std::string> &unknown_codes() const noexcept { return unknown_codes_; }
  int updates() const noexcept { return updates_; }
  /// Begins a transaction's body: takes the settings as they are in it.
  void restart(store::transaction &in);

 private:
  imported_item file(store::transaction &in, const collected_lead &item, const store::import_run &run);
  time_us since() const noexcept;
  message refusal(const read_lead &item) const;
  imported_item known_id(store::transaction &in, const collected_lead &item, const store::import_run &run,
                         const store::transaction::known_lead &known);
  imported_item updated(store::transaction &in, const collected_lead &item, lead known);
  bool is_passed_on_again(store::transaction &in, const collected_lead &item, std::int64_t earlier) const;
  imported_item accepted(store::transaction &in, const collected_lead &item, const store::import_run &run,
                         std::int64_t follows, bool id_is_shared = false);
  void give_to_customer(store::transaction &in, lead &made, const customer_tie &tie);
  bool is_here(const lead_content &content) const;
  const access::user *salesperson_of(const std::string &name) const;
  void carry_over(store::transaction &in, lead &made, const read_lead &was);
  std::string location_of(const std::string &code);
  void set_deadlines(lead &item);

  const importer::parts &with_;
  const definition &source_;
  time_us now_, arrived_;
  std::shared_ptr<const access::organisation> organisation_;
  std::map<std::string, std::string> locations_;  ///< by dealer code
  std::vector<store::lead_type_setting> settings_;
  std::map<std::tuple<std::string, std::string, time_us>, std::pair<time_us, time_us>> deadlines_;
  std::string expected_secret_;
  std::set<std::string> unknown_codes_, shared_ids_;
  int updates_ = 0;
};

}  // namespace lead_system::intake
