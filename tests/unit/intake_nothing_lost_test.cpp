// Whatever stands in a payload stands in its lead: payloads of all formats made of known and unknown names at random,
// each value a word of its own, and every word must be found again.
#include <gtest/gtest.h>

#include <random>

#include "unit/intake_support.hpp"

namespace {

using namespace intake_support;

class random_payload {
 public:
  explicit random_payload(std::uint32_t seed) : random_(seed) {}

  std::vector<std::string> words;

  std::size_t below(std::size_t limit) { return std::uniform_int_distribution<std::size_t>(0, limit - 1)(random_); }
  std::string one_of(const std::vector<std::string> &all) { return all[below(all.size())]; }
  /// A word that is nowhere else and means nothing.
  std::string word() {
    words.push_back("qx" + std::to_string(words.size() + 100) + "vz");
    return words.back();
  }

  std::string xml(const std::vector<std::string> &elements, const std::vector<std::string> &attributes, int depth) {
    std::string result;
    for (auto count = 1 + below(5); count > 0; --count) {
      const auto name = one_of(elements);
      result += "<" + name;
      std::vector<std::string> given;
      for (auto some = below(3); some > 0; --some) {
        const auto attribute = one_of(attributes);
        const auto bare = attribute.substr(0, attribute.find('='));
        if (std::find(given.begin(), given.end(), bare) != given.end()) continue;
        given.push_back(bare);
        result += " " + (bare == attribute ? bare + "='" + word() + "'" : attribute);
      }
      result += ">";
      if (below(3) > 0) result += word();
      if (depth > 0 && below(2) > 0) result += xml(elements, attributes, depth - 1);
      if (below(6) == 0) result += word();
      result += "</" + name + ">";
    }
    return result;
  }

  std::string json(const std::vector<std::string> &names, int depth) {
    const auto kind = depth > 0 ? below(6) : 0;
    if (kind < 4) return "\"" + word() + "\"";
    std::string result;
    for (auto count = below(4); count > 0; --count) {
      if (!result.empty()) result += ",";
      if (kind == 4) result += "\"" + one_of(names) + "\":";
      result += json(names, depth - 1);
    }
    return kind == 4 ? "{" + result + "}" : "[" + result + "]";
  }

