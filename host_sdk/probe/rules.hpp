// rules.hpp - what a host has to keep to, as a plugin can see it from inside: one row a rule of dms/*.h.
#pragma once

#include <array>
#include <string_view>

namespace dms::probing {

struct rule {
  std::string_view id;
  std::string_view where;    ///< the header that says so
  std::string_view promise;  ///< what is kept
};

inline constexpr auto rules = std::to_array<rule>({
    // --- the order of a life ---
    {"order.library_init", "entry.h", "the library is init'ed before it describes itself or makes an instance"},
    {"order.describe", "plugin.h", "the library is asked to describe itself before an instance is made"},
    {"order.init_first", "plugin.h", "an instance is init'ed before anything else"},
    {"order.init_once", "plugin.h", "an instance is init'ed once"},
    {"order.activate_once", "plugin.h", "an active plugin is not activated again"},
    {"order.deactivate", "plugin.h", "a plugin is deactivated before it is destroyed"},
    {"order.deinit", "entry.h", "each init of the library is answered by one deinit, after the instances are gone"},
    {"state.registering", "abi.h", "nothing is called before activate has returned"},
    {"state.gone", "abi.h", "nothing is called after deactivate has begun"},
    {"state.ended", "abi.h", "calls that still run are ended before deactivate begins"},
    {"state.extension", "plugin.h", "functions of an extension are called after init"},
    // --- threads, processes, locks ---
    {"threads.main", "abi.h", "[main] calls never overlap"},
    {"threads.stack", "abi.h", "a thread has at least 256 KiB of stack"},
    {"threads.job", "job.h", "a job runs once at a time"},
    {"threads.any", "abi.h", "an [any] service returns at once"},
    {"process.fork", "abi.h", "a process forks before it loads the plugin, not after"},
    {"locks.load", "abi.h", "no lock and no transaction is held while a screen is loaded"},
    {"locks.act", "abi.h", "no lock and no transaction is held while an action is done"},
    {"locks.job", "abi.h", "no lock and no transaction is held while a job runs"},
    {"locks.import", "abi.h", "no lock and no transaction is held while a payload is taken in"},
    {"locks.event", "abi.h", "no lock and no transaction is held while a plugin is asked or told"},
    {"locks.judge", "abi.h", "no lock and no transaction is held while a guard judges"},
    // --- the host ---
    {"host.size", "host.h", "dms_host is at least as long as that of 1.0"},
    {"host.major", "host.h", "dms_host names the major of this interface"},
    {"host.name", "host.h", "the host has a name and a version"},
    {"host.stays", "host.h", "dms_host stays as it is until destroy"},
    {"services.unknown", "host.h", "a service that nobody knows is null"},
    {"services.whole", "host.h", "every function of a service is there"},
    {"services.stay", "host.h", "a service stays as it is until destroy"},
    // --- who asks ---
    {"call.there", "abi.h", "a call, a sink and a stream are never null"},
    {"call.size", "abi.h", "dms_call is at least as long as that of 1.0"},
    {"call.functions", "abi.h", "dms_call has its functions"},
    {"call.user", "directory.h", "a user is called by the id that the directory has"},
    {"call.user_name", "abi.h", "a user comes with his name"},
    {"call.locale", "abi.h", "the locale is BCP 47: de-AT, not de_AT"},
    {"call.correlation", "abi.h", "a call has a correlation id"},
    {"call.channel", "abi.h", "the channel is one of those that are named"},
    {"call.job", "abi.h", "a job is run by the host itself, on the channel \"job\""},
    {"call.now", "abi.h", "the time is in microseconds since 1970"},
    {"call.stays", "abi.h", "what a call holds stays as it is until the call ends"},
    {"call.request_size", "screen.h", "a request token has at most DMS_MAX_KEY bytes"},
    {"call.request_once", "screen.h", "another action or input comes with another request token"},
    {"may.host", "abi.h", "the host itself has every right"},
    {"may.screen", "screen.h", "a screen is not shown to whoever lacks its right"},
    {"cancelled.value", "abi.h", "cancelled answers 0 or 1"},
    {"cancelled.stays", "abi.h", "what is cancelled stays cancelled"},
    // --- texts that cross ---
    {"sink.empty", "abi.h", "a sink takes a piece without bytes, whose ptr is null"},
    {"sink.split", "abi.h", "a sink takes pieces that split a character"},
    {"sink.large", "abi.h", "a sink takes a document of 15 MiB"},
    {"screen.parameters", "screen.h", "parameters are an object of texts and lists of texts"},
    {"screen.input", "screen.h", "the input of an action is an object"},
    {"screen.context", "screen.h", "a contribution is called with the context of its own"},
    {"import.read", "abi.h", "a stream gives no more bytes than were asked for"},
    {"import.end", "abi.h", "a stream that is at its end stays there"},
    {"import.whole", "import.h", "a payload comes as it was probed"},
    {"texts.locale", "texts.h", "words are asked for in a locale that is BCP 47"},
    {"texts.menu_copied", "menu.h", "a menu entry is copied when it is added"},
    {"texts.right_copied", "rights.h", "a right is copied when it is added"},
    // --- registries ---
    {"registry.handle", "abi.h", "what is registered gets a handle of its own, never 0"},
    {"registry.remove", "screen.h", "what was removed may be added again"},
    {"registry.screen", "screen.h", "a screen whose id is taken is refused with 0"},
    {"registry.source", "import.h", "a source that is taken is refused with 0"},
    {"registry.source_name", "import.h", "a source with another name than a-z, 0-9 and _ is refused with 0"},
    {"registry.job", "job.h", "a job whose id is taken is refused with 0"},
    {"registry.prefix", "references.h", "a prefix that is taken is refused with 0"},
    {"registry.event", "event.h", "an event that nobody tells about is refused with dms_unsupported"},
    // --- jobs, events, guards ---
    {"jobs.wake", "job.h", "wake returns without running the job"},
    {"jobs.pause", "job.h", "between the end of a run and the next start its interval passes"},
    {"events.asked", "event.h", "who is told that something is done was asked before"},
    {"events.data", "event.h", "an event comes with the members that are named"},
    {"events.generation", "directory.h", "the directory's generation is another one after a change"},
    {"references.prefix", "references.h", "a guard is asked about references of its own"},
    // --- answers of services ---
    {"error.filled", "abi.h", "a service that fails says why, with the code that it returns"},
    {"error.null", "abi.h", "a service takes an error that is null"},
    {"error.small", "abi.h", "nothing is written behind the end of a smaller error"},
    {"service.refused_sink", "abi.h", "a service stops when the sink refuses, and returns what it said"},
    {"storage.directory", "storage.h", "the data directory is there, absolute, and may be written in"},
    {"storage.database", "storage.h", "a database is named by a URI, or not at all"},
    {"settings.missing", "settings.h", "a setting that is not set is dms_not_found"},
    {"directory.users", "directory.h", "users are a list, each with what is named"},
    {"directory.locations", "directory.h", "locations are a list, each with what is named"},
    {"directory.generation", "directory.h", "the generation stays while nothing changes"},
    {"customers.missing", "customers.h", "a customer who is not there is dms_not_found"},
    {"customers.made", "customers.h", "a new customer is written with his id"},
    {"customers.once", "customers.h", "the same key makes no second customer"},
    {"customers.text", "customers.h", "names come back as they were given"},
    {"customers.found", "customers.h", "customers are found by what they share with a query"},
    {"customers.limit", "customers.h", "no more customers than the limit says"},
    {"changes.was", "customer_changes.h", "a change says how it was before"},
    {"changes.once", "customer_changes.h", "the same key changes nothing again and answers as before"},
    {"changes.conflict", "customer_changes.h", "a change of an older revision is dms_conflict"},
    {"changes.taken_back", "customer_changes.h", "whoever was taken back is not there any more"},
    {"contacts.made", "contacts.h", "a new contact is on the list of its reference"},
    {"contacts.once", "contacts.h", "the same key makes no second contact"},
    {"contacts.reassigned", "contacts.h", "open contacts go to another user, also twice"},
    {"contacts.ended", "contacts.h", "open contacts end, also twice"},
    {"completion.done", "contact_completion.h", "a contact is completed with its result, also twice"},
    {"completion.bad", "contact_completion.h", "another result is dms_invalid, another contact dms_not_found"},
    {"completion.quiet", "contact_completion.h", "who completes a contact is not told of it"},
    {"notifications.twice", "notifications.h", "a key that a user has already changes nothing"},
    {"audit.written", "audit.h", "a line of the audit log is taken"},
    {"erasure.forgotten", "erasure.h", "names and notes of a reference are forgotten"},
    {"secrets.kept", "secrets.h", "a secret is read back as a setting, until an empty one removes it"},
});

}  // namespace dms::probing
