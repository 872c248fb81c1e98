// dealership.hpp - a small dealership with the reference host's real services, and the plugin's desks on a database.
#pragma once

#include <nlohmann/json.hpp>

#include "dms/cpp/contributions.hpp"
#include "feedback/feedback.hpp"
#include "intake/sources.hpp"
#include "integration/databases.hpp"
#include "processing/lead_desk.hpp"
#include "processing/outcomes.hpp"
#include "processing/settings_desk.hpp"
#include "reference_host/core/host.hpp"
#include "reference_host/core/plugins/services.hpp"

namespace dealership {

using namespace lead_system;

constexpr time_us noon = 1'595'419'200 * second_us;  // Wednesday 2020-07-22 12:00 UTC

class with_desks : public databases::on_each {
 protected:
  void SetUp() override {
    on_each::SetUp();
    dms::reference::host_options how;
    how.data_directory = database().directory() / "host";
    host_ = std::make_unique<dms::reference::host>(how);
    host_->clock().set(noon);
    for (const char *id : {"wien", "graz"}) {
      dms::reference::location place;
      place.id = id;
      place.name = place.city = std::string(id) == "wien" ? "Wien" : "Graz";
      place.region = std::string(id) == "wien" ? "AT-9" : "AT-6";
      place.hours = dms::reference::parse_hours("1-5 08:00-18:00");
      host_->data().locations.add(place);
    }
    add_user("admin", "admin", {});
    add_user("leitung", "manager", {"wien", "graz"});
    add_user("wien1", "manager", {"wien"});
    add_user("verkauf1", "sales", {"wien"});
    add_user("verkauf2", "sales", {"graz"});
    services_ = std::make_unique<dms::reference::services>(*host_, "lead_system");
    sources_ = intake::load_sources("");
    const dms::host host(services_->raw());
    rights_.emplace(host);
    rights_->add_right("leads.process", "Work leads", "manager sales office");
    organisation_ =
        std::make_unique<access::organisation_source>(dms::directory(&host.required<dms_directory>(DMS_DIRECTORY_ID)));
    writer_ = feedback::make_writer(sources_.definitions, [](const message &text) { return text.id; });
    desk_ = std::make_unique<processing::lead_desk>(processing::lead_desk::parts{
        open(),
        sources_.types,
        *organisation_,
        dms::customers(&host.required<dms_customers>(DMS_CUSTOMERS_ID)),
        &host.required<dms_contacts>(DMS_CONTACTS_ID),
        &host.required<dms_notifications>(DMS_NOTIFICATIONS_ID),
        writer_,
        dms::log(nullptr),
        {},
        dms::customer_changes(host.service<dms_customer_changes>(DMS_CUSTOMER_CHANGES_ID))});
    settings_ = std::make_unique<processing::settings_desk>(open(), sources_.types, *organisation_,
                                                            &host.required<dms_notifications>(DMS_NOTIFICATIONS_ID));
    grant("leitung", true, "siebel_nissan", access::scope::all);
    grant("leitung", true, "finance", access::scope::all);
  }
  void TearDown() override {
    settings_.reset();
    desk_.reset();
    organisation_.reset();
    rights_.reset();
    services_.reset();
    host_.reset();
    on_each::TearDown();
  }

  void add_user(const std::string &id, const std::string &role, std::vector<std::string> places) {
    dms::reference::user one;
    one.id = id;
    one.name = "Person " + id;
    one.roles = {role};
    one.locations = std::move(places);
    host_->data().users.add(one, "a long password");
  }
  void grant(const std::string &user, bool on_category, const std::string &subject, access::scope reach,
             std::vector<std::string> places = {}) {
    open().write([&](store::transaction &inside) {
      inside.set_grant({user, on_category, subject, reach, places}, "admin", noon);
    });
  }

  std::int64_t add_lead(const std::string &external_id, const std::string &type = "test_drive",
                        const std::string &place = "wien") {
    lead item;
    item.content.source = "siebel_nissan";
    item.content.external_id = external_id;
    item.content.type = type;
    item.content.dealer_code = "AT10017";
    item.content.prospect.first_name = "Johanna";
    item.content.prospect.last_name = "Leitgeb";
    item.content.prospect.email = "johanna.leitgeb@example.at";
    item.content.prospect.phones = {{"+436645550142", "mobile"}};
    item.content.prospect.street = "Am Rehgrund 14";
    item.content.prospect.postal_code = "8043";
    item.content.prospect.city = "Graz";
    item.content.message = "Bitte am Nachmittag.";
    item.category = type == "finance_expiry" ? "finance" : "siebel_nissan";
    item.location = place;
    item.created_at = item.updated_at = noon;
    item.reminder_at = noon + hour_us;
    item.escalation_at = noon + 2 * hour_us;
    std::int64_t id = 0;
    open().write([&](store::transaction &inside) { id = inside.insert_lead(item, "digest " + external_id); });
    return id;
  }
  lead now(std::int64_t id) { return *open().find(id, access::system_visibility()); }

  processing::actor manager() const { return {"leitung", "Person leitung", true, true, false, noon}; }
  processing::actor salesperson(const std::string &id) const { return {id, "Person " + id, true, false, false, noon}; }
  processing::actor admin() const { return {"admin", "Person admin", false, true, true, noon}; }
  std::unique_ptr<dms::reference::owned_call> call(const std::string &user) {
    dms::reference::host::call_wish wish;
    wish.user = user;
    return host_->make_call(wish);
  }
  std::vector<dms::reference::contact> contacts_of(const std::string &user) {
    return host_->data().contacts.of_user(user, false, 100);
  }

  std::unique_ptr<dms::reference::host> host_;
  std::unique_ptr<dms::reference::services> services_;
  std::optional<dms::contributions> rights_;  ///< as the plugin registers them
  intake::sources sources_;
  std::unique_ptr<access::organisation_source> organisation_;
  store::feedback_writer writer_;
  std::unique_ptr<processing::lead_desk> desk_;
  std::unique_ptr<processing::settings_desk> settings_;
};

}  // namespace dealership
