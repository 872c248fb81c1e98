// listening_socket.hpp - a door at an address.
#pragma once

#include <sys/socket.h>

#include <cstddef>
#include <string>

namespace dms::reference::web {

/// A socket that listens, not blocking; the caller closes it. `address`: a name or an address; port 0: any free one.
/// Throws failure(dms_unavailable) with a sentence that says what to do.
int listen_on(const std::string &address, int port);
int port_of(int socket) noexcept;  ///< 0 where it has none
/// The other side of a connection, in written_address form; empty where it is none.
std::string address_in(const sockaddr *address);

/// Asks the system for more descriptors, within reason; how many there are then.
std::size_t widened_descriptors();

}  // namespace dms::reference::web
