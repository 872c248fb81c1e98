// demo_people.hpp - the demo's dealership and customers; deterministic, so that pictures and tests agree.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace dms::reference {

class host;
struct demo_options;

struct demo_site {
  std::string_view id, name, street, postal_code, region, dealer_code;
};
const std::vector<demo_site> &demo_sites();

struct demo_person {
  std::string_view login, name, role;
  std::vector<std::string> locations;
};
const std::vector<demo_person> &demo_staff();

/// The same sequence everywhere: std distributions differ between libraries.
class demo_dice {
 public:
  explicit demo_dice(std::uint64_t seed) : state_(seed) {}
  std::uint64_t next();
  int below(int bound) { return static_cast<int>(next() % static_cast<std::uint64_t>(bound)); }
  bool chance(int percent) { return below(100) < percent; }
  template <typename List>
  const auto &one_of(const List &list) {
    return list[static_cast<std::size_t>(below(static_cast<int>(std::size(list))))];
  }

 private:
  std::uint64_t state_;
};

/// Somebody in Austria, as master data and leads need him.
struct demo_prospect {
  bool female = false;
  std::string title, first_name, last_name, company, email, mobile, home, street, postal_code, city;
};
demo_prospect make_prospect(demo_dice &dice);
struct demo_vehicle {
  std::string_view model, grade;
};
const demo_vehicle &some_nissan(demo_dice &dice);
std::string make_vin(demo_dice &dice);

void make_demo_dealership(host &in, const demo_options &how);
void make_demo_customers(host &in);

}  // namespace dms::reference
