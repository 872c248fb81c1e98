// side_session.hpp - a session of its own for a family of tables that nothing else writes; faults become the store's.
#pragma once

#include <memory>
#include <utility>

#include "store/dialect.hpp"
#include "store/fault.hpp"
#include "store/sessions.hpp"
#include "store/statement.hpp"

namespace lead_system::store {

/// [any] Opened when it is first needed.
class side_session {
 public:
  explicit side_session(options how)
      : pool_([&] {
          how.sessions = 1;
          return std::move(how);
        }()) {}

  template <typename Body>
  auto read(Body &&body) {
    const auto session = pool_.get();
    try {
      connection on(**session, engine_of(pool_.how().database));
      return body(on);
    } catch (const soci::soci_error &error) {
      session->suspect();
      const auto kind = classify(error);
      if (kind == fault::other) throw;
      throw store_unavailable(sentence_for(kind, error));
    }
  }

  /// One transaction.
  template <typename Body>
  void write(Body &&body) {
    read([&](connection &on) {
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
  session_pool pool_;
};

}  // namespace lead_system::store
