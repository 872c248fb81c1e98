// What machines watch: whether it lives, whether it can serve, and the numbers.
#include <algorithm>

#include "reference_host/core/metrics.hpp"
#include "reference_host/core/version.hpp"
#include "reference_host/web/handlers.hpp"

namespace dms::reference::web {
namespace {

bool is_name(std::string_view text) {
  return !text.empty() && text.size() <= 100 &&
         std::ranges::all_of(text, [](char each) { return (each >= 'a' && each <= 'z') || each == '_'; });
}

metric_labels labels_in(const json &from) {
  metric_labels labels;
  if (!from.is_object()) return labels;
  for (const auto &[name, value] : from.items()) {
    if (is_name(name) && name != "le" && value.is_string()) labels.emplace_back(name, value.get<std::string>());
  }
  return labels;
}

double number_in(const json &from, const char *name) {
  const auto found = from.find(name);
  return found != from.end() && found->is_number() ? found->get<double>() : 0;
}

/// One number that a plugin's health document carries (schema/health.schema.json).
void add_metric(const json &from, const metric_labels &of_plugin, metrics_text &to) {
  const auto name = text(from, "name"), kind = text(from, "kind"), help = text(from, "help");
  if (!is_name(name)) return;
  auto labels = of_plugin;
  for (auto &each : labels_in(from.value("labels", json::object()))) labels.push_back(std::move(each));
  if (kind != "histogram") {
    to.add(name, kind == "counter" ? "counter" : "gauge", help, labels, number_in(from, "value"));
    return;
  }
  metric_buckets buckets;
  buckets.sum = number_in(from, "sum");
  buckets.count = number_in(from, "count");
  const auto bounds = from.value("buckets", json::array());
  for (const auto &each : bounds) {
    if (each.is_array() && each.size() == 2 && each[0].is_number() && each[1].is_number()) {
      buckets.up_to.emplace_back(each[0].get<double>(), each[1].get<double>());
    }
  }
  to.add(name, help, labels, buckets);
}

void add_plugins(const exchange &on, metrics_text &to) {
  auto &dms = on.in.dms;
  const auto call = dms.make_call({.channel = "http"});
  for (const auto &plugin : dms.plugins().list()) {
    const metric_labels whose{{"plugin", plugin.id}};
    to.add("dms_plugin_enabled", "gauge", "1 where the plugin is enabled and runs", whose,
           plugin.state == plugin_state::enabled ? 1 : 0);
    to.add("dms_plugin_wanted", "gauge", "1 where an administrator enabled the plugin", whose, plugin.wanted ? 1 : 0);
    if (plugin.state != plugin_state::enabled) continue;
    const auto entries = document_in(dms.plugins().health(plugin.id, call->raw()));
    for (const auto &entry : entries) {
      if (!entry.is_object()) continue;
      const auto tone = text(entry, "tone");
      to.add("dms_plugin_health", "gauge", "0 good, 1 to be looked at, 2 bad; by part of the plugin",
             {{"plugin", plugin.id}, {"part", text(entry, "id")}},
             tone == "bad"    ? 2
             : tone == "warn" ? 1
                              : 0);
      const auto numbers = entry.value("metrics", json::array());
      for (const auto &each : numbers) {
        if (each.is_object()) add_metric(each, whose, to);
      }
    }
  }
}

/// How long the store takes to answer the smallest question; no line where it does not answer.
void add_store(const exchange &on, metrics_text &to) {
  const auto begin = std::chrono::steady_clock::now();
  bool answers = true;
  try {
    on.in.dms.database().read([](soci::session &session) {
      int one = 0;
      session << "SELECT 1", soci::into(one);
    });
  } catch (const failure &) {
    answers = false;
  }
  const std::chrono::duration<double> took = std::chrono::steady_clock::now() - begin;
  to.add("dms_store_up", "gauge", "1 where the host's database answers", {}, answers ? 1 : 0);
  if (answers)
    to.add("dms_store_answer_seconds", "gauge", "Seconds to the answer to the smallest question", {}, took.count());
}

}  // namespace

void show_live(const exchange &on) {
  on.send_json(200, {{"status", "ok"}});
}

void show_metrics(const exchange &on) {
  // Where nobody asked for it there is nothing here.
  const auto token = on.in.metrics_token.load();
  if (token->empty()) return on.refuse_as_not_there();
  if (!same_secret(on.request.bearer(), *token)) {
    on.response.set("WWW-Authenticate", "Bearer");
    return on.send_problem(401, on.say("The token is missing or not valid."));
  }
  metrics_text to;
  to.add("dms_build_info", "gauge", "1; the version stands in the label", {{"version", std::string(host_version)}}, 1);
  add_store(on, to);
  on.in.dms.numbers().write(to);
  for (const auto &job : on.in.dms.jobs().list()) {
    to.add("dms_job_failed", "gauge", "1 where the last run of the job failed", {{"job", job.id}}, job.failed ? 1 : 0);
  }
  add_plugins(on, to);
  on.send(200, to.take(), "text/plain; version=0.0.4; charset=utf-8");
}

}  // namespace dms::reference::web
