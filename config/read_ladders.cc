#include <charconv>
#include <optional>

#include "config/map.h"
#include "config/read_policy.h"

namespace jinqiao::config {

using engine::policy::Ladder;
using engine::policy::Moment;
using engine::policy::Rung;
using engine::policy::StepKind;

namespace {

// "50 %": a share of the way from start to due.
std::optional<Moment> parse_share(std::string_view text) {
    if (!text.ends_with(" %")) return {};
    const std::string_view digits = text.substr(0, text.size() - 2);
    int percent = 0;
    const auto [end, error] =
        std::from_chars(digits.data(), digits.data() + digits.size(), percent);
    if (error != std::errc{} || end != digits.data() + digits.size()) return {};
    if (percent < 0 || percent > 100) return {};
    Moment moment;
    moment.base = Moment::Base::share;
    moment.percent = percent;
    return moment;
}

// "due", "due - 1 N", "start + 2 h". Nothing runs before the start.
std::optional<Moment> parse_moment(std::string_view text) {
    if (const auto share = parse_share(text)) return share;
    Moment moment;
    if (text.starts_with("due")) {
        moment.base = Moment::Base::due;
        text.remove_prefix(3);
    } else if (text.starts_with("start")) {
        moment.base = Moment::Base::start;
        text.remove_prefix(5);
    } else {
        return {};
    }
    if (text.empty()) return moment;
    moment.before = text.starts_with(" - ");
    if (!moment.before && !text.starts_with(" + ")) return {};
    if (moment.before && moment.base == Moment::Base::start) return {};
    moment.offset = engine::time::parse_budget(text.substr(3));
    if (!moment.offset) return {};
    return moment;
}

StepKind step_of(Map& map) {
    static const std::vector<std::string> words{"remind", "inform", "hand_over", "raise"};
    map.need("step");
    return static_cast<StepKind>(map.one_of("step", words, "remind"));
}

// What is raised is asked for where something is raised, and only there.
std::string read_raise(Map& map, StepKind step) {
    static const std::vector<std::string> words{"grade", "tier"};
    if (step != StepKind::raise) return {};
    map.need("raise");
    return words[map.one_of("raise", words, "grade")];
}

Rung read_rung(const Tree& tree, Faults& faults) {
    Map map(tree, faults);
    Rung rung;
    rung.name = map.required_text("name");
    if (const Tree* at = map.need("at")) {
        const auto moment = at->kind == Tree::Kind::scalar ? parse_moment(at->text) : std::nullopt;
        if (!moment) add(faults, *at, {"check.moment", {}}, found_in(*at));
        rung.at = moment.value_or(Moment{});
    }
    rung.step = step_of(map);
    rung.raise = read_raise(map, rung.step);
    rung.to = map.texts("to");
    const bool addressed = rung.step == StepKind::remind || rung.step == StepKind::inform;
    if (addressed && rung.to.empty())
        map.fault("to", {"check.audience_needed", {}}, {"check.found.nothing", {}});
    rung.every = map.budget("every");
    rung.most = static_cast<int>(map.integer("most", 0, 1000, 0));
    if (rung.every && rung.every->amount == 0)
        map.fault("every", {"check.budget_above_zero", {}}, found_at(tree, "every"));
    return rung;
}

Ladder read_ladder(const Tree& tree, Faults& faults) {
    Map map(tree, faults);
    Ladder ladder;
    ladder.name = map.required_text("name");
    ladder.clock = map.required_text("clock");
    ladder.states = map.texts("states");
    map.each("grades", [&](const Tree& item) {
        if (const auto grade = grade_of(item, faults)) ladder.grades.push_back(*grade);
    });
    if (const Tree* when = map.take("when")) ladder.when = read_condition(*when, faults);
    ladder.quiet = map.budget("quiet");
    map.need("rungs");
    map.each("rungs", [&](const Tree& item) { ladder.rungs.push_back(read_rung(item, faults)); });
    return ladder;
}

}  // namespace

std::vector<Ladder> read_ladders(const Tree& tree, Faults& faults) {
    Map map(tree, faults);
    std::vector<Ladder> ladders;
    map.need("ladders");
    map.each("ladders", [&](const Tree& item) { ladders.push_back(read_ladder(item, faults)); });
    return ladders;
}

}  // namespace jinqiao::config
