// The manifest tells the truth: without each optional service in turn the plugin starts, works and says what it leaves
// out; and it asks for no setting that is not declared.
#include <fstream>
#include <iterator>
#include <mutex>
#include <nlohmann/json.hpp>
#include <regex>
#include <set>

#include "loader/loader.hpp"
#include "reference_host/core/mail/mail_room.hpp"
#include "reference_host/core/plugins/services.hpp"
#include "unit/host_fixture.hpp"

namespace {

using namespace host_test;
using json = nlohmann::json;

const dms::manifest &manifest() {
  static const auto read = dms::read_manifest(fs::path(paths::build()) / "plugins/lead_system/lead_system.info");
  return read;
}

/// The reference host without one of its services, and with an ear at the settings.
class poorer_host {
 public:
  poorer_host(host &whole, std::string without)
      : offered_(whole, "lead_system"), without_(std::move(without)), raw_(*offered_.raw()) {
    real_ = static_cast<const dms_settings *>(offered_.raw()->get_service(offered_.raw(), dms::str(DMS_SETTINGS_ID)));
    settings_ = {this, [](void *context, dms_str key, const dms_sink *value, dms_error *error) {
                   auto &self = *static_cast<poorer_host *>(context);
                   {
                     const std::lock_guard lock(self.mutex_);  // jobs ask as well
                     self.asked_.emplace(dms::view(key));
                   }
                   return self.real_->get(self.real_->context, key, value, error);
                 }};
    raw_.context = this;
    raw_.get_service = [](const dms_host *from, dms_str id) -> const void * {
      auto &self = *static_cast<poorer_host *>(from->context);
      if (dms::view(id) == self.without_) return nullptr;
      if (dms::view(id) == DMS_SETTINGS_ID) return &self.settings_;
      return self.offered_.raw()->get_service(self.offered_.raw(), id);
    };
  }
  const dms_host *raw() const { return &raw_; }
  std::set<std::string> asked() const {
    const std::lock_guard lock(mutex_);
    return asked_;
  }

