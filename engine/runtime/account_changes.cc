#include "engine/runtime/account_changes.h"

#include <algorithm>
#include <array>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <sstream>

#include "engine/policy/directory_codec.h"
#include "engine/runtime/directory_changes.h"
#include "engine/runtime/refuse.h"
#include "engine/runtime/sign_ins.h"

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

bool flagged(const json::object& account, const char* key) {
    const auto* flag = account.if_contains(key);
    return flag != nullptr && flag->is_bool() && flag->get_bool();
}

std::int64_t number_of(const json::object& from, const char* key) {
    const auto* value = from.if_contains(key);
    return value != nullptr && value->is_number() ? value->to_number<std::int64_t>() : 0;
}

bool is_factor(std::string_view kind) {
    return kind == "offer_totp" || kind == "confirm_totp" || kind == "drop_totp";
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

    // Failed attempts in a row that this change has locked the account after; 0: it has not.
    std::int64_t locked_after() const { return locked_after_; }

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
        if (change_.kind == "sign_in") return sign_in(std::move(account));
        if (change_.kind == "note_failure") return note_failure(std::move(account));
        if (change_.kind == "end_sessions") return end_sessions();
        if (is_factor(change_.kind)) {
            if (auto done = set_factor(account); !done) return done;
            return tx_.batch().put_account({id_, json::serialize(account)});
        }
        const bool administered = administers(account);
        if (change_.kind == "set_roles") {
            if (auto done = take_roles(account); !done) return done;
        } else if (change_.kind == "set_password") {
            account["password"] = change_.secret;
            account.erase("must_change");
            account.erase("demonstration");
            for (const char* mark : {"must_change", "demonstration"})
                if (flagged(change_.data, mark)) account[mark] = true;
        } else if (change_.kind == "unlock_account") {
            account.erase("locked");
            account.erase("failures");
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

    // Between the look at the account and now it may have been disabled or locked.
    Status sign_in(json::object account) {
        if (!enabled(account) || flagged(account, "locked"))
            return Error{ErrorCode::conflict, "account.closed", "account"};
        const auto by = text_of(change_.data, "by");
        if (by.empty())
            if (auto done = spend_code(account); !done) return done;
        const auto* ended = change_.data.if_contains("ended");
        if (ended != nullptr && ended->is_array())
            for (const auto& hash : ended->get_array())
                if (auto done = tx_.batch().erase_token(std::string(hash.as_string())); !done)
                    return done;
        ports::TokenRow session{change_.secret, id_, by, true, tx_.now(), {}, {}};
        session.expires_at = time::from_ms(number_of(change_.data, "expires_at_ms"));
        if (auto done = tx_.batch().put_token(session); !done) return done;
        const bool recovered = !text_of(change_.data, "recovery").empty();
        if (auto done = note(recovered ? "recovered" : "signed_in"); !done) return done;
        if (!account.contains("failures") && !account.contains("totp")) return model::Done{};
        account.erase("failures");
        return tx_.batch().put_account({id_, json::serialize(account)});
    }

    // The second factor: a secret that is offered, and counts once a code of it was shown.
    Status set_factor(json::object& account) const {
        if (change_.kind == "drop_totp") {
            if (!account.contains("totp") && !account.contains("totp_offered"))
                return Error{ErrorCode::not_found, "account.no_totp", "account"};
            account.erase("totp");
            account.erase("totp_offered");
            return model::Done{};
        }
        if (change_.kind == "offer_totp") {
            account["totp_offered"] = change_.secret;
            return model::Done{};
        }
        const auto offered = text_of(account, "totp_offered");
        if (offered.empty() || offered != text_of(change_.data, "offered"))
            return Error{ErrorCode::conflict, "account.totp_not_offered", "code"};
        json::array recovery;
        std::istringstream hashes(change_.secret);
        for (std::string hash; hashes >> hash;) recovery.emplace_back(hash);
        account["totp"] = {{"secret", offered},
                           {"step", number_of(change_.data, "step")},
                           {"recovery", std::move(recovery)}};
        account.erase("totp_offered");
        return model::Done{};
    }

    // What was shown beside the password is good no more, decided here and nowhere else: of two
    // sign-ins by the same code at the same time one is first.
    Status spend_code(json::object& account) const {
        auto* totp = account.contains("totp") ? account["totp"].if_object() : nullptr;
        if (totp == nullptr) return model::Done{};
        const Error spent{ErrorCode::conflict, "account.code_used", "code"};
        if (const auto hash = text_of(change_.data, "recovery"); !hash.empty()) {
            auto& left = (*totp)["recovery"].as_array();
            const auto found = std::find(left.begin(), left.end(), json::value(hash));
            if (found == left.end()) return spent;
            left.erase(found);
            return model::Done{};
        }
        const auto step = number_of(change_.data, "step");
        if (step <= number_of(*totp, "step")) return spent;
        (*totp)["step"] = step;
        return model::Done{};
    }

    Status note_failure(json::object account) {
        if (auto done = note(text_of(change_.data, "outcome")); !done) return done;
        const auto most = number_of(change_.data, "lock_after");
        if (most <= 0 || flagged(account, "locked") || !enabled(account)) return model::Done{};
        const auto failures = number_of(account, "failures") + 1;
        account["failures"] = failures;
        if (failures >= most) {
            account["locked"] = true;
            locked_after_ = failures;
        }
        return tx_.batch().put_account({id_, json::serialize(account)});
    }

    Status note(std::string outcome) {
        return note_sign_in(tx_.batch(), id_,
                            {tx_.now(), text_of(change_.data, "from"), std::move(outcome), 1});
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
    std::int64_t locked_after_ = 0;
};

// What is no change of an account, however often it happens.
bool is_light(std::string_view kind) { return kind == "sign_in" || kind == "note_failure"; }

}  // namespace

bool is_account_change(std::string_view kind) {
    if (is_factor(kind)) return true;
    static constexpr std::array<std::string_view, 13> kinds{
        "put_account",  "set_roles",     "set_password",    "put_token",      "drop_token",
        "put_calendar", "drop_calendar", "disable_account", "enable_account", "unlock_account",
        "end_sessions", "sign_in",       "note_failure"};
    return std::find(kinds.begin(), kinds.end(), kind) != kinds.end();
}

Answer change_account(const Tools& tools, Transaction& tx, const DirectoryChange& change) {
    Change wanted(tx, change);
    if (auto done = wanted.write(); !done) return done.error();
    const DirectoryChange lock{
        "lock_account",
        {{"account", text_of(change.data, "account")}, {"failures", wanted.locked_after()}},
        model::Actor::engine()};
    const bool locks = wanted.locked_after() > 0;
    if (is_light(change.kind) && !locks) return Accepted{};
    // The sealed secret names what is confirmed; the record does without it.
    DirectoryChange told = locks ? lock : change;
    told.data.erase("offered");
    auto seq = record_beside(tools, tx, told);
    if (!seq) return seq.error();
    Accepted accepted;
    accepted.events.push_back({locks ? lock.kind : change.kind, {{"seq", *seq}}});
    return accepted;
}

}  // namespace jinqiao::engine::runtime
