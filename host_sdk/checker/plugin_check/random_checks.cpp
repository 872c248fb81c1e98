// A walk through the states of a plugin, by a die: the same seed walks the same way.
#include <memory>
#include <random>

#include "checker/plugin_check/instance.hpp"

namespace dms::checking {
namespace {

constexpr int steps = 300;

class walk {
 public:
  walk(const subject &of) : host_(of.folder), made_(of.plugin), die_(of.seed) {}
  void go() {
    for (int step = 1; step <= steps; ++step) {
      last_ = "nothing";
      try {
        this->step();
      } catch (const std::exception &reason) {
        throw failure(dms_failed, "step " + std::to_string(step) + " (" + last_ + "): " + reason.what());
      }
    }
    if (active_) made_.deactivate();
  }

 private:
  std::size_t below(std::size_t many) { return std::uniform_int_distribution<std::size_t>(0, many - 1)(die_); }
  template <typename Items>
  auto any(const Items &items) {
    return std::next(items.begin(), static_cast<std::ptrdiff_t>(below(items.size())))->second;
  }
  std::string text() {
    const auto all = hostile_texts();
    return below(3) == 0 ? all[below(all.size())] : "{}";
  }
  void turn_on() {
    last_ = "activate";
    const auto status = made_.activate(host_);
    require(status == (ready_ && !active_ ? dms_ok : dms_invalid), said(made_.error, status));
    active_ = active_ || status == dms_ok;
  }
  void turn_off() {
    last_ = "deactivate";
    made_.deactivate();
    active_ = false;
    require(host_.registrations() == 0, "registrations are left behind");
  }
  void begin() {
    last_ = "init";
    const auto status = made_.init(host_);
    require(status == (ready_ ? dms_invalid : dms_ok), said(made_.error, status));
    ready_ = true;
  }
  void use() {
    if (!active_) return;
    const auto which = below(4);
    if (which == 0 && !host_.shown.empty()) last_ = "load", load(host_, *any(host_.shown), admin, text());
    if (which == 1 && !host_.shown.empty()) last_ = "act", act(host_, *any(host_.shown), "no_such_action", text());
    if (which == 2 && !host_.hooks.empty()) {
      last_ = "import";
      const auto payload = text();
      const string_stream stream(payload);
      take_in(host_, *any(host_.hooks), *stream.get());
    }
    if (which == 3 && !host_.work.empty()) last_ = "job", host_.run_job(view(any(host_.work)->id), below(2) == 0);
  }
  void step() {
    const auto which = below(12);
    if (which == 0) return begin();
    if (which == 1) return turn_on();
    if (which == 2) return turn_off();
    use();
  }

  watched_host host_;
  instance made_;
  std::mt19937_64 die_;
  bool ready_ = false, active_ = false;
  std::string last_;
};

void random_walk(const subject &of) {
  walk(of).go();
}

}  // namespace

void add_random_check(check_list &to) {
  to.push_back({"random", "three hundred calls in any order, by --seed, are answered", random_walk});
}

}  // namespace dms::checking
