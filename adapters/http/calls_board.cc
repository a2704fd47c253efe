// How many cases there are and where they stand; what is late, why, and who holds it.
#include <boost/json/parse.hpp>

#include <algorithm>

#include "adapters/http/api.h"
#include "adapters/http/areas.h"
#include "adapters/http/board.h"
#include "adapters/http/case_sight.h"
#include "adapters/http/json_text.h"
#include "adapters/http/language.h"
#include "adapters/http/parameters.h"
#include "adapters/http/rights.h"
#include "adapters/http/view.h"
#include "engine/model/codec.h"

namespace jinqiao::adapters::http {

namespace json = boost::json;
using engine::model::Case;
using engine::ports::CaseQuery;
using engine::ports::CaseTally;
using engine::ports::TallyBy;
using engine::time::Instant;

namespace {

constexpr int most_restricted = 2000;  // looked at one by one, because they are few
constexpr int late_page = 20;

using Lines = std::map<std::string, BoardLine>;  // by stage or enterprise

// Cases the caller may see, counted. Restricted ones are looked at, all others only counted.
class Counter {
  public:
    Counter(Call& call, CaseQuery query, TallyBy by)
        : call_(call), query_(std::move(query)), by_(by) {
        narrow(query_, call_);
    }

    Or<std::monostate> run(Lines& into) {
        // Somebody whom nothing concerns: an empty filter would let all through.
        if (!sees_all(call_.account().roles) && query_.concerns.empty() &&
            query_.enterprise_id.empty() && query_.filer_account.empty())
            return std::monostate{};
        auto plain = query_;
        plain.restricted_too = false;
        const auto counted = call_.reader->tally_cases(plain, by_, call_.lens.now);
        if (!counted) return failure(counted.error());
        for (const auto& one : *counted)
            into[by_ == TallyBy::stage ? one.stage : one.enterprise_id].add(
                one.grade, {one.cases, one.overdue});
        return look_at_restricted(into);
    }

  private:
    static Problem failure(const engine::model::Error& error) {
        return problem_of(error, std::chrono::seconds{1});
    }
    Or<std::monostate> look_at_restricted(Lines& into) {
        auto query = query_;
        query.restricted_only = true;
        query.sort = "next_due";  // the index of open cases in that order knows which they are
        if (!call_.account().has("auditor") && query.concerns.empty())
            query.concerns = concerns_of(call_.account(), *call_.world().directory, call_.lens.now);
        if (query.concerns.empty() && !call_.account().has("auditor")) return std::monostate{};
        query.limit = 200;
        for (int looked_at = 0; looked_at < most_restricted;) {
            const auto page = call_.reader->list_cases(query);
            if (!page) return failure(page.error());
            for (const auto& row : page->items) {
                if (!look(row, call_)) continue;
                const bool late = row.next_due && *row.next_due <= call_.lens.now;
                into[by_ == TallyBy::stage ? row.stage : row.enterprise_id].add(
                    row.grade, {1, late ? 1U : 0U});
            }
            looked_at += static_cast<int>(page->items.size());
            query.cursor = page->next_cursor;
            if (query.cursor.empty()) break;
        }
        return std::monostate{};
    }

