#include "intake/tryout.hpp"

#include <algorithm>

#include "intake/reading.hpp"

namespace lead_system::intake {

tryout try_out(const definition &source, std::string_view payload, time_us received_default, int first, int most) {
  tryout result;
  result.first = std::max(first, 1);
  limits within;
  within.payload_bytes = largest_tried;
  const auto is_wanted = [&](int number) { return number >= result.first && number - result.first < most; };
  // Of a mail a lead may stand in several texts, of which one is taken: only then it has its number.
  const bool all = source.how->format == payload_format::mail;
  int met = 0, taken = 0;
  const auto map = [&](const definition &by, const record &one, time_us received, const message &remark) {
    return all || is_wanted(++met) ? map_traced(by, one, received, remark) : read_lead{};
  };
  const auto take = [&](read_lead &&one) {
    if (is_wanted(++taken)) result.leads.push_back(std::move(one));
  };
  const auto read = read_payload(source, payload, received_default, within, take, map);
  result.records = read.leads;
  result.problem = read.problem;
  if (!result.problem.empty()) result.leads.clear();
  return result;
}

}  // namespace lead_system::intake
