#include "screens/lead/lead_words.hpp"

#include <phonenumbers/phonenumberutil.h>

#include <algorithm>
#include <array>
#include <mutex>
#include <shared_mutex>
#include <unordered_map>

#include "lead/fold.hpp"

namespace lead_system::screens {
namespace {

struct deadline_row {
  deadline due;
  std::string_view key, title, tone, icon;
};
constexpr std::array deadline_rows{
    deadline_row{deadline::on_time, "on_time", "On schedule", "good", "due_plan"},
    deadline_row{deadline::soon, "soon", "Due soon", "warn", "due_soon"},
    deadline_row{deadline::overdue, "overdue", "Overdue", "bad", "due_over"},
    deadline_row{deadline::kept, "kept", "Ended", "plain", "due_met"},
    deadline_row{deadline::none, "none", "No next step", "bad", "due_over"},
};

const deadline_row &row_of(deadline due) noexcept {
  for (const auto &row : deadline_rows) {
    if (row.due == due) return row;
  }
  return deadline_rows.front();
}

std::string deadline_detail(const request &by, const lead &item, deadline due) {
  const auto step = next_step_of(item);
  const auto write = by.write_at(item.location);
  switch (due) {
    case deadline::on_time:
    case deadline::soon:
      return step_text(by, step, item) + ", " + write.until(step.due);
    case deadline::overdue:
      return step_text(by, step, item) + ", " + write.since(step.due);
    case deadline::kept:
    case deadline::none:
      break;
  }
  return {};
}

}  // namespace

std::string_view key(deadline due) noexcept {
  return row_of(due).key;
}

std::optional<deadline> deadline_from(std::string_view text) noexcept {
  for (const auto &row : deadline_rows) {
    if (row.key == text) return row.due;
  }
  return std::nullopt;
}

std::string_view title(deadline due) noexcept {
  return row_of(due).title;
}

std::string_view tone(deadline due) noexcept {
  return row_of(due).tone;
}

std::string contact_kind_text(const request &by, const std::string &kind) {
  if (kind == "phone") return by.say("Phone call");
  if (kind == "email") return by.say("E-mail");
  if (kind == "visit") return by.say("Visit");
  if (kind == "test_drive") return by.say("Test drive");
  return kind;
}

std::string step_text(const request &by, const next_step &step, const lead &item) {
  using enum next_step::kind;
  if (step.what == first_contact) return by.say("First contact");
  if (step.what == test_drive) return by.say("Test drive");
  return step.what == contact ? contact_kind_text(by, item.next_kind) : std::string{};
}

json deadline_cell(const request &by, const lead &item) {
  const auto due = deadline_of(item, by.now);
  if (due == deadline::kept) {
    auto ended = no_cell();
    ended["value"] = key(due);
    return ended;
  }
  const auto &row = row_of(due);
  return cell_value(
      by.say(row.title), row.key,
      {{"tone", std::string(row.tone)}, {"icon", std::string(row.icon)}, {"detail", deadline_detail(by, item, due)}});
}

json type_cell(const request &by, const lead &item, bool full) {
  const auto *type = by.with.types.find_type(item.content.type);
  if (type == nullptr) return cell_value(item.content.type, item.content.type, {{"badge", "plain"}});
  const auto whole = by.say(type->title);
  return cell_value(full || type->short_title.empty() ? whole : by.say(type->short_title), type->key,
                    {{"title", full ? std::string{} : whole},
                     {"badge", type->urgent ? "strong" : "plain"},
                     {"icon", type->urgent ? "bolt" : ""}});
}

std::string_view icon(lead_state state) noexcept {
  using enum lead_state;
  switch (state) {
    case received:
      return "received";
    case assigned:
      return "assigned";
    case in_progress:
      return "in_progress";
    case appointment:
      return "appointment";
    case test_drive_done:
      return "test_drive_done";
    case offer:
      return "offer";
    case won:
      return "won";
    default:
      return "ended";
  }
}

json state_cell(const request &by, const lead &item) {
  using enum lead_state;
  std::string detail;
  // Later states imply a contact; ended ones say why.
  if (item.state == received || item.state == assigned || item.state == in_progress) {
    static constexpr std::string_view contact[] = {"Contact open", "Contact tried", "Contact reached"};
    detail = by.say(contact[static_cast<std::size_t>(item.contact)]);
  } else if (const auto *why = find_reason(item.reason); why != nullptr && item.state != won) {
    detail = by.say(why->title);
  }
  return cell_value(by.say(title(item.state)), key(item.state),
                    {{"icon", std::string(icon(item.state))}, {"detail", detail}});
}

std::string prospect_name(const request &by, const lead &item) {
  if (item.state == lead_state::erased) return by.say("Anonymised");
  auto name = item.content.prospect.full_name();
  return name.empty() ? by.say("Lead {1}", std::to_string(item.id)) : name;
}

namespace {

std::string written_phone(const std::string &number) {
  namespace phones = i18n::phonenumbers;
  const auto &util = *phones::PhoneNumberUtil::GetInstance();
  phones::PhoneNumber parsed;
  if (util.Parse(number, "ZZ", &parsed) != phones::PhoneNumberUtil::NO_PARSING_ERROR) return number;
  std::string text;
  util.Format(parsed, phones::PhoneNumberUtil::INTERNATIONAL, &text);
  return text.empty() ? number : text;
}

/// Numbers as they were written before: a page shows the same ones again and again, and libphonenumber takes a sixth of
/// the time of a whole overview for them.
class known_phones {
 public:
  std::string text(const std::string &number) {
    {
      const std::shared_lock lock(mutex_);
      if (const auto found = texts_.find(number); found != texts_.end()) return found->second;
    }
    auto text = written_phone(number);
    const std::unique_lock lock(mutex_);
    if (texts_.size() >= most) texts_.clear();
    return texts_.insert_or_assign(number, std::move(text)).first->second;
  }

