// screens_support.hpp - a small dealership around the plugin's screens: real store, desks and intake, a host of arrays.
#pragma once

#include <gtest/gtest.h>

#include <fstream>
#include <iterator>
#include <memory>
#include <nlohmann/json.hpp>
#include <set>
#include <string>
#include <valijson/adapters/nlohmann_json_adapter.hpp>
#include <valijson/schema.hpp>
#include <valijson/schema_parser.hpp>
#include <valijson/validation_results.hpp>
#include <valijson/validator.hpp>

#include "intake/importer.hpp"
#include "intake/sources.hpp"
#include "integration/databases.hpp"
#include "paths.hpp"
#include "screens/kit/parts.hpp"
#include "screens/logs/intake_delivery.hpp"

namespace screens_support {

using namespace lead_system;
using nlohmann::json;

/// Monday 2020-07-27, 10:42 in Vienna: five days after the test drives of the sample.
constexpr time_us now = 1'595'839'320 * second_us;

inline std::string file_text(const std::string &path) {
  std::ifstream stream(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(stream), std::istreambuf_iterator<char>()};
}

/// A schema of the interface. Open, as readers take it; tests/interface/documents holds ours to the closed form.
inline json schema_text(const std::string &name) {
  return json::parse(file_text(paths::source() + "/host_sdk/schema/" + name + ".schema.json"));
}

/// What is wrong with `document` under the schema of that name; empty: nothing.
inline std::string schema_problems(const json &document, const std::string &name) {
  static std::map<std::string, std::unique_ptr<valijson::Schema>> schemas;
  auto &schema = schemas[name];
  if (schema == nullptr) {
    schema = std::make_unique<valijson::Schema>();
    const auto text = schema_text(name);
    // "https://dms.example/screen/1" is screen.schema.json.
    const auto fetch = [](const std::string &address) -> const json * {
      const auto end = address.rfind('/'), begin = address.rfind('/', end - 1) + 1;
      return new json(schema_text(address.substr(begin, end - begin)));
    };
    valijson::SchemaParser(valijson::SchemaParser::kDraft7)
        .populateSchema(valijson::adapters::NlohmannJsonAdapter(text), *schema, fetch,
                        [](const json *one) { delete one; });
  }
  valijson::Validator validator;
  valijson::ValidationResults results;
  if (validator.validate(*schema, valijson::adapters::NlohmannJsonAdapter(document), &results)) return {};
  std::string text;
  valijson::ValidationResults::Error error;
  while (results.popError(error)) {
    for (const auto &part : error.context) text += part;
    text += ": " + error.description + "\n";
  }
  return text;
}

/// One request of a user; `rights` as his roles would give them.
struct caller {
  std::string user, name, locale = "de-AT", channel = "web", correlation = "test";
  std::set<std::string> rights;
  time_us at = now;
  dms_call raw{};
  std::string request{};

