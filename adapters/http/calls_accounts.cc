// Accounts, for administrators: who may come in, with which roles, by which tokens. What changes
// them goes through people_changes.h like every change of the directory; secrets are taken out here
// before anything is recorded.
#include <boost/json/array.hpp>
#include <boost/json/serialize.hpp>

#include "adapters/http/api.h"
#include "adapters/http/digest.h"
#include "adapters/http/json_text.h"
#include "adapters/http/language.h"
#include "adapters/http/people_changes.h"
#include "engine/runtime/account_changes.h"

namespace jinqiao::adapters::http {

namespace json = boost::json;
namespace ports = engine::ports;
using engine::model::AccountId;
using engine::model::Message;

namespace {

json::value text_or_null(const std::string& text) {
    return text.empty() ? json::value(nullptr) : json::value(json::string(text));
}

json::object view_account(const Account& account, bool has_password, std::size_t tokens) {
    return {{"account", account.id.value},
            {"roles", json::array(account.roles.begin(), account.roles.end())},
            {"person", text_or_null(account.person.value)},
            {"enterprise", text_or_null(account.enterprise.value)},
            {"department", text_or_null(account.department.value)},
            {"enabled", account.enabled},
            {"locked", account.locked},
            {"must_change", account.must_change},
            {"second_factor", account.second_factor},
            {"has_password", has_password},
            {"tokens", tokens}};
}

json::object view_token(const ports::TokenRow& token, const Lens& lens) {
    return {
        {"name", text_or_null(token.name)},
        {"session", token.session},
        {"made_at", lens.instant(token.made_at)},
        {"expires_at", token.expires_at ? json::value(json::string(lens.instant(*token.expires_at)))
                                        : json::value(nullptr)},
        {"used_on", text_or_null(token.used_on)}};
}

Response listed(json::array items, const Lens& lens) {
    auto response = json_response(200, json::object{{"items", std::move(items)}});
    response.fields.emplace_back("Content-Language", tag(lens.language));
    return response;
}

}  // namespace

Reply Api::list_accounts(Call& call) {
    if (!ever(call.account().roles, Right::accounts))
        return answered(Problem::of(403, "forbidden"), call.lens);
    auto rows = call.reader->accounts();
    if (!rows) return answered(failed(rows.error()), call.lens);
    json::array items;
    for (const auto& row : *rows) {
        auto account = read_account(row);
        if (!account) return answered(failed(account.error()), call.lens);
        auto tokens = call.reader->tokens_of(row.id);
        if (!tokens) return answered(failed(tokens.error()), call.lens);
        std::erase_if(*tokens, [](const auto& token) { return token.session; });
        items.push_back(view_account(*account, !password_hash_of(row).empty(), tokens->size()));
    }
    return listed(std::move(items), call.lens);
}

Reply Api::list_tokens(Call& call) {
    if (!ever(call.account().roles, Right::accounts))
        return answered(Problem::of(403, "forbidden"), call.lens);
    const AccountId id{call.args[0]};
    auto row = call.reader->find_account(id);
    if (!row) return answered(failed(row.error()), call.lens);
    if (!*row) return answered(Problem::of(404, "not_found"), call.lens);
    auto tokens = call.reader->tokens_of(id);
    if (!tokens) return answered(failed(tokens.error()), call.lens);
    json::array items;
    for (const auto& token : *tokens) items.push_back(view_token(token, call.lens));
    return listed(std::move(items), call.lens);
}

// The token is shown this once; what is kept of it opens nothing.
Reply Api::put_token(Call& call) {
    auto wanted = wanted_change(call);
    if (!wanted) return answered(wanted.problem(), call.lens);
    const auto token = random_token("jq_");
    wanted->secret = token_hash(token);
    auto deed = submit_change(call, std::move(*wanted));
    deed.finish = [token, finish = std::move(deed.finish)](engine::runtime::Answer answer) {
        const bool made = std::holds_alternative<engine::runtime::Accepted>(answer);
        auto response = finish(std::move(answer));
        if (made) {
            response.status = 201;
            response.body = json::serialize(json::object{{"done", "put_token"}, {"token", token}});
        }
        return response;
    };
    return deed;
}

// An administrator sets anybody's; oneself changes one's own by saying the one before.
Reply Api::set_password(Call& call) {
    const AccountId id{call.args[0]};
    const bool administers = ever(call.account().roles, Right::accounts);
    if (!administers && call.account().id != id)
        return answered(Problem::of(403, "forbidden"), call.lens);
    auto row = call.reader->find_account(id);
    if (!row) return answered(failed(row.error()), call.lens);
    if (!*row) return answered(Problem::of(404, "not_found"), call.lens);
    auto payload = body(call);
    if (!payload) return answered(payload.problem(), call.lens);
    auto faults = engine::kernel::validate(
        fields_of(*people_change(call.route->name), *parts_.words), *payload, call.lens.now);
    if (!faults.empty()) return answered(unfit(std::move(faults)), call.lens);
    auto wanted = text_of(*payload, "password");
    if (wanted.size() < settings_.password_least || wanted.size() > longest_password)
        return answered(unfit({Message{"account.password_length",
                                       {{"field", "password"},
                                        {"least", std::to_string(settings_.password_least)}}}}),
                        call.lens);
    if (!administers)
        if (auto wait = failures_of_.take(id.value)) return answered(too_many(*wait), call.lens);

    struct Work {
        std::string before, said, wanted;
        bool own = false, must_change = false, right = false, same = false;
        std::optional<std::string> hash;
    };
    auto work = std::make_shared<Work>();
    work->before = password_hash_of(**row);
    work->said = text_of(*payload, "old_password");
    work->wanted = std::move(wanted);
    work->own = call.account().id == id;
    // Whoever chose it for another knows it.
    const auto* said = payload->if_contains("must_change");
    work->must_change = !work->own && (said == nullptr || said->as_bool());
    return Chore{
        [work, administers, cost = settings_.password_cost] {
            work->right = administers || check_password(work->before, work->said);
            work->same = work->own && check_password(work->before, work->wanted);
            if (work->right && !work->same) work->hash = hash_password(work->wanted, cost);
        },
        [this, work, administers, id = id.value, later = std::make_shared<Call>(call)]() -> Reply {
            if (!work->right) return answered(Problem::of(403, "wrong_password"), later->lens);
            if (!administers) failures_of_.give_back(id);
            if (work->same)
                return answered(unfit({Message{"account.password_same", {{"field", "password"}}}}),
                                later->lens);
            if (!work->hash) return answered(busy(), later->lens);
            return save_password(*later, id, std::move(*work->hash), work->must_change);
        }};
}

Reply Api::save_password(Call& call, const std::string& account, std::string hash,
                         bool must_change) {
    engine::runtime::DirectoryChange change;
    change.kind = "set_password";
    change.data["account"] = account;
    if (must_change) change.data["must_change"] = true;
    change.actor = call.account().actor();
    change.secret = std::move(hash);
    return submit_change(call, std::move(change));
}

}  // namespace jinqiao::adapters::http
