// behind_relay.hpp - a database of one's own whose server stands behind a relay.
#pragma once

#include "integration/databases.hpp"
#include "integration/relay.hpp"

namespace databases {

class behind_relay : public testing::TestWithParam<kind> {
 protected:
  void SetUp() override {
    database_ = std::make_unique<fresh_database>(GetParam());
    const auto uri = database_->uri();
    const auto colon = uri.rfind(':'), slash = uri.find('/', colon);
    server_port_ = std::stoi(uri.substr(colon + 1, slash - colon - 1));
    before_port_ = uri.substr(0, colon + 1);
    behind_port_ = uri.substr(slash);
    relay_ = std::make_unique<relays::relay>(server_port_);
  }
  std::string uri_through(const std::string &ports) const { return before_port_ + ports + behind_port_; }

  std::unique_ptr<fresh_database> database_;
  std::unique_ptr<relays::relay> relay_;
  int server_port_ = 0;
  std::string before_port_, behind_port_;
};

}  // namespace databases
