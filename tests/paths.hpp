// paths.hpp - where the tests find what lies beside them. Functions, so that no compiled test names a folder.
#pragma once

#include <string>

namespace paths {

std::string data();    ///< tests/data
std::string source();  ///< the checkout
std::string build();   ///< the build directory

}  // namespace paths
