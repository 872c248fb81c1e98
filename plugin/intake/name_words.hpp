// name_words.hpp - words of names: titles, companies, given names. As fold_name writes them, without blanks and signs.
#pragma once

#include <string_view>

namespace lead_system::intake::known_words {

inline constexpr std::string_view titles[] = {
    "dr",       "ddr",         "mdr",           "prof",       "univprof", "aoprof",     "aounivprof", "honprof",
    "mag",      "maga",        "mmag",          "ddipling",   "ing",      "dipling",    "dipl",       "diplkfm",
    "dkfm",     "diplwirting", "diplpad",       "diplhtling", "diplbw",   "diplpsych",  "diplinform", "drmed",
    "drtechn",  "driur",       "drphil",        "bsc",        "msc",      "phd",        "bakk",       "komm",
    "kommr",    "kommrat",     "kommerzialrat", "hofrat",     "medrat",   "obermedrat", "prim",       "primarius",
    "doz",      "univdoz",     "privdoz",       "pd",         "assprof",  "univass",    "bed",        "med",
    "llm",      "llb",         "mba",           "mas",        "akad",     "magister",   "doktor",     "professor",
    "dipl ing", "pfarrer",     "drin",          "profin",     "ostr",     "osr",        "rat",        "schulrat",
};

/// Those that are names or words as well ("Ma", "Di"): titles only in capitals.
inline constexpr std::string_view capital_titles[] = {"di", "ma",  "ba",  "fh",   "kr",  "hr", "oa",
                                                      "ra", "mim", "oar", "emba", "mpa", "mph"};

/// What follows a degree and says of which faculty.
inline constexpr std::string_view faculties[] = {
    "med",  "univ",  "iur",  "jur",   "phil", "rer",  "nat",   "soc",  "oc",   "pol",  "techn", "vet",
    "dent", "theol", "mult", "habil", "hc",   "art",  "pharm", "ing",  "mont", "agr",  "comm",  "fh",
    "des",  "mag",   "bw",   "psych", "kfm",  "biol", "chem",  "math", "inf",  "wirt", "sc",    "et"};

/// Of companies and clubs. Capitals: they are syllables as well.
inline constexpr std::string_view company_forms[] = {"gmbh",
                                                     "gesmbh",
                                                     "gmbhco",
                                                     "mbh",
                                                     "kg",
                                                     "keg",
                                                     "ohg",
                                                     "gesbr",
                                                     "gbr",
                                                     "genmbh",
                                                     "regenmbh",
                                                     "ltd",
                                                     "llc",
                                                     "inc",
                                                     "sarl",
                                                     "srl",
                                                     "sro",
                                                     "doo",
                                                     "kft",
                                                     "verein",
                                                     "stiftung",
                                                     "genossenschaft",
                                                     "gmbhcokg",
                                                     "flexco",
                                                     "marktgemeinde",
                                                     "stadtgemeinde",
                                                     "gemeindeamt"};
inline constexpr std::string_view capital_forms[] = {"ag", "og", "kg", "se", "sa"};

/// What makes a company, an office or a club of all words beside it.
inline constexpr std::string_view company_words[] = {"gemeinde",  "feuerwehr", "rechtsanwalte", "kanzlei",
                                                     "magistrat", "pfarramt",  "rettung",       "landesregierung"};
/// Behind "&".
inline constexpr std::string_view company_partners[] = {"sohne", "sohn",    "partner", "co",
                                                        "cie",   "tochter", "bruder",  "sons"};
/// From here on it is no longer this name: "c/o Huber", "geb. Huber".
inline constexpr std::string_view other_names[] = {"co", "geb", "geborene", "geborener", "verh", "vormals", "vulgo"};

inline constexpr std::string_view generations[] = {"sen", "senior", "sr", "jun", "junior", "jr", "ii", "iii", "iv"};

/// As fold_name writes them. Frequent given names: "Garcia Lopez, Maria" is a family name and a given one, "Max Muster,
/// Wien" a name and a town.
inline constexpr std::string_view given_names[] = {
    "adam",     "agnes",    "alex",      "alexander", "alexandra", "alfred",     "ali",       "alois",     "ana",
    "andrea",   "andreas",  "angela",    "anita",     "anja",      "anna",       "anton",     "antonia",   "armin",
    "astrid",   "barbara",  "ben",       "benjamin",  "bernd",     "bernhard",   "bettina",   "birgit",    "brigitte",
    "carina",   "carlos",   "caroline",  "christa",   "christian", "christina",  "christine", "christoph", "claudia",
    "clemens",  "cornelia", "daniel",    "daniela",   "david",     "diego",      "dominik",   "doris",     "edith",
    "elena",    "elias",    "elisabeth", "emma",      "erich",     "erika",      "ernst",     "erwin",     "eva",
    "fabian",   "fatma",    "felix",     "ferdinand", "florian",   "franz",      "franziska", "friedrich", "fritz",
    "gabriele", "georg",    "gerald",    "gerda",     "gerhard",   "gertrude",   "gunter",    "hans",      "harald",
    "heidi",    "heinrich", "heinz",     "helga",     "helmut",    "herbert",    "hermann",   "hubert",    "ingrid",
    "irene",    "isabella", "ivan",      "jakob",     "jan",       "jana",       "jasmin",    "jennifer",  "johann",
    "johanna",  "johannes", "jorg",      "jose",      "josef",     "juan",       "julia",     "julian",    "jurgen",
    "karin",    "karl",     "katharina", "kerstin",   "klaus",     "konrad",     "kurt",      "lara",      "laura",
    "lena",     "leon",     "leopold",   "lisa",      "luca",      "luis",       "lukas",     "magdalena", "manfred",
    "manul",    "manula",   "marco",     "margarete", "maria",     "marie",      "mario",     "marion",    "markus",
    "marlene",  "martin",   "martina",   "matthias",  "max",       "maximilian", "mehmet",    "melanie",   "michal",
    "michala",  "mohamed",  "monika",    "nadine",    "nicole",    "nina",       "norbert",   "oliver",    "oskar",
    "otto",     "patricia", "patrick",   "paul",      "paula",     "pedro",      "peter",     "petra",     "philipp",
    "rainer",   "regina",   "reinhard",  "renate",    "rene",      "robert",     "roland",    "roman",     "rosa",
    "rudolf",   "sabine",   "sabrina",   "sandra",    "sara",      "sarah",      "sebastian", "silvia",    "simon",
    "simone",   "sofia",    "sonja",     "sophie",    "stefan",    "stefanie",   "susanne",   "sylvia",    "tanja",
    "theresa",  "thomas",   "tobias",    "ulrike",    "ursula",    "valentina",  "vera",      "verena",    "veronika",
    "viktoria", "walter",   "werner",    "wilhelm",   "wolfgang",  "yvonne"};

}  // namespace lead_system::intake::known_words
