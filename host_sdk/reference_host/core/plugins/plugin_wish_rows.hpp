// plugin_wish_rows.hpp - the wishes of all hosts on one database, and the states of each.
#pragma once

#include <string>
#include <utility>

#include "host_core/plugin_wishes.hpp"
#include "reference_host/core/data/database.hpp"

namespace dms::reference {

class plugin_wish_rows : public host_core::plugin_wishes {
 public:
  /// `host`: its name among those on the database.
  plugin_wish_rows(const database &in, std::string host) : database_(in), host_(std::move(host)) {}
  std::vector<host_core::plugin_wish> all() const override;
  std::int64_t wish(std::string_view id, bool wanted) override;
  void settle(const host_core::plugin_wish &item) override;

 private:
  const database &database_;
  std::string host_;
};

}  // namespace dms::reference
