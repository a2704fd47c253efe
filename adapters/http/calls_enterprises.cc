// Finding an enterprise, and asking which one a report would be about.
#include <boost/json/parse.hpp>

#include <algorithm>

#include "adapters/http/api.h"
#include "adapters/http/json_text.h"
#include "adapters/http/rights.h"
#include "engine/runtime/enterprises.h"

namespace jinqiao::adapters::http {

namespace json = boost::json;
using engine::model::Message;
using engine::ports::EnterpriseRow;

namespace {

constexpr int most_found = 50;

json::object view(const EnterpriseRow& row) {
    json::error_code ec;
    const auto known = json::parse(row.body, ec);
    json::object out;
    if (!ec && known.is_object()) out = known.get_object();
    out["id"] = row.id.value;
    out["name"] = row.name;
    out["uscc"] = row.uscc;
    out["confirmed"] = row.confirmed;
    return out;
}

// An enterprise union is shown its own enterprise and no other.
bool shown_to(const EnterpriseRow& row, const Account& account) {
    return sees_all(account.roles) || account.has("department") ||
           row.id.value == account.enterprise.value;
}

std::optional<Problem> unfit_match(const json::object& payload) {
    auto problem = Problem::of(422, "invalid_payload");
    const auto fault = [&](std::string field, std::string code, std::string expected) {
        problem.errors.push_back(
            {field,
             Message{std::move(code), {{"field", field}, {"expected", std::move(expected)}}}});
    };
    for (const auto& [key, value] : payload) {
        const std::string name(key);
        if (name != "name" && name != "uscc" && name != "address")
            fault(name, "payload.unknown", "");
        else if (!value.is_string())
            fault(name, "payload.type", "string");
    }
    if (text_of(payload, "name").empty() && text_of(payload, "uscc").empty() &&
        problem.errors.empty())
        fault("name", "payload.required", "");
    if (problem.errors.empty()) return {};
    return problem;
}

}  // namespace

Reply Api::find_enterprises(Call& call) {
    if (!ever(call.account().roles, Right::enterprises))
        return answered(Problem::of(403, "forbidden"), call.lens);
    const auto q = call.target.one("q").value_or("");
    if (q.size() > 200)
        return answered(Problem::fault(400, "bad_request", "q",
                                       Message{"query.length", {{"name", "q"}, {"value", "200"}}}),
                        call.lens);
    auto rows = call.reader->search_enterprises(q, most_found);
    if (!rows) return answered(failed(rows.error()), call.lens);
    json::array items;
    for (const auto& row : *rows)
        if (shown_to(row, call.account())) items.push_back(view(row));
    return json_response(200, json::object{{"items", std::move(items)}});
}

// The rule by which filing finds the enterprise, without writing: by credit code, else by the very
// same name and address. Near duplicates are for a person to look at.
Reply Api::match_enterprise(Call& call) {
    if (!ever(call.account().roles, Right::enterprises))
        return answered(Problem::of(403, "forbidden"), call.lens);
    auto payload = body(call);
    if (!payload) return answered(payload.problem(), call.lens);
    if (auto problem = unfit_match(*payload)) return answered(*problem, call.lens);
    const auto uscc = text_of(*payload, "uscc");
    const auto name = text_of(*payload, "name");
    json::object out{{"match", nullptr}, {"by", nullptr}, {"candidates", json::array{}}};
    const auto offer = [&](const std::optional<EnterpriseRow>& row, std::string_view by) {
        if (!row || !shown_to(*row, call.account())) return false;
        out["match"] = view(*row);
        out["by"] = by;
        return true;
    };
    bool matched = false;
    if (!uscc.empty()) {
        auto row = call.reader->enterprise_by_uscc(uscc);
        if (!row) return answered(failed(row.error()), call.lens);
        matched = offer(*row, "uscc");
    }
    if (!matched && !name.empty()) {
        auto row = call.reader->enterprise_by_name_key(
            engine::runtime::enterprise_key(name, text_of(*payload, "address")));
        if (!row) return answered(failed(row.error()), call.lens);
        const bool other_code = *row && !uscc.empty() && !row->value().uscc.empty();
        matched = !other_code && offer(*row, "name");
    }
    auto near = call.reader->search_enterprises(name.empty() ? uscc : name, most_found);
    if (!near) return answered(failed(near.error()), call.lens);
    for (const auto& row : *near)
        if (shown_to(row, call.account())) out["candidates"].as_array().push_back(view(row));
    return json_response(200, out);
}

}  // namespace jinqiao::adapters::http
