// What became of the values of a record: the lead's own, looked at field by field.
#include "intake/trace_log.hpp"
#include "lead/state.hpp"

namespace lead_system::intake {
namespace {

using kind = traced_value::kind;

traced_value text(std::string value) {
  if (value.empty()) return {};
  return {kind::text, std::move(value), 0};
}
traced_value word(std::string key) {
  if (key.empty()) return {};
  return {kind::word, std::move(key), 0};
}
traced_value time(time_us at) {
  if (at == 0) return {};
  return {kind::time, {}, at};
}
traced_value money(std::optional<std::int64_t> cents) {
  if (!cents) return {};
  return {kind::money, {}, *cents};
}
traced_value yes_no(bool value) {
  return {kind::yes_no, value ? "yes" : "no", 0};
}

std::string numbers_of(const std::vector<phone> &all) {
  std::string result;
  for (const auto &one : all) result += (result.empty() ? "" : ", ") + one.number;
  return result;
}

}  // namespace

traced_value value_of(lead_field field, const read_lead &lead) {
  const auto &content = lead.content;
  switch (field) {
    case lead_field::external_id:
      return text(content.external_id.starts_with("derived:") ? std::string{} : content.external_id);
    case lead_field::type:
    case lead_field::priority:
      return word(content.type);
    case lead_field::received:
      return time(content.received_at);
    case lead_field::appointment:
      return time(content.appointment_at);
    case lead_field::dealer_code:
      return text(content.dealer_code);
    case lead_field::campaign:
      return text(content.campaign);
    case lead_field::referrer:
      return text(content.referrer);
    case lead_field::message:
      return text(content.message);
    case lead_field::preferred_channel:
      return word(content.preferred_channel);
    case lead_field::preferred_time:
      return text(content.preferred_time);
    case lead_field::test:
      return yes_no(lead.is_test);
    case lead_field::secret:
      return {kind::hidden, {}, 0};
    case lead_field::state:
      return lead.state ? word(std::string(key(*lead.state))) : traced_value{};
    case lead_field::salesperson:
      return text(lead.salesperson);
    case lead_field::ignore:
    case lead_field::count:
      break;
  }
  return {};
}

traced_value value_of(person_field field, const read_lead &lead) {
  const auto &who = lead.content.prospect;
  switch (field) {
    case person_field::salutation:
      return word(who.salutation);
    case person_field::title:
      return text(who.title);
    case person_field::prefix:
    case person_field::suffix:
    case person_field::full_name:
      return text(who.full_name());
    case person_field::first_name:
    case person_field::middle_name:
      return text(who.first_name);
    case person_field::last_name:
      return text(who.last_name);
    case person_field::company:
      return text(who.company);
    case person_field::language:
      return text(who.language);
    case person_field::email:
      return text(who.email);
    case person_field::street:
      return text(who.street);
    case person_field::postal_code:
      return text(who.postal_code);
    case person_field::city:
      return text(who.city);
    case person_field::country:
      return text(who.country);
    case person_field::customer_number:
      return text(who.customer_number);
    case person_field::preferred_channel:
      return word(lead.content.preferred_channel);
    case person_field::preferred_time:
      return text(lead.content.preferred_time);
    case person_field::ignore:
    case person_field::count:
      break;
  }
  return {};
}

traced_value value_of(phone_field field, const part_brought &of) {
  if (field != phone_field::kind) return text(numbers_of(of.phones));
  return of.phones.empty() ? traced_value{} : word(of.phones.front().kind);
}

traced_value value_of(vehicle_field field, const part_brought &of) {
  if (!of.car) return {};
  const auto &car = *of.car;
  switch (field) {
    case vehicle_field::role:
      return word(of.is_trade_in ? "trade_in" : "wanted");
    case vehicle_field::condition:
      return word(car.condition);
    case vehicle_field::make:
      return text(car.make);
    case vehicle_field::model:
      return text(car.model);
    case vehicle_field::trim:
      return text(car.trim);
    case vehicle_field::year:
      return text(car.year);
    case vehicle_field::vin:
      return text(car.vin);
    case vehicle_field::order_number:
      return text(car.order_number);
    case vehicle_field::stock_number:
      return text(car.stock_number);
    case vehicle_field::colour:
      return text(car.colour);
    case vehicle_field::mileage:
    case vehicle_field::mileage_unit:
      return text(car.mileage);
    case vehicle_field::count:
      break;
  }
  return {};
}

traced_value value_of(consent_field field, const part_brought &of) {
  if (!of.word) return {};
  switch (field) {
    case consent_field::channel:
      return word(of.word->channel);
    case consent_field::given:
      return of.word->given ? yes_no(*of.word->given) : text(of.word->word);
    case consent_field::at:
      return time(of.word->at);
    case consent_field::text:
      return text(of.word->text);
    case consent_field::count:
      break;
  }
  return {};
}

traced_value value_of(finance_field field, const part_brought &of) {
  if (!of.contract) return {};
  switch (field) {
    case finance_field::number:
      return text(of.contract->number);
    case finance_field::end:
      return of.contract->ends_on.empty() ? traced_value{} : traced_value{kind::day, of.contract->ends_on, 0};
    case finance_field::monthly_rate:
      return money(of.contract->monthly_rate_cents);
    case finance_field::residual:
      return money(of.contract->residual_cents);
    case finance_field::count:
      break;
  }
  return {};
}

}  // namespace lead_system::intake
