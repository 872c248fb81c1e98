// myKontakte over HTTP: whose contacts one sees, what is due, getting one done, and the file for other calendars.
#include <gtest/gtest.h>

#include <filesystem>

#include "http_client.hpp"
#include "reference_host/core/host.hpp"
#include "reference_host/web/rendered.hpp"
#include "reference_host/web/server.hpp"

namespace {

using namespace dms::reference;
using json = web::json;

constexpr std::int64_t minute_us = 60'000'000, hour_us = 60 * minute_us, day_us = 24 * hour_us;
constexpr std::int64_t noon = 1'795'608'000'000'000;  // Wednesday 2026-11-25 12:00 UTC, 13:00 in Vienna

class web_contacts : public testing::Test {
 protected:
  void SetUp() override {
    folder_ = std::filesystem::temp_directory_path() / ("web_contacts_test_" + random_hex(6));
    std::filesystem::create_directories(folder_);
    host_options how;
    how.data_directory = folder_;
    host_ = std::make_unique<dms::reference::host>(how);
    host_->clock().set(noon);
    for (const char *id : {"wien", "graz"}) {
      location place;
      place.id = id;
      place.name = place.city = id;
      host_->data().locations.add(place);
    }
    add_user("leiter", "manager", "wien");
    add_user("verkauf1", "sales", "wien");
    add_user("verkauf2", "sales", "graz");
    server_ = std::make_unique<web::server>(*host_, web::server_options{.address = "127.0.0.1", .port = 0});
    server_->start();
    http_ = std::make_unique<http_client::client>("127.0.0.1", server_->port());
  }
  void TearDown() override {
    http_.reset();
    server_.reset();
    host_.reset();
    std::filesystem::remove_all(folder_);
  }
  void add_user(const std::string &id, const std::string &role, const std::string &place) {
    user one;
    one.id = id;
    one.name = "Person " + id;
    one.roles = {role};
    one.locations = {place};
    host_->data().users.add(one, "secret-word");
  }
  /// A plugin that answers for "lead:" references: what each user may do with each.
  class guard : public dms::reference_guard {
   public:
    explicit guard(const std::map<std::string, json> &known) : known_(known) {}
    std::string prefix() const override { return "lead:"; }
    std::string judge(const dms::call &who, std::string_view asked) override {
      auto answer = json::object();
      const auto found = known_.find(who.user());
      for (const auto &one : json::parse(asked)) {
        const auto reference = one.get<std::string>();
        if (found != known_.end() && found->second.contains(reference)) answer[reference] = found->second[reference];
      }
      return answer.dump();
    }

   private:
    const std::map<std::string, json> &known_;
  };
  std::int64_t add_for_lead(const std::string &who, const std::string &name, const std::string &reference,
                            std::int64_t customer = 0) {
    contact item;
    item.user = who;
    item.name = name;
    item.due_us = noon;
    item.kind = "phone";
    item.note = "VERTRAULICH " + name;
    item.reference = reference;
    item.customer = customer;
    item.link = R"({"screen":"leads.lead","params":{"id":"1"}})";
    return host_->data().contacts.create(item, "").id;
  }
  json tab_counts(const std::string &query) {
    const auto page = json::parse(http_->Get("/screens/host.contacts?" + query, program())->body);
    for (const auto &block : page["blocks"]) {
      if (block.value("type", "") == "tabs") return block["items"][0]["count"];
    }
    return nullptr;
  }
  std::int64_t add(const std::string &who, const std::string &name, std::int64_t due_us) {
    contact item;
    item.user = who;
    item.name = name;
    item.due_us = due_us;
    item.kind = "test_drive";
    item.note = "Bringt die Familie mit";
    return host_->data().contacts.create(item, "").id;
  }
  void sign_in(const std::string &who) {
    auto answer = http_->Post("/login", {{"Accept", "application/json"}}, "user=" + who + "&password=secret-word",
                              "application/x-www-form-urlencoded");
    ASSERT_EQ(answer->status, 200);
    auto cookie = answer->get_header_value("Set-Cookie");
    cookie_ = cookie.substr(0, cookie.find(';'));
    csrf_ = json::parse(answer->body)["csrf"];
  }
  http_client::headers program() const {
    return {{"Cookie", cookie_}, {"Accept", "application/json"}, {"X-CSRF-Token", csrf_}};
  }
  std::vector<std::string> names(const std::string &query = "") {
    const auto page = json::parse(http_->Get("/screens/host.contacts?" + query, program())->body);
    std::vector<std::string> result;
    for (const auto &block : page["blocks"]) {
      if (block.value("id", "") != "contacts") continue;
      for (const auto &row : block["rows"]) result.push_back(row["cells"]["name"]["text"]);
    }
    return result;
  }
  int complete(std::int64_t id, const std::string &result, const json &more = json::object()) {
    json input{{"contact", std::to_string(id)}, {"result", result}, {"note", "Kommt am Samstag"}};
    input.update(more);
    return http_->Post("/screens/host.contacts/actions/complete", program(), input.dump(), "application/json")->status;
  }

