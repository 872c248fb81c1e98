#include "store/visibility_sql.hpp"

#include <map>

namespace lead_system::store {

std::string visibility_sql(const access::visibility &who, arguments &in) {
  if (who.everything) return "(1 = 1)";
  std::vector<std::string> whole;
  // Types with the same locations share one term: a salesperson's rights seldom differ from type to type.
  std::map<std::vector<std::string>, std::vector<std::string>> by_locations;
  for (const auto &one : who.types) {
    if (one.all) {
      whole.push_back(one.type);
    } else if (!one.locations.empty()) {
      by_locations[one.locations].push_back(one.type);
    }
  }
  std::string result;
  const auto add = [&](const std::string &term) { result += (result.empty() ? "" : " OR ") + term; };
  if (!whole.empty()) add("type IN (" + in.texts(whole) + ")");
  for (const auto &[locations, types] : by_locations) {
    const auto type_list = in.texts(types);
    add("(type IN (" + type_list + ") AND location IN (" + in.texts(locations) + "))");
  }
  if (!who.user.empty()) add("assignee = " + in.text(who.user));
  return result.empty() ? "(1 = 0)" : "(" + result + ")";
}

}  // namespace lead_system::store
