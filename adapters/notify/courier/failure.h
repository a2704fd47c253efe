#pragma once
#include <curl/curl.h>

#include <string>

namespace jinqiao::adapters::notify::courier {

// Our own short words for what went wrong: curl's messages may quote the address, which can be a
// credential.
std::string failure_word(CURLcode code);

}  // namespace jinqiao::adapters::notify::courier
