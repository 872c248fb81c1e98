// The screen of the probe: how it is loaded and acted on; what stands on it is in document.cpp.
#include <utility>

#include "dms/cpp/basics.hpp"
#include "dms/cpp/json.hpp"
#include "probe/contributions.hpp"
#include "probe/probe.hpp"
#include "probe/visit.hpp"

namespace dms::probing {
namespace {

constexpr std::size_t padding = std::size_t{15} << 20;

bool is_form(const nlohmann::json &parameters) {
  if (!parameters.is_object()) return false;
  for (const auto &value : parameters) {
    if (value.is_string()) continue;
    if (!value.is_array()) return false;
    for (const auto &each : value) {
      if (!each.is_string()) return false;
    }
  }
  return true;
}

void look_at_user(probe &of, const dms_call &call) {
  const auto *directory = of.service<dms_directory>(DMS_DIRECTORY_ID);
  if (directory == nullptr || call.user.len == 0) return;
  const auto users = json_or_null(of.ask([&](const dms_sink *sink, dms_error *error) {
                                      return directory->users(directory->context, sink, error);
                                    }).text);
  bool known = false;
  for (const auto &user : users.is_array() ? users : nlohmann::json::array()) {
    known = known || (user.is_object() && user.value("id", "") == view(call.user));
  }
  of.notes->judge("call.user", known, "the directory has no user with that id");
}

/// Writes as nobody likes to be written to, and as everybody may: an empty piece first, then in the middle of
/// characters.
dms_status write_awkwardly(probe &of, const dms_sink &sink, const std::string &text) {
  const auto empty = sink.write(sink.context, dms_str{nullptr, 0});
  if (!of.notes->judge("sink.empty", empty == dms_ok, "status " + std::to_string(empty))) return empty;
  std::size_t from = 0;
  for (std::size_t at = 1; at < text.size() && from < text.size(); ++at) {
    if ((static_cast<unsigned char>(text[at]) & 0xC0U) != 0x80U) continue;  // not inside of a character
    const auto status = sink.write(sink.context, dms_str{text.data() + from, at - from});
    if (!of.notes->judge("sink.split", status == dms_ok, "status " + std::to_string(status))) return status;
    from = at;
  }
  return sink.write(sink.context, dms_str{text.data() + from, text.size() - from});
}

}  // namespace

dms_status load_screen(void *context, const dms_call *call, dms_str parameters, const dms_sink *document,
                       dms_error *error) noexcept {
  const visit here(context, call, document);
  if (!here) return fail(error, dms_invalid, "The call is not whole.");
  auto &of = here.of();
  return barrier(error, [&]() -> dms_status {
    of.notes->judge("may.screen", call->may(call->context, str("dms_probe.see")) != 0,
                    "it is shown to a user who lacks dms_probe.see");
    look_at_user(of, *call);
    const auto given = json_or_null(view(parameters), {DMS_MAX_INPUT});
    of.notes->judge("screen.parameters", is_form(given), "they are not");
    of.ask_elsewhere("locks.load");
    auto page = of.document(view(call->locale), is_form(given) && given.contains("export"));
    if (!is_form(given) || !given.contains("size")) return write_awkwardly(of, *document, page);
    // A member that nobody knows, which a reader leaves out.
    page.insert(1, R"("added_later":")" + std::string(padding - page.size(), '.') + R"(",)");
    const auto status = document->write(document->context, str(page));
    of.notes->judge("sink.large", status == dms_ok, "status " + std::to_string(status));
    return status;
  });
}

namespace {

/// What was answered under the token before, else empty. The same token may come again with the same, and with nothing
/// else.
std::string answered_before(probe &of, const std::string &token, const std::string &what) {
  if (token.empty()) return {};
  const std::lock_guard lock(of.mutex);
  const auto found = of.requests.emplace(token, probe::request{what, {}}).first;
  const bool same =
      of.notes->judge("call.request_once", found->second.what == what, "one token comes with two actions");
  return same ? found->second.result : std::string();
}

/// Does the action; the status and what is said of it.
std::pair<dms_status, std::string> carry_out(probe &of, const dms_call *call, std::string_view action) {
  const bool german = view(call->locale).substr(0, 2) == "de";
  std::string left;
  if (action == "look") {
    of.look();
    of.wake_job();
  } else if (action == "create") {
    left = of.create(call);
  } else {
    return {dms_unsupported, german ? "Diese Aktion gibt es hier nicht." : "There is no such action here."};
  }
  return {dms_ok,
          (german ? "Alles wurde angesehen." : "Everything was looked at.") + (left.empty() ? left : ' ' + left)};
}

}  // namespace

dms_status act_on_screen(void *context, const dms_call *call, dms_str action, dms_str input, const dms_sink *result,
                         dms_error *error) noexcept {
  const visit here(context, call, result);
  if (!here) return fail(error, dms_invalid, "The call is not whole.");
  auto &of = here.of();
  return barrier(error, [&]() -> dms_status {
    look_at_user(of, *call);
    of.notes->judge("screen.input", json_or_null(view(input), {DMS_MAX_INPUT}).is_object(), "it is not");
    const std::string token(view(call->request));
    if (const auto before = answered_before(of, token, std::string(view(action)) + '\n' + std::string(view(input)));
        !before.empty()) {
      write(*result, before);
      return dms_ok;
    }
    of.ask_elsewhere("locks.act");
    const auto [status, said] = carry_out(of, call, view(action));
    const auto document =
        to_text({{"schema", "dms.result/1"}, {"status", status == dms_ok ? "ok" : "unsupported"}, {"message", said}});
    if (status == dms_ok && !token.empty()) {
      const std::lock_guard lock(of.mutex);
      of.requests[token].result = document;
    }
    write(*result, document);
    return status == dms_ok ? dms_ok : fail(error, status, said);
  });
}

}  // namespace dms::probing
