#include "reference_host/core/demo/demo_payloads.hpp"

#include <algorithm>
#include <array>
#include <ctime>
#include <map>
#include <nlohmann/json.hpp>

#include "reference_host/core/demo/demo_times.hpp"

namespace dms::reference {
namespace {

constexpr int lead_count = 300, days_back = 84, fresh_days = 12;

struct share {
  std::string_view type;
  int percent;
};
constexpr std::array shares{share{"test_drive_fast_track", 22}, share{"test_drive", 30}, share{"quote_request", 28},
                            share{"pre_order", 11}, share{"finance_expiry", 9}};
constexpr std::array site_shares{35, 20, 15, 12, 10, 8};  ///< percent, as demo_sites
constexpr std::array campaigns{"QASHQAI-SOMMER", "LEAF-FOERDERUNG", "ARIYA-START", "JUKE-AKTION", "", ""};
constexpr std::array referrers{"nissan.at", "nissan.at/angebote", "Händlersuche", "Newsletter"};
constexpr std::array remarks{"Bitte um Rückruf am Abend.",
                             "Am liebsten am Samstag.",
                             "Mit Anhängerkupplung, wenn möglich.",
                             "Ich möchte meinen alten Wagen eintauschen.",
                             "Welche Lieferzeit?",
                             "",
                             "",
                             ""};

std::string formatted(std::int64_t at_us, const char *format) {
  const auto seconds = static_cast<std::time_t>(at_us / 1'000'000);
  std::tm parts{};
  ::gmtime_r(&seconds, &parts);
  std::array<char, 64> text{};
  return {text.data(), std::strftime(text.data(), text.size(), format, &parts)};
}

std::string escaped(const std::string &text) {
  std::string safe;
  for (const char c : text) {
    switch (c) {
      case '&':
        safe += "&amp;";
        break;
      case '<':
        safe += "&lt;";
        break;
      default:
        safe += c;
    }
  }
  return safe;
}

std::string element(const char *name, const std::string &text) {
  return text.empty() ? "" : '<' + std::string(name) + '>' + escaped(text) + "</" + name + '>';
}

std::string_view dealer_code(const demo_lead &lead) {
  return lead.site != nullptr ? lead.site->dealer_code : "AT10099";
}

std::string siebel_contact(const demo_lead &lead) {
  const auto &who = lead.who;
  return "<ListOfContact><Contact IsPrimaryMVG=\"Y\">" + element("MM", who.female ? "Frau" : "Herr") +
         element("FirstName", who.first_name) + element("LastName", who.last_name) + element("Account", who.company) +
         element("EmailAddress", who.email) + element("CellularPhone", who.mobile) + element("HomePhone", who.home) +
         element("StreetAddress", who.street) + element("PostalCode", who.postal_code) + element("City", who.city) +
         "<Country>AT</Country><PreferredLanguage>DE</PreferredLanguage></Contact></ListOfContact>";
}

/// A half hour between 8:00 and 15:30 UTC on one of the next five days.
std::int64_t wished_appointment(std::int64_t after_us, demo_dice &dice) {
  const auto day = after_us / day_us + 1 + static_cast<std::int64_t>(dice.below(5));
  return day * day_us + 8 * hour_us + static_cast<std::int64_t>(dice.below(16)) * 30 * minute_us;
}

std::string siebel_record(const demo_lead &lead, demo_dice &dice) {
  constexpr auto date = "%m/%d/%Y %H:%M:%S";
  const bool drive = lead.type.starts_with("test_drive");
  const char *type = drive ? "Test Drive" : lead.type == "quote_request" ? "Quote Request" : "Pre-Order";
  auto xml = "<NeDealerLead>" + element("Id", lead.external_id) + element("LeadType", type);
  if (drive) xml += element("Priority", lead.type == "test_drive" ? "Normal" : "Fast Track");
  xml += element("Created", formatted(lead.arrived_us, date));
  if (drive) {
    xml += element("AppointmentDate", formatted(wished_appointment(lead.arrived_us, dice), date));
  }
  xml += element("DealerCode", std::string(dealer_code(lead))) + element("Campaign", dice.one_of(campaigns)) +
         element("Source", dice.one_of(referrers)) + element("Comments", dice.one_of(remarks)) + siebel_contact(lead);
  xml += "<ListOfVehicle><Vehicle><Make>Nissan</Make>" + element("Model", lead.model) + element("Grade", lead.grade) +
         (lead.type == "pre_order" ? element("OrderNumber", "PO-" + std::to_string(80000 + dice.below(9999))) : "") +
         "<Interest>New</Interest></Vehicle></ListOfVehicle>";
  const char *phone = dice.chance(80) ? "Y" : "N";
  xml +=
      "<ListOfConsent><Consent><Channel>Email</Channel><Given>Y</Given></Consent><Consent><Channel>Phone</Channel>"
      "<Given>" +
      std::string(phone) + "</Given></Consent></ListOfConsent>";
  return xml + "</NeDealerLead>";
}

demo_payload siebel_payload(const demo_lead &lead, demo_dice &dice) {
  const auto message = lead.external_id.substr(0, lead.external_id.rfind('-'));
  return {lead.arrived_us + minute_us,
          "siebel_nissan",
          message + ".xml",
          R"(<?xml version="1.0" encoding="UTF-8"?><SiebelMessage MessageId=")" + message +
              R"(" MessageType="Integration Object" IntObjectName="NE Dealer Lead"><ListOfNeDealerLead>)" +
              siebel_record(lead, dice) + "</ListOfNeDealerLead></SiebelMessage>",
          {&lead}};
}

