#include "reference_host/web/http_server.hpp"

#include <fcntl.h>
#include <microhttpd.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <future>
#include <vector>

#include "dms/cpp/basics.hpp"
#include "reference_host/web/listening_socket.hpp"
#include "reference_host/web/request_head.hpp"
#include "reference_host/web/worker_pool.hpp"

namespace dms::reference::web {
namespace {

constexpr std::size_t connection_memory = std::size_t{32} << 10;  ///< holds a head and its answer's
constexpr std::uint64_t longest_head = std::uint64_t{20} << 10;
constexpr unsigned silence_s = 15;  ///< without a byte either way
constexpr unsigned network_threads = 2;
/// What is over the limit is taken from the wire and thrown away up to so many times of it, so that the sender hears
/// the answer.
constexpr std::uint64_t patience_with_too_much = 2;

enum class step {
  head,       ///< complete; not looked at yet
  admitting,  ///< a worker looks whether its body may come
  body,       ///< comes
  working,    ///< a worker has it
  done,       ///< the answer is there
};

struct transaction {
  http_request request;
  announced_body announced;
  body_rule rule;
  step at = step::head;
  bool keeps_body = true;
  bool skips_body = false;  ///< the answer does not wait for it
  bool last = false;        ///< of its connection
  std::optional<http_response> answer;
  std::size_t held = 0;  ///< of the bytes that all requests share
  MHD_Connection *connection = nullptr;
  connection_ledger::connection *entry = nullptr;
};

MHD_Result collect_field(void *to, MHD_ValueKind, const char *name, const char *value) {
  try {
    static_cast<http_request *>(to)->fields.push_back({name, value == nullptr ? "" : value});
    return MHD_YES;
  } catch (...) {
    return MHD_NO;
  }
}

MHD_Response *made_response(http_response &from) {
  if (auto *file = std::get_if<std::shared_ptr<open_file>>(&from.body)) {
    const int descriptor = *file ? (*file)->duplicate() : -1;
    if (descriptor < 0) return nullptr;
    auto *made = MHD_create_response_from_fd64((*file)->size(), descriptor);
    if (made == nullptr) ::close(descriptor);
    return made;
  }
  if (const auto *view = std::get_if<std::string_view>(&from.body)) {
    return MHD_create_response_from_buffer(view->size(), const_cast<char *>(view->data()), MHD_RESPMEM_PERSISTENT);
  }
  auto kept = std::make_unique<std::string>(std::move(std::get<std::string>(from.body)));
  auto *made = MHD_create_response_from_buffer_with_free_callback_cls(
      kept->size(), kept->data(), [](void *text) { delete static_cast<std::string *>(text); }, kept.get());
  if (made != nullptr) kept.release();
  return made;
}

}  // namespace

struct http_server::inside {
  inside(http_application &serves, door_rules known, http_server_options wanted)
      : application(serves), rules(std::move(known)), how(std::move(wanted)) {}

  // --- one request ---
  MHD_Result go_on(transaction &of, const char *bytes, std::size_t *size);
  MHD_Result look_at_head(transaction &of);
  MHD_Result take_body(transaction &of, const char *bytes, std::size_t *size);
  MHD_Result hand_over(transaction &of, step next);
  void run(transaction &of);
  MHD_Result send(transaction &of);
  void refuse(transaction &of, int status, const char *sentence);
  void give_back(transaction &of);
  std::atomic<std::size_t> &held_with(const transaction &of) {
    return of.rule.admit_first ? held_of_admitted : held_of_strangers;
  }

  // --- called by the library ---
  static MHD_Result asked(void *self, MHD_Connection *, const char *, const char *method, const char *version,
                          const char *bytes, std::size_t *size, void **context);
  static void completed(void *self, MHD_Connection *, void **context, MHD_RequestTerminationCode);

  // --- life ---
  void listen();
  std::vector<MHD_OptionItem> options(std::size_t descriptors);

