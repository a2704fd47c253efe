#include "tests/bench/support/recording.h"

namespace jinqiao::tests::bench {

namespace {

std::uint64_t bytes_of(const Value& value) {
    if (const auto* text = std::get_if<std::string>(&value)) return text->size();
    return std::holds_alternative<std::int64_t>(value) ? sizeof(std::int64_t) : 0;
}

}  // namespace

Size size_of(const Recording& recording) {
    Size size;
    for (const auto& step : recording) {
        const auto* writes = std::get_if<Writes>(&step);
        if (writes == nullptr) continue;
        ++size.commits;
        size.writes += writes->size();
        for (const Write& write : *writes)
            for (const Value& value : write.values) size.bytes += bytes_of(value);
    }
    return size;
}

}  // namespace jinqiao::tests::bench
