#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/model/text.h"

namespace jinqiao::engine::model {

// 预警等级, an internal grade, never a public alert (ERL Art. 63). Stored by name.
enum class GradeLevel { blue = 0, yellow = 1, orange = 2, red = 3 };

std::string_view name(GradeLevel level);
std::optional<GradeLevel> parse_grade(std::string_view text);

struct GradeReason {
    std::string rule;  // id of the YAML rule
    Text text;
    bool operator==(const GradeReason&) const = default;
};

// effective rises by itself and falls only by an approved request. `granted` is the level a second
// person approved; it lapses when `computed` rises above the value it was granted on.
struct Grade {
    GradeLevel computed = GradeLevel::blue;
    std::optional<GradeLevel> granted;
    std::optional<GradeLevel> granted_on;  // computed at the time of the grant
    std::optional<GradeLevel> floor;       // raised by hand or by a ladder; never lowers by a rule
    GradeLevel effective = GradeLevel::blue;
    std::vector<GradeReason> reasons;
};

}  // namespace jinqiao::engine::model
