/* abi.h - the types that cross the boundary between a host and a plugin.
 *
 * Only C types cross it: no exception, no allocation that one side makes and the other frees, no C++
 * object. Every header below dms/ compiles alone as C11 to C23 and as C++11 to C++23, without a warning.
 *
 * Rules that hold for every function of the interface, unless its comment says otherwise.
 *
 * Ownership. A dms_str is borrowed: it is valid for the call in which it is passed, and no longer. A struct
 *   that is registered stays owned by the side that made it, and must outlive the registration.
 * Pointers. Only `error` and `progress` may be null, and `ptr` of a dms_str whose `len` is 0. A sink, a
 *   stream and a call never are.
 * Documents (screens, results, reports, records) are UTF-8 JSON, written to a dms_sink; each has a schema in
 *   schema/. A reader leaves out members, block types and values that it does not know.
 * Ids of users, locations and customers are opaque: never renamed, never given again to another.
 * Language. A sentence in dms_error.message is in the locale of the call; without a call in English.
 * A status that this version does not name is read as dms_failed.
 *
 * Threads. [main] calls are never overlapped by the host; they may come from different threads. [worker]
 *   calls run concurrently, may block and may read or write a database. [any] may come from every thread at
 *   any time between init and destroy, concurrently, and returns at once. A thread has at least 256 KiB of
 *   stack.
 * State. A host calls contributions only after activate has returned dms_ok and before deactivate is called.
 *   Registries are called in activate and deactivate alone; `remove` returns at once, and the host ends the
 *   calls that still run before it lets deactivate begin. Other services may be called from activate to the
 *   end of deactivate, also from inside a contribution, and on other threads of the plugin.
 * Calls both ways. A service may call the plugin back on the same thread (an event inside of `create`), and
 *   the plugin may call services inside of that. A host holds no lock and no open transaction of its database
 *   while it calls the plugin: the plugin writes with its own connection and would wait for it.
 * Time. A call returns within ten seconds after `cancelled` began to answer 1. A host may give up a call
 *   that does not, show the plugin as stuck, and never deactivate, destroy or unmap it.
 * Faults. No exception and no long jump leaves a function. A host that is written in a language with exceptions
 *   takes one from a plugin as dms_failed all the same.
 * Processes. One instance belongs to one data directory or database. Several instances in a process, with
 *   different data, are allowed; so are several processes on the same data. A process that forks does so
 *   before it loads the plugin. deactivate comes before exit, and no thread is ended inside a call.
 *
 * Growth. Majors must be equal on both sides. A minor may add members at the end of structs that begin with
 *   struct_size, new statuses and new header files. A table of functions that a host offers as a service
 *   (no struct_size) never changes: what it lacks gets a new id. Who reads a struct asks DMS_HAS before he
 *   touches a member that was not in 1.0; who checks one compares with its DMS_..._SIZE_1_0, never with sizeof.
 * Ids of capabilities are "dms.name/number". The number grows where the same thing is done in another way; what is
 *   offered beside something has a name of its own. Third parties put a domain of theirs, reversed, in front
 *   ("at.example.warranty/1") and may propose it for dms later, under another id. Everything else that a plugin
 *   names in a host (screens, rights, jobs, sources, prefixes of references and keys) is its own as well: "leads.lead",
 *   a-z, 0-9, _ and . alone, up to 64 bytes, with a word in front that no other plugin of the dealership uses.
 * Drafts. What is still tried lives in dms/draft/ (see its README): no part of sdk.h, and an error to include without
 *   DMS_WITH_DRAFTS. A draft may change or go with any minor; it keeps its id when it becomes stable.
 * Changes of the interface are told in host_sdk/CHANGELOG.md.
 */
#ifndef DMS_ABI_H
#define DMS_ABI_H

#include <stddef.h>
#include <stdint.h>

#if UINTPTR_MAX != UINT64_MAX
#error "The interface is for 64-bit processes: a 32-bit host talks to a 64-bit one over HTTP."
#endif

