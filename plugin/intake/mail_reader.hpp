// mail_reader.hpp - the lead inside of a mail: an XML part or attachment, else XML in the body.
#pragma once

#include <functional>
#include <string_view>

#include "intake/reader.hpp"

namespace lead_system::intake {

/// read_payload for a mail. Of several parts that hold the lead (XML, plain text, HTML) the most exact kind is read;
/// all parts of that kind, each text once. A lead without a time of its own was sent when the mail was; sender and
/// subject are kept as extras.
read_result read_mail(const definition &source, std::string_view mail, time_us received_default, const limits &within,
                      const std::function<void(read_lead &&)> &take, const record_mapper &map = {});

/// "Is this a mail?": by the headers that it begins with, whatever it holds.
int probe_mail(std::string_view first_bytes);

}  // namespace lead_system::intake
