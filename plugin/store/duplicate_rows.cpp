#include "store/duplicate_rows.hpp"

#include "lead/texts.hpp"
#include "store/database.hpp"

namespace lead_system::store {

std::map<std::int64_t, std::int64_t> duplicate_rows::kept_of(const std::vector<std::int64_t> &ids) {
  if (ids.empty()) return {};
  return in_.inside().read([&](connection &on) {
    std::map<std::int64_t, std::int64_t> result;
    arguments in;
    const auto list = in.numbers(ids);
    statement rows(
        on.session(),
        "SELECT lead_id, data FROM lead_event WHERE lead_id IN (" + list + ") AND kind = 'closed' ORDER BY lead_id, id",
        in, "it");
    for (rows.execute(); rows.next();) {
      // The last end decides.
      result.erase(rows.number(0));
      const auto data = texts_from_json(rows.text(1));
      if (data.contains("duplicate_of")) result[rows.number(0)] = number_in(data, "duplicate_of");
    }
    return result;
  });
}

}  // namespace lead_system::store
