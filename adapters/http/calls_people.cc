// Posts, people, duty and coverage: reading them, and the one handler of all changes.
#include <algorithm>

#include "adapters/http/api.h"
#include "adapters/http/language.h"
#include "adapters/http/people_changes.h"
#include "adapters/http/rights.h"
#include "adapters/http/view_people.h"

namespace jinqiao::adapters::http {

namespace json = boost::json;
namespace runtime = engine::runtime;
using engine::model::Message;
using engine::model::PersonId;
using engine::model::PostId;
using engine::time::Instant;

namespace {

constexpr std::chrono::days usual_stretch{14};
constexpr std::chrono::days longest_stretch{400};

// An instant from the query; the default where it is not given.
Or<Instant> instant_of(const Call& call, std::string_view name, Instant otherwise) {
    const auto text = call.target.one(name);
    if (!text || text->empty()) return otherwise;
    if (const auto at = engine::time::parse_rfc3339(*text)) return *at;
    const std::string key(name);
    return Problem::fault(400, "bad_request", key,
                          Message{"query.value", {{"name", key}, {"value", *text}}});
}

Response shown(json::object body, const Lens& lens) {
    auto response = json_response(200, std::move(body));
    response.fields.emplace_back("Content-Language", tag(lens.language));
    return response;
}

// What the path names must be there; what the body names is the payload's own fault.
bool named_by_path(const PeopleChange& change, const std::string& id,
                   const engine::policy::Directory& directory) {
    if (change.hole == "person") return directory.people.contains(PersonId{id});
    if (change.hole == "post") return directory.posts.contains(PostId{id});
    if (change.hole == "account" || change.hole == "delivery") return true;  // the committer knows
    return std::any_of(directory.swaps.begin(), directory.swaps.end(),
                       [&](const auto& swap) { return swap.id == id; });
}

}  // namespace

Reply Api::list_people(Call& call) {
    if (!ever(call.account().roles, Right::people))
        return answered(Problem::of(403, "forbidden"), call.lens);
    if (auto problem = unknown_parameter(call, {})) return answered(*problem, call.lens);
    json::array items;
    for (const auto& [id, person] : call.world().directory->people)
        if (sees_people(call.account()) || id == call.account().person)
            items.push_back(view_person(person, call.lens));
    return shown({{"items", std::move(items)}}, call.lens);
}

Reply Api::list_posts(Call& call) {
    if (!ever(call.account().roles, Right::people))
        return answered(Problem::of(403, "forbidden"), call.lens);
    if (auto problem = unknown_parameter(call, {})) return answered(*problem, call.lens);
    json::array items;
    for (const auto& [id, post] : call.world().directory->posts)
        items.push_back(view_post(post, call.lens));
    return shown({{"items", std::move(items)}}, call.lens);
}

Reply Api::list_absences(Call& call) {
    const PersonId id{call.args[0]};
    if (!sees_people(call.account()) && (id.empty() || id != call.account().person))
        return answered(Problem::of(403, "forbidden"), call.lens);
    if (!call.world().directory->people.contains(id))
        return answered(Problem::of(404, "not_found"), call.lens);
    return shown({{"items", view_absences(id, call.lens)}}, call.lens);
}

Reply Api::list_terms(Call& call) {
    if (!ever(call.account().roles, Right::people))
        return answered(Problem::of(403, "forbidden"), call.lens);
    const PostId id{call.args[0]};
    if (!call.world().directory->posts.contains(id))
        return answered(Problem::of(404, "not_found"), call.lens);
    return shown({{"items", view_terms(id, call.lens)}}, call.lens);
}

Reply Api::duty(Call& call) {
    if (!ever(call.account().roles, Right::people))
        return answered(Problem::of(403, "forbidden"), call.lens);
    if (auto problem = unknown_parameter(call, {"from", "until", "post"}))
        return answered(*problem, call.lens);
    auto from = instant_of(call, "from", call.lens.now);
    if (!from) return answered(from.problem(), call.lens);
    auto until = instant_of(call, "until", *from + usual_stretch);
    if (!until) return answered(until.problem(), call.lens);
    const Instant begin = *from;
    const Instant end = std::min<Instant>(*until, begin + longest_stretch);
    return shown(view_duty(call.target.one("post").value_or(""), begin, end, call.lens), call.lens);
}

Reply Api::coverage(Call& call) {
    if (!ever(call.account().roles, Right::coverage))
        return answered(Problem::of(403, "forbidden"), call.lens);
    if (auto problem = unknown_parameter(call, {"at"})) return answered(*problem, call.lens);
    auto at = instant_of(call, "at", call.lens.now);
    if (!at) return answered(at.problem(), call.lens);
    return shown(view_coverage(*at, call.lens), call.lens);
}

Deed Api::submit_change(Call& call, runtime::DirectoryChange change) {
    Wording wording;
    wording.done = [kind = change.kind](const runtime::Accepted& accepted, const Lens& lens) {
        json::object body{{"done", kind}};
        for (const auto& event : accepted.events)
            for (const auto& [key, value] : event.data) body[key] = value;
        // The engine names a swap after the row that holds it.
        if (kind == "ask_swap" && body.contains("seq"))
            body["swap"] = "swap-" + std::to_string(body["seq"].to_number<std::uint64_t>());
        return shown(std::move(body), lens);
    };
    wording.fault =
        [words = parts_.words](const engine::model::Error& error) -> std::optional<Problem> {
        if (error.code == engine::model::ErrorCode::not_found) return Problem::of(404, "not_found");
        if (error.code == engine::model::ErrorCode::conflict && words->has(error.what))
            return Problem::fault(409, "conflict", error.where, Message{error.what, {}});
        if (error.code != engine::model::ErrorCode::invalid) return {};
        const auto code = words->has(error.what) ? error.what : "directory.value";
        return Problem::fault(422, "invalid_payload", error.where, Message{code, {}});
    };
    return submit_work(call, std::move(change), std::move(wording));
}

// What the call asks for, or why it is not for this caller or not in order.
Or<runtime::DirectoryChange> Api::wanted_change(Call& call) {
    const auto& change = *people_change(call.route->name);
    const auto& directory = *call.world().directory;
    const std::string named = call.args.empty() ? std::string() : call.args[0];
    json::object about;
    if (!change.hole.empty()) about[change.hole] = named;
    // Whether it is one's own to do may hang on the body; what hangs on the path comes before it.
    const bool needs_body = change.call == "ask_swap";
    if (!needs_body && !may_change(change, about, call.account(), directory))
        return Problem::of(403, "forbidden");
    if (!change.hole.empty() && !named_by_path(change, named, directory))
        return Problem::of(404, "not_found");
    auto payload = body(call);
    if (!payload) return payload.problem();
    const auto fields = fields_of(change, *parts_.words);
    auto faults = engine::kernel::validate(fields, *payload, call.lens.now);
    if (faults.empty()) faults = engine::kernel::unknown_references(fields, *payload, directory);
    if (faults.empty())
        if (auto fault = misfit(change, *payload)) faults.push_back(std::move(*fault));
    if (!faults.empty()) return unfit(std::move(faults));
    runtime::DirectoryChange wanted;
    wanted.kind = change.kind;
    wanted.data = std::move(*payload);
    if (!change.hole.empty()) wanted.data[change.hole] = named;
    if (needs_body && !may_change(change, wanted.data, call.account(), directory))
        return Problem::of(403, "forbidden");
    // Between our look and the commit the shift may have become another's.
    if (change.call == "ask_swap" && !sees_people(call.account()))
        wanted.data["by"] = call.account().person.value;
    if (change.call == "put_rotation" && !wanted.data.contains("order"))
        wanted.data["order"] = json::array{};  // nobody in turn any more
    wanted.actor = call.account().actor();
    return wanted;
}

Reply Api::change_people(Call& call) {
    auto wanted = wanted_change(call);
    if (!wanted) return answered(wanted.problem(), call.lens);
    return submit_change(call, std::move(*wanted));
}

}  // namespace jinqiao::adapters::http
