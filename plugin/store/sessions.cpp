#include "store/sessions.hpp"

#include <algorithm>

#include "connections/fault.hpp"
#include "store/dialect.hpp"
#include "store/fault.hpp"

namespace lead_system::store {

namespace {

/// A network connection that rested longer may have been cut in between.
constexpr std::chrono::seconds trusted_rest{5};

/// Ends what a caller may have left open.
void reset(soci::session &session) {
  try {
    session << "ROLLBACK";
  } catch (const std::exception &) {
    // SQLite: nothing was open. PostgreSQL: the connection is gone, as the probe will tell.
  }
}

}  // namespace

session_pool::session_pool(options how, std::shared_ptr<dms::line_watch> watch, std::chrono::milliseconds longest)
    : how_(std::move(how)),
      watch_(watch ? std::move(watch) : std::make_shared<dms::line_watch>()),
      longest_(longest),
      slots_(std::max<std::size_t>(how_.sessions, 1)) {}

soci::session &session_pool::lease::operator*() const {
  return *pool_->slots_[slot_].session;
}

connection &session_pool::lease::on() const {
  return *pool_->slots_[slot_].on;
}

std::unique_ptr<session_pool::lease> session_pool::get() {
  const auto index = wait_for_slot();
  auto result = std::make_unique<lease>(*this, index);
  try {
    make_usable(slots_[index]);
  } catch (const std::exception &error) {
    result->suspect();
    // A database that does not exist yet and one that is down look alike; neither is a bug.
    const auto kind = classify(error);
    if (kind == fault::other) throw;
    throw store_unavailable(sentence_for(kind, error));
  }
  return result;
}

std::size_t session_pool::wait_for_slot() {
  std::unique_lock lock(mutex_);
  std::size_t index = 0;
  // The most recently used first: it is the least likely to be dead.
  const auto free = [&] {
    bool found = false;
    for (std::size_t i = 0; i < slots_.size(); ++i) {
      if (slots_[i].leased || (found && slots_[i].used <= slots_[index].used)) continue;
      index = i;
      found = true;
    }
    return found;
  };
  if (!came_free_.wait_for(lock, std::chrono::milliseconds(std::max(how_.busy_timeout_ms, 0)), free)) {
    throw store_unavailable("The lead database is busy; nothing was written. Please try again in a moment.");
  }
  slots_[index].leased = true;
  return index;
}

void session_pool::make_usable(slot &one) const {
  if (one.line) one.line->in_use();
  const bool rested = engine_of(how_.database) == engine::postgresql && clock::now() - one.used > trusted_rest;
  if (one.session && one.suspect) {
    reset(*one.session);
    // What failed in the middle is prepared again; behind the rollback, where PostgreSQL lets go of it.
    one.on->forget();
  }
  // Kept where it answers: the last session of a SQLite file to close takes its index along, and a full disk has no
  // room for a new one.
  const bool keep = one.session && (!(one.suspect || rested) || dms::answers(*one.session));
  if (!keep) {
    one.on.reset();
    one.line.reset();
    one.session.reset();
    auto fresh = std::make_unique<soci::session>();
    open_session(*fresh, how_);
    std::unique_ptr<dms::line_watch::line> line;
    if (engine_of(how_.database) == engine::postgresql) {
      line = std::make_unique<dms::line_watch::line>(*watch_, *fresh);
      line->in_use();
    }
    configure_session(*fresh, how_);
    if (line && longest_.count() > 0 && how_.database.find("statement_timeout") == std::string::npos) {
      *fresh << "set statement_timeout = " + std::to_string(longest_.count());
    }
    one.session = std::move(fresh);
    one.line = std::move(line);
    one.on = std::make_unique<connection>(*one.session, engine_of(how_.database));
  }
  one.suspect = false;
}

void session_pool::give_back(std::size_t index, bool suspect) noexcept {
  if (slots_[index].on) slots_[index].on->rest();
  if (slots_[index].line) slots_[index].line->at_rest();
  {
    const std::lock_guard lock(mutex_);
    slots_[index].leased = false;
    slots_[index].suspect = slots_[index].suspect || suspect;
    slots_[index].used = clock::now();
  }
  came_free_.notify_one();
}

}  // namespace lead_system::store
