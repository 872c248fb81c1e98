// import_support.hpp - the importer on a real store (SQLite), with a host as far as an import sees one.
#pragma once

#include <gtest/gtest.h>

#include <map>
#include <memory>
#include <nlohmann/json.hpp>

#include "intake/importer.hpp"
#include "integration/databases.hpp"
#include "unit/intake_support.hpp"

namespace import_support {

using namespace intake_support;
using nlohmann::json;

/// A host as far as an import sees one.
struct small_host {
  small_host() {
    directory.context = this;
    directory.generation = [](void *) noexcept -> std::int64_t { return 1; };
    directory.users = [](void *, const dms_sink *sink, dms_error *) noexcept { return write(sink, "[]"); };
    directory.locations = [](void *, const dms_sink *sink, dms_error *) noexcept {
      return write(
          sink, R"([{"id":"wien","name":"Wien","city":"Wien","open":true,"time_zone":"Europe/Vienna","region":"AT-9",)"
                R"("opening_hours":[{"days":"1-5","from":"08:00","to":"18:00"}]}])");
    };
    notifications.context = this;
    notifications.notify = [](void *context, dms_str key, dms_str text, dms_error *) noexcept -> dms_status {
      static_cast<small_host *>(context)->notified[std::string(dms::view(key))] = dms::view(text);
      return dms_ok;
    };
    notifications.withdraw = [](void *, dms_str, dms_error *) noexcept -> dms_status { return dms_ok; };
    settings.context = this;
    settings.get = [](void *context, dms_str key, const dms_sink *sink, dms_error *) noexcept -> dms_status {
      const auto &key_set = static_cast<small_host *>(context)->secret;
      if (key_set.empty() || dms::view(key) != "web_json.google_key") return dms_not_found;
      return write(sink, key_set);
    };
  }
  static dms_status write(const dms_sink *sink, std::string_view text) {
    return sink->write(sink->context, dms::str(text));
  }
  dms_directory directory{};
  dms_notifications notifications{};
  dms_settings settings{};
  std::map<std::string, std::string> notified;
  std::string secret;
};

/// Monday, 2026-11-23, 10:00 in Vienna.
constexpr time_us monday_ten = 1'795'424'400 * second_us;

class with_importer : public testing::Test {
 protected:
  with_importer()
      : database_(databases::kind::sqlite),
        store_(store::store::open({database_.uri(), 2, 2000})),
        organisation_(dms::directory(&host_.directory)) {
    store_->write([](store::transaction &in) { in.set_dealer_code({"siebel_nissan", "AT10017", "wien"}, "admin", 1); });
  }

  json import(const std::string &source, const std::string &bytes, const std::string &channel = "http") {
    dms_call raw{};
    raw.struct_size = sizeof raw;
    raw.locale = dms::str("en");
    raw.channel = dms::str(channel);
    raw.now_us = now_;
    raw.may = [](void *, dms_str) noexcept -> std::int32_t { return 1; };
    raw.cancelled = [](void *) noexcept -> std::int32_t { return 0; };
    const dms::string_stream stream(bytes);
    const auto writer = [this](store::transaction &, const lead &item, lead_state cause, const std::string &,
                               const std::string &, time_us) {
      EXPECT_NE(item.id, 0);
      EXPECT_EQ(cause, lead_state::received);
      ++feedback_;
      return true;
    };
    const importer hook({*store_,
                         shipped().types,
                         organisation_,
                         writer,
                         &host_.notifications,
                         dms::log(),
                         {},
                         database_.directory(),
                         &host_.settings},
                        shipped().definitions.at(source));
    return json::parse(hook.run(dms::call(&raw), dms::input(stream.get()), "test.xml", {}));
  }

  std::optional<lead> find(const std::string &source, const std::string &id) {
    std::optional<lead> found;
    store_->write([&](store::transaction &in) { found = in.find_lead(source, id); });
    return found;
  }

  small_host host_;
  databases::fresh_database database_;
  std::unique_ptr<store::store> store_;
  access::organisation_source organisation_;
  time_us now_ = monday_ten;
  int feedback_ = 0;
};

}  // namespace import_support