 private:
  static constexpr std::size_t most = 4096;
  std::shared_mutex mutex_;
  std::unordered_map<std::string, std::string> texts_;
};

}  // namespace

std::string phone_text(const std::string &number) {
  if (number.empty() || number.front() != '+') return number;
  static known_phones known;
  return known.text(number);
}

namespace {

struct known_channel {
  std::string_view channel, title, not_allowed;
};
constexpr known_channel known_channels[] = {{"phone", "Phone", "Call not allowed"},
                                            {"email", "E-mail", "E-mail not allowed"},
                                            {"sms", "SMS", "SMS not allowed"},
                                            {"post", "Post", "Post not allowed"}};

const phone *best_phone(const person &who) {
  for (const auto &number : who.phones) {
    if (number.kind == "mobile") return &number;
  }
  return who.phones.empty() ? nullptr : &who.phones.front();
}

/// The channel that the person prefers and allows, else mobile, else e-mail (plugin/screens/README.md).
bool prefers_email(const lead_content &content) {
  const auto &who = content.prospect;
  if (who.email.empty() || !content.allows("email")) return false;
  return content.preferred_channel == "email" || best_phone(who) == nullptr || !content.allows("phone");
}

/// The number that may be called; null where there is none.
const phone *callable(const lead_content &content) {
  return content.allows("phone") ? best_phone(content.prospect) : nullptr;
}

}  // namespace

std::string call_link(std::string_view number) {
  const auto digits = phone_digits(number);
  return digits.size() < 3 ? std::string{} : (number.starts_with('+') ? "tel:+" : "tel:") + digits;
}

bool is_written_to(const lead &item) {
  return prefers_email(item.content);
}

json contact_link(const request &by, const lead &item) {
  const auto &who = item.content.prospect;
  if (prefers_email(item.content)) {
    auto link = link_out(by.say("E-mail"), "mailto:" + who.email);
    link["icon"] = "mail";
    return link;
  }
  const auto *number = callable(item.content);
  const auto call = number == nullptr ? std::string{} : call_link(number->number);
  if (call.empty()) return nullptr;
  auto link = link_out(by.say("Call"), call);
  link["icon"] = "phone";
  return link;
}

std::string contact_text(const request &by, const lead &item) {
  const auto &who = item.content.prospect;
  if (prefers_email(item.content)) return who.email;
  if (const auto *number = callable(item.content)) return phone_text(number->number);
  const bool calls = best_phone(who) != nullptr, mails = !who.email.empty();
  if (calls && mails) return by.say("Call and e-mail not allowed");
  return calls ? not_allowed_text(by, "phone") : mails ? not_allowed_text(by, "email") : std::string{};
}

std::string channel_text(const request &by, std::string_view channel) {
  for (const auto &row : known_channels) {
    if (row.channel == channel) return by.say(row.title);
  }
  return std::string(channel);
}

std::string not_allowed_text(const request &by, std::string_view channel) {
  for (const auto &row : known_channels) {
    if (row.channel == channel) return by.say(row.not_allowed);
  }
  return by.say("{1} not allowed", std::string(channel));
}

std::string vehicle_text(const vehicle &car, bool with_make) {
  std::string text;
  for (const auto *part : {with_make || car.model.empty() ? &car.make : nullptr, &car.model, &car.trim}) {
    if (part == nullptr || part->empty()) continue;
    if (!text.empty()) text += ' ';
    text += *part;
  }
  return text;
}

std::string wish_text(const request &by, const lead &item) {
  const auto &content = item.content;
  const auto write = by.write_at(item.location);
  if (item.agreed_at != 0 && is_open(item.state)) return by.say("Appointment {1}", write.day_time(item.agreed_at));
  if (content.appointment_at != 0) {
    const auto when =
        content.appointment_day ? write.date(content.appointment_at) : write.day_time(content.appointment_at);
    return by.say("Wish {1}", when);
  }
  if (content.finance && !content.finance->ends_on.empty()) {
    return by.say("End of contract {1}", write.iso_date(content.finance->ends_on));
  }
  if (!content.wanted.empty() && !content.wanted.front().order_number.empty()) {
    return by.say("Pre-order {1}", content.wanted.front().order_number);
  }
  if (content.trade_in) {
    const auto text = vehicle_text(*content.trade_in, false);
    return text.empty()
               ? std::string{}
               : by.say("Trade-in {1}", text + (content.trade_in->year.empty() ? "" : " ") + content.trade_in->year);
  }
  return {};
}

std::string feedback_code(const request &by, const std::string &source, lead_state state) {
  const auto found = by.sources.find(source);
  if (found == by.sources.end() || !found->second.feedback.enabled) return {};
  const auto &states = found->second.feedback.states;
  const auto code = states.find(std::string(key(state)));
  if (code == states.end() || by.with.channels.of(source).transport == "none") return {};
  return code->second.status;
}

json end_reasons(const request &by, const std::string &source) {
  json result = json::array();
  for (const auto state : {lead_state::closed, lead_state::lost, lead_state::invalid}) {
    std::string group = by.say(title(state));
    if (const auto code = source.empty() ? std::string{} : feedback_code(by, source, state); !code.empty()) {
      group = by.say("{1} – {2} receives “{3}”", group, by.sources.at(source).feedback.manufacturer, code);
    }
    for (const auto &why : reasons()) {
      if (why.ends_as != state) continue;
      result.push_back(option(std::string(why.key), by.say(why.title)));
      result.back()["group"] = group;
    }
  }
  return result;
}

std::string location_text(const request &by, const lead &item) {
  return item.location.empty() ? by.say("Without location") : by.people->location_name(item.location);
}

json lead_link(std::string label, std::int64_t id, const std::string &list) {
  return link_to(std::move(label), "leads.lead", {{"id", std::to_string(id)}, {"list", list}});
}

}  // namespace lead_system::screens
