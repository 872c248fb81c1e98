// answer_settings.hpp - what an admin decides of answers: templates, footers, where receipts are sent. All is off until
// he says otherwise.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "access/organisation.hpp"
#include "lead/catalog.hpp"
#include "processing/lead_desk.hpp"
#include "store/answer_rows.hpp"

namespace lead_system::processing {

/// `who` has the right for settings; whoever calls has asked.
class answer_settings {
 public:
  answer_settings(store::answer_rows &rows, const catalog &types, const access::organisation_source &organisation)
      : rows_(rows), types_(types), organisation_(organisation) {}

  store::answer_rows &rows() const noexcept { return rows_; }
  /// A conflict where it was changed since the version of `item`; `id` is where it stands then.
  outcome save(const actor &who, const store::answer_template &item, std::int64_t &id) const;
  outcome remove(const actor &who, std::int64_t id, std::int64_t version) const;
  /// The texts that ship with the plugin become templates that are not in use. Those whose title is there already are
  /// left out.
  outcome take_shipped(const actor &who) const;
  outcome set_footer(const actor &who, const store::answer_footer &item, const std::string &seen) const;
  /// Refused where there is no receipt in use for the type, or a place would have no footer.
  outcome set_receipts(const actor &who, const std::string &type, const std::vector<std::string> &locations,
                       const std::optional<std::string> &seen) const;

 private:
  std::optional<message> not_ready_for(const lead_type &type, const std::vector<std::string> &locations) const;

  store::answer_rows &rows_;
  const catalog &types_;
  const access::organisation_source &organisation_;
};

}  // namespace lead_system::processing
