#include "reference_host/core/intake/intake_answers.hpp"

#include "dms/cpp/digest.hpp"
#include "reference_host/core/people/sessions.hpp"

namespace dms::reference {
namespace {

constexpr std::int64_t kept_us = 86'400'000'000;

std::string key_of(std::string_view sender, std::string_view source, std::string_view key) {
  std::string all(sender);
  return digest_hex(all.append("\n").append(source).append("\n").append(key));
}

}  // namespace

std::optional<intake_answers::known> intake_answers::find(std::string_view sender, std::string_view source,
                                                          std::string_view key, std::string_view payload) const {
  const auto name = key_of(sender, source, key);
  std::optional<known> found;
  database_.read([&](soci::session &sql) {
    std::string digest, answer;
    sql << "select digest, answer from intake_answers where key = :key", soci::use(name), soci::into(digest),
        soci::into(answer);
    found = sql.got_data() ? std::optional(known{digest == digest_hex(payload), answer}) : std::nullopt;
  });
  return found;
}

void intake_answers::keep(std::string_view sender, std::string_view source, std::string_view key,
                          std::string_view payload, const std::string &answer, std::int64_t now_us) {
  if (answer.size() > largest_answer) return;
  const auto name = key_of(sender, source, key), digest = digest_hex(payload);
  const auto old = now_us - kept_us;
  database_.write([&](soci::session &sql) {
    sql << "delete from intake_answers where at_us < :old", soci::use(old);
    sql << "insert into intake_answers (key, digest, answer, at_us) values (:key, :digest, :answer, :at) "
           "on conflict (key) do nothing",
        soci::use(name), soci::use(digest), soci::use(answer), soci::use(now_us);
  });
}

}  // namespace dms::reference
