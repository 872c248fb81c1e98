// The prospect and the customers of the host: what a link fills and overwrites, how an import is taken back, and what
// is left when somebody pulls the plug between the host's commit and ours. On both databases.
#include <algorithm>

#include "integration/dealership.hpp"
#include "integration/overview_oracle.hpp"
#include "processing/customer_merge.hpp"

namespace {

using namespace dealership;
using nlohmann::json;
using processing::verdict;

/// The reference host's service, which can lose its answer after it has done what was asked.
struct customers_that_forget {
  const dms_customer_changes *real = nullptr;
  bool forgets = false;
  dms_customer_changes service{this, &get, &change, &take_back};

  static customers_that_forget &of(void *context) { return *static_cast<customers_that_forget *>(context); }
  dms_status answer(dms_status status, dms_error *error) const {
    return forgets && status == dms_ok ? dms::fail(error, dms_unavailable, "The line is dead.") : status;
  }
  static dms_status get(void *context, dms_str id, const dms_sink *sink, dms_error *error) {
    return of(context).real->get(of(context).real->context, id, sink, error);
  }
  static dms_status change(void *context, const dms_call *call, dms_str key, dms_str id, std::int64_t revision,
                           dms_str changes, const dms_sink *sink, dms_error *error) {
    auto &self = of(context);
    return self.answer(self.real->change(self.real->context, call, key, id, revision, changes, sink, error), error);
  }
  static dms_status take_back(void *context, const dms_call *call, dms_str id, std::int64_t revision, dms_str reference,
                              dms_error *error) {
    auto &self = of(context);
    return self.answer(self.real->take_back(self.real->context, call, id, revision, reference, error), error);
  }
};

class customer_test : public with_desks {
 protected:
  void SetUp() override {
    with_desks::SetUp();
    const dms::host host(services_->raw());
    line_.real = &host.required<dms_customer_changes>(DMS_CUSTOMER_CHANGES_ID);
    make_desk(dms::customer_changes(&line_.service));
  }
  void make_desk(dms::customer_changes second) {
    const dms::host host(services_->raw());
    desk_ = std::make_unique<processing::lead_desk>(
        processing::lead_desk::parts{open(),
                                     sources_.types,
                                     *organisation_,
                                     dms::customers(&host.required<dms_customers>(DMS_CUSTOMERS_ID)),
                                     &host.required<dms_contacts>(DMS_CONTACTS_ID),
                                     &host.required<dms_notifications>(DMS_NOTIFICATIONS_ID),
                                     writer_,
                                     dms::log(nullptr),
                                     {},
                                     second});
  }
  /// Known since long, with another e-mail and without address.
  dms::reference::customer known(const std::string &first_name = "Johanna") {
    dms::reference::customer item;
    item.first_name = first_name;
    item.last_name = "Leitgeb";
    item.email = "alte.adresse@example.at";
    item.phones = {"+436645550142"};
    return host_->data().customers.create(item, "", noon);
  }
  dms::reference::customer stored(const std::string &id) { return *host_->data().customers.get(std::stoll(id)); }
  std::int64_t assigned_lead(const std::string &external_id = "1-A") {
    const auto id = add_lead(external_id);
    desk_->assign(manager(), call("leitung")->view(), id, 1, "verkauf1");
    return id;
  }
  processing::outcome import(std::int64_t id, const std::string &customer = {}, std::vector<std::string> take = {}) {
    return desk_->import(salesperson("verkauf1"), call("verkauf1")->view(), id, now(id).version, customer, take);
  }
  processing::outcome undo(std::int64_t id, time_us at = noon + hour_us) {
    auto who = salesperson("verkauf1");
    who.now = at;
    return desk_->undo_import(who, call("verkauf1")->view(), id, now(id).version);
  }
  lead_event newest(std::int64_t id) { return open().timeline(id).front(); }

