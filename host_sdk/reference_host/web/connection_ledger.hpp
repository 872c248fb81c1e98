// connection_ledger.hpp - which connections there are, what each waits for, and until when it may.
#pragma once

#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <list>
#include <map>
#include <mutex>
#include <set>
#include <string>
#include <thread>

namespace dms::reference::web {

struct connection_limits {
  std::size_t most_waiting = 3000;              ///< for a head; of more, the one that has waited longest goes
  std::size_t most_of_address = 200;            ///< of one address_group
  std::size_t most_requests = 1000;             ///< on one connection
  std::chrono::milliseconds head_time{10'000};  ///< from the connection to the last byte of its first head
  std::chrono::milliseconds idle_time{15'000};  ///< from an answer to the last byte of the next head
  /// For a body, and for an answer to be taken: this altogether, and a second for each `bytes_a_second` that moved.
  std::chrono::milliseconds patience{20'000};
  std::uint64_t bytes_a_second = 8192;
};

/// Whoever takes too long is cut off, however busily he sends a byte now and then. All functions: [any].
class connection_ledger {
 public:
  using clock = std::chrono::steady_clock;
  class connection;

  /// Connections of `unlimited` (addresses) are not counted: proxies, behind which all stand.
  connection_ledger(connection_limits limits, std::set<std::string, std::less<>> unlimited);
  connection_ledger(const connection_ledger &) = delete;
  connection_ledger &operator=(const connection_ledger &) = delete;
  ~connection_ledger();

  /// Whether one more connection of this address may come.
  bool has_room(const std::string &address);
  /// The socket stays the caller's and lives until left().
  connection *arrived(int socket, const std::string &address);
  void left(connection *one);

  /// Its head is complete; true when no further request is wanted on this connection.
  bool begins_request(connection *one);
  void reads_body(connection *one);  ///< after works(): its time begins anew
  void body_moved(connection *one, std::uint64_t bytes);
  void works(connection *one);  ///< waits for us: no time runs
  void answers(connection *one, std::uint64_t bytes);
  void ends_request(connection *one);

  /// From now on no connection waits for another request.
  void close_waiting();
  /// Whether all requests ended by then.
  bool wait_for_requests(clock::time_point until);
  void close_all();

 private:
  enum class stage { waits_for_head, brings_body, works, takes_answer };
  void watch();
  void cut(connection &one);
  bool is_counted(const std::string &address) const;
  void close_longest_waiting();

  const connection_limits limits_;
  const std::set<std::string, std::less<>> unlimited_;
  std::mutex mutex_;
  std::condition_variable changed_;
  std::list<connection> all_;
  std::map<std::string, std::size_t, std::less<>> of_address_;
  std::size_t waiting_ = 0;  ///< for a head
  bool closing_ = false, stopping_ = false;
  std::thread watcher_;
};

}  // namespace dms::reference::web
