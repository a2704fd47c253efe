#include "adapters/http/view_audit.h"

#include <algorithm>
#include <array>
#include <boost/json/array.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

#include "adapters/http/json_text.h"
#include "engine/runtime/chain.h"

namespace jinqiao::adapters::http {

namespace json = boost::json;
using engine::model::PersonId;
using engine::model::PostId;
using engine::ports::HistoryRow;

namespace {

// Those of the directory's stream; words: change.<name> of admin.yaml.
constexpr std::array changes = {
    "put_person",    "disable_person", "confirm_contacts",   "set_quiet",
    "put_term",      "end_term",       "put_absence",        "end_absence",
    "drop_absence",  "put_rotation",   "put_override",       "drop_override",
    "ask_swap",      "answer_swap",    "swap_duty",          "put_account",
    "set_roles",     "set_password",   "disable_account",    "enable_account",
    "lock_account",  "unlock_account", "end_sessions",       "offer_totp",
    "confirm_totp",  "drop_totp",      "put_token",          "drop_token",
    "put_calendar",  "drop_calendar",  "reloaded",           "reload_refused",
    "posts_changed", "test_channel",   "settle_dead_letter", "dead_letters_due",
    "confirm_clock", "alarm",          "alarm_over",         "time_passed",
    "seed"};

bool of_directory(const HistoryRow& row) {
    return row.kase.value == engine::runtime::directory_stream;
}

json::object read_body(const HistoryRow& row) {
    json::error_code broken;
    auto value = json::parse(row.body, broken);
    return !broken && value.is_object() ? std::move(value.get_object()) : json::object{};
}

std::string words_of(const std::string& command, const std::string& workflow, const Lens& lens) {
    if (const auto* known = lens.workflow(workflow))
        for (const auto& action : known->actions())
            if (action.name == command) return action.label.in(lens.language);
    return lens.label("command.", command);
}

bool is_hidden(const json::object& actor, const std::optional<TrailCase>& kase) {
    return kase && (kase->hidden.contains(text_of(actor, "account")) ||
                    kase->hidden.contains(text_of(actor, "person")));
}

json::object doer(const json::object& actor, engine::time::Instant at,
                  const std::optional<TrailCase>& kase, const Lens& lens) {
    if (is_hidden(actor, kase))
        return {{"kind", text_of(actor, "kind")},
                {"account", ""},
                {"person", ""},
                {"person_name", lens.say("identity.confidential")},
                {"post_name", ""}};
    const PersonId person{text_of(actor, "person")};
    json::object out{{"kind", text_of(actor, "kind")},
                     {"account", text_of(actor, "account")},
                     {"person", person.value},
                     {"person_name", person.empty() ? std::string() : lens.person(person)},
                     {"post_name", ""}};
    if (const auto posts = lens.world->directory->posts_of(person, at);
        !person.empty() && !posts.empty())
        out["post_name"] = lens.post(posts.front());
    return out;
}

// Values that were taken out of the row before it was hashed stay out.
std::string shown_value(std::string_view key, const json::value& value, const Lens& lens) {
    if (value.is_string()) {
        const std::string text(value.get_string());
        if (key == "person" || key == "with" || key == "by") return lens.person(PersonId{text});
        if (key == "post") return lens.post(PostId{text});
        return text;
    }
    if (value.is_bool()) return lens.say(value.get_bool() ? "audit.yes" : "audit.no");
    if (value.is_number()) return json::serialize(value);
    if (const auto* list = value.if_array()) {
        std::string out;
        for (const auto& each : *list) {
            const auto text = shown_value(key == "roles"   ? key
                                          : key == "order" ? "person"
                                                           : key,
                                          each, lens);
            out += (out.empty() ? "" : lens.say("audit.list")) +
                   (key == "roles" ? lens.label("role.", text) : text);
        }
        return out;
    }
    if (const auto* object = value.if_object(); object && object->contains("digest"))
        return lens.say("audit.kept_apart");
    return json::serialize(value);
}

json::array details_of(const json::object& payload, const Lens& lens) {
    json::array out;
    for (const auto& [key, value] : payload)
        out.push_back(json::object{{"field", key},
                                   {"label", lens.label("field.", key)},
                                   {"value", shown_value(key, value, lens)}});
    return out;
}

}  // namespace

json::object view_trail(const engine::ports::TrailRow& row, const std::optional<TrailCase>& kase,
                        const Lens& lens) {
    const auto& entry = row.row;
    const auto body = read_body(entry);
    const auto& command = part(body, "command");
    const auto name = text_of(command, "name");
    const bool directory = of_directory(entry);
    const bool reads_cases = sees_all(lens.account.roles);
    json::object out{
        {"at", lens.instant(entry.at)},
        {"stream", directory ? "directory" : "case"},
        {"seq", entry.seq},
        {"command", name},
        {"text", directory ? lens.label("change.", name)
                           : words_of(name, kase ? kase->workflow : std::string(), lens)},
        {"actor", doer(part(command, "actor"), entry.at, kase, lens)},
        {"case", kase && kase->shown ? json::value(entry.kase.value) : json::value(nullptr)},
        {"number", kase && kase->shown ? kase->number : std::string()},
        {"hash", entry.hash},
        {"prev_hash", entry.prev_hash}};
    if (directory) out["details"] = details_of(part(command, "payload"), lens);
    if (directory || reads_cases) {
        json::array events;
        if (const auto* list = body.if_contains("events"); list && list->is_array())
            for (const auto& event : list->get_array())
                if (const auto* object = event.if_object())
                    events.emplace_back(lens.label("event.", text_of(*object, "name")));
        out["events"] = std::move(events);
    }
    // With the body anybody can compute the chain again; it holds whole payloads, and who asked.
    const bool names =
        kase && std::any_of(kase->hidden.begin(), kase->hidden.end(), [&](const std::string& each) {
            return entry.body.find(each + '"') != std::string::npos;
        });
    if (lens.account.has("auditor") && !names) out["body"] = entry.body;
    return out;
}

bool fits(const HistoryRow& row, const TrailWish& wish) {
    if (wish.stream == "directory" && !of_directory(row)) return false;
    if (wish.stream == "cases" && of_directory(row)) return false;
    // Parsing costs; most rows do not hold the word at all.
    if (!wish.what.empty() && row.body.find('"' + wish.what + '"') == std::string::npos)
        return false;
    if (!wish.who.empty() &&
        std::none_of(wish.who.begin(), wish.who.end(), [&](const std::string& each) {
            return row.body.find('"' + each + '"') != std::string::npos;
        }))
        return false;
    if (wish.what.empty() && wish.who.empty()) return true;
    const auto body = read_body(row);
    const auto& command = part(body, "command");
    if (!wish.what.empty() && text_of(command, "name") != wish.what) return false;
    const auto& actor = part(command, "actor");
    return wish.who.empty() || wish.who.contains(text_of(actor, "account")) ||
           wish.who.contains(text_of(actor, "person"));
}

bool by_hidden(const HistoryRow& row, const std::optional<TrailCase>& kase) {
    return kase && !kase->hidden.empty() &&
           is_hidden(part(part(read_body(row), "command"), "actor"), kase);
}

json::array trail_commands(const Lens& lens) {
    json::array out;
    const auto add = [&](const char* stream, const std::string& name, std::string text) {
        out.push_back(json::object{{"stream", stream}, {"name", name}, {"text", std::move(text)}});
    };
    for (const std::string name : changes) add("directory", name, lens.label("change.", name));
    std::set<std::string> known;
    for (const auto& [workflow, held] : lens.world->workflows)
        for (const auto& action : held->actions())
            if (known.insert(action.name).second)
                add("cases", action.name, action.label.in(lens.language));
    return out;
}

}  // namespace jinqiao::adapters::http
