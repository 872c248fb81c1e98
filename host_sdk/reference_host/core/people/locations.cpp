#include "reference_host/core/people/locations.hpp"

#include <algorithm>
#include <regex>

#include "dms/cpp/basics.hpp"
#include "reference_host/core/json_lists.hpp"
#include "reference_host/core/people/directory_change.hpp"

namespace dms::reference {
namespace {

std::string hours_text(const std::vector<opening_hours> &hours) {
  auto list = nlohmann::json::array();
  for (const auto &line : hours) list.push_back({{"days", line.days}, {"from", line.from}, {"to", line.to}});
  return list.dump();
}

std::vector<opening_hours> hours_of(const std::string &text) {
  std::vector<opening_hours> hours;
  for (const auto &line : nlohmann::json::parse(text)) {
    hours.push_back({text_of(line, "days"), text_of(line, "from"), text_of(line, "to")});
  }
  return hours;
}

void check(const location &item) {
  static const std::regex good_id("[a-z0-9_-]{1,40}"), good_zone("[A-Za-z_]+(/[A-Za-z_+-]+)*");
  if (!std::regex_match(item.id, good_id)) {
    throw failure(dms_invalid, "The id of a location consists of a-z, 0-9, _ and -, at most 40 signs.");
  }
  if (item.name.empty()) throw failure(dms_invalid, "A location needs a name.");
  if (!std::regex_match(item.time_zone, good_zone)) {
    throw failure(dms_invalid, "The time zone is written as in \"Europe/Vienna\".");
  }
  if (!are_hours(item.hours)) {
    throw failure(dms_invalid, "Opening hours are written as in \"1-5 08:00-18:00,6 09:00-12:00\".");
  }
}

std::vector<location> read_locations(const database &from, const std::string &id) {
  std::vector<location> found;
  from.read([&](soci::session &sql) {
    found.clear();
    location item;
    std::string hours;
    int open = 0;
    soci::statement rows =
        (sql.prepare << "select id, name, street, postal_code, city, time_zone, region, open, hours from locations "
                        "where :any = '' or id = :id order by position",
         soci::use(id), soci::use(id), soci::into(item.id), soci::into(item.name), soci::into(item.street),
         soci::into(item.postal_code), soci::into(item.city), soci::into(item.time_zone), soci::into(item.region),
         soci::into(open), soci::into(hours));
    rows.execute();
    while (rows.fetch()) {
      item.open = open != 0;
      item.hours = hours_of(hours);
      found.push_back(item);
    }
  });
  return found;
}

}  // namespace

bool are_hours(const std::vector<opening_hours> &hours) {
  static const std::regex good_days("[1-7](-[1-7])?"), good_time("([01][0-9]|2[0-3]):[0-5][0-9]|24:00");
  return std::ranges::all_of(hours, [&](const opening_hours &line) {
    return std::regex_match(line.days, good_days) && std::regex_match(line.from, good_time) &&
           std::regex_match(line.to, good_time) && line.to > line.from;
  });
}

std::vector<opening_hours> parse_hours(std::string_view text) {
  static const std::regex line(" *([1-7](?:-[1-7])?) +([0-9]{2}:[0-9]{2})-([0-9]{2}:[0-9]{2}) *");
  std::vector<opening_hours> hours;
  std::string rest(text);
  while (!rest.empty()) {
    const auto comma = rest.find(',');
    const auto part = rest.substr(0, comma);
    std::smatch found;
    if (!std::regex_match(part, found, line)) {
      throw failure(dms_invalid, "Opening hours are written as in \"1-5 08:00-18:00,6 09:00-12:00\".");
    }
    hours.push_back({found[1], found[2], found[3]});
    rest = comma == std::string::npos ? "" : rest.substr(comma + 1);
  }
  return hours;
}

std::vector<location> locations::all() const {
  return read_locations(database_, "");
}

std::optional<location> locations::find(std::string_view id) const {
  if (id.empty()) return std::nullopt;
  auto found = read_locations(database_, std::string(id));
  if (found.empty()) return std::nullopt;
  return std::move(found.front());
}

void locations::add(const location &item) {
  check(item);
  database_.write([&](soci::session &sql) {
    int known = 0;
    sql << "select count(*) from locations where id = :id", soci::use(item.id), soci::into(known);
    if (known != 0) throw failure(dms_refused, "There is already a location \"" + item.id + "\".");
    const auto hours = hours_text(item.hours);
    const int open = item.open ? 1 : 0;
    sql << "insert into locations (id, name, street, postal_code, city, time_zone, region, open, hours) "
           "values (:id, :name, :street, :code, :city, :zone, :region, :open, :hours)",
        soci::use(item.id), soci::use(item.name), soci::use(item.street), soci::use(item.postal_code),
        soci::use(item.city), soci::use(item.time_zone), soci::use(item.region), soci::use(open), soci::use(hours);
    directory_changed(sql);
  });
}

void locations::change(const location &item) {
  check(item);
  if (!find(item.id)) throw failure(dms_not_found, "There is no location \"" + item.id + "\".");
  database_.write([&](soci::session &sql) {
    const auto hours = hours_text(item.hours);
    sql << "update locations set name = :name, street = :street, postal_code = :code, city = :city, "
           "time_zone = :zone, region = :region, hours = :hours where id = :id",
        soci::use(item.name), soci::use(item.street), soci::use(item.postal_code), soci::use(item.city),
        soci::use(item.time_zone), soci::use(item.region), soci::use(hours), soci::use(item.id);
    directory_changed(sql);
  });
}

void locations::set_open(std::string_view id, bool open) {
  if (!find(id)) throw failure(dms_not_found, "There is no location \"" + std::string(id) + "\".");
  database_.write([&](soci::session &sql) {
    const int value = open ? 1 : 0;
    const std::string which(id);
    sql << "update locations set open = :open where id = :id", soci::use(value), soci::use(which);
    directory_changed(sql);
  });
}

}  // namespace dms::reference
