#include "engine/runtime/account_changes.h"

#include <algorithm>
#include <array>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

#include "engine/policy/directory_codec.h"
#include "engine/runtime/directory_changes.h"
#include "engine/runtime/refuse.h"

namespace jinqiao::engine::runtime {

namespace json = boost::json;
using model::AccountId;
using model::Error;
using model::ErrorCode;
using model::Status;

namespace {

constexpr std::size_t longest_name = 64;

// Names stand in paths, logs and terminals.
bool is_name(std::string_view name) {
    return !name.empty() && name.size() <= longest_name && name.front() != '.' &&
           std::all_of(name.begin(), name.end(), [](char c) {
               return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                      c == '_' || c == '-' || c == '.';
           });
}

bool enabled(const json::object& account) {
    const auto* flag = account.if_contains("enabled");
    return flag == nullptr || !flag->is_bool() || flag->get_bool();
}

bool administers(const json::object& account) {
    const auto* roles = account.if_contains("roles");
    return enabled(account) && roles != nullptr && roles->is_array() &&
           std::find(roles->get_array().begin(), roles->get_array().end(), "administrator") !=
               roles->get_array().end();
}

class Change {
  public:
    Change(Transaction& tx, const DirectoryChange& change)
        : tx_(tx), change_(change), id_(text_of(change.data, "account")) {}

    Status write() {
        if (!is_name(id_.value)) return invalid("account.name", "account");
        auto stored = tx_.batch().find_account(id_);
        if (!stored) return stored.error();
        if (change_.kind == "put_account") return create(stored->has_value());
        if (!*stored) return Error{ErrorCode::not_found, "account.unknown", "account"};
        json::error_code broken;
        auto value = json::parse((*stored)->body, broken);
        if (broken || !value.is_object())
            return Error{ErrorCode::internal, "the stored account cannot be read", id_.value};
        return apply(std::move(value.get_object()));
    }

  private:
    Status apply(json::object account) {
        if (change_.kind == "put_token") return put_token();
        if (change_.kind == "drop_token") return drop_token(text_of(change_.data, "token"));
        if (change_.kind == "put_calendar") return put_calendar();
        if (change_.kind == "drop_calendar") return drop_token(calendar_token);
        const bool administered = administers(account);
        if (change_.kind == "set_roles") {
            if (auto done = take_roles(account); !done) return done;
        } else if (change_.kind == "set_password") {
            account["password"] = change_.secret;
        } else {
            account["enabled"] = change_.kind == "enable_account";
        }
        if (administered && !administers(account))
            if (auto done = keep_one_administrator(); !done) return done;
        if (change_.kind == "set_password" || change_.kind == "disable_account")
            if (auto done = end_sessions(); !done) return done;
        return tx_.batch().put_account({id_, json::serialize(account)});
    }

    Status create(bool taken) {
        if (taken) return Error{ErrorCode::conflict, "account.taken", "account"};
        json::object account{{"enabled", true}};
        if (auto done = take_roles(account); !done) return done;
        account["language"] = text_of(change_.data, "language") == "en" ? "en" : "zh";
        return tx_.batch().put_account({id_, json::serialize(account)});
    }

    Status take_roles(json::object& account) const {
        const auto* roles = change_.data.if_contains("roles");
        if (roles == nullptr || !roles->is_array() || roles->get_array().empty())
            return invalid("account.roles", "roles");
        account["roles"] = *roles;
        for (const char* key : {"person", "enterprise", "department"}) {
            account.erase(key);
            if (auto value = text_of(change_.data, key); !value.empty()) account[key] = value;
        }
        return model::Done{};
    }

    Status put_token() {
        ports::TokenRow row{
            change_.secret, id_, text_of(change_.data, "token"), false, tx_.now(), {}, ""};
        if (!is_name(row.name)) return invalid("account.name", "token");
        auto until = policy::decode_instant(change_.data, "expires_at");
        if (!until) return invalid("directory.instant", "expires_at");
        if (*until && **until <= tx_.now()) return invalid("directory.past", "expires_at");
        row.expires_at = *until;
        auto known = named_tokens();
        if (!known) return known.error();
        for (const auto& token : *known)
            if (token.name == row.name)
                return Error{ErrorCode::conflict, "account.token_taken", "token"};
        if (known->size() >= most_tokens) return invalid("account.tokens", "token");
        return tx_.batch().put_token(row);
    }

    Status put_calendar() {
        const auto before = drop_token(calendar_token);
        if (!before && before.error().code != ErrorCode::not_found) return before;
        return tx_.batch().put_token(
            {change_.secret, id_, std::string(calendar_token), false, tx_.now(), {}, ""});
    }

    Status drop_token(std::string_view name) {
        auto known = named_tokens();
        if (!known) return known.error();
        for (const auto& token : *known)
            if (token.name == name) return tx_.batch().erase_token(token.hash);
        return Error{ErrorCode::not_found, "account.token_unknown", "token"};
    }

    model::Result<std::vector<ports::TokenRow>> named_tokens() {
        auto rows = tx_.batch().tokens_of(id_);
        if (rows) std::erase_if(*rows, [](const auto& row) { return row.session; });
        return rows;
    }

    Status end_sessions() {
        auto rows = tx_.batch().tokens_of(id_);
        if (!rows) return rows.error();
        for (const auto& row : *rows)
            if (row.session)
                if (auto done = tx_.batch().erase_token(row.hash); !done) return done;
        return model::Done{};
    }

    Status keep_one_administrator() {
        auto rows = tx_.batch().accounts();
        if (!rows) return rows.error();
        for (const auto& row : *rows) {
            if (row.id == id_) continue;
            json::error_code broken;
            const auto value = json::parse(row.body, broken);
            if (!broken && value.is_object() && administers(value.get_object()))
                return model::Done{};
        }
        return invalid("account.last_administrator", "account");
    }

    Transaction& tx_;
    const DirectoryChange& change_;
    AccountId id_;
};

}  // namespace

bool is_account_change(std::string_view kind) {
    static constexpr std::array<std::string_view, 9> kinds{
        "put_account",  "set_roles",     "set_password",    "put_token",     "drop_token",
        "put_calendar", "drop_calendar", "disable_account", "enable_account"};
    return std::find(kinds.begin(), kinds.end(), kind) != kinds.end();
}

Answer change_account(const Tools& tools, Transaction& tx, const DirectoryChange& change) {
    if (auto done = Change(tx, change).write(); !done) return done.error();
    auto seq = record_beside(tools, tx, change);
    if (!seq) return seq.error();
    Accepted accepted;
    accepted.events.push_back({change.kind, {{"seq", *seq}}});
    return accepted;
}

}  // namespace jinqiao::engine::runtime
