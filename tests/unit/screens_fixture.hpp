// screens_fixture.hpp - the plugin's screens on a real store with the leads of the sample.
#pragma once

#include "unit/screens_support.hpp"

namespace screens_support {

class screens_test : public ::testing::Test {
 protected:
  dealership house;
  std::unique_ptr<dms::screen> overview = screens::make_overview(house.parts());
  std::unique_ptr<dms::screen> lead = screens::make_lead_page(house.parts());
  std::unique_ptr<dms::screen> settings = screens::make_settings(house.parts());
  std::unique_ptr<dms::screen> intake_log = screens::make_intake_log(house.parts(), house.import_of_file());
  std::unique_ptr<dms::screen> help = screens::make_help(house.parts());

  json rows(caller who, const json &parameters = json::object()) {
    return block(house.load(*overview, std::move(who), parameters), "leads")["rows"];
  }
  /// The lead of Wien with its version.
  json some_lead() { return rows(dealership::manager(), {{"location", "wien"}}).at(0); }
  static dms_status failure_of(const std::function<void()> &body) {
    try {
      body();
    } catch (const dms::failure &reason) {
      EXPECT_NE(std::string(reason.what()), "");
      return reason.status();
    }
    return dms_ok;
  }
};

}  // namespace screens_support