 private:
  mutable std::mutex mutex_;
  std::set<std::string> asked_;
  dms::reference::services offered_;
  std::string without_;
  dms_host raw_;
  const dms_settings *real_ = nullptr;
  dms_settings settings_{};
};

class left_out : public with_host, public testing::WithParamInterface<std::string> {
 protected:
  void SetUp() override {
    add_user("admin", "admin");
    add_user("leitung", "manager");
    // All that a host can offer; nothing is sent.
    dms::reference::mail_options mail;
    mail.server = "smtp://127.0.0.1:9";
    mail.from = "leads@example.at";
    host_->mail().set(mail);
    poorer_ = std::make_unique<poorer_host>(*host_, GetParam());
    plugin_ = std::make_unique<dms::loaded_plugin>(manifest(), poorer_->raw());
    plugin_->activate(host_->make_call({})->raw());
    host_->registry().open("lead_system");
  }
  void TearDown() override {
    host_->registry().close("lead_system", std::chrono::hours(1));
    plugin_.reset();
    host_->registry().drop("lead_system");
    host_->jobs().changed();
    poorer_.reset();
  }
  json load(const std::string &user, const std::string &screen, const json &params = json::object()) {
    const auto got = host_->load_screen(*host_->make_call({.user = user, .locale = "en"}), screen, params.dump());
    EXPECT_EQ(got.status, dms_ok) << screen << ": " << got.message;
    return json::parse(got.document);
  }
  json act(const std::string &user, const std::string &screen, const std::string &action, const json &input) {
    const auto got = host_->act(*host_->make_call({.user = user, .locale = "en"}), screen, action, input.dump());
    EXPECT_EQ(got.status, dms_ok) << action << ": " << got.document;
    return json::parse(got.document);
  }
  json health() {
    const auto *offered = static_cast<const dms_health *>(plugin_->extension(DMS_HEALTH_ID));
    const auto call = host_->make_call({.locale = "en"});
    return json::parse(dms::written([&](const dms_sink *sink, dms_error *error) {
      return offered->check(offered->context, call->raw(), sink, error);
    }));
  }
  std::unique_ptr<poorer_host> poorer_;
  std::unique_ptr<dms::loaded_plugin> plugin_;
};

std::vector<std::string> each_service() {
  auto all = manifest().optional;
  all.emplace_back("none");
  return all;
}
INSTANTIATE_TEST_SUITE_P(services, left_out, testing::ValuesIn(each_service()),
                         [](const auto &with) { return std::regex_replace(with.param, std::regex("[^a-z]+"), "_"); });

json block(const json &screen, const std::string &id) {
  for (const auto &one : screen["blocks"]) {
    if (one.value("id", "") == id) return one;
  }
  return nullptr;
}

/// The work of a day, so that whatever needs the service meets its absence.
TEST_P(left_out, the_plugin_works_without_it_and_says_what_it_leaves_out) {
  // given: a payload, and who sees it
  std::ifstream file(paths::source() + "/tests/data/samples/siebel_nissan/test_drives_2020-07-22.xml");
  const std::string bytes{std::istreambuf_iterator<char>(file), {}};
  const auto call = host_->make_call({.channel = "folder"});
  ASSERT_EQ(host_->run_import(*call, "siebel_nissan", bytes, "a.xml").status, dms_ok);
  act("admin", "leads.settings", "grant", {{"user", "leitung"}, {"category", "siebel_nissan"}, {"scope", "all"}});
  // when
  const auto table = block(load("leitung", "leads.overview", {{"tab", "all"}}), "leads");
  ASSERT_FALSE(table.is_null());
  ASSERT_FALSE(table["rows"].empty());
  const auto id = table["rows"][0]["id"].get<std::string>();
  const auto version = [&] {
    return std::to_string(load("leitung", "leads.lead", {{"id", id}})["version"].get<int>());
  };
  act("leitung", "leads.lead", "assign", {{"id", id}, {"version", version()}, {"user", "leitung"}});
  act("leitung", "leads.lead", "import", {{"id", id}, {"version", version()}});
  act("leitung", "leads.lead", "contact_result",
      {{"id", id}, {"version", version()}, {"result", "reached"}, {"comment", "ok"}});
  act("leitung", "leads.lead", "close", {{"id", id}, {"version", version()}, {"reason", "sale"}, {"state", "won"}});
  host_->jobs().run_all();
  // then
  for (const auto &job : host_->jobs().list()) EXPECT_FALSE(job.failed) << job.id << ": " << job.line;
  for (const auto *screen : {"leads.settings", "leads.evaluation", "leads.intake_log", "leads.feedback_log",
                             "leads.privacy", "leads.cutover", "leads.sales", "leads.help"}) {
    load("admin", screen);
  }
  const auto notice = block(load("admin", "leads.settings"), "left_out");
  // and: the page that is about nothing else says so itself
  const bool has_sales = GetParam() != DMS_SALES_ID;
  EXPECT_EQ(block(load("admin", "leads.sales"), "left_out").is_null(), has_sales);
  EXPECT_EQ(block(load("admin", "leads.sales"), "counts").is_null(), !has_sales);
  const auto told = health();
  const auto services = std::find_if(told.begin(), told.end(), [](const json &one) { return one["id"] == "services"; });
  ASSERT_NE(services, told.end());
  if (GetParam() == "none") {
    EXPECT_TRUE(notice.is_null());
    EXPECT_EQ((*services)["tone"], "good");
  } else {
    ASSERT_FALSE(notice.is_null());
    ASSERT_EQ(notice["items"].size(), 1U);
    EXPECT_EQ((*services)["tone"], "warn");
    EXPECT_EQ((*services)["text"], notice["items"][0]["title"]);
  }
  // and: no setting was asked for that an admin cannot know of
  for (const auto &key : poorer_->asked()) {
    const auto declared = [&](const dms::declared_setting &one) {
      auto expression = std::regex_replace(one.key, std::regex(R"(\.)"), "\\.");
      expression = std::regex_replace(expression, std::regex(R"(\{source\})"), "[a-z0-9_]+");
      return std::regex_match(key, std::regex(expression));
    };
    const auto &all = manifest().settings;
    EXPECT_TRUE(std::any_of(all.begin(), all.end(), declared)) << key;
  }
}

TEST(manifest, both_of_its_texts_say_the_same) {
  const auto &info = manifest();
  std::ifstream file(fs::path(info.file).replace_extension(".json"));
  const auto read = json::parse(file);
  EXPECT_EQ(read["schema"], "dms.manifest/1");
  EXPECT_EQ(read["id"], info.id);
  EXPECT_EQ(read["name"], info.name);
  EXPECT_EQ(read["version"], info.version);
  EXPECT_EQ(read["abi"]["major"], info.abi_major);
  EXPECT_EQ(read["abi"]["minor"], info.abi_minor);
  EXPECT_EQ(read["library"]["file"], info.library.filename().string());
  EXPECT_EQ(read["library"]["sha256"], info.sha256);
  EXPECT_EQ(read["required"].get<std::vector<std::string>>(), info.required);
  EXPECT_EQ(read["optional"].get<std::vector<std::string>>(), info.optional);
  ASSERT_EQ(read["settings"].size(), info.settings.size());
  for (const auto &one : info.settings) {
    const auto &other = read["settings"][one.key];
    EXPECT_EQ(other["kind"], one.kind) << one.key;
    EXPECT_EQ(other.value("secret", false), one.secret) << one.key;
    for (const auto *language : {"de", "en"}) EXPECT_EQ(other["label"][language], one.label.at(language)) << one.key;
  }
}

}  // namespace
