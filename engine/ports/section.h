#pragma once
#include <boost/json/value.hpp>
#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/time/budget.h"

namespace jinqiao::engine::ports {

// One map of the configuration, read by the code that owns the options. Every getter notes a fault
// with file, line and path where the value does not fit and then returns the default, so that all
// faults are found at once. Keys nobody asked for are faults when the section is closed.
class Section {
  public:
    virtual ~Section() = default;
    virtual std::string text(std::string_view key, std::string_view fallback = {}) = 0;
    virtual std::string required_text(std::string_view key) = 0;
    virtual std::int64_t integer(std::string_view key, std::int64_t least, std::int64_t most,
                                 std::int64_t fallback) = 0;
    virtual bool flag(std::string_view key, bool fallback) = 0;
    virtual std::chrono::milliseconds span(
        std::string_view key, std::chrono::milliseconds fallback) = 0;  // "15 s", "2 min"
    virtual std::vector<std::string> texts(std::string_view key) = 0;
    // Read from {file: PATH} or {env: NAME}; a literal secret in YAML is a fault.
    virtual std::string secret(std::string_view key, bool required) = 0;
    virtual std::unique_ptr<Section> section(std::string_view key) = 0;  // empty section if absent
    virtual std::vector<std::string> keys() const = 0;
    virtual bool has(std::string_view key) const = 0;
    virtual void fault(std::string_view key, std::string_view expected, std::string_view found) = 0;
};

}  // namespace jinqiao::engine::ports
