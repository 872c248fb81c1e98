#include "reference_host/core/metrics.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>

namespace dms::reference {
namespace {

constexpr std::array bounds{0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 60.0};

constexpr std::pair<std::string_view, std::string_view> helps[] = {
    {intake_items, "Leads that came in by this process, by source and what became of them"},
    {intake_payloads, "Payloads that came in by this process, by source and status"},
    {http_seconds, "Seconds from a whole request to its answer"},
    {job_seconds, "Seconds that the runs of a job took"},
    {job_failures, "Runs of a job that failed"}};

std::string_view help_of(std::string_view name) {
  const auto *found = std::ranges::find(helps, name, [](const auto &each) { return each.first; });
  return found == std::end(helps) ? std::string_view{} : found->second;
}

std::string number(double value) {
  if (std::isinf(value)) return value > 0 ? "+Inf" : "-Inf";
  if (std::isnan(value)) return "NaN";
  std::array<char, 32> text{};
  std::snprintf(text.data(), text.size(), "%.15g", value);
  return text.data();
}

std::string escaped(std::string_view text, bool quoted) {
  std::string safe;
  for (const char letter : text) {
    if (letter == '\n') {
      safe += "\\n";
      continue;
    }
    if (letter == '\\' || (quoted && letter == '"')) safe += '\\';
    safe += letter;
  }
  return safe;
}

std::string label_list(const metric_labels &labels) {
  std::string text;
  for (const auto &[name, value] : labels)
    text += (text.empty() ? "{" : ",") + name + "=\"" + escaped(value, true) + '"';
  return text.empty() ? text : text + '}';
}

metric_labels with(metric_labels labels, const std::string &bound) {
  labels.emplace_back("le", bound);
  return labels;
}

}  // namespace

std::string &metrics_text::lines_of(std::string_view name, std::string_view kind, std::string_view help) {
  auto [found, is_new] = families_.try_emplace(std::string(name));
  if (is_new) {
    found->second = "# HELP " + std::string(name) + ' ' + escaped(help, false) + "\n# TYPE " + std::string(name) + ' ' +
                    std::string(kind) + '\n';
  }
  return found->second;
}

void metrics_text::add(std::string_view name, std::string_view kind, std::string_view help, const metric_labels &labels,
                       double value) {
  lines_of(name, kind, help) += std::string(name) + label_list(labels) + ' ' + number(value) + '\n';
}

void metrics_text::add(std::string_view name, std::string_view help, const metric_labels &labels,
                       const metric_buckets &value) {
  auto &lines = lines_of(name, "histogram", help);
  const std::string own(name);
  for (const auto &[bound, count] : value.up_to) {
    lines += own + "_bucket" + label_list(with(labels, number(bound))) + ' ' + number(count) + '\n';
  }
  lines += own + "_bucket" + label_list(with(labels, "+Inf")) + ' ' + number(value.count) + '\n';
  lines += own + "_sum" + label_list(labels) + ' ' + number(value.sum) + '\n';
  lines += own + "_count" + label_list(labels) + ' ' + number(value.count) + '\n';
}

std::string metrics_text::take() {
  std::string all;
  for (const auto &[name, lines] : families_) all += lines;
  families_.clear();
  return all;
}

void metrics::count(std::string_view name, const metric_labels &labels, double by) {
  const std::lock_guard lock(mutex_);
  counters_[{std::string(name), labels}] += by;
}

void metrics::observe(std::string_view name, const metric_labels &labels, double seconds) {
  const std::lock_guard lock(mutex_);
  auto &into = times_[{std::string(name), labels}];
  if (into.up_to.empty()) {
    for (const auto bound : bounds) into.up_to.emplace_back(bound, 0);
  }
  for (auto &[bound, count] : into.up_to) {
    if (seconds <= bound) count += 1;
  }
  into.sum += seconds;
  into.count += 1;
}

void metrics::write(metrics_text &to) const {
  const std::lock_guard lock(mutex_);
  for (const auto &[of, value] : counters_) to.add(of.first, "counter", help_of(of.first), of.second, value);
  for (const auto &[of, value] : times_) to.add(of.first, help_of(of.first), of.second, value);
}

}  // namespace dms::reference
