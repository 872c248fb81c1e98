// holidays.cpp - the table of a country's holidays, from an .info file that people wrote.
#include <date/date.h>

#include <algorithm>
#include <boost/property_tree/info_parser.hpp>
#include <boost/property_tree/ptree.hpp>
#include <sstream>
#include <stdexcept>

#include "embedded/holidays.hpp"
#include "lead/working_time.hpp"

namespace lead_system {

namespace {

/// Easter Sunday of the Gregorian calendar: the anonymous algorithm (Meeus, Jones, Butcher).
date::sys_days easter_sunday(int year) {
  const int a = year % 19, b = year / 100, c = year % 100;
  const int d = b / 4, e = b % 4, f = (b + 8) / 25, g = (b - f + 1) / 3;
  const int h = (19 * a + b - d - g + 15) % 30, i = c / 4, k = c % 4;
  const int l = (32 + 2 * e + 2 * i - h - k) % 7, m = (a + 11 * h + 22 * l) / 451;
  const int month = (h + l - 7 * m + 114) / 31, day = (h + l - 7 * m + 114) % 31 + 1;
  return date::sys_days{date::year{year} / month / day};
}

holiday_table::entry parse_entry(const std::string &key, const boost::property_tree::ptree &node) {
  holiday_table::entry result;
  result.name = node.get("name", key);
  if (auto fixed = node.get_optional<std::string>("date")) {
    char dash = 0;
    std::istringstream in(*fixed);
    in >> result.month >> dash >> result.day;
    // 2000 is a leap year, so that 29 February is a date.
    if (!in || dash != '-' || !(date::year{2000} / result.month / result.day).ok()) {
      throw std::runtime_error("The holiday " + key + " has a date that is not MM-DD: " + *fixed + ".");
    }
  } else if (auto movable = node.get_optional<int>("easter")) {
    result.after_easter = *movable;
  } else {
    throw std::runtime_error("The holiday " + key + " has neither a date nor its days after Easter.");
  }
  std::istringstream regions(node.get("regions", ""));
  for (std::string region; regions >> region;) result.regions.push_back(region);
  result.closed = node.get("closed", "yes") != "no";
  return result;
}

}  // namespace

holiday_table holiday_table::parse(std::string_view text) {
  boost::property_tree::ptree tree;
  std::istringstream in{std::string(text)};
  try {
    boost::property_tree::read_info(in, tree);
  } catch (const boost::property_tree::info_parser_error &error) {
    throw std::runtime_error("The holidays cannot be read: " + error.message() + ", line " +
                             std::to_string(error.line()) + ".");
  }
  holiday_table table;
  if (auto list = tree.get_child_optional("holidays")) {
    for (const auto &[key, node] : *list) table.entries_.push_back(parse_entry(key, node));
  }
  return table;
}

std::shared_ptr<const holiday_table> holiday_table::austria() {
  return std::make_shared<const holiday_table>(parse(embedded::holidays().front().content));
}

bool holiday_table::closed_on(int year, int month, int day, std::string_view region) const {
  const date::sys_days today{date::year{year} / month / day};
  const auto since_easter = (today - easter_sunday(year)).count();
  return std::any_of(entries_.begin(), entries_.end(), [&](const entry &one) {
    if (!one.closed) return false;
    if (!one.regions.empty() && std::find(one.regions.begin(), one.regions.end(), region) == one.regions.end()) {
      return false;
    }
    return one.month != 0 ? one.month == month && one.day == day : one.after_easter == since_easter;
  });
}

}  // namespace lead_system
