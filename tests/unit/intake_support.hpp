// intake_support.hpp - reading payloads in tests.
#pragma once

#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include "intake/reader.hpp"
#include "intake/sources.hpp"
#include "lead/state.hpp"
#include "paths.hpp"

namespace intake_support {

using namespace lead_system;
using namespace lead_system::intake;

inline std::string file_text(const std::string &path) {
  std::ifstream stream(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(stream), std::istreambuf_iterator<char>()};
}

inline std::string sample(const std::string &name) {
  return file_text(paths::data() + "/samples/" + name);
}

struct read {
  std::vector<read_lead> leads;
  message problem;
};

/// 2020-08-01T00:00Z: what stands in where a payload gives no time.
constexpr time_us arrival = 1'596'240'000 * second_us;

inline const sources &shipped() {
  static const auto all = load_sources({});
  return all;
}

inline read read_all(const std::string &source, const std::string &bytes) {
  read result;
  result.problem = read_payload(shipped().definitions.at(source), bytes, arrival, limits{}, [&](read_lead &&one) {
                     result.leads.push_back(std::move(one));
                   }).problem;
  if (!result.problem.empty()) result.leads.clear();
  return result;
}

/// The remarks on a field in English, one behind the other; empty: there is none.
inline std::string remark_of(const lead_content &content, const std::string &field) {
  const auto found = content.extras.find("remark/" + field);
  std::string result;
  if (found == content.extras.end()) return result;
  for (const auto &one : messages_in(found->second)) result += (result.empty() ? "" : " ") + in_english(one);
  return result;
}

/// A Siebel message around the inside of one lead that can be reached.
inline std::string siebel(const std::string &inside, const std::string &head = {}) {
  return head + "<SiebelMessage><ListOfNeDealerLead><NeDealerLead><Id>1-A</Id><LeadType>Test Drive</LeadType>" +
         inside + "</NeDealerLead></ListOfNeDealerLead></SiebelMessage>";
}

inline std::string contact(const std::string &inside) {
  return "<ListOfContact><Contact>" + inside + "</Contact></ListOfContact>";
}

}  // namespace intake_support
