#include "engine/runtime/directory_duty.h"

#include <algorithm>

#include "engine/policy/directory_codec.h"
#include "engine/policy/duty.h"
#include "engine/runtime/refuse.h"

namespace jinqiao::engine::runtime {

namespace json = boost::json;
using model::Addressee;
using model::Error;
using model::ErrorCode;
using model::PersonId;
using model::PostId;
using model::Result;
using policy::Directory;
using policy::Override;
using policy::Shift;
using policy::Swap;
using policy::SwapState;
using EditResult = Result<DirectoryEdit>;

namespace {

// An open shift that near is not news for the morning.
constexpr std::chrono::hours soon{24};

model::Status check_person(const Directory& directory, const PersonId& id,
                           const std::string& where) {
    const auto found = directory.people.find(id);
    if (found == directory.people.end()) return invalid("directory.person_unknown", where);
    if (!found->second.enabled) return invalid("directory.person_disabled", where);
    return model::Done{};
}

model::Status check_post(const Directory& directory, const PostId& id) {
    if (!directory.posts.contains(id)) return invalid("directory.post_unknown", "post");
    return model::Done{};
}

json::object stretch(const PostId& post, time::Instant from, time::Instant until) {
    return {{"post", post.value}, {"from_ms", time::to_ms(from)}, {"until_ms", time::to_ms(until)}};
}

DirectoryNews news(std::string event, const PersonId& to, json::object vars) {
    return {std::move(event), {Addressee::Kind::person, to.value}, std::move(vars), false};
}

// Nobody should turn up in vain, or believe they are still on: both sides of a change are told.
void tell_changed(const Directory& before, const Override& row, DirectoryEdit& edit) {
    std::set<PersonId> told{row.person};
    for (const auto& shift : policy::shifts(before, row.post, row.from, row.until))
        if (!shift.person.empty()) told.insert(shift.person);
    for (const auto& person : told) {
        auto vars = stretch(row.post, row.from, row.until);
        vars["how"] = person == row.person ? "on" : "off";
        edit.news.push_back(news("duty_changed", person, std::move(vars)));
        edit.people.insert(person);
    }
    edit.posts.insert(row.post);
}

EditResult put_rotation(Directory& directory, const json::object& data, time::Instant now) {
    json::object dated = data;
    if (!dated.contains("from") && !dated.contains("from_ms")) dated["from_ms"] = time::to_ms(now);
    auto rotation = policy::decode_rotation(dated);
    if (!rotation) return rotation.error();
    if (auto known = check_post(directory, rotation->post); !known) return known.error();
    if (!directory.posts.at(rotation->post).rota) return invalid("directory.no_rota", "post");
    for (const auto& person : rotation->order)
        if (auto known = check_person(directory, person, "order"); !known) return known.error();
    std::erase_if(directory.rotations, [&](const policy::Rotation& known) {
        return known.post == rotation->post && known.from == rotation->from &&
               known.days == rotation->days;
    });
    DirectoryEdit edit;
    edit.posts.insert(rotation->post);
    edit.people.insert(rotation->order.begin(), rotation->order.end());
    directory.rotations.push_back(std::move(*rotation));
    return edit;
}

EditResult put_override(Directory& directory, const json::object& data, time::Instant now) {
    auto row = policy::decode_override(data);
    if (!row) return row.error();
    row->swap.clear();
    if (auto known = check_post(directory, row->post); !known) return known.error();
    if (auto known = check_person(directory, row->person, "person"); !known) return known.error();
    if (row->until <= now) return invalid("directory.past", "until");
    DirectoryEdit edit;
    tell_changed(directory, *row, edit);
    directory.overrides.push_back(std::move(*row));
    return edit;
}

// One that has begun ends now; what was, was.
EditResult drop_override(Directory& directory, const json::object& data, time::Instant now) {
    auto from = policy::decode_instant(data, "from");
    if (!from) return from.error();
    const PostId post{text_of(data, "post")};
    const PersonId person{text_of(data, "person")};
    DirectoryEdit edit;
    for (auto& row : directory.overrides) {
        if (row.post != post || row.person != person || row.until <= now) continue;
        if (*from && row.from != **from) continue;
        auto vars = stretch(row.post, std::max(row.from, now), row.until);
        vars["how"] = "off";
        edit.news.push_back(news("duty_changed", row.person, std::move(vars)));
        row.until = std::max(row.from, now);
        edit.posts.insert(post);
        edit.people.insert(person);
    }
    if (edit.empty()) return invalid("directory.override_unknown", "from");
    std::erase_if(directory.overrides, [](const Override& row) { return row.until <= row.from; });
    return edit;
}

// --- swaps ------------------------------------------------------------------------------------

Result<Shift> shift_at(const Directory& directory, const PostId& post, const json::object& data,
                       std::string_view key, time::Instant now) {
    auto at = policy::decode_instant(data, key);
    if (!at) return at.error();
    if (!*at) return invalid("directory.instant", std::string(key));
    const auto duty = policy::on_duty(directory, post, **at);
    if (!duty) return invalid("directory.shift_none", std::string(key));
    if (duty->from <= now) return invalid("directory.shift_begun", std::string(key));
    return *duty;
}

Result<Swap> swap_from(const Directory& directory, const json::object& data, time::Instant now) {
    Swap swap;
    swap.post = PostId{text_of(data, "post")};
    if (auto known = check_post(directory, swap.post); !known) return known.error();
    const auto own = shift_at(directory, swap.post, data, "at", now);
    if (!own) return own.error();
    const auto other = shift_at(directory, swap.post, data, "with_at", now);
    if (!other) return other.error();
    if (own->person == other->person) return invalid("directory.same_person", "with_at");
    swap.id = "swap-" + std::to_string(directory.seq + 1);
    swap.by = own->person;
    swap.with = other->person;
    swap.from = own->from;
    swap.until = own->until;
    swap.other_from = other->from;
    swap.other_until = other->until;
    swap.reason = text_of(data, "reason");
    return swap;
}

// The rota may have moved on since it was asked for.
model::Status still_stands(const Directory& directory, const Swap& swap, time::Instant now) {
    const auto stands = [&](time::Instant from, time::Instant until, const PersonId& person) {
        const auto duty = policy::on_duty(directory, swap.post, from);
        return from > now && duty && duty->person == person && duty->from == from &&
               duty->until == until;
    };
    if (stands(swap.from, swap.until, swap.by) &&
        stands(swap.other_from, swap.other_until, swap.with))
        return model::Done{};
    return invalid("directory.swap_moved", "swap");
}

DirectoryEdit exchange(Directory& directory, const Swap& swap) {
    DirectoryEdit edit;
    for (const auto& row :
         {Override{swap.post, swap.with, swap.from, swap.until, swap.reason, swap.id},
          Override{swap.post, swap.by, swap.other_from, swap.other_until, swap.reason, swap.id}}) {
        tell_changed(directory, row, edit);
        directory.overrides.push_back(row);
    }
    return edit;
}

EditResult ask_swap(Directory& directory, const json::object& data, time::Instant now) {
    auto swap = swap_from(directory, data, now);
    if (!swap) return swap.error();
    if (const auto by = text_of(data, "by"); !by.empty() && by != swap->by.value)
        return invalid("directory.not_yours", "at");
    DirectoryEdit edit;
    auto vars = stretch(swap->post, swap->from, swap->until);
    vars["at_ms"] = time::to_ms(swap->other_from);
    edit.news.push_back(news("duty_swap_asked", swap->with, std::move(vars)));
    edit.rows = true;
    directory.swaps.push_back(std::move(*swap));
    return edit;
}

EditResult answer_swap(Directory& directory, const json::object& data, time::Instant now) {
    const auto id = text_of(data, "swap");
    const auto found = std::find_if(directory.swaps.begin(), directory.swaps.end(),
                                    [&](const Swap& swap) { return swap.id == id; });
    if (found == directory.swaps.end()) return invalid("directory.swap_unknown", "swap");
    if (found->state != SwapState::asked) return invalid("directory.swap_answered", "swap");
    const auto* agreed = data.if_contains("agreed");
    if (agreed == nullptr || !agreed->is_bool()) return invalid("directory.flag", "agreed");
    DirectoryEdit edit;
    if (agreed->get_bool()) {
        if (auto stands = still_stands(directory, *found, now); !stands) return stands.error();
        found->state = SwapState::agreed;
        return exchange(directory, *found);
    }
    found->state = SwapState::refused;
    edit.rows = true;
    edit.news.push_back(
        news("duty_swap_refused", found->by, stretch(found->post, found->from, found->until)));
    return edit;
}

// Ordered by whoever may: agreed at once.
EditResult swap_duty(Directory& directory, const json::object& data, time::Instant now) {
    auto swap = swap_from(directory, data, now);
    if (!swap) return swap.error();
    swap->state = SwapState::agreed;
    auto edit = exchange(directory, *swap);
    directory.swaps.push_back(std::move(*swap));
    return edit;
}

}  // namespace

void tell_open_shifts(const Directory& directory, const policy::Absence& absence, time::Instant now,
                      DirectoryEdit& edit) {
    for (const auto& [id, post] : directory.posts) {
        std::int64_t count = 0;
        std::optional<time::Instant> first;
        for (const auto& shift :
             policy::shifts(directory, id, std::max(absence.from, now), absence.until)) {
            if (shift.person != absence.person) continue;
            ++count;
            if (!first) first = shift.from;
        }
        if (!first) continue;
        for (const auto& to : directory.announcements.gaps_to)
            edit.news.push_back(
                {"duty_open",
                 {Addressee::Kind::post, to.value},
                 {{"post", id.value}, {"from_ms", time::to_ms(*first)}, {"count", count}},
                 *first < now + soon});
    }
}

std::optional<EditResult> edit_duty(Directory& directory, const DirectoryChange& change,
                                    time::Instant now) {
    const auto& data = change.data;
    if (change.kind == "put_rotation") return put_rotation(directory, data, now);
    if (change.kind == "put_override") return put_override(directory, data, now);
    if (change.kind == "drop_override") return drop_override(directory, data, now);
    if (change.kind == "ask_swap") return ask_swap(directory, data, now);
    if (change.kind == "answer_swap") return answer_swap(directory, data, now);
    if (change.kind == "swap_duty") return swap_duty(directory, data, now);
    return std::nullopt;
}

}  // namespace jinqiao::engine::runtime