    Call& call_;
    CaseQuery query_;
    TallyBy by_;
};

CaseQuery open_cases(std::optional<bool> exercise) {
    CaseQuery query;
    query.open = true;
    query.exercise = exercise.value_or(false);
    return query;
}

// The stages of the workflow that alerts open a case of, in the order in which they come.
std::vector<std::string> stages(const engine::runtime::World& world) {
    std::vector<std::string> out;
    const auto* workflow = filing_workflow(world);
    if (!workflow) return out;
    for (const auto& state : workflow->states())
        if (!state.stage.empty() && state.stage != "ended" &&
            std::find(out.begin(), out.end(), state.stage) == out.end())
            out.push_back(state.stage);
    return out;
}

// Since when the post has owned the case. Nobody waits for a history of thousands of rows: what was
// before the last of them is "at least since the first of those".
Instant owner_since(engine::ports::Reader& reader, const Case& kase) {
    constexpr int page = 500;
    const std::uint64_t before = kase.seq > page ? kase.seq - page : 0;
    const auto rows = reader.history(kase.id.value, before, page);
    if (!rows || rows->empty()) return kase.filed_at;
    Instant since = before == 0 ? kase.filed_at : rows->front().at;
    for (const auto& row : *rows)
        if (row.body.find(R"("owner_changed")") != std::string::npos) since = row.at;
    return since;
}

struct Place {
    std::string id, name, address;
    const Area* area = nullptr;
};

Place place_of(engine::ports::Reader& reader, const std::string& enterprise,
               std::span<const Area> areas) {
    Place place{enterprise, {}, {}, nullptr};
    if (enterprise.empty()) return place;
    const auto found = reader.find_enterprise(engine::model::EnterpriseId{enterprise});
    if (!found || !*found) return place;
    place.name = found->value().name;
    json::error_code ec;
    const auto body = json::parse(found->value().body, ec);
    if (!ec && body.is_object()) place.address = text_of(body.get_object(), "address");
    place.area = area_of(areas, place.address);
    return place;
}

json::value view_area(const Area* area, const Lens& lens) {
    if (!area) return nullptr;
    return json::object{{"id", area->id}, {"name", area->name.in(lens.language)}};
}

Response shown(json::object body, const Lens& lens) {
    auto response = json_response(200, std::move(body));
    response.fields.emplace_back("Content-Language", tag(lens.language));
    return response;
}

struct Ranked {
    Place place;
    BoardLine line;
};

bool before(const Ranked& a, const Ranked& b) {
    if (more_urgent(a.line, b.line)) return true;
    if (more_urgent(b.line, a.line)) return false;
    return a.place.id < b.place.id;
}

}  // namespace

Reply Api::board(Call& call) {
    if (!ever(call.account().roles, Right::list))
        return answered(Problem::of(403, "forbidden"), call.lens);
    Parameters from(call.target);
    from.only({"exercise"});
    const auto exercise = from.flag("exercise");
    if (auto problem = from.problem()) return answered(*problem, call.lens);
    Lines lines;
    for (const auto& stage : stages(call.world())) lines[stage];
    if (auto done = Counter(call, open_cases(exercise), TallyBy::stage).run(lines); !done)
        return answered(done.problem(), call.lens);
    // What an ended case still wants (its end notice, its last report) may be late too.
    Lines ended;
    auto tail = open_cases(exercise);
    tail.open = false;
    tail.overdue_at = call.lens.now;
    if (auto done = Counter(call, tail, TallyBy::stage).run(ended); !done)
        return answered(done.problem(), call.lens);

    auto order = stages(call.world());
    for (const auto& [stage, line] : lines)
        if (std::find(order.begin(), order.end(), stage) == order.end()) order.push_back(stage);
    BoardLine all, over;
    json::array shown_stages;
    for (const auto& stage : order) {
        auto item = view_line(lines[stage]);
        item["stage"] = stage;
        item["stage_label"] = call.lens.label("stage.", stage);
        shown_stages.push_back(std::move(item));
        all.add(lines[stage]);
    }
    for (const auto& [stage, line] : ended) over.add(line);
    return shown({{"at", call.lens.instant(call.lens.now)},
                  {"exercise", exercise.value_or(false)},
                  {"stages", std::move(shown_stages)},
                  {"all", view_line(all)},
                  {"ended_overdue", view_line(over)}},
                 call.lens);
}

Reply Api::board_late(Call& call) {
    if (!ever(call.account().roles, Right::list))
        return answered(Problem::of(403, "forbidden"), call.lens);
    Parameters from(call.target);
    from.only({"exercise", "open", "cursor", "limit"}, {"grade", "stage"});
    CaseQuery query;
    query.open = from.flag("open").value_or(true);  // false: what ended cases still owe
    query.exercise = from.flag("exercise").value_or(false);
    query.overdue_at = call.lens.now;
    query.sort = "next_due";
    query.grades = from.list(
        "grade", [](const auto& text) { return engine::model::parse_grade(text).has_value(); });
    query.stages = from.list("stage", [](const auto& text) { return text.size() <= 100; });
    query.cursor = from.text("cursor", 1000);
    query.limit = from.limit(late_page);
    if (auto problem = from.problem()) return answered(*problem, call.lens);
    narrow(query, call);
    auto page = call.reader->list_cases(query);
    if (!page && page.error().code == engine::model::ErrorCode::invalid)
        return answered(Problem::fault(400, "bad_request", "cursor",
                                       engine::model::Message{"query.cursor", {}}),
                        call.lens);
    if (!page) return answered(failed(page.error()), call.lens);
    json::array items;
    for (const auto& row : page->items) {
        if (!look(row, call)) continue;
        const auto kase = engine::model::decode_case(row.body);
        if (!kase) continue;
        auto lens = closer(call.lens, *kase);
        auto item = view_row(row, lens);
        item["late"] = nullptr;
        if (const auto* clock = late_clock(*kase, call.lens.now))
            item["late"] = view_late(
                *kase, *clock, [&] { return owner_since(*call.reader, *kase); }, lens);
        items.push_back(std::move(item));
    }
    json::object out{{"at", call.lens.instant(call.lens.now)},
                     {"items", std::move(items)},
                     {"next_cursor", nullptr}};
    if (!page->next_cursor.empty()) out["next_cursor"] = page->next_cursor;
    return shown(std::move(out), call.lens);
}

Reply Api::board_enterprises(Call& call) {
    if (!ever(call.account().roles, Right::list))
        return answered(Problem::of(403, "forbidden"), call.lens);
    Parameters from(call.target);
    from.only({"exercise", "area", "limit"});
    const auto exercise = from.flag("exercise");
    const auto area = from.text("area", 100);
    const auto limit = static_cast<std::size_t>(from.limit(Parameters::most_items));
    if (auto problem = from.problem()) return answered(*problem, call.lens);
    Lines lines;
    if (auto done = Counter(call, open_cases(exercise), TallyBy::enterprise).run(lines); !done)
        return answered(done.problem(), call.lens);

    // Of each enterprise, which part of the zone it is in: known only from its address.
    std::vector<Ranked> enterprises;
    std::map<const Area*, std::pair<BoardLine, std::uint64_t>> areas;
    for (const auto& one : settings_.areas) areas[&one];
    for (auto& [id, line] : lines) {
        auto place = place_of(*call.reader, id, settings_.areas);
        auto& whole = areas[place.area];
        whole.first.add(line);
        ++whole.second;
        if (area.empty() || (area == "none" ? !place.area : place.area && place.area->id == area))
            enterprises.push_back({std::move(place), std::move(line)});
    }
    std::sort(enterprises.begin(), enterprises.end(), before);
    json::array items;
    for (const auto& [place, line] : enterprises) {
        if (items.size() == limit) break;
        auto item = view_line(line);
        item["enterprise"] = json::object{{"id", place.id}, {"name", place.name}};
        item["area"] = view_area(place.area, call.lens);
        items.push_back(std::move(item));
    }
    json::array parts;
    const auto part = [&](const Area* one) {
        const auto found = areas.find(one);
        if (found == areas.end()) return;
        auto item = view_line(found->second.first);
        item["area"] = view_area(one, call.lens);
        item["enterprises"] = found->second.second;
        parts.push_back(std::move(item));
    };
    for (const auto& one : settings_.areas) part(&one);
    part(nullptr);
    return shown({{"at", call.lens.instant(call.lens.now)},
                  {"exercise", exercise.value_or(false)},
                  {"areas", std::move(parts)},
                  {"items", std::move(items)},
                  {"found", enterprises.size()}},
                 call.lens);
}

}  // namespace jinqiao::adapters::http