  customers_that_forget line_;
};
INSTANTIATE_TEST_SUITE_P(databases, customer_test, databases::all(), databases::name);

TEST_P(customer_test, a_link_fills_what_is_empty_and_overwrites_nothing) {
  // given
  const auto id = assigned_lead();
  const auto customer = std::to_string(known().id);
  // when
  ASSERT_EQ(import(id, customer).result, verdict::done);
  // then
  const auto now_stored = stored(customer);
  EXPECT_EQ(now_stored.email, "alte.adresse@example.at");
  EXPECT_EQ(now_stored.street, "Am Rehgrund 14");
  EXPECT_EQ(now_stored.postal_code, "8043");
  EXPECT_EQ(newest(id).kind, "linked");
  EXPECT_EQ(newest(id).data.at("fields"), "address");
}

TEST_P(customer_test, what_a_person_chooses_is_overwritten_field_by_field) {
  // given: the page names the differences
  const auto id = assigned_lead();
  const auto customer = std::to_string(known().id);
  const auto offered = desk_->matches(now(id));
  ASSERT_EQ(offered.size(), 1U);
  ASSERT_EQ(offered[0].plan.differences.size(), 1U);
  EXPECT_EQ(offered[0].plan.differences[0].field, "email");
  EXPECT_EQ(offered[0].plan.differences[0].lead, "johanna.leitgeb@example.at");
  EXPECT_EQ(offered[0].plan.differences[0].customer, "alte.adresse@example.at");
  EXPECT_EQ(offered[0].plan.filled, std::vector<std::string>{"address"});
  // when: he takes the e-mail, and something that does not differ
  ASSERT_EQ(import(id, customer, {"email", "name", "nonsense"}).result, verdict::done);
  // then
  EXPECT_EQ(stored(customer).email, "johanna.leitgeb@example.at");
  EXPECT_EQ(newest(id).data.at("fields"), "email,address");
}

TEST_P(customer_test, an_undone_link_gives_the_customer_his_data_back) {
  // given
  const auto id = assigned_lead();
  const auto before = known();
  const auto customer = std::to_string(before.id);
  import(id, customer, {"email"});
  // when
  ASSERT_EQ(undo(id).result, verdict::done);
  // then
  const auto after = stored(customer);
  EXPECT_EQ(after.email, before.email);
  EXPECT_EQ(after.street, "");
  EXPECT_EQ(after.phones, before.phones);
  EXPECT_EQ(now(id).customer, "");
  EXPECT_EQ(now(id).imported_at, 0);
  EXPECT_EQ(newest(id).kind, "import_undone");
  // and: the entry in myKontakte goes on without him
  ASSERT_EQ(contacts_of("verkauf1").size(), 1U);
  EXPECT_EQ(contacts_of("verkauf1").front().customer, 0);
  // and: he can be linked again
  ASSERT_EQ(import(id, customer, {"email"}).result, verdict::done);
  EXPECT_EQ(stored(customer).email, "johanna.leitgeb@example.at");
}

TEST_P(customer_test, an_undone_import_removes_the_customer_that_it_made) {
  // given
  const auto id = assigned_lead();
  const auto first = import(id).customer;
  ASSERT_FALSE(first.empty());
  // when
  ASSERT_EQ(undo(id).result, verdict::done);
  // then
  EXPECT_FALSE(host_->data().customers.get(std::stoll(first)));
  EXPECT_EQ(host_->data().customers.count(), 0);
  ASSERT_EQ(contacts_of("verkauf1").size(), 1U);
  EXPECT_EQ(contacts_of("verkauf1").front().customer, 0);
  // and: nothing of him is found any more
  EXPECT_TRUE(desk_->matches(now(id)).empty());
  // and: the next import makes another one, under another number
  const auto second = import(id).customer;
  EXPECT_NE(second, first);
  EXPECT_EQ(stored(second).last_name, "Leitgeb");
  EXPECT_EQ(host_->data().customers.count(), 1);
}

TEST_P(customer_test, an_undo_is_refused_when_the_day_is_over_or_the_customer_has_changed_or_is_used) {
  // given: imported at 14 o'clock in Vienna
  const auto id = assigned_lead();
  const auto customer = import(id).customer;
  // then: until midnight there, not later
  EXPECT_TRUE(desk_->may_undo_import(now(id), noon + 9 * hour_us));
  EXPECT_FALSE(desk_->may_undo_import(now(id), noon + 10 * hour_us));
  EXPECT_EQ(undo(id, noon + 10 * hour_us).result, verdict::refused);
  // when: another lead is tied to him
  const auto other = assigned_lead("1-B");
  ASSERT_EQ(import(other, customer).result, verdict::done);
  EXPECT_EQ(undo(id).result, verdict::refused);
  ASSERT_EQ(undo(other).result, verdict::done);
  // when: somebody works with him in the host
  dms::reference::contact visit;
  visit.user = "verkauf2";
  visit.customer = std::stoll(customer);
  visit.kind = "visit";
  const auto made = host_->data().contacts.create(visit, "");
  EXPECT_EQ(undo(id).result, verdict::refused);
  // when: somebody has corrected him
  auto changed = stored(customer);
  changed.city = "Graz-Mariatrost";
  host_->data().customers.update(changed, "");
  const auto refused = undo(id);
  EXPECT_EQ(refused.result, verdict::refused);
  EXPECT_EQ(refused.text.arguments, std::vector<std::string>{customer});
  EXPECT_EQ(now(id).customer, customer);
  EXPECT_EQ(stored(customer).city, "Graz-Mariatrost");
}

TEST_P(customer_test, a_linked_customer_that_was_changed_since_keeps_his_data_and_the_lead_its_link) {
  const auto id = assigned_lead();
  const auto customer = std::to_string(known().id);
  import(id, customer, {"email"});
  auto changed = stored(customer);
  changed.email = "ganz.neu@example.at";
  host_->data().customers.update(changed, "");
  EXPECT_EQ(undo(id).result, verdict::refused);
  EXPECT_EQ(stored(customer).email, "ganz.neu@example.at");
  EXPECT_EQ(now(id).customer, customer);
}

TEST_P(customer_test, an_answer_of_the_host_that_got_lost_loses_nothing) {
  // given: the link is written in the host, then the line goes dead
  const auto id = assigned_lead();
  const auto customer = std::to_string(known().id);
  line_.forgets = true;
  EXPECT_THROW(import(id, customer, {"email"}), dms::failure);
  EXPECT_EQ(stored(customer).email, "johanna.leitgeb@example.at");
  EXPECT_EQ(now(id).customer, "");
  // when: he tries again
  line_.forgets = false;
  ASSERT_EQ(import(id, customer, {"email"}).result, verdict::done);
  // then: what was before is still known, also when the undo breaks off in the same way
  line_.forgets = true;
  EXPECT_THROW(undo(id), dms::failure);
  line_.forgets = false;
  ASSERT_EQ(undo(id).result, verdict::done);
  EXPECT_EQ(stored(customer).email, "alte.adresse@example.at");
  EXPECT_EQ(stored(customer).street, "");
}

TEST_P(customer_test, a_removal_that_broke_off_is_gone_on_with) {
  const auto id = assigned_lead();
  const auto customer = import(id).customer;
  line_.forgets = true;
  EXPECT_THROW(undo(id), dms::failure);
  line_.forgets = false;
  EXPECT_FALSE(host_->data().customers.get(std::stoll(customer)));
  ASSERT_EQ(undo(id).result, verdict::done);
  EXPECT_EQ(now(id).customer, "");
  EXPECT_EQ(newest(id).data.at("removed"), "yes");
}

TEST_P(customer_test, whoever_is_too_late_leaves_the_customer_as_he_was) {
  // given: the lead has changed since he saw it, while the host writes
  const auto id = assigned_lead();
  const auto customer = std::to_string(known().id);
  const auto seen = now(id).version;
  desk_->note(manager(), call("leitung")->view(), id, "Ruft selbst an.");
  // then: nothing is asked of the host
  EXPECT_EQ(desk_->import(manager(), call("leitung")->view(), id, seen, customer, {"email"}).result, verdict::conflict);
  EXPECT_EQ(stored(customer).email, "alte.adresse@example.at");
}

TEST_P(customer_test, a_host_that_cannot_take_back_links_without_touching_anything) {
  // given
  make_desk(dms::customer_changes());
  const auto id = assigned_lead();
  const auto customer = std::to_string(known().id);
  EXPECT_TRUE(desk_->matches(now(id)).at(0).plan.filled.empty());
  // when
  ASSERT_EQ(import(id, customer, {"email"}).result, verdict::done);
  // then
  EXPECT_EQ(stored(customer).email, "alte.adresse@example.at");
  EXPECT_EQ(stored(customer).street, "");
  // and: the link is untied; a customer that was made stays, and it is said
  ASSERT_EQ(undo(id).result, verdict::done);
  const auto made = import(id).customer;
  const auto untied = undo(id);
  EXPECT_EQ(untied.result, verdict::done);
  EXPECT_FALSE(untied.text.empty());
  EXPECT_TRUE(host_->data().customers.get(std::stoll(made)));
}

TEST_P(customer_test, the_husband_is_offered_and_never_tied_by_itself) {
  // given: the same phone, another first name
  const auto id = assigned_lead();
  known("Johann");
  // when
  const auto offered = desk_->matches(now(id));
  // then
  ASSERT_EQ(offered.size(), 1U);
  EXPECT_TRUE(offered[0].maybe_household);
  EXPECT_LT(offered[0].score, 90);
  EXPECT_FALSE(desk_->match_by_rule(now(id).content, {"email_and_name", "customer_number", "vin"}));
}

TEST_P(customer_test, somebody_searches_for_another_customer) {
  const auto id = assigned_lead();
  const auto customer = std::to_string(known("Maria").id);
  for (const auto &text : {std::string("leitgeb"), std::string("alte.adresse"), customer}) {
    const auto found = desk_->search(now(id), text);
    ASSERT_EQ(found.size(), 1U) << text;
    EXPECT_EQ(found[0].id, customer);
  }
  EXPECT_TRUE(desk_->search(now(id), "niemand").empty());
  EXPECT_TRUE(desk_->search(now(id), "").empty());
}

TEST_P(customer_test, a_car_that_is_somebodys_already_does_not_change_hands) {
  // given: the trade-in stands in the DMS with its owner
  auto owner = known("Maria");
  owner.vehicles = {{"VF1AAAAA123456789", "Renault", "Clio", {}, 0}};
  host_->data().customers.update(owner, "");
  const auto id = assigned_lead();
  open().write([&](store::transaction &inside) {
    auto item = *inside.find_lead(id);
    item.content.trade_in = vehicle{};
    item.content.trade_in->vin = "VF1AAAAA123456789";
    inside.update_lead_content(item, "with a car");
  });
  // when
  ASSERT_EQ(import(id).result, verdict::done);
  // then
  EXPECT_EQ(host_->data().customers.find_vehicle("VF1AAAAA123456789")->customer, owner.id);
}

TEST_P(customer_test, corrected_data_are_found_told_and_forgotten_with_the_lead) {
  // given
  const auto id = assigned_lead();
  auto who = now(id).content.prospect;
  who.last_name = "Leitgeb-Moser";
  who.phones = {{"+436601112223", "mobile"}};
  // when
  const auto made = desk_->edit(salesperson("verkauf1"), call("verkauf1")->view(), id, now(id).version, who);
  ASSERT_EQ(made.result, verdict::done);
  // then: the event keeps what was and what is
  const auto event = newest(id);
  EXPECT_EQ(event.kind, "edited");
  EXPECT_EQ(json::parse(event.data.at("was")), (json{{"last_name", "Leitgeb"}, {"phones", "+436645550142"}}));
  EXPECT_EQ(json::parse(event.data.at("is")), (json{{"last_name", "Leitgeb-Moser"}, {"phones", "+436601112223"}}));
  // and: the search knows it, and the same payload again is still a repeat
  store::lead_query query;
  query.filter.text = "0660 1112223";
  EXPECT_EQ(overview_oracle::list(open(), query, access::system_visibility(), noon).leads.size(), 1U);
  open().write([&](store::transaction &inside) { EXPECT_EQ(inside.content_digest(id), "digest 1-A"); });
  // and: nothing of it is left after the erasure
  desk_->close(manager(), call("leitung")->view(), id, now(id).version, "closed", "no_further_contact", "");
  auto admin_who = admin();
  grant("admin", true, "siebel_nissan", access::scope::all);
  ASSERT_EQ(desk_->erase(admin_who, call("admin")->view(), id, now(id).version).result, verdict::done);
  for (const auto &one : open().timeline(id)) {
    EXPECT_FALSE(one.data.contains("was")) << one.kind;
    EXPECT_FALSE(one.data.contains("is")) << one.kind;
    EXPECT_TRUE(one.comment.empty()) << one.kind;
  }
}

TEST_P(customer_test, bad_corrections_and_notes_are_refused_with_their_field) {
  const auto id = assigned_lead();
  const auto by = call("verkauf1");
  const auto version = now(id).version;
  auto nobody = now(id).content.prospect;
  nobody.last_name.clear();
  EXPECT_TRUE(desk_->edit(salesperson("verkauf1"), by->view(), id, version, nobody).fields.contains("last_name"));
  EXPECT_EQ(desk_->edit(salesperson("verkauf1"), by->view(), id, version, now(id).content.prospect).result,
            verdict::refused);
  EXPECT_TRUE(desk_->note(salesperson("verkauf1"), by->view(), id, "").fields.contains("comment"));
  EXPECT_EQ(desk_->edit(admin(), call("admin")->view(), id, version, nobody).result, verdict::not_found);
  EXPECT_EQ(now(id).version, version);
}

TEST(customer_merge, takes_what_belongs_together_together) {
  // given: another street in another town
  person prospect;
  prospect.first_name = "Anna";
  prospect.last_name = "Huber";
  prospect.street = "Hauptplatz 1";
  prospect.city = "Linz";
  prospect.country = "AT";
  processing::known_customer customer;
  customer.who.title = "Mag.";
  customer.who.first_name = "Anna";
  customer.who.last_name = "HUBER";
  customer.who.street = "Ring 2";
  customer.who.postal_code = "1010";
  customer.who.city = "Wien";
  // then: the old postal code does not stay with the new town, the title is not lost for a name
  const auto changes = json::parse(processing::changes_of(prospect, customer, {"address"}));
  EXPECT_EQ(changes, (json{{"street", "Hauptplatz 1"}, {"postal_code", ""}, {"city", "Linz"}, {"country", "AT"}}));
  customer.who.first_name = "Anne";
  const auto name = json::parse(processing::changes_of(prospect, customer, {"name"}));
  EXPECT_EQ(name, (json{{"first_name", "Anna"}, {"last_name", "Huber"}}));
  // and: nothing chosen, nothing changed
  EXPECT_EQ(processing::changes_of(prospect, customer, {}), "{}");
}

TEST(customer_merge, further_numbers_are_added_and_the_known_ones_stay) {
  person prospect;
  prospect.phones = {{"+436645550142", "mobile"}, {"+4316", ""}, {"Handy?", ""}};
  processing::known_customer customer;
  customer.who.phones = {{"+43 664 5550142", ""}};
  const auto changes = json::parse(processing::changes_of(prospect, customer, {"phones"}));
  EXPECT_EQ(changes["phones"], (json{"+43 664 5550142", "+4316"}));
  EXPECT_EQ(processing::changes_of(prospect, customer, {}), "{}");
}

}  // namespace
