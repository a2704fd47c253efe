#pragma once
#include <string>
#include <string_view>

namespace jinqiao::adapters::notify::courier {

// What keeps a text from being an address to send to; empty: nothing. Never quotes the text.
// https only, plain http where private targets are allowed; no user name or password in it.
std::string url_fault(const std::string& url, bool allow_plain);

// RFC 3986 percent-encoding of one path segment or query value.
std::string percent_encode(std::string_view text);

}  // namespace jinqiao::adapters::notify::courier
