#include "engine/model/figures.h"

#include <array>
#include <boost/json/array.hpp>
#include <boost/json/monotonic_resource.hpp>
#include <boost/json/object.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <utility>

namespace jinqiao::engine::model {

namespace json = boost::json;
using time::Instant;

namespace {

constexpr std::array words{std::pair{"workflow", &Figures::workflow},
                           std::pair{"grade", &Figures::grade}, std::pair{"cause", &Figures::cause},
                           std::pair{"end", &Figures::end}};
constexpr std::array flags{
    std::pair{"exercise", &Figures::exercise},     std::pair{"restricted", &Figures::restricted},
    std::pair{"merged", &Figures::merged},         std::pair{"part", &Figures::part},
    std::pair{"fortune500", &Figures::fortune500}, std::pair{"spread", &Figures::spread},
    std::pair{"settled", &Figures::settled}};
constexpr std::array steps{std::pair{"acknowledged", &Figures::acknowledged},
                           std::pair{"on_site", &Figures::on_site},
                           std::pair{"close", &Figures::close}};

json::value ms(const std::optional<Instant>& at) {
    return at ? json::value(time::to_ms(*at)) : json::value();
}

json::array written(const Figures::Step& step, const json::storage_ptr& sp) {
    return json::array({ms(step.due), ms(step.at), step.over}, sp);
}

// Whoever reads what nobody could have written gets this one for all of it.
struct Unfit {};

const json::value& item(const json::array& from, std::size_t i) {
    if (i >= from.size()) throw Unfit{};
    return from[i];
}

std::optional<Instant> maybe(const json::value& from) {
    if (from.is_null()) return {};
    if (!from.is_int64()) throw Unfit{};
    return time::from_ms(from.get_int64());
}

Instant instant(const json::value& from) {
    const auto at = maybe(from);
    if (!at) throw Unfit{};
    return *at;
}

std::string text(const json::value& from) {
    if (!from.is_string()) throw Unfit{};
    return std::string(from.get_string());
}

const json::array& list(const json::value& from) {
    if (!from.is_array()) throw Unfit{};
    return from.get_array();
}

Figures::Step step_of(const json::value& from) {
    const auto& parts = list(from);
    Figures::Step step;
    step.due = maybe(item(parts, 0));
    step.at = maybe(item(parts, 1));
    step.over = item(parts, 2) == json::value(true);
    return step;
}

void read_lists(const json::object& from, Figures& figures) {
    if (const auto* all = from.if_contains("escalations"))
        for (const auto& each : list(*all)) {
            const auto& parts = list(each);
            figures.escalations.push_back(
                {text(item(parts, 0)), instant(item(parts, 1)), maybe(item(parts, 2))});
        }
    if (const auto* all = from.if_contains("told"))
        for (const auto& each : list(*all)) {
            const auto& parts = list(each);
            figures.told.push_back({text(item(parts, 0)), instant(item(parts, 1)),
                                    maybe(item(parts, 2)), step_of(item(parts, 3))});
        }
}

Figures read(const json::object& from) {
    Figures figures;
    for (const auto& [key, member] : words)
        if (const auto* held = from.if_contains(key)) figures.*member = text(*held);
    for (const auto& [key, member] : flags) figures.*member = from.contains(key);
    for (const auto& [key, member] : steps)
        if (const auto* held = from.if_contains(key)) figures.*member = step_of(*held);
    if (const auto* held = from.if_contains("workers")) {
        if (!held->is_int64()) throw Unfit{};
        figures.workers = held->get_int64();
    }
    const auto* filed = from.if_contains("filed_ms");
    if (filed == nullptr) throw Unfit{};
    figures.filed_at = instant(*filed);
    if (const auto* ended = from.if_contains("ended_ms")) figures.ended_at = maybe(*ended);
    read_lists(from, figures);
    return figures;
}

}  // namespace

std::string encode(const Figures& figures) {
    std::array<unsigned char, 8192> buffer;
    json::monotonic_resource memory(buffer.data(), buffer.size());
    const json::storage_ptr sp(&memory);
    json::object out(sp);
    for (const auto& [key, member] : words)
        if (!(figures.*member).empty()) out[key] = figures.*member;
    for (const auto& [key, member] : flags)
        if (figures.*member) out[key] = true;
    if (figures.workers != 0) out["workers"] = figures.workers;
    out["filed_ms"] = time::to_ms(figures.filed_at);
    if (figures.ended_at) out["ended_ms"] = ms(figures.ended_at);
    for (const auto& [key, member] : steps)
        if (figures.*member != Figures::Step{}) out[key] = written(figures.*member, sp);
    if (!figures.escalations.empty()) {
        json::array all(sp);
        for (const auto& each : figures.escalations)
            all.push_back(json::array({each.post, time::to_ms(each.at), ms(each.signed_at)}, sp));
        out["escalations"] = std::move(all);
    }
    if (!figures.told.empty()) {
        json::array all(sp);
        for (const auto& each : figures.told)
            all.push_back(json::array({each.department, time::to_ms(each.at), ms(each.delivered_at),
                                       written(each.sign, sp)},
                                      sp));
        out["told"] = std::move(all);
    }
    return json::serialize(out);
}

Result<Figures> decode_figures(std::string_view text) {
    std::array<unsigned char, 8192> buffer;
    json::monotonic_resource memory(buffer.data(), buffer.size());
    json::error_code failed;
    const auto parsed = json::parse(text, failed, &memory);
    const auto* object = failed ? nullptr : parsed.if_object();
    if (object != nullptr) {
        try {
            return read(*object);
        } catch (const Unfit&) {  // told below
        }
    }
    return Error{ErrorCode::corrupt, "these are no figures of a case", std::string(text)};
}

}  // namespace jinqiao::engine::model
