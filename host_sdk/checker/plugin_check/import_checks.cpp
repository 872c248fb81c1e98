// Import hooks, jobs, handlers and guards.
#include <algorithm>
#include <chrono>

#include "checker/plugin_check/instance.hpp"

namespace dms::checking {
namespace {

template <typename Body>
void for_each_hook(const subject &of, Body &&body) {
  const running now(of);
  for (const auto &[handle, hook] : now.host.hooks) body(now.host, *hook, std::string(view(hook->source)));
}

/// Of an import that kept nothing: what import.h leaves.
bool is_left_out(dms_status status) {
  return status == dms_too_large || status == dms_unavailable || status == dms_cancelled;
}

bool is_report(const std::string &text) {
  return json_or_null(text).value("schema", "") == "dms.import_report/1";
}

void hostile_payloads(const subject &of) {
  for_each_hook(of, [](const auto &host, const auto &hook, const std::string &source) {
    for (const auto &text : hostile_texts()) {
      const auto sure = hook.probe(hook.context, str(std::string_view(text).substr(0, 4096)));
      require(sure >= 0 && sure <= 100, source + " is sure by " + std::to_string(sure));
      const string_stream payload(text);
      const auto came = take_in(host, hook, *payload.get());
      require(came.status == dms_ok || is_left_out(came.status),
              source + " answers a payload with the status " + std::to_string(came.status));
      require(came.status != dms_ok || is_report(came.document), source + " writes no dms.import_report/1");
    }
  });
}

void broken_stream(const subject &of) {
  for_each_hook(of, [](const auto &host, const auto &hook, const std::string &source) {
    const dms_stream broken{nullptr, [](void *, char *, std::uint64_t) -> std::int64_t { return -1; }};
    const auto status = take_in(host, hook, broken).status;
    require(status == dms_cancelled,
            source + " answers a payload that broke off with the status " + std::to_string(status));
  });
}

/// The same bytes one by one come to the same.
void slow_stream(const subject &of) {
  for_each_hook(of, [](const auto &host, const auto &hook, const std::string &source) {
    constexpr std::string_view bytes = "<a><b>c</b></a>";
    const string_stream whole(bytes);
    struct {
      std::string_view rest;
      int reads = 0;
    } slow{bytes};
    const dms_stream one_by_one{&slow, [](void *context, char *buffer, std::uint64_t capacity) -> std::int64_t {
                                  auto &own = *static_cast<decltype(slow) *>(context);
                                  ++own.reads;
                                  if (own.rest.empty() || capacity == 0) return 0;
                                  *buffer = own.rest.front();
                                  own.rest.remove_prefix(1);
                                  return 1;
                                }};
    const auto usual = take_in(host, hook, *whole.get());
    require(take_in(host, hook, one_by_one).status == usual.status && (usual.status != dms_ok || slow.rest.empty()),
            source + " takes one read for the whole payload");
  });
}

void refused_report(const subject &of) {
  for_each_hook(of, [](const auto &host, const auto &hook, const std::string &source) {
    const string_stream taken("x"), payload("x");
    const bool reports = take_in(host, hook, *taken.get()).status == dms_ok;
    refusing full;
    testing::fake_host::calling call(host, {.channel = "folder"});
    auto error = no_error();
    const auto status = hook.run(hook.context, call.raw(), payload.get(), {}, nullptr, &full.sink, &error);
    require(status != dms_ok, source + " hides that its report was refused");
    require(!reports || (status == dms_too_large && full.writes == 1),
            source + " goes on writing a report that was refused, or returns another status than the sink");
  });
}

void cancelled_import(const subject &of) {
  for_each_hook(of, [](const auto &host, const auto &hook, const std::string &source) {
    const string_stream payload("x");
    const auto begun = std::chrono::steady_clock::now();
    const auto came = take_in(host, hook, *payload.get(), {.channel = "folder", .cancelled = true});
    require(std::chrono::steady_clock::now() - begun < std::chrono::seconds(10), source + " does not listen");
    require(came.status == dms_ok || came.status == dms_cancelled,
            source + " ends with the status " + std::to_string(came.status) + ": " + came.sentence);
  });
}

std::function<void(const subject &)> jobs_run(bool when_cancelled) {
  return [when_cancelled](const subject &of) {
    running now(of);
    for (const auto &entry : now.host.work) {
      const std::string id(view(entry.second->id));
      const auto begun = std::chrono::steady_clock::now();
      const auto came = now.host.run_job(id, when_cancelled);
      const auto took = std::chrono::steady_clock::now() - begun;
      require(came.status == dms_ok || (when_cancelled && came.status == dms_cancelled),
              id + " ends with the status " + std::to_string(came.status) + ": " + came.sentence);
      require(!when_cancelled || took < std::chrono::seconds(10), id + " does not listen");
    }
  };
}

void refused_line(const subject &of) {
  running now(of);
  for (const auto &entry : now.host.work) {
    const auto *job = entry.second;
    refusing full;
    testing::fake_host::calling call(now.host, {.channel = "job"});
    auto error = no_error();
    const auto status = job->run(job->context, call.raw(), &full.sink, &error);
    require(full.writes == 0 || (status == dms_too_large && full.writes == 1),
            std::string(view(job->id)) + " goes on writing a line that was refused, or hides it");
  }
}

void events(const subject &of) {
  const running now(of);
  for (const auto &each : now.host.handlers) {
    const auto *handler = each.second;
    const std::string event(view(handler->event));
    const auto tell = [&](const std::string &data) {
      testing::fake_host::calling call(now.host, {.channel = "event"});
      auto error = no_error();
      const auto status = handler->handle(handler->context, call.raw(), str(data), &error);
      require(is_status(status), event + " answers with no status");
      require(status != dms_refused || error.message[0] != '\0', event + " is refused without a reason");
      return status;
    };
    for (const auto &text : hostile_texts()) tell(text);
    const auto status = tell(
        R"({"user":"nobody","location":"nowhere","contact":"0","reference":"x:1","result":"","note":"","customer":"0","into":"1","deal":"0","mail":"0"})");
    require(status == dms_ok || status == dms_refused, event + " is not handled");
  }
}

void guards(const subject &of) {
  const running now(of);
  for (const auto &each : now.host.guards) {
    const auto *guard = each.second;
    const std::string prefix(view(guard->prefix));
    const auto judge = [&](const std::string &references) {
      testing::fake_host::calling call(now.host, admin);
      return testing::fake_host::written_by([&](const dms_sink *sink, dms_error *error) {
        return guard->judge(guard->context, call.raw(), str(references), sink, error);
      });
    };
    for (const auto &text : hostile_texts()) {
      const auto came = judge(text);
      require(is_status(came.status), prefix + " is judged with no status");
      require(came.status != dms_ok || json_or_null(came.document).is_object(), prefix + ": it writes no object");
    }
    const auto came = judge("[\"" + prefix + "0\",\"" + prefix + "-1\"]");
    const auto sights = json_or_null(came.document);
    require(came.status == dms_ok && sights.is_object() && sights.empty(), prefix + ": it knows what does not exist");
    refusing full;
    testing::fake_host::calling call(now.host, admin);
    auto error = no_error();
    const auto status = guard->judge(guard->context, call.raw(), str("[]"), &full.sink, &error);
    require(status == dms_too_large && full.writes == 1, prefix + ": it hides that its answer was refused");
  }
}

}  // namespace

void add_import_checks(check_list &to) {
  to.insert(to.end(), {{"hostile_payloads", "whatever a payload holds is answered", hostile_payloads},
                       {"broken_stream", "a payload that breaks off is not taken", broken_stream},
                       {"slow_stream", "a payload may come byte by byte", slow_stream},
                       {"refused_report", "a report that is refused is not hidden", refused_report},
                       {"cancelled_import", "an import ends within ten seconds when it is cancelled", cancelled_import},
                       {"jobs", "jobs run", jobs_run(false)},
                       {"cancelled_jobs", "jobs end within ten seconds when they are cancelled", jobs_run(true)},
                       {"refused_line", "a job whose line is refused says so", refused_line},
                       {"events", "whatever an event holds is answered", events},
                       {"guards", "a guard knows nothing of what does not exist", guards}});
}

}  // namespace dms::checking
