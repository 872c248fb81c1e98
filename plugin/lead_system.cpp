// lead_system.cpp - the table of contents: what this plugin contributes to a host, and how it comes and goes.
#include "contribute.hpp"
#include "dms/cpp/plugin.hpp"
#include "rights_and_menu.hpp"
#include "screens/logs/health.hpp"
#include "screens/people/handover.hpp"

namespace lead_system {
namespace {

/// From activate to deactivate; contributions go first.
class active_plugin {
 public:
  active_plugin(const dms::host &host, const screens::words &texts, std::function<void(std::uint64_t)> migrated)
      : rooms_(host, texts, std::move(migrated)), contributed_(host) {
    add_rights(contributed_);
    contribute_screens(rooms_, contributed_);
    contribute_import_hooks(rooms_, contributed_);
    contribute_jobs(rooms_, contributed_);
    contribute_event_handlers(rooms_, contributed_);
    contribute_guard(rooms_, contributed_);
    add_menu(contributed_);
  }

  std::string health(const dms::call &who) const { return screens::health_of(rooms_.screen_parts, who); }
  std::string counts(const dms::call &who) const { return screens::counts_of(rooms_.screen_parts, who); }
  std::string open_work(const dms::call &who, const std::string &kind) const {
    return screens::open_work_of(rooms_.screen_parts, who, kind);
  }
  std::string hand_over(const dms::call &who, const std::string &kind, const std::string &from, const std::string &to) {
    auto came = screens::hand_over(rooms_.screen_parts, who, kind, from, to);
    rooms_.wake_feedback();
    rooms_.settings.tell_admins(who.now_us());
    return came;
  }

 private:
  rooms rooms_;
  dms::contributions contributed_;
};

}  // namespace

class lead_system_plugin : public dms::plugin {
 public:
  void init(const dms::host &from) override { host_.emplace(from); }
  void activate(const dms::call &who, const std::function<void(std::uint64_t)> &step) override {
    const auto migrated = [&](std::uint64_t made) {
      step(made);
      if (who.cancelled()) {
        throw dms::failure(dms_cancelled,
                           texts_.in(who.locale())("The start was stopped; the next one goes on where it was."));
      }
    };
    try {
      active_ = std::make_unique<active_plugin>(*host_, texts_, migrated);
    } catch (const store::store_unavailable &reason) {
      throw dms::failure(dms_unavailable, texts_.in(who.locale())(reason.what()));
    }
  }
  void deactivate() noexcept override { active_.reset(); }
  std::string text(std::string_view locale, std::string_view key) override { return texts_.in(locale)(key); }
  std::string health(const dms::call &who) override { return active_ == nullptr ? "[]" : active_->health(who); }
  std::string counts(const dms::call &who) override { return active_ == nullptr ? "{}" : active_->counts(who); }
  std::string open_work(const dms::call &who, std::string_view kind) override {
    return active_ == nullptr ? "{}" : active_->open_work(who, std::string(kind));
  }
  std::string hand_over(const dms::call &who, std::string_view kind, std::string_view from,
                        std::string_view to) override {
    return active_ == nullptr ? "{}" : active_->hand_over(who, std::string(kind), std::string(from), std::string(to));
  }

 private:
  screens::words texts_;
  std::optional<dms::host> host_;
  std::unique_ptr<active_plugin> active_;
};

}  // namespace lead_system

DMS_DEFINE_PLUGIN(lead_system::lead_system_plugin, "lead_system", "1.0.0", "Lead-System NEU")
