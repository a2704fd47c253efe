#include "engine/policy/duty.h"

#include <algorithm>

#include "engine/policy/directory.h"

namespace jinqiao::engine::policy {

using model::PostId;
using time::Instant;

namespace {

std::int64_t shift_number(const Rota& rota, Instant at) {
    const auto passed = (at - rota.begins).count();
    const std::int64_t length = std::chrono::milliseconds(rota.shift).count();
    return passed >= 0 ? passed / length : -1;
}

Instant beginning_of(const Rota& rota, std::int64_t number) {
    return rota.begins + number * std::chrono::milliseconds(rota.shift);
}

const Rota* rota_of(const Directory& directory, const PostId& post) {
    const auto found = directory.posts.find(post);
    if (found == directory.posts.end() || !found->second.rota) return nullptr;
    return &*found->second.rota;
}

// What kind of day a shift begins on.
DutyDays days_of(const Directory& directory, Instant beginning) {
    static const time::Calendar weekends;  // Monday to Friday are worked
    const auto& calendar = directory.calendar ? *directory.calendar : weekends;
    return calendar.is_working(calendar.local_date(beginning)) ? DutyDays::working : DutyDays::rest;
}

const Rotation* latest_of(const Directory& directory, const PostId& post, Instant at,
                          DutyDays days) {
    const Rotation* latest = nullptr;
    for (const auto& rotation : directory.rotations)
        if (rotation.post == post && rotation.days == days && rotation.from <= at &&
            (latest == nullptr || latest->from <= rotation.from))
            latest = &rotation;
    return latest != nullptr && !latest->order.empty() ? latest : nullptr;
}

const Rotation* rotation_of(const Directory& directory, const PostId& post, Instant at,
                            Instant beginning) {
    if (const auto* own = latest_of(directory, post, at, days_of(directory, beginning))) return own;
    return latest_of(directory, post, at, DutyDays::all);
}

const Override* override_of(const Directory& directory, const PostId& post, Instant at) {
    const auto found = std::find_if(
        directory.overrides.rbegin(), directory.overrides.rend(),
        [&](const Override& row) { return row.post == post && row.from <= at && at < row.until; });
    return found == directory.overrides.rend() ? nullptr : &*found;
}

// Rows are few and shifts are many: the next of them after `after`, or nothing.
void earlier_of(std::optional<Instant>& next, Instant at, Instant after) {
    if (at > after && (!next || at < *next)) next = at;
}

// Where the duty of one post may pass on.
std::optional<Instant> next_cut(const Directory& directory, const PostId& post, Instant after) {
    std::optional<Instant> next;
    for (const auto& row : directory.overrides) {
        if (row.post != post) continue;
        earlier_of(next, row.from, after);
        earlier_of(next, row.until, after);
    }
    const Rota* rota = rota_of(directory, post);
    if (rota == nullptr) return next;
    std::size_t people = 0;  // by rotations: one of one person relieves nobody
    for (const auto& row : directory.rotations) {
        if (row.post != post) continue;
        earlier_of(next, std::max(row.from, rota->begins), after);
        people += row.order.size();
    }
    if (people > 1) earlier_of(next, beginning_of(*rota, shift_number(*rota, after) + 1), after);
    return next;
}

}  // namespace

namespace {

// How many turns of the rotation lie before the shift.
std::int64_t turns_before(const Directory& directory, const Rota& rota, const Rotation& rotation,
                          std::int64_t number) {
    const auto first = std::max<std::int64_t>(shift_number(rota, rotation.from), 0);
    if (rotation.days == DutyDays::all) return number - first;
    std::int64_t turns = 0;
    for (auto shift = first; shift < number; ++shift)
        if (days_of(directory, beginning_of(rota, shift)) == rotation.days) ++turns;
    return turns;
}

}  // namespace

std::optional<Shift> on_duty(const Directory& directory, const PostId& post, Instant at) {
    if (const auto* row = override_of(directory, post, at))
        return Shift{row->from, row->until, row->person, row->swap.empty() ? "override" : "swap"};
    const Rota* rota = rota_of(directory, post);
    if (rota == nullptr || directory.rotations.empty()) return {};
    const auto number = shift_number(*rota, at);
    if (number < 0) return {};
    const auto* rotation = rotation_of(directory, post, at, beginning_of(*rota, number));
    if (rotation == nullptr) return {};
    const auto turns = turns_before(directory, *rota, *rotation, number);
    const auto& person = rotation->order[static_cast<std::size_t>(turns) % rotation->order.size()];
    if (!directory.holds(person, post, at)) return {};
    return Shift{beginning_of(*rota, number), beginning_of(*rota, number + 1), person, "rota"};
}

std::vector<Shift> shifts(const Directory& directory, const PostId& post, Instant from,
                          Instant until) {
    std::vector<Shift> out;
    for (Instant at = from; at < until;) {
        const Instant end = std::min(next_cut(directory, post, at).value_or(until), until);
        const auto duty = on_duty(directory, post, at);
        Shift shift{at, end, {}, {}};
        if (duty) {
            shift.person = duty->person;
            shift.why = duty->why;
        }
        out.push_back(std::move(shift));
        at = end;
    }
    return out;
}

std::optional<Instant> next_duty_change(const Directory& directory, Instant after) {
    std::optional<Instant> next;
    for (const auto& [id, post] : directory.posts)
        if (const auto cut = next_cut(directory, id, after)) earlier_of(next, *cut, after);
    return next;
}

}  // namespace jinqiao::engine::policy
