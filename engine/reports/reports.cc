#include "engine/reports/reports.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace jinqiao::engine::reports {

namespace {

constexpr std::array reports{Report{"headline", headline},       Report{"open", open},
                             Report{"containment", containment}, Report{"reaction", reaction},
                             Report{"escalations", escalations}, Report{"sign_for", sign_for},
                             Report{"causes", causes},           Report{"workers", workers}};

}  // namespace

std::span<const Report> all_reports() { return reports; }

const Report* report_named(std::string_view name) {
    const auto* found = std::find_if(reports.begin(), reports.end(),
                                     [&](const Report& each) { return each.name == name; });
    return found == reports.end() ? nullptr : found;
}

double percentile(std::vector<double>& values, double share) {
    std::sort(values.begin(), values.end());
    const auto rank =
        static_cast<std::size_t>(std::ceil(share * static_cast<double>(values.size())));
    return values[std::clamp<std::size_t>(rank, 1, values.size()) - 1];
}

Cell share_of(std::int64_t part, std::int64_t whole) {
    if (whole <= 0) return {};
    return std::round(static_cast<double>(part) * 1000.0 / static_cast<double>(whole)) / 10.0;
}

}  // namespace jinqiao::engine::reports
