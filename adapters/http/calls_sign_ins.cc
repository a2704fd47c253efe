// Who signed in, when, from where, and who tried: one's own for everybody, all for administrators.
#include <algorithm>
#include <boost/json/array.hpp>

#include "adapters/http/api.h"
#include "adapters/http/language.h"
#include "adapters/http/rights.h"
#include "engine/runtime/sign_ins.h"

namespace jinqiao::adapters::http {

namespace json = boost::json;
using engine::model::AccountId;
using engine::model::Message;
using engine::runtime::SignIn;

namespace {

struct Entry {
    AccountId account;
    SignIn attempt;
};

json::object view_entry(const Entry& entry, const Lens& lens) {
    return {{"account", entry.account.value},
            {"at", lens.instant(entry.attempt.at)},
            {"from", entry.attempt.from},
            {"outcome", entry.attempt.outcome},
            {"outcome_text", lens.say("sign_in." + entry.attempt.outcome)},
            {"times", entry.attempt.times}};
}

}  // namespace

Reply Api::list_sign_ins(Call& call) {
    const bool administers = ever(call.account().roles, Right::accounts);
    for (const auto& [name, value] : call.target.parameters)
        if (name != "account")
            return answered(Problem::fault(400, "bad_request", name,
                                           Message{"query.unknown", {{"name", name}}}),
                            call.lens);
    const auto asked = call.target.one("account");
    if (asked && !administers && *asked != call.account().id.value)
        return answered(Problem::of(403, "forbidden"), call.lens);
    std::vector<AccountId> whose;
    if (asked || !administers) {
        whose.push_back(asked ? AccountId{*asked} : call.account().id);
    } else {
        auto rows = call.reader->accounts();
        if (!rows) return answered(failed(rows.error()), call.lens);
        for (const auto& row : *rows) whose.push_back(row.id);
    }
    std::vector<Entry> entries;
    for (const auto& id : whose) {
        auto known = engine::runtime::sign_ins_of(*call.reader, id);
        if (!known) return answered(failed(known.error()), call.lens);
        // The latest first, of the same instant too.
        for (auto attempt = known->rbegin(); attempt != known->rend(); ++attempt)
            entries.push_back({id, std::move(*attempt)});
    }
    std::stable_sort(entries.begin(), entries.end(), [](const auto& left, const auto& right) {
        return left.attempt.at > right.attempt.at;
    });
    json::array items;
    for (const auto& entry : entries) items.push_back(view_entry(entry, call.lens));
    auto response = json_response(200, json::object{{"items", std::move(items)}});
    response.fields.emplace_back("Content-Language", tag(call.lens.language));
    return response;
}

}  // namespace jinqiao::adapters::http
