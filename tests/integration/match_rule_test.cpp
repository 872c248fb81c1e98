// A lead whose type has a matching rule goes to its customer, and to that customer's salesperson, as it comes in.
#include "intake/importer.hpp"
#include "integration/dealership.hpp"

namespace {

using namespace dealership;

class match_rule_test : public with_desks {
 protected:
  std::int64_t add_customer(const std::string &last_name, const std::string &salesperson, const std::string &vin = {}) {
    auto document = nlohmann::json{{"kind", "person"},
                                   {"first_name", "Eva"},
                                   {"last_name", last_name},
                                   {"email", "eva@example.at"},
                                   {"salesperson", salesperson}};
    if (!vin.empty()) document["vehicles"] = {{{"vin", vin}, {"make", "NISSAN"}, {"model", "JUKE"}}};
    const dms::host host(services_->raw());
    const auto made = dms::customers(&host.required<dms_customers>(DMS_CUSTOMERS_ID))
                          .create(call("admin")->view(), "test:" + std::to_string(++made_), document.dump());
    return std::stoll(nlohmann::json::parse(made).at("id").get<std::string>());
  }

  void import(const std::string &row) {
    const auto bytes =
        "Vertragsnummer;Vertragsende;Kundennummer;Vorname;Nachname;E-Mail;Fahrgestellnummer\n" + row + "\n";
    intake::importer::parts with{open(), sources_.types, *organisation_, writer_, nullptr, dms::log(nullptr)};
    with.spool_directory = database().directory();
    with.tie = [this](const lead_content &content,
                      const std::vector<std::string> &rules) -> std::optional<intake::customer_tie> {
      const auto found = desk_->match_by_rule(content, rules);
      if (!found) return std::nullopt;
      return intake::customer_tie{found->customer, found->salesperson, found->rule};
    };
    const dms::string_stream stream(bytes);
    const auto by = call("");
    intake::importer(with, sources_.definitions.at("finance_expiry_csv"))
        .run(by->view(), dms::input(stream.get()), {}, {});
  }
  lead lead_of(const std::string &contract) {
    std::optional<lead> found;
    open().write([&](store::transaction &in) { found = in.find_lead("finance_expiry_csv", contract); });
    return found.value();
  }
  int made_ = 0;
};
INSTANTIATE_TEST_SUITE_P(databases, match_rule_test, databases::all(), databases::name);

TEST_P(match_rule_test, by_the_customer_number_it_is_his_salespersons_at_once) {
  // given
  const auto id = std::to_string(add_customer("Huber", "verkauf1"));
  // when
  import("V-1;31.10.2026;" + id + ";Eva;Huber;eva@example.at;");
  desk_->tell_host(call("")->view());
  // then
  const auto item = lead_of("V-1");
  EXPECT_EQ(item.customer, id);
  EXPECT_EQ(item.assignee, "verkauf1");
  EXPECT_EQ(item.state, lead_state::assigned);
  EXPECT_TRUE(open().find(item.id, desk_->visibility_of("verkauf1", noon)));
  ASSERT_EQ(contacts_of("verkauf1").size(), 1U);
  EXPECT_EQ(std::to_string(contacts_of("verkauf1").front().customer), id);
  EXPECT_EQ(host_->data().notifications.count_unread("verkauf1"), 1);
  const auto events = open().timeline(item.id);
  ASSERT_EQ(events.size(), 3U);
  EXPECT_EQ(events[0].kind, "assigned");
  EXPECT_EQ(events[1].kind, "linked");
  EXPECT_EQ(events[1].data.at("rule"), "customer_number");
  // and: the same file again changes nothing
  import("V-1;31.10.2026;" + id + ";Eva;Huber;eva@example.at;");
  EXPECT_EQ(open().timeline(item.id).size(), 3U);
}

TEST_P(match_rule_test, else_by_the_car_that_he_drives) {
  const auto id = std::to_string(add_customer("Huber", "verkauf2", "SJNFAAJ11U1234567"));
  import("V-2;31.10.2026;;Eva;Huber;;SJNFAAJ11U1234567");
  import("V-3;31.10.2026;;Eva;Huber;eva@example.at;SJNFAAJ11U1234567");
  EXPECT_EQ(lead_of("V-3").customer, id);
  EXPECT_EQ(lead_of("V-3").assignee, "verkauf2");
}

TEST_P(match_rule_test, a_number_that_belongs_to_somebody_else_ties_nobody) {
  const auto id = std::to_string(add_customer("Huber", "verkauf1"));
  import("V-4;31.10.2026;" + id + ";Karl;Grüner;karl@example.at;");
  EXPECT_EQ(lead_of("V-4").customer, "");
  EXPECT_EQ(lead_of("V-4").state, lead_state::received);
}

TEST_P(match_rule_test, a_customer_whose_salesperson_has_left_is_tied_and_waits_to_be_assigned) {
  const auto id = std::to_string(add_customer("Huber", "verkauf2"));
  const auto by = call("admin");
  host_->deactivate_user(*by, "verkauf2");
  import("V-5;31.10.2026;" + id + ";Eva;Huber;eva@example.at;");
  EXPECT_EQ(lead_of("V-5").customer, id);
  EXPECT_EQ(lead_of("V-5").assignee, "");
  EXPECT_EQ(lead_of("V-5").state, lead_state::received);
}

}  // namespace
