#include "reference_host/core/demo/demo_people.hpp"

#include <array>

#include "reference_host/core/demo/demo.hpp"
#include "reference_host/core/demo/demo_times.hpp"
#include "reference_host/core/host.hpp"
#include "reference_host/core/records/folding.hpp"

namespace dms::reference {
namespace {

constexpr int customer_count = 400;

constexpr std::array women{"Anna",    "Maria",   "Sabrina", "Katharina", "Elisabeth", "Julia",   "Eva",
                           "Martina", "Barbara", "Claudia", "Lena",      "Sophie",    "Theresa", "Bettina",
                           "Daniela", "Ingrid",  "Selin",   "Jelena",    "Ivana",     "Marlene"};
constexpr std::array men{"Markus",   "Josef",     "Franz",   "Stefan",   "Thomas", "Andreas", "Michael",
                         "Georg",    "Christian", "Florian", "Johannes", "Peter",  "Karl",    "Manfred",
                         "Wolfgang", "Emre",      "Dragan",  "Zoltán",   "Lukas",  "Jakob"};
constexpr std::array families{
    "Gruber",     "Huber",   "Wagner",  "Pichler",     "Steiner", "Moser",    "Mayer", "Hofer",     "Leitner",
    "Berger",     "Fuchs",   "Eder",    "Fischer",     "Schmid",  "Winkler",  "Weber", "Schwarz",   "Maier",
    "Schneider",  "Reiter",  "Mayr",    "Baumgartner", "Wimmer",  "Egger",    "Auer",  "Haslinger", "Brunner",
    "Lang",       "Aigner",  "Binder",  "Lehner",      "Wallner", "Strasser", "Haas",  "Grünwald",  "Öllinger",
    "Überbacher", "Weiß",    "Jäger",   "Kovačević",   "Yılmaz",  "Nagy",     "Novak", "Hadžić",    "Çelik",
    "Kogler",     "Lechner", "Stadler", "Holzer",      "Zauner"};
constexpr std::array companies{"Tischlerei %s GmbH",   "%s Bau GmbH",      "Bäckerei %s", "Malerbetrieb %s e.U.",
                               "%s Installationen KG", "Taxi %s",          "Gasthof %s",  "%s & Partner OG",
                               "Elektro %s GmbH",      "Steuerberatung %s"};
constexpr std::array streets{"Hauptstraße",   "Bahnhofstraße", "Schulgasse",  "Kirchenweg",    "Mariahilfer Straße",
                             "Grazer Straße", "Lindenallee",   "Am Feldrain", "Wiener Straße", "Mozartgasse",
                             "Sonnenhangweg", "Ringstraße",    "Gartengasse", "Dorfplatz",     "Industriestraße"};
struct town {
  std::string_view postal_code, name;
};
constexpr std::array towns{town{"1060", "Wien"},          town{"1100", "Wien"},
                           town{"1220", "Wien"},          town{"2340", "Mödling"},
                           town{"8010", "Graz"},          town{"8055", "Graz"},
                           town{"8160", "Weiz"},          town{"4020", "Linz"},
                           town{"4600", "Wels"},          town{"5020", "Salzburg"},
                           town{"5400", "Hallein"},       town{"6020", "Innsbruck"},
                           town{"6060", "Hall in Tirol"}, town{"9020", "Klagenfurt am Wörthersee"},
                           town{"9500", "Villach"},       town{"3100", "St. Pölten"}};
constexpr std::array mobile_codes{"664", "676", "660", "699", "650"};
constexpr std::array domains{"example.at", "mail.example.at", "post.example.at", "example.com"};
constexpr std::array titles{"Mag.", "Dr.", "Ing.", "DI"};
constexpr std::array<demo_vehicle, 10> nissans{{{"Qashqai", "N-Connecta"},
                                                {"Qashqai", "Tekna"},
                                                {"Juke", "Acenta"},
                                                {"Leaf", "e+ Tekna"},
                                                {"X-Trail", "N-Design"},
                                                {"Micra", "N-Sport"},
                                                {"Ariya", "Evolve"},
                                                {"Townstar", "Business"},
                                                {"Juke", "N-Design"},
                                                {"X-Trail", "Tekna"}}};

std::string with_name(std::string_view pattern, const std::string &name) {
  const auto at = pattern.find("%s");
  return std::string(pattern.substr(0, at)) + name + std::string(pattern.substr(at + 2));
}

/// Of the name, as people have it.
std::string email_of(const demo_prospect &who, demo_dice &dice) {
  const auto plain = [](const std::string &text) {
    std::string letters;
    for (const char c : folded(text)) {
      if ((c >= 'a' && c <= 'z') || c == '-') letters += c;
    }
    return letters;
  };
  return plain(who.first_name) + '.' + plain(who.last_name) +
         (dice.chance(40) ? std::to_string(dice.below(90) + 10) : "") + '@' + std::string(dice.one_of(domains));
}

}  // namespace

std::uint64_t demo_dice::next() {
  // splitmix64
  auto z = (state_ += 0x9E3779B97F4A7C15ULL);
  z = (z ^ (z >> 30U)) * 0xBF58476D1CE4E5B9ULL;
  z = (z ^ (z >> 27U)) * 0x94D049BB133111EBULL;
  return z ^ (z >> 31U);
}

const std::vector<demo_site> &demo_sites() {
  static const std::vector<demo_site> sites{
      {"wien", "Wien", "Triester Straße 87", "1100", "AT-9", "AT10017"},
      {"graz", "Graz", "Kärntner Straße 140", "8053", "AT-6", "AT10023"},
      {"linz", "Linz", "Wiener Straße 211", "4020", "AT-4", "AT10031"},
      {"salzburg", "Salzburg", "Alpenstraße 95", "5020", "AT-5", "AT10044"},
      {"innsbruck", "Innsbruck", "Haller Straße 12", "6020", "AT-7", "AT10052"},
      {"klagenfurt", "Klagenfurt", "Völkermarkter Straße 60", "9020", "AT-2", "AT10068"},
  };
  return sites;
}

const std::vector<demo_person> &demo_staff() {
  static const std::vector<std::string> everywhere{"wien", "graz", "linz", "salzburg", "innsbruck", "klagenfurt"};
  static const std::vector<demo_person> staff{
      {"leitung", "Sabine Hofer", "manager", everywhere},
      {"wien1", "Martin Gruber", "office", {"wien"}},
      {"graz1", "Petra Kogler", "office", {"graz"}},
      {"admin", "Alexandra Wimmer", "admin", everywhere},
      {"verkauf1", "Lukas Steiner", "sales", {"wien"}},
      {"verkauf2", "Anna Pichler", "sales", {"wien"}},
      {"verkauf3", "Michael Wagner", "sales", {"wien"}},
      {"verkauf4", "Julia Reiter", "sales", {"graz"}},
      {"verkauf5", "Tobias Huber", "sales", {"graz"}},
      {"verkauf6", "Magdalena Plank", "sales", {"linz"}},
      {"verkauf7", "Gerald Jaklitsch", "sales", {"klagenfurt"}},
      {"verkauf8", "Petra Lindner", "sales", {"salzburg"}},
      {"verkauf9", "Emir Hadžić", "sales", {"innsbruck"}},
      {"verkauf10", "Verena Schmid", "sales", {"linz", "salzburg"}},
  };
  return staff;
}

demo_prospect make_prospect(demo_dice &dice) {
  demo_prospect who;
  who.female = dice.chance(50);
  who.first_name = who.female ? dice.one_of(women) : dice.one_of(men);
  who.last_name = dice.one_of(families);
  if (dice.chance(8)) who.title = dice.one_of(titles);
  if (dice.chance(12)) who.company = with_name(dice.one_of(companies), who.last_name);
  if (dice.chance(85)) who.email = email_of(who, dice);
  // The numbers of 555 are nobody's.
  if (who.email.empty() || dice.chance(80)) {
    who.mobile = "+43" + std::string(dice.one_of(mobile_codes)) + "555" + std::to_string(1000 + dice.below(9000));
  }
  if (dice.chance(15)) who.home = "+431555" + std::to_string(1000 + dice.below(9000));
  who.street = std::string(dice.one_of(streets)) + ' ' + std::to_string(1 + dice.below(140));
  const auto &place = dice.one_of(towns);
  who.postal_code = place.postal_code;
  who.city = place.name;
  return who;
}

const demo_vehicle &some_nissan(demo_dice &dice) {
  return dice.one_of(nissans);
}

std::string make_vin(demo_dice &dice) {
  std::string vin = "SJNFAAJ11U";
  for (int digit = 0; digit < 7; ++digit) vin += static_cast<char>('0' + dice.below(10));
  return vin;
}

void make_demo_dealership(host &in, const demo_options &how) {
  auto &data = in.data();
  data.settings.set("host", "name", "Autohaus Tauernblick");
  for (const auto &site : demo_sites()) {
    if (data.locations.find(site.id)) continue;
    location place;
    place.id = site.id;
    place.name = place.city = site.name;
    place.street = site.street;
    place.postal_code = site.postal_code;
    place.region = site.region;
    place.hours = {{"1-5", "08:00", "18:00"}, {"6", "09:00", "12:00"}};
    data.locations.add(place);
  }
  int extension = 10;
  for (const auto &person : demo_staff()) {
    ++extension;
    if (data.users.find(person.login)) continue;
    user item;
    item.id = person.login;
    item.name = person.name;
    item.email = item.id + "@tauernblick.example";
    item.phone = "+43 1 555 01 " + std::to_string(extension);
    item.roles = {std::string(person.role)};
    item.locations = person.locations;
    data.users.add(item, how.password);
  }
  in.directory_changed();
}

void make_demo_customers(host &in) {
  demo_dice dice(20200722);
  const auto now = in.clock().now_us();
  for (int number = 1; number <= customer_count; ++number) {
    const auto who = make_prospect(dice);
    customer item;
    item.kind = who.company.empty() ? "person" : "company";
    item.salutation = who.female ? "ms" : "mr";
    item.title = who.title;
    item.first_name = who.first_name;
    item.last_name = who.last_name;
    item.company = who.company;
    item.email = who.email;
    if (!who.mobile.empty()) item.phones.push_back(who.mobile);
    if (!who.home.empty()) item.phones.push_back(who.home);
    item.street = who.street;
    item.postal_code = who.postal_code;
    item.city = who.city;
    item.salesperson = "verkauf" + std::to_string(1 + dice.below(10));
    const int cars = dice.chance(70) ? (dice.chance(12) ? 2 : 1) : 0;
    for (int car = 0; car < cars; ++car) {
      item.vehicles.push_back({make_vin(dice), "Nissan", std::string(some_nissan(dice).model), "", 0});
    }
    const auto since = now - day_us * (30 + dice.below(2000));
    in.data().customers.create(item, "demo:customer:" + std::to_string(number), since);
  }
}

}  // namespace dms::reference
