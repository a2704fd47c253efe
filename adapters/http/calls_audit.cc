// The trail of everything that was done, by whom; and whether it is whole.
#include <boost/json/array.hpp>
#include <charconv>

#include "adapters/http/api.h"
#include "adapters/http/language.h"
#include "adapters/http/rights.h"
#include "adapters/http/view.h"
#include "adapters/http/view_audit.h"
#include "engine/ports/trail.h"
#include "engine/runtime/chain.h"

namespace jinqiao::adapters::http {

namespace json = boost::json;
namespace ports = engine::ports;
using engine::model::Message;
using engine::time::Instant;

namespace {

constexpr int most_rows_a_page = 200;
constexpr int usual_page = 50;
// Rows looked at for one answer: a search through years goes on by its cursor, page by page,
// instead of keeping everybody else waiting.
constexpr int most_looked_at = 2000;
constexpr int rows_a_look = 200;
constexpr std::size_t most_breaks = 100;

Problem wrong_value(const std::string& name, const std::string& value) {
    return Problem::fault(400, "bad_request", name,
                          Message{"query.value", {{"name", name}, {"value", value}}});
}

Or<std::uint64_t> count_of(const Call& call, const std::string& name, std::uint64_t otherwise,
                           std::uint64_t most) {
    const auto text = call.target.one(name);
    if (!text) return otherwise;
    std::uint64_t value = 0;
    const auto* end = text->data() + text->size();
    const auto read = std::from_chars(text->data(), end, value);
    if (read.ec != std::errc{} || read.ptr != end || value == 0 || value > most)
        return wrong_value(name, *text);
    return value;
}

Or<std::optional<Instant>> bound_of(const Call& call, const std::string& name) {
    const auto text = call.target.one(name);
    if (!text || text->empty()) return std::optional<Instant>{};
    const auto at = engine::time::parse_rfc3339(*text);
    if (!at) return wrong_value(name, *text);
    return std::optional<Instant>{*at};
}

// Accounts are named as they sign in, people by id or by part of their name.
std::set<std::string> named_by(const std::string& who, const engine::policy::Directory& directory) {
    std::set<std::string> out;
    if (who.empty()) return out;
    out.insert(who);
    for (const auto& [id, person] : directory.people)
        if (person.name.find(who) != std::string::npos) out.insert(id.value);
    return out;
}

// The place of the first row written after this instant; 0: there is none. Time never runs back
// along the trail, so it is found by halves.
Or<std::uint64_t> place_after(ports::Trail& reader, Instant at, const auto& failed) {
    auto last = reader.trail(0, 1);
    if (!last) return failed(last.error());
    if (last->empty() || last->front().row.at <= at) return std::uint64_t{0};
    std::uint64_t low = 0, high = last->front().place;  // row `high` is after it
    while (low + 1 < high) {
        const auto middle = low + (high - low) / 2;
        auto found = reader.trail(middle + 1, 1);
        if (!found) return failed(found.error());
        if (found->empty() || found->front().row.at <= at)
            low = middle;
        else
            high = found->front().place;
    }
    return high;
}

json::object view_head(const ports::HistoryRow& row, const Lens& lens) {
    return {{"seq", row.seq}, {"at", lens.instant(row.at)}, {"hash", row.hash}};
}

std::string_view name_of(Verification::Phase phase) {
    switch (phase) {
        case Verification::Phase::never:
            return "never";
        case Verification::Phase::running:
            return "running";
        case Verification::Phase::done:
            return "done";
        case Verification::Phase::failed:
            return "failed";
    }
    return {};
}

}  // namespace

std::set<std::string> Api::filer_hidden_from(Call& call, const std::string& id) {
    auto kase = current(call, id);
    if (!kase || !closer(call.lens, **kase).hides_filer(**kase)) return {};
    std::set<std::string> out{(*kase)->filer.value, (*kase)->filer_account.value};
    out.erase("");
    return out;
}

Reply Api::audit_trail(Call& call) {
    if (!ever(call.account().roles, Right::audit))
        return answered(Problem::of(403, "forbidden"), call.lens);
    if (auto problem =
            unknown_parameter(call, {"cursor", "limit", "who", "what", "stream", "from", "to"}))
        return answered(*problem, call.lens);
    auto cursor = count_of(call, "cursor", 0, INT64_MAX);
    if (!cursor)
        return answered(Problem::fault(400, "bad_request", "cursor", {"query.cursor", {}}),
                        call.lens);
    auto limit = count_of(call, "limit", usual_page, most_rows_a_page);
    if (!limit) return answered(limit.problem(), call.lens);
    auto from = bound_of(call, "from");
    if (!from) return answered(from.problem(), call.lens);
    auto to = bound_of(call, "to");
    if (!to) return answered(to.problem(), call.lens);
    TrailWish wish;
    wish.stream = call.target.one("stream").value_or("");
    if (!wish.stream.empty() && wish.stream != "directory" && wish.stream != "cases")
        return answered(wrong_value("stream", wish.stream), call.lens);
    wish.who = named_by(call.target.one("who").value_or(""), *call.world().directory);
    wish.what = call.target.one("what").value_or("");

    auto* trail = dynamic_cast<ports::Trail*>(call.reader);
    if (trail == nullptr) return answered(Problem::of(503, "unavailable"), call.lens);
    auto before = *cursor;
    if (before == 0 && *to) {
        auto place = place_after(*trail, **to, [this](const auto& error) { return failed(error); });
        if (!place) return answered(place.problem(), call.lens);
        before = *place;
    }
    std::map<std::string, std::optional<TrailCase>> cases;
    const bool reads_cases = sees_all(call.account().roles);
    const auto about = [&](const std::string& id) -> std::optional<TrailCase> {
        if (id == engine::runtime::directory_stream) return {};
        const auto [place, fresh] = cases.try_emplace(id);
        if (!fresh) return place->second;
        auto row = call.reader->find_case(engine::model::CaseId{id});
        if (!row || !*row) return place->second;
        auto& kase = place->second.emplace(
            TrailCase{(*row)->number, (*row)->workflow, reads_cases || !(*row)->restricted});
        if ((*row)->restricted) kase.hidden = filer_hidden_from(call, id);
        return place->second;
    };
    json::array items;
    bool ended = false;
    for (int looked = 0; looked < most_looked_at && !ended && items.size() < *limit;) {
        auto rows = trail->trail(before, rows_a_look);
        if (!rows) return answered(failed(rows.error()), call.lens);
        ended = rows->empty();
        for (const auto& row : *rows) {
            if (items.size() >= *limit) break;
            before = row.place;
            ++looked;
            if (*from && row.row.at < **from) {
                ended = true;
                break;
            }
            if (!fits(row.row, wish)) continue;
            const auto kase = about(row.row.kase.value);
            if (!wish.who.empty() && by_hidden(row.row, kase)) continue;
            items.push_back(view_trail(row, kase, call.lens));
        }
    }
    // A place is all a cursor is; the last row of all has nothing before it.
    if (!ended && before > 1) {
        auto next = trail->trail(before, 1);
        ended = next && next->empty();
    }
    json::object body{{"items", std::move(items)},
                      {"next_cursor", ended || before <= 1 ? json::value(nullptr)
                                                           : json::value(std::to_string(before))}};
    if (*cursor == 0) body["commands"] = trail_commands(call.lens);
    auto response = json_response(200, std::move(body));
    response.fields.emplace_back("Content-Language", tag(call.lens.language));
    return response;
}

Response Api::verification_of(const Call& call) const {
    const auto state = verification_.state();
    const Lens& lens = call.lens;
    json::object body{{"state", name_of(state.phase)}};
    if (state.phase != Verification::Phase::never) {
        body["account"] = state.account;
        body["began_at"] = lens.instant(state.began);
        body["streams_done"] = state.streams_done;
        body["streams"] = state.streams;
    }
    if (state.phase == Verification::Phase::done) {
        json::array breaks;
        for (const auto& each : state.report.breaks) {
            if (breaks.size() == most_breaks) break;
            breaks.push_back(json::object{{"stream", each.stream},
                                          {"seq", each.seq},
                                          {"what", each.what},
                                          {"text", lens.label("audit.break.", each.what)}});
        }
        body["ended_at"] = lens.instant(state.ended);
        body["whole"] = state.report.breaks.empty();
        body["rows"] = state.report.rows;
        body["broken"] = state.report.breaks.size();
        body["breaks"] = std::move(breaks);
        body["heads"] = state.report.heads;
    }
    if (state.phase == Verification::Phase::failed) body["ended_at"] = lens.instant(state.ended);
    auto head = call.reader->last_history(std::string(engine::runtime::directory_stream));
    if (!head) return answered(failed(head.error()), lens);
    body["head"] = *head ? json::value(view_head(**head, lens)) : json::value(nullptr);
    auto response = json_response(200, std::move(body));
    response.fields.emplace_back("Content-Language", tag(lens.language));
    return response;
}

Reply Api::verification(Call& call) {
    if (!ever(call.account().roles, Right::audit))
        return answered(Problem::of(403, "forbidden"), call.lens);
    return verification_of(call);
}

// It is begun, and asked for again by GET; a second order joins the one under way.
Reply Api::verify_audit(Call& call) {
    if (!ever(call.account().roles, Right::audit))
        return answered(Problem::of(403, "forbidden"), call.lens);
    auto payload = body(call);
    if (!payload) return answered(payload.problem(), call.lens);
    auto faults = engine::kernel::validate({}, *payload, call.lens.now);
    if (!faults.empty()) return answered(unfit(std::move(faults)), call.lens);
    (void)verification_.start(*parts_.store, *parts_.clock, call.account().id.value);
    return verification_of(call);
}

}  // namespace jinqiao::adapters::http