demo_payload web_payload(const demo_lead &lead, demo_dice &dice) {
  nlohmann::json form{{"id", lead.external_id},
                      {"type", "quote request"},
                      {"created", formatted(lead.arrived_us, "%Y-%m-%dT%H:%M:%SZ")},
                      {"dealer_code", dealer_code(lead)},
                      {"name", lead.who.first_name + ' ' + lead.who.last_name},
                      {"email", lead.who.email},
                      {"phone", lead.who.mobile},
                      {"postal_code", lead.who.postal_code},
                      {"city", lead.who.city},
                      {"message", dice.one_of(remarks)},
                      {"referrer", "autohaus-tauernblick.example"}};
  form["vehicle"] = {{"make", "Nissan"}, {"model", lead.model}};
  return {lead.arrived_us + minute_us, "web_json", lead.external_id + ".json", form.dump(), {&lead}};
}

/// The bank sends one table a week, on Monday at 05:30 UTC.
std::int64_t next_table(std::int64_t at_us) {
  const auto day = at_us / day_us;
  const auto to_monday = (11 - day % 7) % 7;  // day 0 was a Thursday
  const auto monday = (day + to_monday) * day_us + 5 * hour_us + 30 * minute_us;
  return monday >= at_us ? monday : monday + 7 * day_us;
}

std::string finance_row(const demo_lead &lead, demo_dice &dice) {
  const auto &who = lead.who;
  const auto ends = formatted(lead.arrived_us + day_us * (60 + dice.below(90)), "%d.%m.%Y");
  return "K-" + std::to_string(100000 + dice.below(90000)) + ';' + (who.female ? "Frau" : "Herr") + ';' +
         who.first_name + ';' + who.last_name + ';' + who.email + ';' + who.mobile + ';' + lead.external_id + ';' +
         ends + ';' + std::to_string(180 + dice.below(300)) + ",90;" + std::to_string(6 + dice.below(14)) + ".450,00;" +
         make_vin(dice) + ';' + lead.model + ';' + std::string(dealer_code(lead)) + '\n';
}

std::string_view some_type(demo_dice &dice) {
  auto point = dice.below(100);
  for (const auto &[type, percent] : shares) {
    if ((point -= percent) < 0) return type;
  }
  return shares.front().type;
}

const demo_site *some_site(demo_dice &dice) {
  auto point = dice.below(100);
  for (std::size_t index = 0; index < site_shares.size(); ++index) {
    if ((point -= site_shares[index]) < 0) return &demo_sites()[index];
  }
  return &demo_sites().front();
}

/// Two thirds long ago, one third in the last days; people write between 6 and 22 h.
std::int64_t some_arrival(demo_dice &dice, std::int64_t now_us) {
  const auto days = dice.chance(33) ? fresh_days : days_back;
  const auto back = static_cast<std::int64_t>(dice.next() % static_cast<std::uint64_t>(days * day_us));
  auto at = now_us - back;
  if (back > day_us)
    at = at / day_us * day_us + (5 + dice.below(16)) * hour_us + dice.below(3600) * std::int64_t{1'000'000};
  return std::min(at, now_us - 4 * minute_us);
}

}  // namespace

std::vector<demo_lead> invent_leads(demo_dice &dice, std::int64_t now_us, const std::vector<demo_prospect> &customers) {
  std::vector<demo_lead> leads;
  for (int number = 1; number <= lead_count; ++number) {
    demo_lead lead;
    lead.arrived_us = some_arrival(dice, now_us);
    lead.type = some_type(dice);
    lead.site = number % 120 == 0 ? nullptr : some_site(dice);
    lead.who = !customers.empty() && dice.chance(25) ? dice.one_of(customers) : make_prospect(dice);
    const auto &car = some_nissan(dice);
    lead.model = car.model;
    lead.grade = car.grade;
    lead.external_id = (lead.type == "finance_expiry" ? "F-2022-" : "1-9TB") + std::to_string(10000 + number * 7) +
                       (lead.type == "finance_expiry" ? "" : "-001");
    leads.push_back(std::move(lead));
  }
  std::ranges::sort(leads, {}, &demo_lead::arrived_us);
  return leads;
}

std::vector<demo_payload> payloads_of(const std::vector<demo_lead> &leads, demo_dice &dice) {
  constexpr auto head =
      "Kundennummer;Anrede;Vorname;Nachname;E-Mail;Mobil;Vertragsnummer;Vertragsende;Monatsrate;"
      "Restwert;Fahrgestellnummer;Modell;Händlercode\n";
  std::vector<demo_payload> payloads;
  std::map<std::int64_t, demo_payload> tables;
  for (const auto &lead : leads) {
    if (lead.type == "finance_expiry") {
      // A table of the coming Monday would not be there yet: such a contract came with the last one.
      const auto monday = next_table(lead.arrived_us);
      const auto at = monday > leads.back().arrived_us ? monday - 7 * day_us : monday;
      auto &table = tables[at];
      if (table.bytes.empty()) table = {at, "finance_expiry_csv", formatted(at, "ablaeufe_%Y-%m-%d.csv"), head, {}};
      table.bytes += finance_row(lead, dice);
      table.leads.push_back(&lead);
    } else if (lead.type == "quote_request" && !lead.who.email.empty() && dice.chance(30)) {
      payloads.push_back(web_payload(lead, dice));
    } else {
      payloads.push_back(siebel_payload(lead, dice));
    }
  }
  for (auto &[at, table] : tables) payloads.push_back(std::move(table));
  std::ranges::stable_sort(payloads, {}, &demo_payload::at_us);
  return payloads;
}

}  // namespace dms::reference