 private:
  std::mt19937 random_;
};

/// Everything that the leads of a payload hold, and why they are none.
void expect_all_words(const std::string &source, const std::string &payload, const std::vector<std::string> &words) {
  std::string all;
  const auto found = read_all(source, payload);
  ASSERT_EQ(found.problem.id, "") << payload;
  for (const auto &one : found.leads) all += to_json(one.content) + in_english(one.problem);
  // Within their limits: a text is cut with a remark, and only so many further values are kept.
  if (all.find("was cut at") != std::string::npos || all.find("Only the first") != std::string::npos) return;
  for (const auto &word : words) {
    ASSERT_NE(all.find(word), std::string::npos) << word << " is lost of\n" << payload << "\nin\n" << all;
  }
}

constexpr std::uint32_t payloads = 150;

const std::vector<std::string> adf_elements{
    "id",           "requestdate", "vehicle", "customer", "contact",  "name",    "email",      "phone",
    "address",      "street",      "city",    "country",  "comments", "comment", "vendor",     "vendorname",
    "first",        "provider",    "service", "make",     "model",    "vin",     "odometer",   "stock",
    "year",         "trim",        "unknown", "Extra",    "price",    "finance", "postalcode", "colorcombination",
    "exteriorcolor"};
const std::vector<std::string> adf_attributes{"part",
                                              "part='first'",
                                              "part='last'",
                                              "part='full'",
                                              "part='middle'",
                                              "part='suffix'",
                                              "type",
                                              "type='work'",
                                              "time",
                                              "interest",
                                              "interest='buy'",
                                              "interest='trade-in'",
                                              "status",
                                              "source",
                                              "sequence",
                                              "units",
                                              "type='business'",
                                              "primarycontact='1'",
                                              "preferredcontact='1'",
                                              "id",
                                              "url"};

TEST(intake_nothing_lost, of_adf) {
  for (std::uint32_t seed = 0; seed < payloads; ++seed) {
    random_payload make(seed);
    const auto inside = make.xml(adf_elements, adf_attributes, 3);
    const auto contact_of = "<customer><contact>" + make.xml(adf_elements, adf_attributes, 1) + "</contact></customer>";
    const auto around = make.xml(adf_elements, adf_attributes, 1);
    expect_all_words("adf", "<adf><prospect>" + inside + contact_of + "</prospect>" + around + "</adf>", make.words);
  }
}

TEST(intake_nothing_lost, of_siebel) {
  const std::vector<std::string> elements{"Id",
                                          "LeadType",
                                          "Priority",
                                          "Created",
                                          "AppointmentDate",
                                          "DealerCode",
                                          "Campaign",
                                          "Source",
                                          "Comments",
                                          "ListOfContact",
                                          "Contact",
                                          "MM",
                                          "FirstName",
                                          "LastName",
                                          "Account",
                                          "EmailAddress",
                                          "CellularPhone",
                                          "HomePhone",
                                          "Country",
                                          "ListOfVehicle",
                                          "Vehicle",
                                          "Make",
                                          "Interest",
                                          "VIN",
                                          "ListOfConsent",
                                          "Consent",
                                          "Channel",
                                          "Given",
                                          "Date",
                                          "Text",
                                          "ContractEnd",
                                          "MonthlyRate",
                                          "Unknown",
                                          "Grade",
                                          "PreferredLanguage"};
  const std::vector<std::string> attributes{"IsPrimaryMVG='Y'", "IsPrimaryMVG", "Id", "FirstName", "odd"};
  for (std::uint32_t seed = 0; seed < payloads; ++seed) {
    random_payload make(seed);
    const auto head = make.xml({"Header", "Sender"}, attributes, 1);
    const auto inside = make.xml(elements, attributes, 3);
    expect_all_words("siebel_nissan",
                     "<SiebelMessage MessageId='" + make.word() + "'>" + head + "<ListOfNeDealerLead><NeDealerLead>" +
                         inside + "</NeDealerLead></ListOfNeDealerLead></SiebelMessage>",
                     make.words);
  }
}

TEST(intake_nothing_lost, of_star) {
  const std::vector<std::string> elements{"SalesLeadHeader",
                                          "SalesLeadDetail",
                                          "CustomerProspect",
                                          "ProspectParty",
                                          "SpecifiedPerson",
                                          "GivenName",
                                          "FamilyName",
                                          "TelephoneCommunication",
                                          "CountryNumberCode",
                                          "AreaNumberCode",
                                          "LocalNumber",
                                          "CompleteNumber",
                                          "ChannelCode",
                                          "URICommunication",
                                          "URIID",
                                          "ResidenceAddress",
                                          "LineOne",
                                          "CityName",
                                          "Privacy",
                                          "PrivacyIndicator",
                                          "PrivacyTypeString",
                                          "Vehicle",
                                          "Model",
                                          "MakeString",
                                          "SaleClassCode",
                                          "LeadComments",
                                          "Unknown",
                                          "Title",
                                          "FormattedName",
                                          "CompetingSalesLeadLineItem"};
  const std::vector<std::string> attributes{"unitCode", "odd", "schemeID"};
  for (std::uint32_t seed = 0; seed < payloads; ++seed) {
    random_payload make(seed);
    const auto area = make.xml({"Sender", "BODID", "Destination", "DealerNumberID"}, attributes, 1);
    const auto inside = make.xml(elements, attributes, 4);
    const auto party = "<SalesLeadHeader><CustomerProspect><ProspectParty><SpecifiedPerson>" +
                       make.xml(elements, attributes, 1) +
                       "</SpecifiedPerson></ProspectParty></CustomerProspect></SalesLeadHeader>";
    expect_all_words("star",
                     "<ProcessSalesLead><ApplicationArea>" + area + "</ApplicationArea><SalesLead>" + party + inside +
                         "</SalesLead></ProcessSalesLead>",
                     make.words);
  }
}

TEST(intake_nothing_lost, of_json) {
  const std::vector<std::string> names{"id",          "name",
                                       "first_name",  "last_name",
                                       "email",       "phone",
                                       "message",     "city",
                                       "Email",       "vehicle",
                                       "make",        "model",
                                       "consents",    "channel",
                                       "given",       "text",
                                       "value",       "odd",
                                       "extra",       "type",
                                       "created",     "user_column_data",
                                       "column_id",   "string_value",
                                       "appointment", "is_test",
                                       "street",      "title",
                                       "salutation",  "lead_id",
                                       "campaign",    "country",
                                       "firstName",   "Last-Name",
                                       "consents",    "newsletter",
                                       "mobile",      "address",
                                       "body",        "number"};
  for (std::uint32_t seed = 0; seed < 4 * payloads; ++seed) {
    random_payload make(seed);
    std::string members = "\"last_name\":\"" + make.word() + "\"";
    for (auto count = make.below(12); count > 0; --count) {
      const auto name = make.one_of(names);
      // A test lead is answered and not kept.
      members += ",\"" + name + "\":" + make.json(names, 3);
    }
    expect_all_words("web_json", "{" + members + "}", make.words);
  }
}

/// Leads in a member, and whatever stands around them.
TEST(intake_nothing_lost, of_json_around_the_leads) {
  const std::vector<std::string> names{"form", "sent", "by", "campaign", "Email", "odd", "id", "channel"};
  for (std::uint32_t seed = 0; seed < payloads; ++seed) {
    random_payload make(seed);
    std::string around, leads;
    for (auto count = make.below(6); count > 0; --count) {
      around += "\"around" + std::to_string(count) + "\":" + make.json(names, 3) + ",";
    }
    for (auto count = 1 + make.below(3); count > 0; --count) {
      leads += (leads.empty() ? "" : ",") + std::string("{\"lastName\":\"") + make.word() + "\",\"" +
               make.one_of(names) + "\":" + make.json(names, 3) + "}";
    }
    expect_all_words("web_json", "{" + around + "\"leads\":[" + leads + "]}", make.words);
  }
}

TEST(intake_nothing_lost, of_csv) {
  const std::vector<std::string> columns{"Kundennummer", "Anrede",  "Titel", "Vorname",  "Nachname",   "Name",
                                         "Firma",        "E-Mail",  "Email", "PLZ",      "Ort",        "Land",
                                         "Mobil",        "Telefon", "Marke", "Modell",   "Monatsrate", "Restwert",
                                         "Notiz",        "Notiz",   "Frei",  "Erstellt", "Bemerkung",  "Kampagne",
                                         "Vorname",      ""};
  for (std::uint32_t seed = 0; seed < payloads; ++seed) {
    random_payload make(seed);
    std::string head = "Vertragsnummer;Vertragsende", row = make.word() + ";" + make.word();
    for (auto count = make.below(20); count > 0; --count) {
      head += ";" + make.one_of(columns);
      row += ";" + (make.below(4) > 0 ? make.word() : "");
    }
    // and a row that does not fit
    expect_all_words("finance_expiry_csv", head + "\n" + row + "\n" + row + ";" + make.word() + "\n", make.words);
  }
}

TEST(intake_nothing_lost, of_mail) {
  for (std::uint32_t seed = 0; seed < payloads; ++seed) {
    random_payload make(seed);
    const auto inside = make.xml(adf_elements, adf_attributes, 3);
    expect_all_words("mail_adf",
                     "From: a@b.at\nSubject: " + make.word() + "\nContent-Type: text/plain\n\n<adf><prospect>" +
                         inside + "</prospect></adf>\n",
                     make.words);
  }
}

}  // namespace
