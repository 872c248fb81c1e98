#include "reference_host/core/demo/demo_leads.hpp"

#include <spdlog/spdlog.h>

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <map>

#include "reference_host/core/demo/demo_story.hpp"
#include "reference_host/core/demo/demo_times.hpp"
#include "reference_host/core/host.hpp"
#include "reference_host/core/json_lists.hpp"

namespace dms::reference {
namespace {

using json = nlohmann::json;

struct known_lead {
  std::string id;
  std::int64_t version = 0;
};

/// Sets the host's clock back when it is over, whatever happens.
class moved_clock {
 public:
  explicit moved_clock(host &of) : of_(of) {}
  moved_clock(const moved_clock &) = delete;
  moved_clock &operator=(const moved_clock &) = delete;
  ~moved_clock() { of_.clock().set(std::nullopt); }
  void to(std::int64_t at_us) { of_.clock().set(at_us); }

 private:
  host &of_;
};

void set(host &in, const char *action, const json &input) {
  const auto call = in.make_call({.user = "admin"});
  const auto result = in.act(*call, "leads.settings", action, input.dump());
  if (result.status != dms_ok) {
    throw failure(dms_failed, "The demo cannot be set up (" + std::string(action) +
                                  "): " + (result.document.empty() ? result.message : result.document));
  }
}

/// Plays the demo's past: payloads and steps in the order in which they happened.
class past {
 public:
  past(host &in, std::int64_t now_us) : in_(in), clock_(in), now_us_(now_us) {}

  void arrive(const demo_payload &payload) {
    clock_.to(payload.at_us);
    const auto call = in_.make_call({.channel = payload.source == "web_json" ? "http" : "folder"});
    const auto result = in_.run_import(*call, payload.source, payload.bytes, payload.name);
    if (result.status != dms_ok) throw failure(result.status, "The demo's leads cannot be imported: " + result.message);
    const auto report = json::parse(result.document);
    for (const auto &item : report.at("items")) {
      if (text_of(item, "outcome") == "accepted") ++accepted_;
      if (!text_of(item, "lead").empty()) leads_[text_of(item, "external_id")].id = text_of(item, "lead");
      if (text_of(item, "outcome") == "quarantined") in_.log().warn("demo: {}", item.dump());
    }
  }

  void act(const demo_step &step) {
    const auto known = leads_.find(step.lead->external_id);
    if (known == leads_.end()) return;
    clock_.to(step.at_us);
    const auto call = in_.make_call({.user = step.user});
    auto &[id, version] = known->second;
    auto input = step.input;
    if (version == 0 || step.action == "import") look_at(*call, known->second, input, step.action == "import");
    input["id"] = id;
    input["version"] = version;
    if (step.action == "contact" || step.action == "agree_test_drive") {
      input["due"] = std::to_string(due_after(step.at_us));
    }
    const auto result = in_.act(*call, "leads.lead", step.action, input.dump());
    const auto document = json::parse(result.document, nullptr, false);
    if (result.status != dms_ok) {
      // A lead that its matching rule has given away already needs neither.
      const bool done_by_rule = result.status == dms_refused && (step.action == "assign" || step.action == "import");
      if (!done_by_rule)
        in_.log().warn("demo: {} of lead {} by {}: {}", step.action, id, step.user,
                       document.is_object() ? text_of(document, "message") : result.message);
      version = 0;
      return;
    }
    version = document.value("version", std::int64_t{0});
    const bool sold = step.action == "close" && text_of(step.input, "reason") == "sale";
    if (sold || step.action == "import") (sold ? sold_ : talked_to_).push_back({step.at_us, step.lead, step.user, id});
  }

  /// What the DMS knows of the story: most of what was sold, some cars of people who never asked, and some that may be
  /// a lead's.
  void enter_sales() {
    constexpr std::size_t one_is_missing = 6, bought_another = 25, never_asked = 3;
    for (std::size_t at = 0; at < sold_.size(); ++at) {
      if (at % one_is_missing != one_is_missing - 1) enter(sold_[at], customer_of(sold_[at].id), "Nissan");
    }
    for (std::size_t at = 0; at < talked_to_.size(); at += bought_another) {
      enter(talked_to_[at], customer_of(talked_to_[at].id), "Renault");
    }
    std::size_t count = 0;
    for (const auto &item : in_.data().customers.page("", 0, 400)) {
      if (!item.phones.empty() || count == never_asked || sold_.empty()) continue;
      enter(sold_[count++ % sold_.size()], item.id, "Dacia");
    }
  }

  int accepted() const noexcept { return accepted_; }

 private:
  struct happened {
    std::int64_t at_us = 0;
    const demo_lead *lead = nullptr;
    std::string user, id;
  };

