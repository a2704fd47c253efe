#include <array>

#include "engine/model/assignment.h"
#include "engine/model/clock.h"
#include "engine/model/command.h"
#include "engine/model/grade.h"
#include "engine/model/notice.h"
#include "engine/model/request.h"
#include "engine/model/result.h"

// The spelling of every enumerator that is stored or shown: written to disk, so it stays.
namespace jinqiao::engine::model {

namespace {

template <class E, std::size_t N>
std::string_view at(const std::array<std::string_view, N>& names, E value) {
    return names[static_cast<std::size_t>(value)];
}

}  // namespace

std::string_view name(ErrorCode code) {
    static constexpr std::array<std::string_view, 10> names = {
        "invalid",     "not_found", "conflict", "forbidden", "busy",
        "unavailable", "disk_full", "unknown",  "corrupt",   "internal"};
    return at(names, code);
}

std::string_view name(GradeLevel level) {
    static constexpr std::array<std::string_view, 4> names = {"blue", "yellow", "orange", "red"};
    return at(names, level);
}

std::optional<GradeLevel> parse_grade(std::string_view text) {
    for (auto level : {GradeLevel::blue, GradeLevel::yellow, GradeLevel::orange, GradeLevel::red})
        if (name(level) == text) return level;
    return {};
}

std::string_view name(ClockClass value) {
    static constexpr std::array<std::string_view, 3> names = {"stage", "legal", "reference"};
    return at(names, value);
}

std::string_view name(ClockState value) {
    static constexpr std::array<std::string_view, 5> names = {"running", "suspended", "met",
                                                              "missed", "closed"};
    return at(names, value);
}

std::string_view name(Addressee::Kind kind) {
    static constexpr std::array<std::string_view, 3> names = {"department", "post", "person"};
    return at(names, kind);
}

std::string_view name(AssignmentState state) {
    static constexpr std::array<std::string_view, 6> names = {"told",     "delivered", "signed",
                                                              "accepted", "returned",  "done"};
    return at(names, state);
}

std::string_view name(RequestState state) {
    static constexpr std::array<std::string_view, 5> names = {"pending", "approved", "rejected",
                                                              "lapsed", "void"};
    return at(names, state);
}

std::string_view name(DeliveryState state) {
    static constexpr std::array<std::string_view, 4> names = {"pending", "delivered", "rejected",
                                                              "dead"};
    return at(names, state);
}

std::string Addressee::text() const { return std::string(name(kind)) + ":" + id; }

std::optional<Addressee> Addressee::parse(std::string_view text) {
    const auto colon = text.find(':');
    if (colon == std::string_view::npos) return {};
    for (auto kind : {Kind::department, Kind::post, Kind::person})
        if (name(kind) == text.substr(0, colon))
            return Addressee{kind, std::string(text.substr(colon + 1))};
    return {};
}

std::string Clock::key() const {
    std::string text = name + "#" + std::to_string(instance);
    if (!subject.empty()) text += "@" + subject;
    return text;
}

bool Actor::has(std::string_view role) const {
    for (const auto& held : roles)
        if (held == role) return true;
    return false;
}

}  // namespace jinqiao::engine::model
