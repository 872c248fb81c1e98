#include "lead/sale.hpp"

#include <algorithm>
#include <array>
#include <tuple>

#include "lead/fold.hpp"

namespace lead_system {

namespace {

struct sign_row {
  sale_sign sign;
  std::string_view key, meaning;
};
constexpr std::array sign_rows{
    sign_row{sale_sign::same_vehicle, "same_vehicle", "Same customer and the vehicle that was asked for."},
    sign_row{sale_sign::same_make, "same_make", "Same customer and the make that was asked for."},
    sign_row{sale_sign::no_make, "no_make", "Same customer; no make is known of one of the two."},
    sign_row{sale_sign::other_make, "other_make", "Same customer, but another make was asked for."},
};

/// Short names of makes, as fold_name() writes them.
struct other_name {
  std::string_view is, means;
};
constexpr std::array other_names{other_name{"vw", "volkswagen"}, other_name{"mercedes", "mercedes benz"},
                                 other_name{"alfa", "alfa romeo"}, other_name{"skoda auto", "skoda"},
                                 other_name{"citroen ds", "ds"}};

/// A number of a vehicle, however it is written; short ones say nothing.
std::string number_key(std::string_view number) {
  auto folded = fold_name(number);
  std::erase(folded, ' ');
  constexpr std::size_t least = 4;
  return folded.size() < least ? std::string{} : folded;
}

bool same_number(std::string_view one, std::string_view other) {
  const auto key = number_key(one);
  return !key.empty() && key == number_key(other);
}

bool may_be_meant(const deal &sold, const lead &item, time_us day) {
  if (item.state == lead_state::invalid || item.state == lead_state::erased) return false;
  if (sold.customer.empty() || item.customer != sold.customer) return false;
  const auto arrived = arrived_at(item);
  return arrived < day + day_us / 2 && arrived >= day - possible_days * day_us;
}

/// Open ones, or what somebody has marked as sold, stand before what has ended.
bool still_counts(const lead &item) {
  return is_open(item.state) || item.state == lead_state::won;
}

}  // namespace

std::string vehicle_of(const deal &sold) {
  return sold.make + (sold.make.empty() || sold.model.empty() ? "" : " ") + sold.model;
}

std::string_view key(sale_sign sign) noexcept {
  return sign_rows[static_cast<std::size_t>(sign)].key;
}

std::string_view meaning(sale_sign sign) noexcept {
  return sign_rows[static_cast<std::size_t>(sign)].meaning;
}

std::string make_key(std::string_view make) {
  auto folded = fold_name(make);
  for (const auto &[is, means] : other_names) {
    if (folded == is) return std::string(means);
  }
  return folded;
}

sale_sign sign_of(const deal &sold, const lead_content &asked) {
  bool named = false, same = false;
  for (const auto &one : asked.wanted) {
    if (same_number(sold.vin, one.vin) || same_number(sold.stock_number, one.stock_number)) {
      return sale_sign::same_vehicle;
    }
    if (one.make.empty()) continue;
    named = true;
    same = same || make_key(sold.make) == make_key(one.make);
  }
  if (!named || sold.make.empty()) return sale_sign::no_make;
  return same ? sale_sign::same_make : sale_sign::other_make;
}

time_us arrived_at(const lead &item) noexcept {
  const auto taken = item.content.received_at;
  return taken > 0 ? std::min(taken, item.created_at) : item.created_at;
}

sale_judgement judge(const deal &sold, std::span<const lead> leads) {
  sale_judgement result;
  const auto day = noon_of(sold.sold_on);
  if (day == 0 || sold.cancelled) return result;
  std::vector<sale_sign> signs(leads.size());
  for (std::size_t at = 0; at < leads.size(); ++at) {
    if (!may_be_meant(sold, leads[at], day)) continue;
    signs[at] = sign_of(sold, leads[at].content);
    result.possible.push_back(at);
  }
  const auto before = [&](std::size_t left, std::size_t right) {
    const auto rank = [&](std::size_t at) {
      return std::tuple(signs[at], !still_counts(leads[at]), -arrived_at(leads[at]), -leads[at].id);
    };
    return rank(left) < rank(right);
  };
  std::sort(result.possible.begin(), result.possible.end(), before);
  if (result.possible.empty()) return result;

  // The first is the best: it is sure where nothing stands beside it.
  const auto best = result.possible.front();
  const auto recent = [&](std::size_t at) { return arrived_at(leads[at]) >= day - sure_days * day_us; };
  if (signs[best] > sale_sign::same_make || !recent(best)) return result;
  const auto beside = std::count_if(result.possible.begin(), result.possible.end(), [&](std::size_t at) {
    return recent(at) && signs[at] == signs[best] && still_counts(leads[at]) == still_counts(leads[best]);
  });
  if (beside == 1) result.sure = best;
  return result;
}

}  // namespace lead_system