  void enter(const happened &what, std::int64_t customer, const char *make) {
    if (customer == 0) return;
    clock_.to(what.at_us);
    deal item;
    item.customer = customer;
    item.make = make;
    if (item.make == "Nissan") item.model = what.lead->model;
    item.salesperson = what.user;
    if (what.lead->site != nullptr) item.location = what.lead->site->id;
    item.sold_on = day_of(what.at_us);
    in_.enter_deal(*in_.make_call({.user = "admin"}), item);
  }
  /// The customer with whom the lead's page says that it is linked; 0: none.
  std::int64_t customer_of(const std::string &lead) {
    const auto page = in_.load_screen(*in_.make_call({.user = "leitung"}), "leads.lead", json{{"id", lead}}.dump());
    const auto found = page.status == dms_ok ? customer_in(json::parse(page.document)) : std::string{};
    return found.empty() ? 0 : std::stoll(found);
  }
  static std::string customer_in(const json &part) {
    if (part.is_object() && text_of(part, "to") == "customer") return text_of(part.value("params", json()), "id");
    if (!part.is_structured()) return {};
    for (const auto &inner : part) {
      if (auto found = customer_in(inner); !found.empty()) return found;
    }
    return {};
  }
  static std::string day_of(std::int64_t at_us) {
    const std::chrono::year_month_day day{std::chrono::floor<std::chrono::days>(
        std::chrono::sys_time<std::chrono::microseconds>(std::chrono::microseconds(at_us)))};
    const auto two = [](unsigned number) { return (number < 10 ? "0" : "") + std::to_string(number); };
    return std::to_string(static_cast<int>(day.year())) + "-" + two(static_cast<unsigned>(day.month())) + "-" +
           two(static_cast<unsigned>(day.day()));
  }

  /// Reads the lead's page as the user does: its version, and before an import the surest customer.
  void look_at(const owned_call &call, known_lead &lead, json &input, bool with_customer) {
    const auto page = in_.load_screen(call, "leads.lead", json{{"id", lead.id}}.dump());
    if (page.status != dms_ok) return;
    const auto document = json::parse(page.document);
    lead.version = document.value("version", std::int64_t{0});
    if (!with_customer) return;
    if (const auto *matches = find_block(document.at("blocks"), "matches"); matches != nullptr) {
      for (const auto &item : matches->value("items", json::array())) {
        if (item.value("score", 0) >= 90) {
          input["customer"] = text_of(item, "id");
          return;
        }
      }
    }
  }
  static const json *find_block(const json &blocks, std::string_view id) {
    for (const auto &block : blocks) {
      if (block.is_array()) {
        if (const auto *inner = find_block(block, id); inner != nullptr) return inner;
        continue;
      }
      if (text_of(block, "id") == id) return &block;
      if (block.contains("columns") && text_of(block, "type") == "columns") {
        if (const auto *inner = find_block(block.at("columns"), id); inner != nullptr) return inner;
      }
    }
    return nullptr;
  }
  /// Contacts agreed long ago would all be overdue in myKontakte: those of the demo are due around today.
  std::int64_t due_after(std::int64_t at_us) const {
    const auto planned = at_us + 2 * day_us;
    if (planned > now_us_ - day_us) return planned;
    // At the time of day of the story, when people work.
    return now_us_ / day_us * day_us + (at_us / minute_us) % 5 * day_us + at_us % day_us;
  }

  host &in_;
  moved_clock clock_;
  std::int64_t now_us_;
  std::map<std::string, known_lead> leads_;
  std::vector<happened> sold_, talked_to_;
  int accepted_ = 0;
};

std::vector<demo_prospect> some_customers(host &in, demo_dice &dice) {
  std::vector<demo_prospect> chosen;
  for (const auto &item : in.data().customers.page("", 0, 400)) {
    if (!dice.chance(30) || item.phones.empty()) continue;
    chosen.push_back({item.salutation == "ms", item.title, item.first_name, item.last_name, item.company, item.email,
                      item.phones.front(), "", item.street, item.postal_code, item.city});
  }
  return chosen;
}

}  // namespace

void set_up_leads(host &in) {
  for (const char *category : {"siebel_nissan", "finance", "siebel_dacia"}) {
    set(in, "grant", {{"user", "leitung"}, {"category", category}, {"scope", "all"}});
    set(in, "grant", {{"user", "wien1"}, {"category", category}, {"scope", "locations"}, {"locations", {"wien"}}});
  }
  for (const char *type : {"test_drive_fast_track", "test_drive"}) {
    set(in, "grant", {{"user", "graz1"}, {"type", type}, {"scope", "locations"}, {"locations", {"graz"}}});
  }
  for (const char *source : {"siebel_nissan", "web_json", "finance_expiry_csv", "adf", "siebel_dacia"}) {
    if (!in.registry().hook(source)) continue;
    for (const auto &site : demo_sites()) {
      set(in, "dealer_code", {{"source", source}, {"code", site.dealer_code}, {"location", site.id}});
    }
  }
  const auto outbox = in.data_directory() / "outbox" / "siebel_nissan";
  std::filesystem::create_directories(outbox);
  set(in, "feedback_channel",
      {{"source", "siebel_nissan"}, {"transport", "directory"}, {"directory", outbox.string()}});
}

int fill_leads(host &in) {
  const auto now = in.clock().now_us();
  demo_dice dice(20201123);
  const auto leads = invent_leads(dice, now, some_customers(in, dice));
  const auto payloads = payloads_of(leads, dice);
  std::vector<demo_step> steps;
  for (const auto &payload : payloads) {
    for (const auto *lead : payload.leads) {
      auto story = story_of(*lead, payload.at_us, now, dice);
      std::ranges::move(story, std::back_inserter(steps));
    }
  }
  std::ranges::stable_sort(steps, {}, &demo_step::at_us);
  past told(in, now);
  auto next = steps.begin();
  bool yesterday = false;
  for (const auto &payload : payloads) {
    for (; next != steps.end() && next->at_us < payload.at_us; ++next) told.act(*next);
    if (!yesterday && payload.at_us > now - day_us) {
      yesterday = true;  // what the bell said before has been read
      for (const auto &person : demo_staff()) in.data().notifications.mark_read(person.login, payload.at_us);
    }
    told.arrive(payload);
  }
  for (; next != steps.end(); ++next) told.act(*next);
  told.enter_sales();
  return told.accepted();
}

}  // namespace dms::reference
