#include "host_core/jobs.hpp"

#include <spdlog/spdlog.h>

#include <algorithm>

#include "host_core/core.hpp"
#include "loader/survive.hpp"

namespace dms::host_core {
namespace {

constexpr int workers = 2;
constexpr std::size_t longest_line = 2000;
constexpr std::chrono::seconds after_enabling{1};

}  // namespace

void jobs::start() {
  stopping_ = false;
  changed();
  for (int worker = 0; worker < workers; ++worker) threads_.emplace_back([this] { work(); });
}

void jobs::stop() noexcept {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  changed_.notify_all();
  for (auto &thread : threads_) thread.join();
  threads_.clear();
}

void jobs::changed() {
  const auto entries = core_.registry().jobs();
  const std::lock_guard lock(mutex_);
  std::erase_if(states_, [&](const auto &state) {
    return !state.second.shown.running &&
           std::ranges::none_of(entries, [&](const auto &entry) { return entry.handle == state.first; });
  });
  for (const auto &entry : entries) {
    if (states_.contains(entry.handle)) continue;
    auto &added = states_[entry.handle];
    added.shown.owner = entry.owner;
    added.shown.id = entry.id;
    added.due = steady::now() + after_enabling;
  }
  changed_.notify_all();
}

void jobs::wake(std::string_view id) {
  const std::lock_guard lock(mutex_);
  for (auto &[handle, state] : states_) {
    if (state.shown.id != id) continue;
    state.woken = true;
    state.due = steady::now();
  }
  changed_.notify_all();
}

std::vector<job_status> jobs::list() const {
  const std::lock_guard lock(mutex_);
  std::vector<job_status> found;
  const auto now = steady::now();
  for (const auto &[handle, state] : states_) {
    auto shown = state.shown;
    if (const auto job = core_.registry().job(handle)) shown.label = view(job->label);
    const auto left = std::chrono::duration_cast<std::chrono::microseconds>(state.due - now).count();
    shown.next_us = shown.running ? 0 : core_.now_us() + std::max<std::int64_t>(left, 0);
    found.push_back(std::move(shown));
  }
  return found;
}

void jobs::run_all() {
  for (const auto &entry : core_.registry().jobs()) {
    {
      const std::lock_guard lock(mutex_);
      auto &state = states_[entry.handle];
      if (state.shown.running) continue;
      state.shown.owner = entry.owner;
      state.shown.id = entry.id;
      state.shown.running = true;
    }
    run(entry.handle);
  }
}

/// The job that is due, or 0 and when to look again. With mutex_ held.
dms_handle jobs::pick(steady::time_point now, steady::time_point &next) {
  for (auto &[handle, state] : states_) {
    if (state.shown.running) continue;
    if (state.due <= now) {
      state.shown.running = true;
      state.woken = false;
      return handle;
    }
    next = std::min(next, state.due);
  }
  return 0;
}

void jobs::work() {
  std::unique_lock lock(mutex_);
  while (!stopping_) {
    const auto now = steady::now();
    auto next = now + std::chrono::hours(1);
    const auto handle = pick(now, next);
    if (handle == 0) {
      changed_.wait_until(lock, next);
      continue;
    }
    lock.unlock();
    run(handle);
    lock.lock();
  }
}

void jobs::run(dms_handle handle) {
  std::string line;
  dms_status status = dms_ok;
  std::uint32_t interval_s = 60;
  const auto begin = steady::now();
  if (const auto job = core_.registry().job(handle)) {
    interval_s = job->interval_s;
    const auto call = core_.own_call("job");
    call->also_stop_on(job.closing());
    call->also_stop_on(&stopping_);
    string_sink said(longest_line);
    auto error = no_error();
    status = survive(error, [&] { return job->run(job->context, call->raw(), said.get(), &error); });
    line = status == dms_ok ? said.take() : error.message;
    const std::chrono::duration<double> took = steady::now() - begin;
    core_.job_ran(view(job->id), took.count(), status != dms_ok && status != dms_cancelled);
    if (status != dms_ok && status != dms_cancelled) {
      core_.log().warn("job {}: {}", view(job->id), line);
    }
  }
  const std::lock_guard lock(mutex_);
  const auto found = states_.find(handle);
  if (found == states_.end()) return;
  // Under the mutex: a registration that goes after this look is followed by changed(), which waits for it.
  if (!core_.registry().job(handle)) {
    states_.erase(found);
    changed_.notify_all();
    return;
  }
  auto &state = found->second;
  state.shown.running = false;
  state.shown.last_us = core_.now_us();
  state.shown.line = line;
  state.shown.failed = status != dms_ok && status != dms_cancelled;
  if (state.shown.failed) {
    state.shown.last_failure_us = state.shown.last_us;
    state.shown.last_failure = line;
  }
  state.due = steady::now() + (state.woken ? std::chrono::seconds(0) : std::chrono::seconds(std::max(interval_s, 1U)));
  changed_.notify_all();
}

}  // namespace dms::host_core