  http_application &application;
  const door_rules rules;
  http_server_options how;
  std::unique_ptr<connection_ledger> ledger;
  std::unique_ptr<worker_pool> workers;
  MHD_Daemon *daemon = nullptr;
  int door = -1, bound = 0;
  std::atomic<std::size_t> held_of_strangers{0}, held_of_admitted{0};
};

namespace {

MHD_Result let_in(void *self, const sockaddr *address, socklen_t) {
  try {
    auto &of = *static_cast<connection_ledger *>(self);
    return of.has_room(address_in(address)) ? MHD_YES : MHD_NO;
  } catch (...) {
    return MHD_NO;
  }
}

void note_connection(void *self, MHD_Connection *connection, void **entry, MHD_ConnectionNotificationCode what) {
  auto &ledger = *static_cast<connection_ledger *>(self);
  if (what == MHD_CONNECTION_NOTIFY_CLOSED) {
    if (*entry != nullptr) ledger.left(static_cast<connection_ledger::connection *>(*entry));
    *entry = nullptr;
    return;
  }
  try {
    const auto *socket = MHD_get_connection_info(connection, MHD_CONNECTION_INFO_CONNECTION_FD);
    const auto *address = MHD_get_connection_info(connection, MHD_CONNECTION_INFO_CLIENT_ADDRESS);
    *entry = ledger.arrived(socket->connect_fd, address_in(address->client_addr));
  } catch (...) {
    *entry = nullptr;
  }
}

/// The target before anything of it is decoded.
void *begin_transaction(void *, const char *target, MHD_Connection *connection) {
  try {
    auto made = std::make_unique<transaction>();
    made->request.target = target;
    made->connection = connection;
    const auto *address = MHD_get_connection_info(connection, MHD_CONNECTION_INFO_CLIENT_ADDRESS);
    made->request.peer = address_in(address->client_addr);
    const auto *entry = MHD_get_connection_info(connection, MHD_CONNECTION_INFO_SOCKET_CONTEXT);
    made->entry = static_cast<connection_ledger::connection *>(entry->socket_context);
    return made->entry == nullptr ? nullptr : made.release();
  } catch (...) {
    return nullptr;
  }
}

}  // namespace

MHD_Result http_server::inside::go_on(transaction &of, const char *bytes, std::size_t *size) {
  switch (of.at) {
    case step::head:
      return look_at_head(of);
    case step::body:
      if (*size > 0) return take_body(of, bytes, size);
      if (of.answer) break;  // refused before its body came
      return hand_over(of, step::working);
    case step::admitting:
      // A worker has looked at the head. What was refused is read to its end where that is near.
      if (of.answer && (of.announced.asks_first || of.announced.bytes > of.rule.most)) break;
      if (of.skips_body) return hand_over(of, step::working);
      of.at = step::body;
      ledger->reads_body(of.entry);
      of.keeps_body = !of.answer && of.keeps_body;
      return MHD_YES;
    case step::working:
    case step::done:
      break;
  }
  return send(of);
}

MHD_Result http_server::inside::look_at_head(transaction &of) {
  auto &request = of.request;
  MHD_get_connection_values(of.connection, MHD_HEADER_KIND, collect_field, &request);
  const auto *size = MHD_get_connection_info(of.connection, MHD_CONNECTION_INFO_REQUEST_HEADER_SIZE);
  const auto read = read_head(request);
  of.last = ledger->begins_request(of.entry);
  std::optional<head_fault> fault = read.fault;
  if (size != nullptr && size->header_size > longest_head) fault = head_fault{431, "The head is too long."};
  if (!fault && !split_target(request)) fault = head_fault{400, "The address is not valid."};
  see_visitor(request, rules);
  if (!fault && !is_known_host(request.host, rules)) {
    fault = head_fault{421, "The host does not answer to this name. Whoever runs it names it with --host-name."};
  }
  if (fault) {
    refuse(of, fault->status, fault->sentence);
    return send(of);
  }
  of.announced = read.body;
  of.rule = application.rule_of(request);
  request.body_bytes = of.announced.bytes;
  const bool comes = of.announced.length != body_length::none;
  const bool too_large = of.announced.bytes > of.rule.most;
  if (too_large) request.state = body_state::too_large;
  const bool far_too_large =
      too_large && (of.announced.asks_first || of.announced.bytes > patience_with_too_much * of.rule.most);
  if (!of.rule.wanted) request.state = body_state::unread;
  of.skips_body = comes && (!of.rule.wanted || far_too_large);
  of.keeps_body = !too_large;
  if (comes && of.rule.admit_first) return hand_over(of, step::admitting);
  if (of.skips_body) return hand_over(of, step::working);
  of.at = step::body;
  return MHD_YES;
}

MHD_Result http_server::inside::take_body(transaction &of, const char *bytes, std::size_t *size) {
  auto &request = of.request;
  const auto count = *size;
  *size = 0;
  ledger->body_moved(of.entry, count);
  if (of.announced.length == body_length::in_chunks) request.body_bytes += count;
  if (request.body_bytes > of.rule.most && of.announced.length == body_length::in_chunks) {
    give_back(of);
    of.keeps_body = false;
    request.state = body_state::too_large;
    if (request.body_bytes > patience_with_too_much * of.rule.most) {
      // No answer can be queued in the middle of a body: it is said in plain, and the connection ends.
      constexpr std::string_view too_much =
          "HTTP/1.1 413 Content Too Large\r\nConnection: close\r\nContent-Length: 0\r\n\r\n";
      const auto *socket = MHD_get_connection_info(of.connection, MHD_CONNECTION_INFO_CONNECTION_FD);
      if (!rules.encrypted && socket != nullptr) {
        [[maybe_unused]] const auto sent =
            ::send(socket->connect_fd, too_much.data(), too_much.size(), MSG_DONTWAIT | MSG_NOSIGNAL);
      }
      return MHD_NO;
    }
  }
  if (!of.keeps_body) return MHD_YES;
  auto &held = held_with(of);
  of.held += count;
  if (held.fetch_add(count) + count > (of.rule.admit_first ? how.most_body_bytes : how.most_bytes_of_strangers)) {
    give_back(of);
    of.keeps_body = false;
    request.state = body_state::no_room;
    return MHD_YES;
  }
  request.body.append(bytes, count);
  return MHD_YES;
}

MHD_Result http_server::inside::hand_over(transaction &of, step next) {
  of.at = next;
  ledger->works(of.entry);
  MHD_suspend_connection(of.connection);
  if (workers->offer([this, &of] { run(of); })) return MHD_YES;
  refuse(of, 503, "There is too much to do just now. Please try again in a moment.");
  MHD_resume_connection(of.connection);
  return MHD_YES;
}

void http_server::inside::run(transaction &of) {
  if (of.at == step::admitting) {
    of.answer = application.admit(of.request);
  } else {
    of.answer = application.answer(of.request);
    give_back(of);
  }
  MHD_resume_connection(of.connection);
}

void http_server::inside::refuse(transaction &of, int status, const char *sentence) {
  of.answer = application.refusal(of.request, status, sentence);
  of.last = true;
  of.at = step::done;
}

void http_server::inside::give_back(transaction &of) {
  held_with(of).fetch_sub(of.held);
  of.held = 0;
  std::string().swap(of.request.body);
}

MHD_Result http_server::inside::send(transaction &of) {
  auto &answer = *of.answer;
  of.at = step::done;
  const auto bytes = answer.size();
  auto *made = made_response(answer);
  if (made == nullptr) return MHD_NO;
  for (const auto &each : answer.fields) MHD_add_response_header(made, each.name.c_str(), each.value.c_str());
  if (of.last || answer.last) MHD_add_response_header(made, "Connection", "close");
  ledger->answers(of.entry, bytes);
  const auto queued = MHD_queue_response(of.connection, static_cast<unsigned>(answer.status), made);
  MHD_destroy_response(made);
  return queued;
}

MHD_Result http_server::inside::asked(void *self, MHD_Connection *, const char *, const char *method,
                                      const char *version, const char *bytes, std::size_t *size, void **context) {
  if (*context == nullptr) return MHD_NO;
  try {
    auto &of = *static_cast<transaction *>(*context);
    if (of.at == step::head) {
      of.request.method = method;
      of.request.version = version;
    }
    return static_cast<inside *>(self)->go_on(of, bytes, size);
  } catch (...) {
    return MHD_NO;  // no memory: this connection ends
  }
}

void http_server::inside::completed(void *self, MHD_Connection *, void **context, MHD_RequestTerminationCode) {
  const std::unique_ptr<transaction> of(static_cast<transaction *>(*context));
  *context = nullptr;
  if (!of) return;
  auto &in = *static_cast<inside *>(self);
  in.give_back(*of);
  in.ledger->ends_request(of->entry);
}

std::vector<MHD_OptionItem> http_server::inside::options(std::size_t descriptors) {
  std::vector<MHD_OptionItem> all;
  const auto number = [&](MHD_OPTION name, std::size_t value) {
    all.push_back({name, static_cast<intptr_t>(value), nullptr});
  };
  number(MHD_OPTION_LISTEN_SOCKET, static_cast<std::size_t>(door));
  number(MHD_OPTION_THREAD_POOL_SIZE, network_threads);
  number(MHD_OPTION_CONNECTION_LIMIT, descriptors - descriptors / 8);
  number(MHD_OPTION_CONNECTION_MEMORY_LIMIT, connection_memory);
  number(MHD_OPTION_CONNECTION_TIMEOUT, silence_s);
#if MHD_VERSION >= 0x00097701
  number(MHD_OPTION_CLIENT_DISCIPLINE_LVL, 1);
#else
  // read_head refuses the same and more; in this version the library's own refusal has its head twice.
  number(MHD_OPTION_STRICT_FOR_CLIENT, 0);
#endif
  if (rules.encrypted) {
    static char priorities[] = "NORMAL:-VERS-TLS1.0:-VERS-TLS1.1";
    all.push_back({MHD_OPTION_HTTPS_MEM_CERT, 0, how.certificate_pem.data()});
    all.push_back({MHD_OPTION_HTTPS_MEM_KEY, 0, how.key_pem.data()});
    all.push_back({MHD_OPTION_HTTPS_PRIORITIES, 0, priorities});
  }
  all.push_back({MHD_OPTION_END, 0, nullptr});
  return all;
}

void http_server::inside::listen() {
  const auto descriptors = widened_descriptors();
  door = how.door < 0 ? listen_on(how.address, how.port) : ::fcntl(how.door, F_DUPFD_CLOEXEC, 0);
  if (door < 0) throw failure(dms_unavailable, "The host cannot serve: the system has no more threads or descriptors.");
  bound = port_of(door);
  how.limits.most_waiting = std::min(how.limits.most_waiting, descriptors / 2);
  ledger = std::make_unique<connection_ledger>(how.limits, rules.trusted_proxies);
  workers = std::make_unique<worker_pool>(how.workers, how.most_jobs);
  auto all = options(descriptors);
  const unsigned flags = MHD_USE_EPOLL_INTERNAL_THREAD | MHD_USE_SUSPEND_RESUME | MHD_USE_ITC |
                         (rules.encrypted ? static_cast<unsigned>(MHD_USE_TLS) : 0U);
  daemon = MHD_start_daemon(flags, 0, let_in, ledger.get(), asked, this, MHD_OPTION_NOTIFY_COMPLETED, completed, this,
                            MHD_OPTION_NOTIFY_CONNECTION, note_connection, ledger.get(), MHD_OPTION_URI_LOG_CALLBACK,
                            begin_transaction, nullptr, MHD_OPTION_ARRAY, all.data(), MHD_OPTION_END);
  if (daemon != nullptr) return;
  ::close(door);
  door = -1;
  throw failure(rules.encrypted ? dms_invalid : dms_unavailable,
                rules.encrypted ? "The certificate and its key cannot be used: both are PEM files, the key without a "
                                  "password, and they belong to each other."
                                : "The host cannot serve: the system has no more threads or descriptors.");
}

http_server::http_server(http_application &serves, door_rules rules, http_server_options how) {
  rules.encrypted = !how.certificate_pem.empty();
  inside_ = std::make_unique<inside>(serves, std::move(rules), std::move(how));
}

http_server::~http_server() {
  stop(std::chrono::milliseconds{0});
}

void http_server::start() {
  inside_->listen();
}

bool http_server::stop(std::chrono::milliseconds patience) {
  auto &in = *inside_;
  if (in.daemon == nullptr) return true;
  MHD_quiesce_daemon(in.daemon);
  ::close(in.door);
  in.door = -1;
  in.ledger->close_waiting();
  const bool all = in.ledger->wait_for_requests(connection_ledger::clock::now() + patience);
  in.ledger->close_all();
  in.workers->stop();  // whoever still works resumes his connection, which ends
  MHD_stop_daemon(in.daemon);
  in.daemon = nullptr;
  return all;
}

int http_server::port() const noexcept {
  return inside_->bound;
}

int http_server::door() const noexcept {
  return inside_->door;
}

bool http_server::is_alive(std::chrono::milliseconds patience) {
  const auto seen = std::make_shared<std::promise<void>>();
  auto answer = seen->get_future();
  return inside_->workers->offer([seen] { seen->set_value(); }) &&
         answer.wait_for(patience) == std::future_status::ready;
}

}  // namespace dms::reference::web
