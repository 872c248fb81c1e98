// lead_rows.hpp - a lead as a row of table lead, and back.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "lead/same_person.hpp"
#include "store/feed_row.hpp"
#include "store/statement.hpp"

namespace lead_system::store {

/// Column due_at (feed_row.hpp).
time_us due_at(const lead &item) noexcept;

/// Column notice_at: the next reminder or escalation that nobody was told of; 0: none.
time_us next_notice_at(const lead &item) noexcept;

/// What a list shows, and everything. The letters are those of statement.hpp.
extern const std::string lead_columns;
extern const std::string lead_column_kinds;
/// The lead in the present row, from the first column on.
lead read_lead(const statement &row, bool with_details);

/// The person's keys under which a search finds him: the folded e-mail and up to three numbers, as they came.
struct person_keys {
  std::string name, email;
  std::vector<std::string> phones;
};
person_keys keys_of(const person &who);
/// Condition "one of the signs of this person (same_person.hpp), or that customer's" on table lead, or empty where he
/// has none; its values go to `in`. Who has another name is still to be left out.
std::string same_signs_sql(const person_signs &signs, const std::string &customer, arguments &in);

/// With everything, or nothing.
std::optional<lead> lead_with(connection &on, std::int64_t id);
/// Under a number that arrivals gives.
void insert_lead(connection &on, std::int64_t id, const lead &item, int occurrence, const std::string &digest);
/// False where id and version do not match. `digest` null: the content stays.
bool update_lead(connection &on, const lead &item, const std::string *digest);

}  // namespace lead_system::store
