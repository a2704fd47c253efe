#pragma once
#include <boost/json/object.hpp>
#include <cstdint>
#include <cstdio>
#include <string>

#include "adapters/cli/replay/breaks.h"

// How the report and its view of breaks write their figures.
namespace jinqiao::adapters::cli::replay {

inline boost::json::object object_of(const Counts& counts) {
    boost::json::object object;
    for (const auto& [key, count] : counts) object[key] = count;
    return object;
}

inline std::uint64_t sum(const Counts& counts) {
    std::uint64_t result = 0;
    for (const auto& [key, count] : counts) result += count;
    return result;
}

// With one decimal.
inline std::string fixed(double value) {
    char text[32];
    std::snprintf(text, sizeof text, "%.1f", value);
    return text;
}

}  // namespace jinqiao::adapters::cli::replay
