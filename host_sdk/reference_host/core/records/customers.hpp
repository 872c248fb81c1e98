// customers.hpp - persons and companies, their vehicles and documents.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "reference_host/core/data/database.hpp"

namespace dms::reference {

struct vehicle {
  std::string vin, make, model, registration;
  std::int64_t customer = 0;
};

struct document {
  std::int64_t id = 0;
  std::string name, media_type, reference;
  std::int64_t size = 0, at_us = 0;
};

struct customer {
  std::int64_t id = 0;
  std::string kind = "person";  ///< or "company"
  std::string salutation, title, first_name, last_name, company;
  std::string email;
  std::vector<std::string> phones;  ///< E.164
  std::string street, postal_code, city, country = "AT", language = "de";
  std::string salesperson;
  std::vector<std::string> refused;  ///< channels by which he does not want to be reached: "phone"
  std::vector<vehicle> vehicles;
  std::int64_t created_us = 0;
  std::int64_t revision = 0;  ///< another one after each change
  bool allows(std::string_view channel) const;
  /// "Ing. Markus Haslinger", or the company.
  std::string display_name() const;
};

/// What to look for: a customer is found when he shares at least one of these; empty members ask nothing.
struct customer_query {
  std::vector<std::string> ids, vins, emails, phones;
  std::string name, postal_code;  ///< the name, or name and postal code together
  std::string text;               ///< free text over name, company, e-mail, phone, city, VIN
  int limit = 20;
};

class customers {
 public:
  explicit customers(database &in) : database_(in) {}
  /// Best first: id, VIN, e-mail, phone, name with postal code, name, text.
  std::vector<customer> find(const customer_query &query) const;
  /// Newest first, from below `before` (0: from the start); for the customer list.
  std::vector<customer> page(std::string_view text, std::int64_t before, int limit) const;
  /// A merged customer answers with the one that it became.
  std::optional<customer> get(std::int64_t id) const;
  /// Creates, or returns the earlier customer when the key was seen (empty key: always creates).
  customer create(const customer &item, std::string_view key, std::int64_t now_us);
  /// Overwrites the customer; once per key. Throws failure(dms_not_found).
  customer update(const customer &item, std::string_view key);
  /// Changes him while he has that revision and keeps `answer` of what he became under the key; returns the earlier
  /// answer when the key was seen. Throws failure(dms_not_found / dms_conflict).
  std::string change(std::int64_t id, std::int64_t revision, std::string_view key,
                     const std::function<void(customer &)> &how,
                     const std::function<std::string(const customer &was, const customer &is)> &answer);
  /// Takes a creation back: the number stays used, the key that made him is free again. Contacts with `reference` stay
  /// without customer. Throws failure(dms_not_found / dms_conflict / dms_refused).
  void take_back(std::int64_t id, std::int64_t revision, std::string_view reference);
  /// Forgets what changes under that key, or one that begins with it and a colon, replaced.
  void forget_changes(std::string_view key);
  /// `from` becomes `into`: vehicles, contacts, documents and deals go along. Returns the deals.
  std::vector<std::int64_t> merge(std::int64_t from, std::int64_t into);
  std::optional<vehicle> find_vehicle(std::string_view vin) const;
  std::vector<document> documents_of(std::int64_t customer) const;
  std::optional<std::string> document_bytes(std::int64_t id) const;
  void put_document(std::int64_t customer, const document &about, std::string_view bytes, std::string_view key,
                    std::int64_t now_us);
  std::int64_t count() const;

 private:
  database &database_;
};

}  // namespace dms::reference
