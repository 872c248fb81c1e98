// Who is the same person, and what tells nobody from anybody.
#include <gtest/gtest.h>

#include "intake/plain_text.hpp"
#include "lead/fold.hpp"
#include "lead/placeholders.hpp"
#include "lead/same_person.hpp"

namespace {

using namespace lead_system;

person named(const std::string &first, const std::string &last, const std::string &email = {},
             const std::string &number = {}) {
  person who;
  who.first_name = first;
  who.last_name = last;
  who.email = email;
  if (!number.empty()) who.phones.push_back({number, {}});
  return who;
}

TEST(same_person, ids_that_stand_in_for_one_are_none) {
  for (const char *id : {"0",
                         "000",
                         "1",
                         "-",
                         "--",
                         "?",
                         " ",
                         "n/a",
                         "N.A.",
                         "k.A.",
                         "null",
                         "None",
                         "undefined",
                         "Unbekannt",
                         "test",
                         "Kontaktformular",
                         "contact-form",
                         "2,01788E+11",
                         "3.1E11",
                         "4E+11",
                         "{{lead_id}}",
                         "${id}",
                         "%ID%",
                         "[id]",
                         "#NV",
                         "#REF!",
                         "#NAME?",
                         "00000000-0000-0000-0000-000000000000",
                         "'-'"}) {
    EXPECT_TRUE(is_placeholder_id(id)) << id;
  }
  for (const char *id : {"2", "10", "0815", "4711", "A1", "1-7QX2K1-001", "12E4", "1E5", "kontakt-17", "N-1", "E-11",
                         "6F9619FF-8B86-D011-B42D-00CF4FC964FF", "AT10017", "100000000001"}) {
    EXPECT_FALSE(is_placeholder_id(id)) << id;
  }
}

TEST(same_person, addresses_and_numbers_of_nobody_are_none) {
  for (const char *email :
       {"test@test.at", "Test@gmail.com", "noreply@haendler.example", "no-reply@x.at", "a@a.at",
        "do_not_reply@example.at", "keine@email.at", "info@test.com", "asdf@asdf.de", "@x.at", "x"}) {
    EXPECT_TRUE(is_placeholder_email(email)) << email;
  }
  for (const char *email : {"info@example.at", "eva.huber@gmx.at", "office@kfz-huber.at", "m.test@gmx.at"}) {
    EXPECT_FALSE(is_placeholder_email(email)) << email;
  }
  for (const char *digits : {"00000000", "12345", "123456789", "4312345678", "0123456789", "987654321", "43111111111",
                             "1234", "", "436640000000", "4366412345678"}) {
    EXPECT_TRUE(is_placeholder_phone(digits)) << digits;
  }
  for (const char *digits : {"436645550142", "431587000", "436641234567", "4915112345600", "43316872"}) {
    EXPECT_FALSE(is_placeholder_phone(digits)) << digits;
  }
}

TEST(same_person, only_valid_numbers_are_signs) {
  person who;
  who.phones = {{"0664 5550142", {}}, {"+436645550142", {}}, {"4,36646E+11", {}}, {"+00000000", {}}, {"+43 664 1", {}}};
  EXPECT_EQ(signs_of(who).phones, std::vector<std::string>{"436645550142"});
}

TEST(same_person, shares_a_sign_and_has_no_other_name) {
  const std::string mail = "huber@example.at", number = "+436645550142";
  const auto anna = named("Anna", "Huber", mail, number);
  for (const auto &same : {named("Anna", "Huber", mail), named("", "Huber", mail), named("A.", "Huber", {}, number),
                           named("Huber", "Anna", mail), named("Anna Maria", "Huber", mail), named("", "", mail),
                           named("anna", "HUBER", "Huber@Example.AT")}) {
    EXPECT_TRUE(same_person(anna, same)) << same.full_name();
  }
  for (const auto &other : {named("Karl", "Huber", mail, number), named("Annabel", "Huber", mail),
                            named("Anna", "Moser", mail), named("Anna", "Huber"), named("Hanna", "Huber", mail)}) {
    EXPECT_FALSE(same_person(anna, other)) << other.full_name();
  }
  EXPECT_FALSE(same_person(named("Andrea", "Huber", mail), named("Andreas", "Huber", mail)));
}

TEST(same_person, another_one_has_nothing_in_common) {
  const auto anna = named("Anna", "Huber", "anna@example.at", "+436645550142");
  EXPECT_TRUE(another_person(anna, named("Karl", "Moser", "karl@example.at")));
  EXPECT_TRUE(another_person(named("Anna", "Huber", "test@test.at"), named("Karl", "Moser", "test@test.at")));
  EXPECT_FALSE(another_person(anna, named("Anna", "Huber", "neu@example.at")));
  EXPECT_FALSE(another_person(anna, named("Karl", "Moser", "ANNA@example.at")));
  EXPECT_FALSE(another_person(anna, named("Karl", "Moser", {}, "+436645550142")));
  EXPECT_FALSE(another_person(anna, person{})) << "nothing is known of that one";
  auto firm = person{}, same_firm = person{};
  firm.company = "Muster GmbH";
  same_firm.company = "MUSTER Gmbh";
  same_firm.email = "office@example.at";
  EXPECT_FALSE(another_person(firm, same_firm));
}

TEST(same_person, hidden_letters_divide_no_name) {
  EXPECT_EQ(fold_name("Mül\u00ADler"), fold_name("Müller"));
  EXPECT_EQ(fold_name("Mu\u200Bs\u200Ct\u200Der\uFEFF"), "muster");
  EXPECT_EQ(intake::clean_line("Hu\u00ADber\u200D Jo\u200Csef", 100), "Huber Josef");
  EXPECT_EQ(intake::clean_line("علی\u200Cرضا", 100), "علی\u200Cرضا") << "a script that needs it";
}

}  // namespace
