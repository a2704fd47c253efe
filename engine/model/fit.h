#pragma once
#include <cstddef>
#include <string>
#include <string_view>

namespace jinqiao::engine::model {

// The longest beginning of at most so many bytes that ends between two characters.
std::string_view cut(std::string_view text, std::size_t most);

// A text of at most so many bytes. One that is longer loses its end and gets "…", but for the line
// that holds `keep` (the link to sign by), which stands last then. Empty `keep`: nothing is kept.
std::string fit(std::string_view text, std::size_t most, std::string_view keep = {});

}  // namespace jinqiao::engine::model
