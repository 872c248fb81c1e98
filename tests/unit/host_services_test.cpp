// The host's services as a plugin meets them.
#include "reference_host/core/plugins/services.hpp"
#include "unit/host_fixture.hpp"

namespace {

using namespace host_test;

class host_services : public with_host {};

TEST_F(host_services, a_refusal_is_told_in_the_language_of_who_asked) {
  // given
  host_->set_translator([](std::string_view locale, std::string_view sentence) {
    return std::string(locale) + ": " + std::string(sentence);
  });
  const dms::reference::services offered(*host_, "test");
  const dms::host from(offered.raw());
  const auto &contacts = from.required<dms_contacts>(DMS_CONTACTS_ID);
  dms_call call{};
  call.struct_size = sizeof call;
  call.user = dms::str("chef");
  call.locale = dms::str("de-AT");
  dms::string_sink written(1000);
  auto error = dms::no_error();
  // when
  const auto status = contacts.create(contacts.context, &call, dms::str("lead:1:contact"),
                                      dms::str(R"({"user":"niemand","name":"Anna"})"), written.get(), &error);
  // then
  EXPECT_EQ(status, dms_invalid);
  EXPECT_EQ(std::string(error.message), "de-AT: There is no active user \"niemand\".");
}

}  // namespace
