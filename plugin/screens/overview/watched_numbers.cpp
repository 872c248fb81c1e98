#include "screens/overview/watched_numbers.hpp"

#include <array>

namespace lead_system::screens {
namespace {

/// Minutes.
constexpr std::array<std::uint32_t, 10> response_bounds{15, 30, 60, 120, 240, 480, 1440, 2880, 5760, 10080};
constexpr double seconds_a_minute = 60;

json number(std::string_view name, std::string_view help, json value, json labels = json::object()) {
  return {
      {"name", name}, {"kind", "gauge"}, {"help", help}, {"labels", std::move(labels)}, {"value", std::move(value)}};
}

struct work {
  std::int64_t overdue = 0;
  std::array<std::int64_t, response_bounds.size()> answered_within{};
  std::int64_t answered = 0, minutes = 0;

  void add(std::uint32_t waited) {
    if (waited == columns::never) return;
    ++answered;
    minutes += waited;
    for (std::size_t at = 0; at < response_bounds.size(); ++at) {
      if (waited <= response_bounds[at]) ++answered_within[at];
    }
  }
};

work work_in(const columns::lead_columns &leads, time_us now) {
  work all;
  for (const auto &[first, block] : leads.blocks()) {
    columns::for_each(block->present, [&, of = block.get()](std::size_t at) {
      all.add(of->clock_minutes[at]);
      if (of->deadlines && of->value(columns::running, at) != 0 && of->deadlines->due_at[at] < now) ++all.overdue;
    });
  }
  return all;
}

}  // namespace

json coverage_numbers(const access::coverage_report &now) {
  return json::array({number("lead_system_leads_open", "Leads that are being worked", now.open),
                      number("lead_system_leads_uncovered", "Open leads that nobody sees; must be 0", now.unseen()),
                      number("lead_system_coverage_gaps", "Types and places that nobody looks after; must be 0",
                             static_cast<std::int64_t>(now.gaps.size()))});
}

json feedback_numbers(const store::store::feedback_counts &now) {
  constexpr auto help = "Messages to manufacturers that are not acknowledged, by how they stand";
  json all = json::array();
  for (const auto &[status, count] :
       {std::pair{"waiting", now.waiting}, {"rejected", now.rejected}, {"failed", now.failed}}) {
    all.push_back(number("lead_system_feedback_messages", help, count, {{"status", status}}));
  }
  return all;
}

json quarantine_number(std::int64_t waiting) {
  return json::array({number("lead_system_quarantined", "Leads in quarantine, up to a thousand", waiting)});
}

json work_numbers(columns::lead_index &leads, time_us now) {
  const auto found = work_in(*leads.now(), now);
  json buckets = json::array();
  for (std::size_t at = 0; at < response_bounds.size(); ++at) {
    buckets.push_back(json::array({response_bounds[at] * seconds_a_minute, found.answered_within[at]}));
  }
  return json::array(
      {number("lead_system_leads_overdue", "Leads whose deadline for the first contact is over", found.overdue),
       {{"name", "lead_system_first_response_seconds"},
        {"kind", "histogram"},
        {"help", "Seconds from a lead's arrival to the first contact, of all leads that are kept"},
        {"labels", json::object()},
        {"buckets", std::move(buckets)},
        {"sum", static_cast<double>(found.minutes) * seconds_a_minute},
        {"count", found.answered}}});
}

}  // namespace lead_system::screens
