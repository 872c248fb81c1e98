#include "reference_host/core/records/customer_rows.hpp"

#include <algorithm>

#include "dms/cpp/basics.hpp"
#include "reference_host/core/json_lists.hpp"
#include "reference_host/core/records/folding.hpp"

namespace dms::reference::customer_rows {
namespace {

/// merged_into of a customer who was taken back: there is nobody of that number.
constexpr std::int64_t nobody = -1;
constexpr std::size_t longest_text = 400;
constexpr std::size_t most_phones = 10, most_vehicles = 100, most_refused = 20;

void read_phones(soci::session &sql, customer &into) {
  std::string number;
  soci::statement rows = (sql.prepare << "select number from customer_phones where customer = :id order by position",
                          soci::use(into.id), soci::into(number));
  rows.execute();
  while (rows.fetch()) into.phones.push_back(number);
}

void read_vehicles(soci::session &sql, customer &into) {
  vehicle row;
  soci::statement rows =
      (sql.prepare << "select vin, make, model, registration, customer from vehicles where customer = :id order by vin",
       soci::use(into.id), soci::into(row.vin), soci::into(row.make), soci::into(row.model),
       soci::into(row.registration), soci::into(row.customer));
  rows.execute();
  while (rows.fetch()) into.vehicles.push_back(row);
}

/// What the free-text search looks through.
std::string searched_text(const customer &item) {
  std::string text;
  for (const auto &part : {std::to_string(item.id), item.first_name, item.last_name, item.company, item.email,
                           item.street, item.postal_code, item.city}) {
    text += folded(part) + ' ';
  }
  for (const auto &number : item.phones) text += number + ' ';
  for (const auto &car : item.vehicles) text += folded(car.vin + ' ' + car.make + ' ' + car.model) + ' ';
  return text;
}

void write_main_row(soci::session &sql, customer &item) {
  const auto email = folded(item.email);
  const auto name = folded(item.last_name.empty() ? item.company : item.last_name);
  const std::string searched;
  const auto refused = list_text(item.refused);
  const bool is_new = item.id == 0;
  if (is_new) item.id = next_customer_number(sql);
  sql << (is_new ? "insert into customers (id, kind, salutation, title, first_name, last_name, company, email, street, "
                   "postal_code, city, country, language, salesperson, created_us, email_folded, name_folded, "
                   "searched, refused, revision) values (:id, :kind, :salutation, :title, :first, :last, :company, "
                   ":email, "
                   ":street, "
                   ":code, :city, :country, :language, :salesperson, :created, :email_folded, :name_folded, :searched, "
                   ":refused, 1)"
                 : "update customers set kind = :kind, salutation = :salutation, title = :title, "
                   "first_name = :first, last_name = :last, company = :company, email = :email, street = :street, "
                   "postal_code = :code, city = :city, country = :country, language = :language, "
                   "salesperson = :salesperson, created_us = :created, email_folded = :email_folded, "
                   "name_folded = :name_folded, searched = :searched, refused = :refused, revision = revision + 1 "
                   "where id = :id"),
      soci::use(item.id, "id"), soci::use(item.kind, "kind"), soci::use(item.salutation, "salutation"),
      soci::use(item.title, "title"), soci::use(item.first_name, "first"), soci::use(item.last_name, "last"),
      soci::use(item.company, "company"), soci::use(item.email, "email"), soci::use(item.street, "street"),
      soci::use(item.postal_code, "code"), soci::use(item.city, "city"), soci::use(item.country, "country"),
      soci::use(item.language, "language"), soci::use(item.salesperson, "salesperson"),
      soci::use(item.created_us, "created"), soci::use(email, "email_folded"), soci::use(name, "name_folded"),
      soci::use(searched, "searched"), soci::use(refused, "refused");
}

}  // namespace

std::optional<customer> read(soci::session &sql, std::int64_t id) {
  customer item;
  std::int64_t merged = 0;
  std::string refused;
  // A chain of merges is short; the bound only guards against a ring in a damaged file.
  for (int step = 0; step < 16; ++step) {
    sql << "select id, kind, salutation, title, first_name, last_name, company, email, street, postal_code, city, "
           "country, language, salesperson, created_us, revision, refused, coalesce(merged_into, 0) from customers "
           "where id = "
           ":id",
        soci::use(id), soci::into(item.id), soci::into(item.kind), soci::into(item.salutation), soci::into(item.title),
        soci::into(item.first_name), soci::into(item.last_name), soci::into(item.company), soci::into(item.email),
        soci::into(item.street), soci::into(item.postal_code), soci::into(item.city), soci::into(item.country),
        soci::into(item.language), soci::into(item.salesperson), soci::into(item.created_us), soci::into(item.revision),
        soci::into(refused), soci::into(merged);
    if (!sql.got_data()) return std::nullopt;
    if (merged == 0) break;
    id = merged;
  }
  item.refused = to_list(refused);
  read_phones(sql, item);
  read_vehicles(sql, item);
  return item;
}

void write(soci::session &sql, customer &item) {
  write_main_row(sql, item);
  sql << "delete from customer_phones where customer = :id", soci::use(item.id);
  int position = 0;
  for (const auto &number : item.phones) {
    ++position;
    sql << "insert into customer_phones values (:customer, :position, :number)", soci::use(item.id),
        soci::use(position), soci::use(number);
  }
  for (auto &car : item.vehicles) {
    car.customer = item.id;
    sql << "insert into vehicles values (:vin, :make, :model, :registration, :customer) on conflict (vin) do update "
           "set make = excluded.make, model = excluded.model, customer = excluded.customer",
        soci::use(car.vin), soci::use(car.make), soci::use(car.model), soci::use(car.registration),
        soci::use(car.customer);
  }
  const auto searched = searched_text(item);
  sql << "update customers set searched = :searched where id = :id", soci::use(searched), soci::use(item.id);
}

void forget(soci::session &sql, std::int64_t id) {
  for (const char *statement :
       {"delete from customer_phones where customer = :id", "delete from vehicles where customer = :id",
        "delete from documents where customer = :id", "delete from customer_changes where customer = :id",
        "delete from idempotency where kind = 'customer' and id = :id"}) {
    sql << statement, soci::use(id);
  }
  sql << "update customers set salutation = '', title = '', first_name = '', last_name = '', company = '', email = '', "
         "street = '', postal_code = '', city = '', salesperson = '', email_folded = '', name_folded = '', "
         "searched = '', revision = revision + 1, merged_into = :nobody where id = :id",
      soci::use(nobody), soci::use(id);
}

void check(const customer &item) {
  if (item.kind != "person" && item.kind != "company") {
    throw failure(dms_invalid, "A customer is a \"person\" or a \"company\".");
  }
  if (item.last_name.empty() && item.company.empty()) {
    throw failure(dms_invalid, "A customer needs a last name or a company.");
  }
  for (const auto *text :
       {&item.salutation, &item.title, &item.first_name, &item.last_name, &item.company, &item.email, &item.street,
        &item.postal_code, &item.city, &item.country, &item.language, &item.salesperson}) {
    if (text->size() > longest_text || text->find('\0') != std::string::npos) {
      throw failure(dms_invalid, "A field of the customer is too long or holds signs that cannot be kept.");
    }
  }
  if (item.phones.size() > most_phones || item.vehicles.size() > most_vehicles) {
    throw failure(dms_invalid, "A customer has at most 10 phone numbers and 100 vehicles.");
  }
  const auto too_long = [](const std::string &channel) { return channel.empty() || channel.size() > 40; };
  if (item.refused.size() > most_refused || std::ranges::any_of(item.refused, too_long)) {
    throw failure(dms_invalid, "A refused channel needs a name, and there are at most 20.");
  }
  if (std::ranges::any_of(item.vehicles, [](const vehicle &car) { return car.vin.empty() || car.vin.size() > 40; })) {
    throw failure(dms_invalid, "A vehicle needs its VIN.");
  }
}

std::int64_t seen(soci::session &sql, std::string_view key, const std::string &kind) {
  if (key.empty()) return 0;
  const std::string wanted(key);
  std::string known_kind;
  std::int64_t id = 0;
  sql << "select kind, id from idempotency where key = :key", soci::use(wanted), soci::into(known_kind), soci::into(id);
  if (!sql.got_data()) return 0;
  if (known_kind != kind) throw failure(dms_invalid, "The key " + wanted + " was used for something else.");
  return id;
}

void remember(soci::session &sql, std::string_view key, const std::string &kind, std::int64_t id) {
  if (key.empty()) return;
  const std::string wanted(key);
  sql << "insert into idempotency values (:key, :kind, :id)", soci::use(wanted), soci::use(kind), soci::use(id);
}

}  // namespace dms::reference::customer_rows
