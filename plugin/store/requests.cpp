#include "store/requests.hpp"

#include "store/database.hpp"

namespace lead_system::store {

namespace {

constexpr time_us kept_for = 30 * day_us;
constexpr std::size_t longest_answer = std::size_t{64} << 10;

}  // namespace

known_request requests::take(const std::string &user, const std::string &token, const std::string &digest,
                             time_us now) {
  return in_.inside().write([&](connection &on) -> known_request {
    on.change("DELETE FROM request WHERE begun_at < :a1", {now - kept_for});
    const bool fresh = on.change(
                           "INSERT INTO request (user_id, token, digest, begun_at) VALUES (:a1, :a2, :a3, :a4) ON "
                           "CONFLICT (user_id, token) DO NOTHING",
                           {user, token, digest, now}) == 1;
    if (fresh) return {};
    auto &rows = on.run("SELECT digest, answered_at, document FROM request WHERE user_id = :a1 AND token = :a2",
                        {user, token}, "tit");
    if (!rows.next()) return {request_state::begun, {}};
    if (rows.text(0) != digest) return {request_state::another, {}};
    if (rows.number(1) == 0) return {request_state::begun, {}};
    return {request_state::answered, rows.text(2)};
  });
}

void requests::answered(const std::string &user, const std::string &token, const std::string &document, time_us now) {
  in_.inside().write([&](connection &on) {
    // What an erasure says of itself names the person that it took.
    on.change(
        "UPDATE request SET answered_at = :a1, document = CASE WHEN EXISTS (SELECT 1 FROM erasure WHERE erasure.at >= "
        "request.begun_at) THEN '' ELSE :a2 END WHERE user_id = :a3 AND token = :a4",
        {now, document.size() > longest_answer ? std::string{} : document, user, token});
  });
}

void requests::give_back(const std::string &user, const std::string &token) {
  in_.inside().write([&](connection &on) {
    on.change("DELETE FROM request WHERE user_id = :a1 AND token = :a2 AND answered_at = 0", {user, token});
  });
}

void forget_answers(connection &on) {
  on.change("UPDATE request SET document = '' WHERE document <> ''", {});
}

}  // namespace lead_system::store
