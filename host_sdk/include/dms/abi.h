/* abi.h - the types that cross the boundary between a host and a plugin.
 *
 * Only C types cross it: no exception, no allocation that one side makes and the other frees, no C++
 * object. Every header below dms/ compiles as C11 and as C++20.
 *
 * Rules that hold for every function of the interface, unless its comment says otherwise:
 *   - A dms_str is borrowed: it is valid for the call in which it is passed, and no longer.
 *   - A struct that is registered stays owned by the side that made it, and must outlive the registration.
 *   - Documents (screens, results, reports, records) are UTF-8 JSON, written to a dms_sink.
 *   - Thread tags: [main] calls are never overlapped by the host, [worker] calls run concurrently and may
 *     block, [any] may come from every thread at any time between create and destroy.
 */
#ifndef DMS_ABI_H
#define DMS_ABI_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/** Majors must be equal on both sides; a minor adds at the end of the base structs. */
#define DMS_ABI_MAJOR 1u
#define DMS_ABI_MINOR 0u

#if defined(_WIN32)
#define DMS_EXPORT __declspec(dllexport)
#else
#define DMS_EXPORT __attribute__((visibility("default")))
#endif

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
  dms_cancelled = 7,   /**< the host asked to stop; nothing half was left behind */
  dms_unsupported = 8, /**< this side does not know the capability, action or version */
  dms_too_large = 9,   /**< over a documented limit; refused whole */
  dms_failed = 10      /**< a fault: a bug or a broken environment; details are in the log */
};

/** Why a call failed, in one sentence. Owned by the caller; every dms_error* may be null. */
typedef struct dms_error {
  uint32_t struct_size; /**< sizeof(dms_error), set by the caller */
  dms_status code;      /**< the same value that the call returned */
  char message[512];    /**< NUL-terminated UTF-8, cut at a character boundary */
} dms_error;

/** Where a callee writes what it produces. Owned by the caller, valid for the call. */
typedef struct dms_sink {
  void *context;
  /** Takes the next piece; a status other than dms_ok means: stop writing and return that status. */
  dms_status (*write)(void *context, dms_str bytes);
} dms_sink;

/** Where a callee reads from. Owned by the caller, valid for the call. */
typedef struct dms_stream {
  void *context;
  /** Reads up to `capacity` bytes; returns how many, 0 at the end, -1 on an error (the call must then
   *  leave nothing half done). */
  int64_t (*read)(void *context, char *buffer, uint64_t capacity);
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
  int64_t now_us;      /**< the host's time, microseconds since 1970-01-01T00:00Z */
  /** [any] 1 when the user has the right, else 0. The host itself (empty user) has every right. */
  int32_t (*may)(void *context, dms_str right);
  /** [any] 1 when the callee should stop soon and return dms_cancelled. */
  int32_t (*cancelled)(void *context);
} dms_call;

/** What a registration returns; 0 is never a valid one. */
typedef uint64_t dms_handle;

#ifdef __cplusplus
}
static_assert(sizeof(dms_str) == 16, "dms_str is pointer and 64-bit length");
static_assert(offsetof(dms_error, message) == 8, "dms_error layout is fixed");
static_assert(offsetof(dms_call, now_us) == 96, "dms_call layout is fixed");
#else
_Static_assert(sizeof(dms_str) == 16, "dms_str is pointer and 64-bit length");
_Static_assert(offsetof(dms_error, message) == 8, "dms_error layout is fixed");
_Static_assert(offsetof(dms_call, now_us) == 96, "dms_call layout is fixed");
#endif
#endif
