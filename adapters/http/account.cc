#include "adapters/http/account.h"

#include <algorithm>
#include <boost/json/array.hpp>
#include <boost/json/parse.hpp>

#include "adapters/http/digest.h"
#include "adapters/http/json_text.h"
#include "adapters/http/language.h"
#include "engine/runtime/account_changes.h"
#include "engine/runtime/receipts.h"

namespace jinqiao::adapters::http {

namespace json = boost::json;
using engine::model::Error;
using engine::model::ErrorCode;
using engine::model::Result;

namespace {

constexpr std::size_t longest_token = 512;

bool flagged(const json::object& body, const char* key) {
    const auto* flag = body.if_contains(key);
    return flag != nullptr && flag->is_bool() && flag->get_bool();
}

Error corrupt(const engine::ports::AccountRow& row) {
    return {ErrorCode::corrupt, "the stored account cannot be read", "account " + row.id.value};
}

}  // namespace

bool Account::has(std::string_view role) const {
    return std::find(roles.begin(), roles.end(), role) != roles.end();
}

engine::model::Actor Account::actor() const {
    engine::model::Actor actor;
    actor.kind = engine::model::Actor::Kind::person;
    actor.account = id;
    actor.person = person;
    actor.roles = roles;
    actor.enterprise = enterprise;
    actor.department = department;
    return actor;
}

Result<Account> read_account(const engine::ports::AccountRow& row) {
    json::error_code ec;
    const auto value = json::parse(row.body, ec);
    const auto* body = ec ? nullptr : value.if_object();
    if (!body) return corrupt(row);
    const auto* roles = body->if_contains("roles");
    if (!roles || !roles->is_array()) return corrupt(row);
    Account account;
    account.id = row.id;
    for (const auto& role : roles->get_array()) {
        if (!role.is_string()) return corrupt(row);
        account.roles.emplace_back(role.get_string());
    }
    account.person.value = text_of(*body, "person");
    account.enterprise.value = text_of(*body, "enterprise");
    account.department.value = text_of(*body, "department");
    account.language = accepted_language(text_of(*body, "language"));
    if (const auto* enabled = body->if_contains("enabled"))
        account.enabled = !enabled->is_bool() || enabled->get_bool();
    account.locked = flagged(*body, "locked");
    account.second_factor = body->contains("totp");
    account.demonstration = flagged(*body, "demonstration");
    account.must_change = flagged(*body, "must_change");
    return account;
}

std::string password_hash_of(const engine::ports::AccountRow& row) {
    json::error_code ec;
    const auto value = json::parse(row.body, ec);
    const auto* body = ec ? nullptr : value.if_object();
    return body ? text_of(*body, "password") : std::string();
}

std::optional<StoredFactor> factor_of(const engine::ports::AccountRow& row) {
    json::error_code ec;
    const auto value = json::parse(row.body, ec);
    const auto* body = ec ? nullptr : value.if_object();
    const auto* totp = body ? body->if_contains("totp") : nullptr;
    if (totp == nullptr || !totp->is_object()) return {};
    StoredFactor factor;
    factor.sealed = text_of(totp->get_object(), "secret");
    factor.step = totp->at("step").to_number<std::int64_t>();
    for (const auto& hash : totp->at("recovery").as_array())
        factor.recovery.emplace_back(hash.as_string());
    return factor;
}

std::string offered_factor(const engine::ports::AccountRow& row) {
    json::error_code ec;
    const auto value = json::parse(row.body, ec);
    const auto* body = ec ? nullptr : value.if_object();
    return body ? text_of(*body, "totp_offered") : std::string();
}

std::string_view bearer_token(std::string_view authorization) {
    constexpr std::string_view scheme = "bearer ";
    if (authorization.size() <= scheme.size()) return {};
    for (std::size_t i = 0; i < scheme.size(); ++i) {
        const char c = authorization[i];
        if ((c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c) != scheme[i]) return {};
    }
    auto token = authorization.substr(scheme.size());
    while (!token.empty() && token.front() == ' ') token.remove_prefix(1);
    while (!token.empty() && token.back() == ' ') token.remove_suffix(1);
    return token.size() > longest_token ? std::string_view{} : token;
}

Result<std::optional<SignedIn>> authenticate(engine::ports::Reader& reader, std::string_view token,
                                             engine::time::Instant now) {
    constexpr std::optional<SignedIn> nobody;
    if (token.empty()) return nobody;
    const auto hash = token_hash(token);
    auto found = reader.find_token(hash);
    if (!found) return found.error();
    // The index found it by equality already; comparing again makes a store that folds case no way
    // in.
    if (!found->has_value() || !same_digest(found->value().hash, hash)) return nobody;
    // Good for one address and no more, however somebody came by it.
    if (found->value().name == engine::runtime::calendar_token ||
        found->value().name == engine::runtime::receipt_token)
        return nobody;
    if (const auto& end = found->value().expires_at; end && *end <= now) return nobody;
    auto row = reader.find_account(found->value().account);
    if (!row) return row.error();
    if (!row->has_value()) return nobody;
    auto account = read_account(row->value());
    if (!account) return account.error();
    if (!account->enabled) return nobody;
    return std::optional<SignedIn>(SignedIn{std::move(*account), std::move(found->value())});
}

}  // namespace jinqiao::adapters::http