#ifdef __cplusplus
#define DMS_ASSERT(condition, sentence) static_assert(condition, sentence)
extern "C" {
#else
#define DMS_ASSERT(condition, sentence) _Static_assert(condition, sentence)
#endif

/** The version of this interface. */
#define DMS_ABI_MAJOR 1u
#define DMS_ABI_MINOR 0u

/** The calling convention of every function that crosses the boundary. */
#if defined(_WIN32)
#define DMS_CALL __cdecl
#else
#define DMS_CALL
#endif

/** For the one exported function; a host leaves DMS_BUILDS_PLUGIN undefined. */
#if defined(_WIN32) && defined(DMS_BUILDS_PLUGIN)
#define DMS_EXPORT __declspec(dllexport)
#elif defined(_WIN32)
#define DMS_EXPORT
#elif defined(__GNUC__)
#define DMS_EXPORT __attribute__((visibility("default")))
#else
#define DMS_EXPORT
#endif

/** Whether a struct that begins with struct_size is long enough to hold the member. */
#define DMS_HAS(pointer, member)                                                                       \
  ((size_t)((const char *)&(pointer)->member - (const char *)(pointer)) + sizeof((pointer)->member) <= \
   (pointer)->struct_size)

/** Limits, in bytes; more is answered with dms_too_large, or refused by who reads it. */
#define DMS_MAX_DOCUMENT (16u * 1024 * 1024) /**< a screen, a result */
#define DMS_MAX_REPORT (256u * 1024 * 1024)  /**< an import report */
#define DMS_MAX_RECORD (1024u * 1024)        /**< a customer, a contact, users, locations, event data */
#define DMS_MAX_INPUT (64u * 1024 * 1024)    /**< parameters and input of a screen, with a file in base64 */
#define DMS_MAX_KEY 400u                     /**< an idempotency key, a reference, an id */

/** UTF-8 text or bytes: pointer and length, not NUL-terminated. ptr may be null when len is 0. */
typedef struct dms_str {
  const char *ptr;
  uint64_t len;
} dms_str;

/** How a call ended. The value is what a program acts on, dms_error.message what a person reads. */
typedef int32_t dms_status;
enum {
  dms_ok = 0,
  dms_invalid = 1,     /**< the input is wrong; the message or the document says which field */
  dms_not_found = 2,   /**< it does not exist, or this user may not know that it does */
  dms_forbidden = 3,   /**< the user may know that it exists, but not do this */
  dms_conflict = 4,    /**< changed meanwhile by somebody else; nothing was written */
  dms_refused = 5,     /**< a rule forbids it; the message names the rule and the way out */
  dms_unavailable = 6, /**< cannot be done now (database locked, disk full); try again later */
  dms_cancelled = 7,   /**< the host asked to stop, or its stream broke off; nothing half was left behind */
  dms_unsupported = 8, /**< this side does not know the capability, action or version */
  dms_too_large = 9,   /**< over a documented limit; refused whole */
  dms_failed = 10      /**< a fault: a bug or a broken environment; details are in the log */
};

/** Why a call failed, in one sentence of up to 511 bytes. Owned by the caller. */
typedef struct dms_error {
  uint32_t struct_size; /**< sizeof(dms_error), set by the caller; less than 1.0 had gets what fits */
  dms_status code;      /**< the same value that the call returned */
  char message[512];    /**< NUL-terminated UTF-8, cut at a character boundary */
} dms_error;
#define DMS_ERROR_SIZE_1_0 520u

/** Where a callee writes what it produces. Owned by the caller, valid for the call. Pieces may split a
 *  character: only the whole is UTF-8. */
typedef struct dms_sink {
  void *context;
  /** Takes the next piece; a status other than dms_ok means: stop writing and return that status. */
  dms_status(DMS_CALL *write)(void *context, dms_str bytes);
} dms_sink;

/** Where a callee reads from. Owned by the caller, valid for the call. */
typedef struct dms_stream {
  void *context;
  /** Reads up to `capacity` bytes; returns how many, 0 at the end, -1 on an error (the call must then
   *  leave nothing half done). */
  int64_t(DMS_CALL *read)(void *context, char *buffer, uint64_t capacity);
} dms_stream;

/** Who asks, and in what circumstances. Made by the host for one call, borrowed for that call. */
typedef struct dms_call {
  uint32_t struct_size;
  void *context;       /**< the host's own; passed back to the functions below */
  dms_str user;        /**< login of the user; empty when the host itself acts (job, watched folder) */
  dms_str user_name;   /**< full name as it is shown */
  dms_str locale;      /**< BCP 47, "de-AT" or "en" */
  dms_str correlation; /**< id that ties log lines of one request together */
  dms_str channel;     /**< "web", "http", "folder", "command_line", "job", "event"; "refresh": only the
                          document's "refresh" is used, nobody is shown the rest */
  dms_str request;     /**< token of what a person or a program asked for once (dms_screen.act); the same however
                          often the host repeats it; empty: it never does */
  int64_t now_us;      /**< the host's time, microseconds since 1970-01-01T00:00Z */
  /** [any] 1 when the user has the right, else 0. The host itself (empty user) has every right. */
  int32_t(DMS_CALL *may)(void *context, dms_str right);
  /** [any] 1 when the callee should stop soon and return dms_cancelled. */
  int32_t(DMS_CALL *cancelled)(void *context);
} dms_call;
#define DMS_CALL_SIZE_1_0 136u

/** How far a long call is. Owned by the caller, valid for the call. */
typedef struct dms_progress {
  void *context;
  /** [worker] Bytes read so far (0 where there are none) and items or steps done so far. */
  void(DMS_CALL *report)(void *context, uint64_t bytes, uint64_t items);
} dms_progress;

/** What a registration returns; 0 is never a valid one. */
typedef uint64_t dms_handle;

DMS_ASSERT(sizeof(dms_str) == 16, "dms_str never changes");
DMS_ASSERT(offsetof(dms_error, message) == 8 && sizeof(dms_error) >= DMS_ERROR_SIZE_1_0,
           "dms_error only grows at its end");
DMS_ASSERT(sizeof(dms_sink) == 16, "dms_sink never changes");
DMS_ASSERT(sizeof(dms_stream) == 16, "dms_stream never changes");
DMS_ASSERT(offsetof(dms_call, cancelled) == 128 && sizeof(dms_call) >= DMS_CALL_SIZE_1_0,
           "dms_call only grows at its end");
DMS_ASSERT(sizeof(dms_progress) == 16, "dms_progress never changes");

#ifdef __cplusplus
}
#endif
#endif
