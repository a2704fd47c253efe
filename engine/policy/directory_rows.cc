// The rows that people change, as the store keeps them: duty, quiet hours, and all lists together.
#include <array>
#include <cstdio>

#include "engine/policy/directory_codec.h"
#include "engine/policy/directory_reading.h"

namespace jinqiao::engine::policy {

namespace {

constexpr int minutes_of_day = 24 * 60;

std::string time_text(std::chrono::minutes minute) {
    std::array<char, 16> text{};
    std::snprintf(text.data(), text.size(), "%02d:%02d", static_cast<int>(minute.count() / 60),
                  static_cast<int>(minute.count() % 60));
    return text.data();
}

// "HH:MM", 00:00 to 24:00.
std::optional<std::chrono::minutes> time_of(const std::string& text) {
    if (text.size() != 5 || text[2] != ':') return {};
    for (const std::size_t at : {0U, 1U, 3U, 4U})
        if (text[at] < '0' || text[at] > '9') return {};
    const int hour = (text[0] - '0') * 10 + text[1] - '0';
    const int minute = (text[3] - '0') * 10 + text[4] - '0';
    if (minute > 59 || hour * 60 + minute > minutes_of_day) return {};
    return std::chrono::minutes{hour * 60 + minute};
}

Result<QuietWindow> decode_window(const json::object& json) {
    Reading read(json);
    QuietWindow window;
    const auto from = time_of(read.required("from"));
    const auto until = time_of(read.required("until"));
    if (!from || from->count() == minutes_of_day) read.note("from", "HH:MM");
    if (!until) read.note("until", "HH:MM");
    window.from = from.value_or(window.from);
    window.until = until.value_or(window.until);
    if (from && until && *from == *until) read.note("until", "another time than from");
    for (const auto& day : read.list("days")) {
        if (day.is_int64() && day.get_int64() >= 1 && day.get_int64() <= 7)
            window.days.insert(static_cast<int>(day.get_int64()));
        else
            read.note("days", "numbers from 1 (Monday) to 7");
    }
    return read.done(std::move(window));
}

}  // namespace

std::string_view name(SwapState state) {
    switch (state) {
        case SwapState::asked:
            return "asked";
        case SwapState::agreed:
            return "agreed";
        case SwapState::refused:
            return "refused";
    }
    return "asked";
}

std::string_view name(DutyDays days) {
    switch (days) {
        case DutyDays::all:
            return "all";
        case DutyDays::working:
            return "working";
        case DutyDays::rest:
            return "rest";
    }
    return "all";
}

json::array encode(const std::vector<QuietWindow>& windows) {
    json::array out;
    for (const auto& window : windows) {
        json::object item{{"from", time_text(window.from)}, {"until", time_text(window.until)}};
        if (!window.days.empty())
            item["days"] = json::array(window.days.begin(), window.days.end());
        out.push_back(std::move(item));
    }
    return out;
}

json::object encode(const Rotation& rotation) {
    json::array order;
    for (const auto& person : rotation.order) order.emplace_back(person.value);
    json::object out{{"post", rotation.post.value},
                     {"from_ms", time::to_ms(rotation.from)},
                     {"order", std::move(order)}};
    if (rotation.days != DutyDays::all) out["days"] = name(rotation.days);
    return out;
}

json::object encode(const Override& row) {
    json::object out{{"post", row.post.value},
                     {"person", row.person.value},
                     {"from_ms", time::to_ms(row.from)},
                     {"until_ms", time::to_ms(row.until)}};
    if (!row.reason.empty()) out["reason"] = row.reason;
    if (!row.swap.empty()) out["swap"] = row.swap;
    return out;
}

json::object encode(const Swap& swap) {
    json::object out{{"id", swap.id},
                     {"post", swap.post.value},
                     {"by", swap.by.value},
                     {"with", swap.with.value},
                     {"from_ms", time::to_ms(swap.from)},
                     {"until_ms", time::to_ms(swap.until)},
                     {"other_from_ms", time::to_ms(swap.other_from)},
                     {"other_until_ms", time::to_ms(swap.other_until)},
                     {"state", name(swap.state)}};
    if (!swap.reason.empty()) out["reason"] = swap.reason;
    return out;
}

json::object encode(const Gap& gap) {
    json::object out{
        {"post", gap.post.value}, {"kind", gap.kind}, {"from_ms", time::to_ms(gap.from)}};
    if (gap.until) out["until_ms"] = time::to_ms(*gap.until);
    return out;
}

Result<std::vector<QuietWindow>> decode_quiet(const json::object& json) {
    std::vector<QuietWindow> out;
    Reading read(json);
    for (const auto& item : read.list("quiet")) {
        if (!item.is_object()) return expected("quiet", "a list of from and until");
        auto window = decode_window(item.get_object());
        if (!window) return window.error().under("quiet");
        out.push_back(std::move(*window));
    }
    return read.done(std::move(out));
}

Result<Rotation> decode_rotation(const json::object& json) {
    Reading read(json);
    Rotation rotation;
    rotation.post = model::PostId{read.required("post")};
    rotation.from = read.required_instant("from");
    rotation.order = read.ids<model::PersonId>("order");
    const auto days = read.text("days");
    if (days == "working") rotation.days = DutyDays::working;
    if (days == "rest") rotation.days = DutyDays::rest;
    if (!days.empty() && days != "all" && rotation.days == DutyDays::all)
        read.note("days", "all, working or rest");
    return read.done(std::move(rotation));
}

Result<Override> decode_override(const json::object& json) {
    Reading read(json);
    Override row;
    row.post = model::PostId{read.required("post")};
    row.person = model::PersonId{read.required("person")};
    row.from = read.required_instant("from");
    row.until = read.required_instant("until");
    row.reason = read.text("reason");
    row.swap = read.text("swap");
    if (row.until <= row.from) read.note("until", "an instant after from");
    return read.done(std::move(row));
}

Result<Swap> decode_swap(const json::object& json) {
    Reading read(json);
    Swap swap;
    swap.id = read.required("id");
    swap.post = model::PostId{read.required("post")};
    swap.by = model::PersonId{read.required("by")};
    swap.with = model::PersonId{read.required("with")};
    swap.from = read.required_instant("from");
    swap.until = read.required_instant("until");
    swap.other_from = read.required_instant("other_from");
    swap.other_until = read.required_instant("other_until");
    swap.reason = read.text("reason");
    const auto state = read.required("state");
    bool known = false;
    for (const auto each : {SwapState::asked, SwapState::agreed, SwapState::refused})
        if (state == name(each)) {
            swap.state = each;
            known = true;
        }
    if (!known) read.note("state", "asked, agreed or refused");
    return read.done(std::move(swap));
}

Result<Gap> decode_gap(const json::object& json) {
    Reading read(json);
    Gap gap;
    gap.post = model::PostId{read.required("post")};
    gap.kind = read.required("kind");
    gap.from = read.required_instant("from");
    gap.until = read.instant("until");
    return read.done(std::move(gap));
}

namespace {

template <class Rows>
json::array encode_list(const Rows& rows) {
    json::array out;
    for (const auto& row : rows) out.push_back(encode(row));
    return out;
}

}  // namespace

json::object encode_rows(const Directory& directory) {
    json::array people;
    for (const auto& [id, person] : directory.people) people.push_back(encode(person));
    return {{"seq", directory.seq},
            {"people", std::move(people)},
            {"terms", encode_list(directory.terms)},
            {"absences", encode_list(directory.absences)},
            {"rotations", encode_list(directory.rotations)},
            {"overrides", encode_list(directory.overrides)},
            {"swaps", encode_list(directory.swaps)},
            {"announced", encode_list(directory.announced)}};
}

namespace {

template <class Decode, class Add>
model::Status decode_list(const json::object& json, std::string_view key, Decode decode, Add add) {
    const auto* list = json.if_contains(key);
    if (list == nullptr) return model::Done{};
    if (!list->is_array()) return expected(key, "a list");
    std::size_t index = 0;
    for (const auto& item : list->get_array()) {
        const std::string where = std::string(key) + '.' + std::to_string(index++);
        if (!item.is_object()) return expected(where, "an object");
        auto decoded = decode(item.get_object());
        if (!decoded) return decoded.error().under(where);
        add(std::move(*decoded));
    }
    return model::Done{};
}

}  // namespace

model::Status decode_rows(const json::object& json, Directory& into) {
    Directory rows;
    auto done = decode_list(json, "people", decode_person, [&](Person person) {
        const auto id = person.id;
        rows.people[id] = std::move(person);
    });
    if (!done) return done;
    done = decode_list(json, "terms", decode_term,
                       [&](Term term) { rows.terms.push_back(std::move(term)); });
    if (!done) return done;
    done = decode_list(json, "absences", decode_absence,
                       [&](Absence absence) { rows.absences.push_back(std::move(absence)); });
    if (!done) return done;
    const auto add_to = [](auto& rows_of) {
        return [&rows_of](auto row) { rows_of.push_back(std::move(row)); };
    };
    done = decode_list(json, "rotations", decode_rotation, add_to(rows.rotations));
    if (!done) return done;
    done = decode_list(json, "overrides", decode_override, add_to(rows.overrides));
    if (!done) return done;
    done = decode_list(json, "swaps", decode_swap, add_to(rows.swaps));
    if (!done) return done;
    done = decode_list(json, "announced", decode_gap, add_to(rows.announced));
    if (!done) return done;
    const auto* seq = json.if_contains("seq");
    if (seq == nullptr || !seq->is_number()) return expected("seq", "a number");
    into.seq = seq->to_number<std::uint64_t>();
    into.people = std::move(rows.people);
    into.terms = std::move(rows.terms);
    into.absences = std::move(rows.absences);
    into.rotations = std::move(rows.rotations);
    into.overrides = std::move(rows.overrides);
    into.swaps = std::move(rows.swaps);
    into.announced = std::move(rows.announced);
    return model::Done{};
}

}  // namespace jinqiao::engine::policy
