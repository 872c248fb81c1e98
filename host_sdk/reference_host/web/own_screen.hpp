// own_screen.hpp - what the host's own screens have in common.
#pragma once

#include <memory>
#include <string>

#include "reference_host/core/host.hpp"
#include "reference_host/web/rendered.hpp"

namespace dms::reference::web {

/// One request to a screen: who asks, in which words, for what.
struct asked {
  host &dms;
  const words &words_of;
  const dms::call &who;
  json input;  ///< parameters, or the input of an action
  std::string locale;
  std::string say(std::string_view sentence) const { return words_of.say(locale, sentence); }
  std::string say(std::string_view sentence, std::string_view first, std::string_view second = {}) const {
    return words_of.say(locale, sentence, first, second);
  }
  std::string of(const char *name) const { return text(input, name); }
  /// A call that host functions take, for the same person.
  std::unique_ptr<owned_call> call() const;
  std::string time(std::int64_t at_us) const;
};

class own_screen : public dms::screen {
 public:
  own_screen(host &of, shared_words say, std::string id, std::string right)
      : dms_(of), words_(std::move(say)), id_(std::move(id)), right_(std::move(right)) {}
  std::string id() const override { return id_; }
  std::string right() const override { return right_; }
  std::string load(const dms::call &who, std::string_view parameters) override;
  answer act(const dms::call &who, std::string_view action, std::string_view input) override;

 protected:
  virtual json show(const asked &by) = 0;
  /// Returns the sentence that tells of success; throws failure for everything else.
  virtual std::string act_on(const asked &by, const std::string &action);

 private:
  asked ask(const dms::call &who, std::string_view input) const;
  host &dms_;
  shared_words words_;
  std::string id_, right_;
};

/// Refuses with a sentence at one field.
class field_failure : public failure {
 public:
  field_failure(std::string name, const std::string &sentence)
      : failure(dms_invalid, sentence), field(std::move(name)) {}
  std::string field;
};

json make_screen(const std::string &id, const std::string &title);
json make_link(const std::string &label, const std::string &screen, const json &params = json::object());
json make_field(const std::string &name, const std::string &kind, const std::string &label);
json make_option(const std::string &value, const std::string &label);
/// A whole number from the outside; 0 for what is none.
std::int64_t number_of(const std::string &text);
std::vector<std::string> strings_of(const json &value);

std::unique_ptr<dms::screen> contacts_screen(host &of, shared_words say);
std::unique_ptr<dms::screen> customers_screen(host &of, shared_words say);
std::unique_ptr<dms::screen> customer_screen(host &of, shared_words say);
std::unique_ptr<dms::screen> deals_screen(host &of, shared_words say);
std::unique_ptr<dms::screen> mails_screen(host &of, shared_words say);
std::unique_ptr<dms::screen> account_screen(host &of, shared_words say);
std::unique_ptr<dms::screen> users_screen(host &of, shared_words say);
std::unique_ptr<dms::screen> locations_screen(host &of, shared_words say);
std::unique_ptr<dms::screen> tokens_screen(host &of, shared_words say);
std::unique_ptr<dms::screen> plugins_screen(host &of, shared_words say);
std::unique_ptr<dms::screen> audit_screen(host &of, shared_words say);
std::unique_ptr<dms::screen> notifications_screen(host &of, shared_words say);

}  // namespace dms::reference::web
