#pragma once
#include <string>

namespace jinqiao::adapters::notify::exec {

// What keeps a file from being run on behalf of the daemon; empty: nothing. Whoever may write the
// file, its folder or one above it decides what is run: they must be root or the daemon's own user,
// and nobody else may write. Folders above with the sticky bit (/tmp) let nobody exchange what
// another one owns. Judged where links lead to.
std::string distrust(const std::string& command);

}  // namespace jinqiao::adapters::notify::exec
