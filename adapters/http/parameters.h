#pragma once
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "adapters/http/problem.h"
#include "adapters/http/query.h"
#include "engine/time/instant.h"

namespace jinqiao::adapters::http {

// Reads what stands behind the question mark. What is wrong is gathered: problem() has all of it.
class Parameters {
  public:
    static constexpr int most_items = 200;

    explicit Parameters(const Target& target) : target_(target) {}

    // Names nobody knows are faults: a filter that is silently ignored shows the wrong cases. Those
    // that may be said several times are read by list().
    void only(std::initializer_list<std::string_view> known,
              std::initializer_list<std::string_view> repeated = {});
    template <class Fits>
    std::vector<std::string> list(std::string_view name, Fits fits) {
        auto values = target_.list(name);
        for (const auto& value : values)
            if (!fits(value)) fault(name, "query.value", value);
        return values;
    }
    std::optional<bool> flag(std::string_view name);
    int limit(int fallback);
    std::optional<std::int64_t> whole(std::string_view name, std::int64_t least, std::int64_t most);
    std::string text(std::string_view name, std::size_t longest);
    std::string sort();
    engine::time::Instant instant(std::string_view name, engine::time::Instant otherwise);
    void fault(std::string_view name, std::string code, std::string value);
    std::optional<Problem> problem();

  private:
    const Target& target_;
    std::vector<Problem::Fault> faults_;
};

}  // namespace jinqiao::adapters::http