  dms::call call() {
    raw = dms_call{sizeof(dms_call),
                   this,
                   dms::str(user),
                   dms::str(name),
                   dms::str(locale),
                   dms::str(correlation),
                   dms::str(channel),
                   dms::str(request),
                   at,
                   [](void *self, dms_str right) -> std::int32_t {
                     const auto &me = *static_cast<caller *>(self);
                     return me.user.empty() || me.rights.contains(std::string(dms::view(right))) ? 1 : 0;
                   },
                   [](void *) -> std::int32_t { return 0; }};
    return dms::call(&raw);
  }
};

inline dms_status write_all(const dms_sink *sink, std::string_view text) {
  return sink->write(sink->context, dms::str(text));
}

/// The host's directory, customers and contacts as constants, and what plugins keep there as secrets.
struct small_host {
  std::map<std::string, std::string, std::less<>> kept;
  dms_settings settings{this, [](void *self, dms_str key, const dms_sink *sink, dms_error *error) {
                          const auto &mine = static_cast<small_host *>(self)->kept;
                          const auto found = mine.find(dms::view(key));
                          if (found == mine.end()) return dms::fail(error, dms_not_found, "No.");
                          return write_all(sink, found->second);
                        }};
  dms_secrets secrets{this, [](void *self, const dms_call *, dms_str key, dms_str value, dms_error *) -> dms_status {
                        auto &mine = static_cast<small_host *>(self)->kept;
                        if (value.len == 0) {
                          mine.erase(std::string(dms::view(key)));
                        } else {
                          mine[std::string(dms::view(key))] = dms::view(value);
                        }
                        return dms_ok;
                      }};
  dms_directory directory{this, [](void *) -> std::int64_t { return 1; },
                          [](void *, const dms_sink *sink, dms_error *) {
                            return write_all(sink, R"([
          {"id":"leitung","name":"Sabine Hofer","email":"","active":true,"roles":["manager"],"locations":["wien"]},
          {"id":"wien1","name":"Martin Gruber","email":"","active":true,"roles":["office"],"locations":["wien"]},
          {"id":"admin","name":"Alexandra Wimmer","email":"","active":true,"roles":["admin"],"locations":[]},
          {"id":"verkauf1","name":"Lukas Steiner","email":"","active":true,"roles":["sales"],"locations":["wien"]},
          {"id":"fort","name":"Gerda Fort","email":"","active":false,"roles":["sales"],"locations":["wien"]}])");
                          },
                          [](void *, const dms_sink *sink, dms_error *) {
                            return write_all(sink, R"([
          {"id":"wien","name":"Wien","city":"Wien","open":true,"time_zone":"Europe/Vienna","region":"AT-9",
           "opening_hours":[{"days":"1-5","from":"08:00","to":"18:00"}]},
          {"id":"graz","name":"Graz","city":"Graz","open":true,"time_zone":"Europe/Vienna","region":"AT-6",
           "opening_hours":[{"days":"1-5","from":"08:00","to":"18:00"}]}])");
                          }};
  dms_customers customers{
      this,
      [](void *, dms_str, const dms_sink *sink, dms_error *) {
        return write_all(sink, R"([{"id":"10482","kind":"person","first_name":"Anna","last_name":"Huber",
          "email":"nobody@example.at","phones":[],"postal_code":"1010","city":"Wien","salesperson":"verkauf1"}])");
      },
      [](void *, dms_str, const dms_sink *, dms_error *error) { return dms::fail(error, dms_not_found, "No."); },
      [](void *, const dms_call *, dms_str, dms_str, const dms_sink *sink, dms_error *) {
        return write_all(sink, R"({"id":"77","kind":"person","last_name":"Huber"})");
      }};
  /// What is planned, oldest first; shown only once somebody asks the host to keep it.
  json planned = json::array();
  bool keeps_contacts = false;
  dms_contacts contacts{this,
                        [](void *self, const dms_call *, dms_str, dms_str contact, const dms_sink *sink, dms_error *) {
                          auto &mine = static_cast<small_host *>(self)->planned;
                          auto one = json::parse(dms::view(contact));
                          one["id"] = std::to_string(mine.size() + 1);
                          mine.push_back(one);
                          return write_all(sink, one.dump());
                        },
                        [](void *self, dms_str reference, const dms_sink *sink, dms_error *) {
                          const auto &mine = *static_cast<small_host *>(self);
                          json found = json::array();
                          for (const auto &one : mine.planned) {
                            if (mine.keeps_contacts && one["reference"] == dms::view(reference)) found.push_back(one);
                          }
                          return write_all(sink, found.dump());
                        },
                        [](void *, const dms_call *, dms_str, dms_str, dms_error *) -> dms_status { return dms_ok; },
                        [](void *, const dms_call *, dms_str, dms_error *) -> dms_status { return dms_ok; }};
};

/// Everything that rooms.cpp puts together, on a fresh SQLite file.
class dealership {
 public:
  dealership() {
    by_system([&](store::transaction &change) {
      for (const auto &[code, location] : {std::pair{"AT10017", "wien"}, std::pair{"AT10023", "graz"}}) {
        change.set_dealer_code({"siebel_nissan", code, location}, "admin", now);
      }
      for (const auto &category : sources_.types.categories()) {
        change.set_grant({"leitung", true, category.key, access::scope::all, {}}, "admin", now);
      }
      change.set_grant({"wien1", true, "siebel_nissan", access::scope::locations, {"wien"}}, "admin", now);
    });
  }

  void by_system(const std::function<void(store::transaction &)> &body) { store_->write(body); }

