// side_session.hpp - a session of its own for a family of tables that nothing else writes; faults become the store's.
#pragma once

#include <memory>
#include <utility>

#include "store/dialect.hpp"
#include "store/fault.hpp"
#include "store/sessions.hpp"
#include "store/statement.hpp"

namespace lead_system::store {

/// [any] Opened when it is first needed. On PostgreSQL reading has another one than writing: a commit may wait long.
class side_session {
 public:
  explicit side_session(options how)
      : watch_(std::make_shared<dms::line_watch>()), reading_(one(how), watch_), writing_(one(how), watch_) {}

  template <typename Body>
  auto read(Body &&body) {
    return with_session(reading_, body);
  }

  /// One transaction.
  template <typename Body>
  void write(Body &&body) {
    with_session(engine_of(reading_.how().database) == engine::postgresql ? writing_ : reading_, [&](connection &on) {
      begin_write(on.session(), on.kind());
      try {
        body(on);
        on.forget();
        on.session() << "COMMIT";
      } catch (const std::exception &) {
        on.forget();
        try {
          on.session() << "ROLLBACK";
        } catch (const std::exception &) {
          // The connection is gone, and the transaction with it.
        }
        throw;
      }
    });
  }

 private:
  static options one(options how) {
    how.sessions = 1;
    return how;
  }
  template <typename Body>
  static auto with_session(session_pool &from, Body &&body) {
    const auto session = from.get();
    try {
      connection on(**session, engine_of(from.how().database));
      return body(on);
    } catch (const soci::soci_error &error) {
      session->suspect();
      const auto kind = classify(error);
      if (kind == fault::other) throw;
      throw store_unavailable(sentence_for(kind, error));
    }
  }

  std::shared_ptr<dms::line_watch> watch_;
  session_pool reading_, writing_;
};

}  // namespace lead_system::store
