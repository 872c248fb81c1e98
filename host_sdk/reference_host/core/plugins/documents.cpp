// The customers' documents: bytes beside the record.
#include "dms/cpp/basics.hpp"
#include "reference_host/core/records/customer_rows.hpp"

namespace dms::reference {

constexpr std::size_t largest_document = std::size_t{16} << 20;

std::vector<document> customers::documents_of(std::int64_t customer) const {
  std::vector<document> found;
  database_.read([&](soci::session &sql) {
    found.clear();
    document row;
    soci::statement rows = (sql.prepare << "select id, name, media_type, reference, length(bytes), at_us from "
                                           "documents where customer = :customer order by id desc",
                            soci::use(customer), soci::into(row.id), soci::into(row.name), soci::into(row.media_type),
                            soci::into(row.reference), soci::into(row.size), soci::into(row.at_us));
    rows.execute();
    while (rows.fetch()) found.push_back(row);
  });
  return found;
}

std::optional<std::string> customers::document_bytes(std::int64_t id) const {
  std::optional<std::string> found;
  database_.read([&](soci::session &sql) {
    std::string bytes;
    found.reset();
    if (read_bytes(sql, id, bytes)) found = std::move(bytes);
  });
  return found;
}

void customers::put_document(std::int64_t customer, const document &about, std::string_view bytes, std::string_view key,
                             std::int64_t now_us) {
  if (bytes.size() > largest_document) throw failure(dms_too_large, "A document has at most 16 MiB.");
  database_.write([&](soci::session &sql) {
    if (customer_rows::seen(sql, key, "document") != 0) return;
    const auto owner = customer_rows::read(sql, customer);
    if (!owner) throw failure(dms_not_found, "There is no customer \"" + std::to_string(customer) + "\".");
    std::int64_t id = 0;
    sql << "insert into documents (customer, name, media_type, reference, at_us, bytes) "
           "values (:customer, :name, :media, :reference, :at, '') returning id",
        soci::use(owner->id), soci::use(about.name), soci::use(about.media_type), soci::use(about.reference),
        soci::use(now_us), soci::into(id);
    write_bytes(sql, id, bytes);
    customer_rows::remember(sql, key, "document", id);
  });
}

}  // namespace dms::reference
