// metrics.hpp - numbers for who watches: counted since the process began, or as they are now, in the text format of
// Prometheus (version 0.0.4).
#pragma once

#include <map>
#include <mutex>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace dms::reference {

using metric_labels = std::vector<std::pair<std::string, std::string>>;

/// What a histogram counts: how many were at most so large, by the bound.
struct metric_buckets {
  std::vector<std::pair<double, double>> up_to;  ///< bound, how many; growing
  double sum = 0, count = 0;
};

/// Builds the text. Each name is told once; its samples follow one another.
class metrics_text {
 public:
  /// `kind`: "gauge", "counter" or "histogram".
  void add(std::string_view name, std::string_view kind, std::string_view help, const metric_labels &labels,
           double value);
  void add(std::string_view name, std::string_view help, const metric_labels &labels, const metric_buckets &value);
  std::string take();

 private:
  std::string &lines_of(std::string_view name, std::string_view kind, std::string_view help);
  std::map<std::string, std::string, std::less<>> families_;
};

/// Thread-safe. Names and labels are this program's own, never what somebody sent.
class metrics {
 public:
  void count(std::string_view name, const metric_labels &labels, double by = 1);
  void observe(std::string_view name, const metric_labels &labels, double seconds);
  void write(metrics_text &to) const;

 private:
  mutable std::mutex mutex_;
  std::map<std::pair<std::string, metric_labels>, double> counters_;
  std::map<std::pair<std::string, metric_labels>, metric_buckets> times_;
};

/// Names of this program, and the sentence that says what each is.
inline constexpr auto intake_items = "dms_intake_items_total";
inline constexpr auto intake_payloads = "dms_intake_payloads_total";
inline constexpr auto http_seconds = "dms_http_request_seconds";
inline constexpr auto job_seconds = "dms_job_seconds";
inline constexpr auto job_failures = "dms_job_failures_total";

}  // namespace dms::reference
