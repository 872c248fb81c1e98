// What the reference host writes is as the schemas of host_sdk/schema say: records, events, its own screens.
#include <array>
#include <cstdlib>
#include <fstream>
#include <nlohmann/json.hpp>

#include "dms/cpp/events.hpp"
#include "dms/cpp/host.hpp"
#include "reference_host/core/plugins/services.hpp"
#include "reference_host/web/host_screens.hpp"
#include "unit/host_fixture.hpp"

namespace {

using namespace host_test;
using json = nlohmann::json;

/// A folder of documents, each named after its schema.
class document_folder {
 public:
  explicit document_folder(fs::path folder) : folder_(std::move(folder)) { fs::create_directories(folder_); }
  void keep(const std::string &schema, const std::string &document) {
    std::ofstream(folder_ / (schema + '.' + std::to_string(++number_) + ".json")) << document;
  }
  /// What is wrong with them; empty: nothing.
  std::string complaints() const {
    const auto said = folder_ / "said.txt";
    const auto command =
        paths::source() + "/tests/interface/valid " + folder_.string() + " > " + said.string() + " 2>&1";
    if (std::system(command.c_str()) == 0) return {};
    std::ifstream from(said);
    return {std::istreambuf_iterator<char>(from), {}};
  }

 private:
  fs::path folder_;
  int number_ = 0;
};

/// Keeps what it is told.
class listener : public dms::event_handler {
 public:
  listener(std::string event, document_folder &into) : event_(std::move(event)), into_(into) {}
  std::string event() const override { return event_; }
  void handle(const dms::call &, std::string_view data) override { into_.keep("event", std::string(data)); }

 private:
  std::string event_;
  document_folder &into_;
};

class host_documents : public with_host {
 protected:
  host_documents() : kept_(folder_ / "documents"), offered_(*host_, "test"), from_(offered_.raw()) {
    add_user("chef", "admin");
    add_user("eva", "sales");
    dms::reference::location place;
    place.id = "wien";
    place.name = place.city = "Wien";
    place.time_zone = "Europe/Vienna";
    place.region = "AT-9";
    place.hours = {{"1-5", "08:00", "18:00"}, {"6", "09:00", "12:00"}};
    host_->data().locations.add(place);
  }
  document_folder kept_;
  dms::reference::services offered_;
  dms::host from_;
};

TEST_F(host_documents, records_and_events_are_as_their_schemas_say) {
  // given
  for (const auto *event : dms::event_names) {
    ASSERT_TRUE(host_->own().add(std::make_unique<listener>(event, kept_)));
  }
  const auto call = host_->make_call({.user = "chef"});
  const dms::directory directory(&from_.required<dms_directory>(DMS_DIRECTORY_ID));
  const dms::customers customers(&from_.required<dms_customers>(DMS_CUSTOMERS_ID));
  const dms::customer_changes changes(&from_.required<dms_customer_changes>(DMS_CUSTOMER_CHANGES_ID));
  const dms::contacts contacts(&from_.required<dms_contacts>(DMS_CONTACTS_ID));
  // when
  const auto made = customers.create(
      call->view(), "lead:1:customer",
      R"({"kind":"person","salutation":"ms","first_name":"Anna","last_name":"Huber","phones":["+436645550142"],
          "vehicles":[{"vin":"SJNFAAJ11U0000001","make":"Nissan","model":"Juke"}],"refused":["sms"]})");
  const auto id = json::parse(made)["id"].get<std::string>();
  kept_.keep("customer", made);
  kept_.keep("customer", *customers.get(id));
  for (const auto &one : json::parse(customers.find(R"({"name":"Anna Huber","limit":5})"))) {
    kept_.keep("customer", one.dump());
  }
  const auto whole = *changes.get(id);
  kept_.keep("customer", whole);
  kept_.keep("customer_change", changes.change(call->view(), "lead:1:fill", id, json::parse(whole)["revision"],
                                               R"({"email":"anna@example.at","vehicles":[]})"));
  const auto contact = contacts.create(
      call->view(), "lead:1:contact",
      R"({"user":"eva","name":"Anna Huber","due_us":1595419200000000,"kind":"phone","note":"x","reference":"lead:1",
          "link":{"screen":"leads.lead","params":{"id":"1"}},"refused":["sms"]})");
  kept_.keep("contact", contact);
  host_->complete_contact(*call, std::stoll(json::parse(contact)["id"].get<std::string>()), "reached", "ok");
  for (const auto &one : json::parse(contacts.list("lead:1"))) kept_.keep("contact", one.dump());
  kept_.keep("users", directory.users());
  kept_.keep("locations", directory.locations());
  host_->data().absences.add({0, "eva", "2026-12-01", "2026-12-05", "chef"});
  host_->data().absences.add({0, "chef", "2026-12-24", "2026-12-24", ""});
  kept_.keep("absences", dms::absences(from_.service<dms_absences>(DMS_ABSENCES_ID)).list("2026-12-02"));
  const auto other = customers.create(call->view(), "lead:2:customer", R"({"kind":"person","last_name":"Huber"})");
  host_->merge_customers(*call, std::stoll(json::parse(other)["id"].get<std::string>()), std::stoll(id));
  host_->deactivate_user(*call, "eva");
  host_->activate_user(*call, "eva");
  host_->close_location(*call, "wien");
  host_->open_location(*call, "wien");
  // then
  EXPECT_EQ(kept_.complaints(), "");
}

TEST_F(host_documents, its_own_screens_and_results_are_as_their_schemas_say) {
  // given
  namespace web = dms::reference::web;
  web::add_host_screens(*host_, std::make_shared<const web::words>());
  host_->plugins().enable("broken_intact", "chef");
  host_->jobs().run_all();
  const auto call = host_->make_call({.user = "chef"});
  dms::reference::customer anna;
  anna.first_name = "Anna";
  anna.last_name = "Huber";
  const auto id = std::to_string(host_->data().customers.create(anna, "", 1).id);
  // when
  for (const auto *screen : {"host.contacts", "host.customers", "host.users", "host.locations", "host.plugins",
                             "host.audit", "host.notifications", "host.account"}) {
    kept_.keep("screen", host_->load_screen(*call, screen, "{}").document);
    kept_.keep("result", host_->act(*call, screen, "no_such_action", "{}").document);
  }
  kept_.keep("screen", host_->load_screen(*call, "host.customer", json{{"id", id}}.dump()).document);
  kept_.keep("result", host_->act(*call, "host.users", "add", "{}").document);
  kept_.keep("result", host_->act(*call, "host.plugins", "disable", R"({"plugin":"broken_intact"})").document);
  // then
  EXPECT_EQ(kept_.complaints(), "");
}

}  // namespace
