// response_rules.hpp - what holds for every answer, whatever it is about.
#pragma once

#include "reference_host/web/http_request.hpp"
#include "reference_host/web/http_response.hpp"

namespace dms::reference::web {

void set_security_headers(http_response &response);

/// A page of another site cannot post here, whatever cookies the browser adds.
bool from_elsewhere(const http_request &request);

/// What a request is about, for who measures; never its address, which has ids in it.
const char *kind_of(const http_request &request);

/// Texts, when the browser takes them so. Not where another site made the browser ask: what is on a page must not be
/// told by how well it packs together with what that site put into the address.
void pack(const http_request &request, http_response &response);

}  // namespace dms::reference::web