  json import(const std::string &source, const std::string &payload, time_us at = now) {
    caller system;
    system.at = at;
    const dms::string_stream stream(payload);
    const intake::importer hook({*store_, sources_.types, organisation_, writer_, nullptr, dms::log()},
                                sources_.definitions.at(source));
    return json::parse(hook.run(system.call(), dms::input(stream.get()), "test.xml", [](auto, auto) {}));
  }
  screens::import_of_file import_of_file() {
    return [this](const dms::call &who, const std::string &source, const std::string &bytes, const std::string &name) {
      const dms::string_stream stream(bytes);
      return intake::importer(intake(), sources_.definitions.at(source)).run(who, dms::input(stream.get()), name, {});
    };
  }
  json import_sample() {
    return import("siebel_nissan", file_text(paths::data() + "/samples/siebel_nissan/test_drives_2020-07-22.xml"));
  }

  /// Loads a screen and checks the document against the schema.
  json load(dms::screen &screen, caller who, const json &parameters = json::object()) {
    const auto document = json::parse(screen.load(who.call(), parameters.dump()));
    EXPECT_EQ(schema_problems(document, "screen"), "") << screen.id() << " " << parameters;
    return document;
  }
  std::pair<dms_status, json> act(dms::screen &screen, caller who, const std::string &action, const json &input) {
    const auto answer = screen.act(who.call(), action, input.dump());
    const auto document = json::parse(answer.document);
    EXPECT_EQ(schema_problems(document, "result"), "") << action << " " << input;
    return {answer.status, document};
  }

  screens::parts &parts() { return parts_; }
  store::store &kept() { return *store_; }
  intake::importer::parts intake() { return {*store_, sources_.types, organisation_, writer_, nullptr, dms::log()}; }
  int woken() const { return woken_; }
  small_host &host() { return host_; }
  const feedback::channels &channels() const { return channels_; }

  static caller manager() {
    return {"leitung", "Sabine Hofer", "de-AT", "web", "t", {"leads.view", "leads.process", "leads.assign"}};
  }
  static caller sales() { return {"verkauf1", "Lukas Steiner", "de-AT", "web", "t", {"leads.view", "leads.process"}}; }
  static caller office() { return {"wien1", "Martin Gruber", "de-AT", "web", "t", {"leads.view", "leads.assign"}}; }
  static caller admin() {
    return {"admin",
            "Alexandra Wimmer",
            "de-AT",
            "web",
            "t",
            {"leads.view", "leads.assign", "leads.erase", "leads.settings", "leads.intake_log", "leads.feedback_log"}};
  }

 private:
  databases::scratch_directory directory_;
  small_host host_;
  screens::words texts_;
  int woken_ = 0;
  intake::sources sources_ = intake::load_sources({});
  std::vector<std::string> problems_;
  std::unique_ptr<store::store> store_ = store::store::open({(directory_.path() / "lead_system.db").string()});
  access::organisation_source organisation_{dms::directory(&host_.directory)};
  store::feedback_writer writer_ =
      feedback::make_writer(sources_.definitions, [this](const message &text) { return texts_.in("de")(text); });
  processing::lead_desk desk_{{*store_, sources_.types, organisation_, dms::customers(&host_.customers),
                               &host_.contacts, nullptr, writer_, dms::log()}};
  processing::settings_desk settings_{*store_, sources_.types, organisation_, nullptr};
  intake::retrier retrier_{{*store_, sources_.types, organisation_, writer_, nullptr, dms::log()},
                           sources_.definitions};
  columns::lead_index leads_{{(directory_.path() / "lead_system.db").string()}, *store_, organisation_};
  feedback::channels channels_{*store_, sources_.definitions, dms::settings(&host_.settings, &host_.secrets),
                               (directory_.path() / "outbox").string(), (directory_.path() / "drop").string()};
  processing::assignment_desk assignment_{*store_, sources_.types, organisation_, desk_};
  screens::parts parts_{*store_,    leads_,    sources_.types, organisation_, sources_.definitions, problems_,
                        desk_,      settings_, texts_,         channels_,     [this] { ++woken_; }, retrier_,
                        assignment_};
};

/// The block with that id, wherever it stands; null where there is none.
inline json block(const json &document, const std::string &id) {
  const std::function<json(const json &)> find = [&](const json &blocks) -> json {
    for (const auto &item : blocks) {
      if (item.value("id", "") == id) return item;
      if (item.value("type", "") != "columns") continue;
      for (const auto &column : item["columns"]) {
        if (auto found = find(column); !found.is_null()) return found;
      }
    }
    return nullptr;
  };
  return find(document["blocks"]);
}

}  // namespace screens_support