  using list = std::vector<std::string>;
  std::filesystem::path folder_;
  std::unique_ptr<dms::reference::host> host_;
  std::unique_ptr<web::server> server_;
  std::unique_ptr<http_client::client> http_;
  std::string cookie_, csrf_;
};

TEST_F(web_contacts, what_comes_next_is_planned_with_the_result) {
  // given
  const auto drive = add("verkauf1", "Anna", noon - hour_us);
  sign_in("verkauf1");
  const auto open = [&] { return host_->data().contacts.of_user("verkauf1", false, 10); };
  // then: bad input changes nothing
  for (const json &wrong : {json{{"next", "someday"}}, json{{"due", "soon"}}, json{{"due", "2026-11-31T10:00"}},
                            json{{"due", "2001-01-01T10:00"}}, json{{"due", "2026-11-26T24:00"}}}) {
    EXPECT_EQ(complete(drive, "reached", wrong), 422) << wrong;
  }
  ASSERT_EQ(open().size(), 1U);
  // when: after the drive, in a week
  EXPECT_EQ(complete(drive, "reached", {{"next", "week"}}), 200);
  // then: a call with what was noted
  ASSERT_EQ(open().size(), 1U);
  EXPECT_EQ(open().front().due_us, noon + 7 * day_us);
  EXPECT_EQ(open().front().kind, "phone");
  EXPECT_EQ(open().front().name, "Anna");
  EXPECT_EQ(open().front().note, "Kommt am Samstag");
  EXPECT_EQ(complete(drive, "reached", {{"next", "week"}}), 409);
  ASSERT_EQ(open().size(), 1U);
  // and: in the evening two hours later are the next morning at nine
  host_->clock().set(noon + 6 * hour_us);
  EXPECT_EQ(complete(open().front().id, "tried", {{"next", "hours"}}), 200);
  EXPECT_EQ(open().front().due_us, noon + 20 * hour_us);
  // and: never on a Sunday (the next day but three)
  host_->clock().set(noon + 3 * day_us);
  sign_in("verkauf1");
  EXPECT_EQ(complete(open().front().id, "tried", {{"next", "tomorrow"}}), 200);
  EXPECT_EQ(open().front().due_us, noon + 5 * day_us);
  // and: a time of one's own
  EXPECT_EQ(complete(open().front().id, "tried", {{"due", "2026-12-24T09:30"}}), 200);
  EXPECT_EQ(host_->data().contacts.of_user("verkauf1", false, 10).front().due_us,
            1'798'101'000'000'000);  // 8:30 in UTC
  // and: it counts where a usual one is pressed beside it, as Enter in its field does
  EXPECT_EQ(complete(open().front().id, "tried", {{"next", "hours"}, {"due", "2026-12-23T09:30"}}), 200);
  EXPECT_EQ(open().front().due_us, 1'798'101'000'000'000 - day_us);
}

TEST_F(web_contacts, what_is_due_comes_first_and_can_be_filtered) {
  add("verkauf1", "morgen", noon + day_us);
  add("verkauf1", "heute", noon + hour_us);
  add("verkauf1", "gestern", noon - day_us);
  sign_in("verkauf1");
  EXPECT_EQ(names(), (list{"gestern", "heute", "morgen"}));
  EXPECT_EQ(names("due=overdue"), (list{"gestern"}));
  EXPECT_EQ(names("due=today"), (list{"gestern", "heute"}));
}

TEST_F(web_contacts, a_salesperson_sees_his_own_a_manager_those_of_his_site_too) {
  add("verkauf1", "aus Wien", noon + hour_us);
  add("verkauf2", "aus Graz", noon + hour_us);
  sign_in("verkauf1");
  EXPECT_EQ(names("person=all"), (list{"aus Wien"}));
  EXPECT_EQ(names("person=verkauf2"), (list{"aus Wien"})) << "a filter gives no rights";
  sign_in("leiter");
  EXPECT_EQ(names(), list{});
  EXPECT_EQ(names("person=all"), (list{"aus Wien"}));
  EXPECT_EQ(names("person=verkauf1"), (list{"aus Wien"}));
}

TEST_F(web_contacts, is_done_once_with_result_and_note_by_whoever_may_see_it) {
  const auto vienna = add("verkauf1", "aus Wien", noon), graz = add("verkauf2", "aus Graz", noon);
  sign_in("leiter");
  EXPECT_EQ(complete(graz, "reached"), 404);
  EXPECT_EQ(complete(vienna, "perhaps"), 422);
  EXPECT_EQ(complete(vienna, "reached"), 200);
  EXPECT_EQ(complete(vienna, "reached"), 409);
  const auto done = *host_->data().contacts.get(vienna);
  EXPECT_EQ(done.result, "reached");
  EXPECT_EQ(done.note, "Bringt die Familie mit\nKommt am Samstag");
  EXPECT_EQ(names("person=all&tab=done"), (list{"aus Wien"}));
}

TEST_F(web_contacts, a_manager_learns_nothing_of_what_he_may_not_see_through_the_contacts_of_his_people) {
  // given: three entries of verkauf1, about leads of which leiter may work one, may read one, and may not know of one
  std::map<std::string, json> known{{"leiter", {{"lead:1", "work"}, {"lead:2", "read"}}},
                                    {"verkauf1", {{"lead:1", "work"}, {"lead:2", "work"}, {"lead:3", "work"}}}};
  host_->own().add(std::make_unique<guard>(known));
  customer person;
  person.last_name = "Kunde";
  person.phones = {"+436645550142"};
  const auto customer_id = host_->data().customers.create(person, "", noon).id;
  const auto work = add_for_lead("verkauf1", "eins", "lead:1", customer_id),
             read = add_for_lead("verkauf1", "zwei", "lead:2", customer_id),
             hidden = add_for_lead("verkauf1", "drei", "lead:3", customer_id);
  const auto file = [&](std::int64_t id) {
    return http_->Get("/screens/host.contacts/export.ics?contact=" + std::to_string(id), program())->status;
  };
  const auto customer_page = [&] {
    return http_->Get("/screens/host.customer?id=" + std::to_string(customer_id), program())->body;
  };
  // when
  sign_in("leiter");
  // then
  EXPECT_EQ(names("person=all"), (list{"eins", "zwei"}));
  EXPECT_EQ(tab_counts("person=all"), 2);
  EXPECT_EQ(tab_counts("person=all&tab=done"), 2);
  EXPECT_EQ(file(hidden), 404);
  EXPECT_EQ(file(read), 200);
  EXPECT_EQ(complete(hidden, "reached"), 404);
  EXPECT_EQ(complete(read, "reached"), 403);
  EXPECT_EQ(complete(work, "reached"), 200);
  EXPECT_EQ(host_->data().contacts.get(work)->done_by, "leiter");
  EXPECT_EQ(customer_page().find("VERTRAULICH drei"), std::string::npos);
  EXPECT_NE(customer_page().find("VERTRAULICH zwei"), std::string::npos);
  // and: it is its owner's, as before
  sign_in("verkauf1");
  EXPECT_EQ(names(), (list{"zwei", "drei"}));
  EXPECT_NE(customer_page().find("VERTRAULICH drei"), std::string::npos);
  EXPECT_EQ(complete(hidden, "reached"), 200);
  // and: another salesperson reads nothing on the customer's page
  sign_in("verkauf2");
  EXPECT_EQ(customer_page().find("VERTRAULICH"), std::string::npos);
}

TEST_F(web_contacts, while_nobody_answers_for_a_reference_the_entry_is_its_owners_alone) {
  const auto id = add_for_lead("verkauf1", "eins", "lead:1");
  sign_in("leiter");
  EXPECT_EQ(names("person=all"), list{});
  EXPECT_EQ(complete(id, "reached"), 404);
  sign_in("verkauf1");
  EXPECT_EQ(names(), (list{"eins"}));
  EXPECT_EQ(complete(id, "reached"), 200);
}

TEST_F(web_contacts, the_calendar_file_is_its_owners_and_keeps_its_id) {
  const auto id = add("verkauf1", "Johanna Leitgeb; Mariatrost", noon + 3 * hour_us + 30 * minute_us);
  const auto address = "/screens/host.contacts/export.ics?contact=" + std::to_string(id);
  EXPECT_EQ(http_->Get(address, http_client::headers{{"Accept", "application/json"}})->status, 401);
  sign_in("verkauf2");
  EXPECT_EQ(http_->Get(address, program())->status, 404);
  EXPECT_EQ(http_->Get("/screens/host.contacts/export.ics?contact=x", program())->status, 404);
  sign_in("verkauf1");
  const auto file = http_->Get(address, program());
  ASSERT_EQ(file->status, 200);
  EXPECT_TRUE(file->get_header_value("Content-Type").starts_with("text/calendar"));
  EXPECT_NE(file->get_header_value("Content-Disposition").find(".ics"), std::string::npos);
  EXPECT_NE(file->body.find("DTSTART:20261125T153000Z\r\nDTEND:20261125T163000Z\r\n"), std::string::npos) << file->body;
  EXPECT_NE(file->body.find("SUMMARY:Probefahrt: Johanna Leitgeb\\; Mariatrost\r\n"), std::string::npos) << file->body;
  // and: again, it is the same appointment
  const auto uid = [](const std::string &body) { return body.substr(body.find("UID:"), 60); };
  EXPECT_EQ(uid(http_->Get(address, program())->body), uid(file->body));
}

TEST_F(web_contacts, a_customer_goes_along_as_a_card_for_whoever_may_open_his_page) {
  customer person;
  person.first_name = "Johanna";
  person.last_name = "Leitgeb";
  person.phones = {"+436645550142"};
  person = host_->data().customers.create(person, "", noon);
  const auto address = "/screens/host.customer/export.vcf?id=" + std::to_string(person.id);
  EXPECT_EQ(http_->Get(address, http_client::headers{{"Accept", "application/json"}})->status, 401);
  sign_in("verkauf1");
  for (const std::string id : {"", "x", "0", "-1", "999999", "1e3"}) {
    EXPECT_EQ(http_->Get("/screens/host.customer/export.vcf?id=" + id, program())->status, 404) << id;
  }
  const auto file = http_->Get(address, program());
  ASSERT_EQ(file->status, 200);
  EXPECT_TRUE(file->get_header_value("Content-Type").starts_with("text/vcard"));
  EXPECT_NE(file->get_header_value("Content-Disposition").find(".vcf"), std::string::npos);
  EXPECT_NE(file->body.find("TEL;TYPE=VOICE:+436645550142\r\n"), std::string::npos) << file->body;
  // and: its page leads there
  const auto page = http_->Get("/screens/host.customer?id=" + std::to_string(person.id), program())->body;
  EXPECT_NE(page.find("\"export\":\"vcf\""), std::string::npos) << page;
}

TEST_F(web_contacts, what_the_person_has_refused_is_offered_neither_in_the_list_nor_in_the_file_nor_with_the_customer) {
  // given: he may be written to, not called
  customer person;
  person.last_name = "Leitgeb";
  person.email = "j.leitgeb@example.at";
  person.phones = {"+436645550142"};
  person.refused = {"phone"};
  person = host_->data().customers.create(person, "", noon);
  contact item;
  item.user = "verkauf1";
  item.name = "Leitgeb";
  item.customer = person.id;
  item.due_us = noon + hour_us;
  item.kind = "phone";
  item.refused = {"phone"};
  item = host_->data().contacts.create(item, "");
  // then
  sign_in("verkauf1");
  const auto list_ = http_->Get("/screens/host.contacts", program())->body;
  EXPECT_NE(list_.find("Anruf nicht erlaubt"), std::string::npos) << list_;
  EXPECT_NE(list_.find("\"struck\":true"), std::string::npos);
  const auto file = http_->Get("/screens/host.contacts/export.ics?contact=" + std::to_string(item.id), program())->body;
  EXPECT_EQ(file.find("+43664"), std::string::npos) << file;
  EXPECT_NE(file.find("j.leitgeb@example.at"), std::string::npos);
  EXPECT_NE(file.find("Anruf nicht erlaubt"), std::string::npos);
  for (const auto *address : {"/screens/host.customers", "/screens/host.customer?id="}) {
    const bool one = std::string(address).ends_with("=");
    const auto page = http_->Get(address + (one ? std::to_string(person.id) : std::string{}), program())->body;
    EXPECT_EQ(page.find("tel:"), std::string::npos) << address;
    EXPECT_NE(page.find("Anruf nicht erlaubt"), std::string::npos) << address;
  }
}

}  // namespace
