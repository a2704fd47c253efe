#pragma once
#include <string>
#include <string_view>
#include <vector>

namespace jinqiao::adapters::cli::replay {

// The vocabulary of the three sources, turned into the code lists of the alert. Texts are matched
// in lower case; the first line of a table that fits wins.

struct Matter {
    std::string_view cause;
    std::string_view demand;
};

// Parts of a "; "-joined value, trimmed, without trailing commas and empty parts.
std::vector<std::string> parts(std::string_view joined);
std::string lower(std::string_view text);

Matter clb_matter(std::string_view demand);
Matter lat_matter(std::string_view demand);
// Behaviours of a CLB or LAT action; "talk" for what has no word of its own.
std::string_view behaviour(std::string_view action);
std::string_view ownership(std::string_view employer_type);  // empty: unknown

}  // namespace jinqiao::adapters::cli::replay
