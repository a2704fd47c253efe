#include <CLI/CLI.hpp>
#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>
#include <memory>

#include "adapters/cli/api_client.h"
#include "adapters/cli/command.h"
#include "adapters/cli/json_view.h"
#include "adapters/cli/password_prompt.h"
#include "adapters/cli/table.h"
#include "adapters/cli/user_calendar.h"
#include "adapters/cli/user_local.h"
#include "adapters/http/digest.h"
#include "adapters/http/passwords.h"
#include "adapters/http/rights.h"
#include "adapters/http/settings.h"
#include "adapters/notify/courier/url.h"

namespace jinqiao::adapters::cli {
namespace {

using boost::json::value;
using engine::model::Error;
using engine::model::ErrorCode;
using notify::courier::percent_encode;

struct Settings {
    ApiAccess access;
    std::string data;  // set: straight to the store
    std::string account, person, enterprise, department, language, token, until;
    std::vector<std::string> roles;
    bool revoke = false;
};

using Held = std::shared_ptr<Settings>;

// One change as both ways need it: the call below /accounts, and the kind of the record.
struct Change {
    std::string kind;
    std::string below;  // "/disable"; empty: the account is new and named in the body
    boost::json::object data;
    std::string secret_name = {};  // what the API calls the secret in the body, where it takes one
    std::string secret = {};       // for the API as it is
    std::string stored = {};       // for the store, as a hash
};

Exit done(const Context& context, const Held& held, const std::string& kind) {
    if (context.json)
        context.out << boost::json::serialize(
                           boost::json::object{{"done", kind}, {"account", held->account}})
                    << '\n';
    else
        context.out << context.speech("cli.user." + kind, {{"account", printable(held->account)}})
                    << '\n';
    return Exit::done;
}

// A token goes out alone on its line, so that it can go straight into a file; what to know about it
// is said beside.
Exit hand_out(const Context& context, const Held& held, const std::string& token) {
    if (context.json) {
        context.out << boost::json::serialize(boost::json::object{
                           {"done", "put_token"}, {"account", held->account}, {"token", token}})
                    << '\n';
        return Exit::done;
    }
    context.err << context.speech("cli.user.put_token", {{"account", printable(held->account)}})
                << '\n';
    context.out << token << '\n';
    return Exit::done;
}

Exit change_stored(const Context& context, const Held& held, Change change,
                   const std::string& token) {
    engine::runtime::DirectoryChange wanted;
    wanted.kind = change.kind;
    wanted.data = std::move(change.data);
    wanted.data["account"] = held->account;
    wanted.secret = std::move(change.stored);
    if (auto written = change_account_locally(held->data, std::move(wanted)); !written) {
        Error error = written.error();
        const std::string code = "cli." + error.what;
        const bool refused = context.speech.catalogue().has(code);
        if (refused) error = {error.code, context.speech(code), held->account};
        if (error.code == ErrorCode::busy) error.what = context.speech("cli.user.daemon");
        return context.fail(error, refused ? Exit::refused : Exit::could_not);
    }
    return token.empty() ? done(context, held, change.kind) : hand_out(context, held, token);
}

Exit change_remotely(const Context& context, const Held& held, Change change) {
    auto client = ApiClient::open(held->access, context.speech.tag());
    if (!client) return context.fail(client.error(), Exit::usage);
    std::string path = "/api/v1/accounts";
    if (change.below.empty())
        change.data["account"] = held->account;
    else
        path += "/" + percent_encode(held->account) + change.below;
    if (!change.secret_name.empty()) change.data[change.secret_name] = change.secret;
    const auto answer = client->post(path, boost::json::serialize(change.data), {});
    if (!answer) return context.fail(answer.error(), Exit::could_not);
    if (!answer->ok()) return tell_problem(context, *answer);
    const auto token = text_at(answer->json, "token");
    return token.empty() ? done(context, held, change.kind) : hand_out(context, held, token);
}

Exit apply(const Context& context, const Held& held, Change change, const std::string& token = {}) {
    return held->data.empty() ? change_remotely(context, held, std::move(change))
                              : change_stored(context, held, std::move(change), token);
}

boost::json::object stands_for(const Held& held) {
    boost::json::object data{{"roles", boost::json::array(held->roles.begin(), held->roles.end())}};
    const auto add = [&](const char* key, const std::string& text) {
        if (!text.empty()) data[key] = text;
    };
    add("person", held->person);
    add("enterprise", held->enterprise);
    add("department", held->department);
    add("language", held->language);
    return data;
}

Exit set_password(const Context& context, const Held& held) {
    const auto password = ask_password(context, held->account);
    if (!password) return context.fail(password.error(), Exit::usage);
    Change change{"set_password", "/password", {}, "password", *password, {}};
    if (!held->data.empty()) {
        const http::PasswordCost cost;
        if (password->size() < http::HttpSettings{}.password_least ||
            password->size() > http::longest_password)
            return context.fail(
                {ErrorCode::invalid, context.speech("cli.account.password_length"), held->account},
                Exit::refused);
        auto hash = http::hash_password(*password, cost);
        if (!hash)
            return context.fail({ErrorCode::unavailable, "out of memory", held->account},
                                Exit::could_not);
        change.stored = std::move(*hash);
    }
    return apply(context, held, std::move(change));
}

Exit token(const Context& context, const Held& held) {
    if (held->revoke)
        return apply(context, held,
                     {"drop_token", "/tokens/revoke", {{"token", held->token}}, {}, {}, {}});
    Change change{"put_token", "/tokens", {{"token", held->token}}, {}, {}, {}};
    if (!held->until.empty()) change.data["expires_at"] = held->until;
    if (held->data.empty()) return apply(context, held, std::move(change));
    const auto secret = http::random_token("jq_");
    change.stored = http::token_hash(secret);
    return apply(context, held, std::move(change), secret);
}

std::string joined(const boost::json::array& list) {
    std::string text;
    for (const auto& item : list)
        if (item.is_string()) text += (text.empty() ? "" : ", ") + std::string(item.get_string());
    return text;
}

void show_accounts(const Context& context, const value& answer) {
    const auto& say = context.speech;
    Table table({say("cli.head.account"), say("cli.head.roles"), say("cli.head.person"),
                 say("cli.head.whose"), say("cli.head.sign_in"), say("cli.head.tokens")});
    for (const auto& item : list_at(answer, "items")) {
        const auto* enabled = at(item, "enabled");
        const auto* password = at(item, "has_password");
        const bool in_use = enabled == nullptr || *enabled != value(false);
        const auto* locked = at(item, "locked");
        const bool shut = locked != nullptr && *locked == value(true);
        const bool signs_in = password != nullptr && *password == value(true);
        table.add({text_at(item, "account"), joined(list_at(item, "roles")),
                   text_at(item, "person"),
                   text_at(item, "enterprise") + text_at(item, "department"),
                   say(!in_use    ? "cli.user.off"
                       : shut     ? "cli.user.locked"
                       : signs_in ? "cli.user.by_password"
                                  : "cli.user.by_token"),
                   text_at(item, "tokens")});
    }
    table.print(context.out);
}

void show_tokens(const Context& context, const value& answer) {
    const auto& say = context.speech;
    Table table({say("cli.head.token"), say("cli.head.made_at"), say("cli.head.until"),
                 say("cli.head.used_on")});
    for (const auto& item : list_at(answer, "items")) {
        const auto name = text_at(item, "name");
        table.add({name.empty() ? say("cli.user.session") : name, text_at(item, "made_at"),
                   text_at(item, "expires_at"), text_at(item, "used_on")});
    }
    table.print(context.out);
}

void show_sign_ins(const Context& context, const value& answer) {
    const auto& say = context.speech;
    Table table({say("cli.head.at"), say("cli.head.account"), say("cli.head.from_address"),
                 say("cli.head.result"), say("cli.head.attempts")});
    for (const auto& item : list_at(answer, "items"))
        table.add({text_at(item, "at"), text_at(item, "account"), text_at(item, "from"),
                   text_at(item, "outcome_text"), text_at(item, "times")});
    table.print(context.out);
}

Exit sign_ins(const Context& context, const Held& held) {
    auto client = ApiClient::open(held->access, context.speech.tag());
    if (!client) return context.fail(client.error(), Exit::usage);
    const auto query =
        held->account.empty() ? std::string() : "?account=" + percent_encode(held->account);
    const auto answer = client->get("/api/v1/sign-ins" + query);
    if (!answer) return context.fail(answer.error(), Exit::could_not);
    if (!answer->ok()) return tell_problem(context, *answer);
    if (context.json)
        context.out << answer->body << '\n';
    else
        show_sign_ins(context, answer->json);
    return Exit::done;
}

Exit list(const Context& context, const Held& held) {
    auto client = ApiClient::open(held->access, context.speech.tag());
    if (!client) return context.fail(client.error(), Exit::usage);
    const bool one = !held->account.empty();
    const auto answer = client->get("/api/v1/accounts" +
                                    (one ? "/" + percent_encode(held->account) + "/tokens" : ""));
    if (!answer) return context.fail(answer.error(), Exit::could_not);
    if (!answer->ok()) return tell_problem(context, *answer);
    if (context.json)
        context.out << answer->body << '\n';
    else if (one)
        show_tokens(context, answer->json);
    else
        show_accounts(context, answer->json);
    return Exit::done;
}

class Words {
  public:
    Words(CLI::App& group, Context& context, Chosen& chosen, Held held)
        : group_(group), context_(context), chosen_(chosen), held_(std::move(held)) {}

    template <class Body>
    CLI::App& command(const char* name, bool local, Body body) {
        CLI::App& made = *group_.add_subcommand(name, say(std::string("cli.help.user.") + name));
        add_access(made, context_.speech, held_->access);
        if (local) made.add_option("--data", held_->data, say("cli.help.user.data"));
        made.callback([&context = context_, &chosen = chosen_, held = held_, body] {
            chosen = [&context, held, body] { return body(context, held); };
        });
        return made;
    }
    template <class Body>
    CLI::App& change(const char* name, Body body) {
        CLI::App& made = command(name, true, body);
        made.add_option("account", held_->account, say("cli.help.user.account"))->required();
        return made;
    }
    void roles(CLI::App& made) {
        made.add_option("--role", held_->roles, say("cli.help.user.role"))
            ->required()
            ->check(CLI::IsMember(http::all_roles()));
        made.add_option("--person", held_->person, say("cli.help.user.person"));
        made.add_option("--enterprise", held_->enterprise, say("cli.help.user.enterprise"));
        made.add_option("--department", held_->department, say("cli.help.user.department"));
    }
    std::string say(const std::string& code) const { return context_.speech(code); }

  private:
    CLI::App& group_;
    Context& context_;
    Chosen& chosen_;
    Held held_;
};

}  // namespace

void add_user(CLI::App& app, Context& context, Chosen& chosen) {
    CLI::App& group = *app.add_subcommand("user", context.speech("cli.help.user"));
    group.require_subcommand(1);
    const auto held = std::make_shared<Settings>();
    Words words(group, context, chosen, held);

    CLI::App& add = words.change("add", [](const Context& told, const Held& chosen_by) {
        return apply(told, chosen_by, {"put_account", "", stands_for(chosen_by), {}, {}, {}});
    });
    words.roles(add);
    add.add_option("--language", held->language, words.say("cli.help.user.language"))
        ->check(CLI::IsMember({"zh", "en"}));
    words.roles(words.change("roles", [](const Context& told, const Held& chosen_by) {
        return apply(told, chosen_by, {"set_roles", "/roles", stands_for(chosen_by), {}, {}, {}});
    }));
    words.change("passwd", set_password);
    CLI::App& made = words.change("token", token);
    made.add_option("--name", held->token, words.say("cli.help.user.token_name"))->required();
    made.add_option("--until", held->until, words.say("cli.help.user.until"));
    made.add_flag("--revoke", held->revoke, words.say("cli.help.user.revoke"));
    words.change("disable", [](const Context& told, const Held& chosen_by) {
        return apply(told, chosen_by, {"disable_account", "/disable", {}, {}, {}, {}});
    });
    words.change("enable", [](const Context& told, const Held& chosen_by) {
        return apply(told, chosen_by, {"enable_account", "/enable", {}, {}, {}, {}});
    });
    words.change("unlock", [](const Context& told, const Held& chosen_by) {
        return apply(told, chosen_by, {"unlock_account", "/unlock", {}, {}, {}, {}});
    });
    words.change("sign-out", [](const Context& told, const Held& chosen_by) {
        return apply(told, chosen_by, {"end_sessions", "/sign-out", {}, {}, {}, {}});
    });
    words.change("reset-code", [](const Context& told, const Held& chosen_by) {
        return apply(told, chosen_by, {"drop_totp", "/second-factor/reset", {}, {}, {}, {}});
    });
    words.command("sign-ins", false, sign_ins)
        .add_option("account", held->account, words.say("cli.help.user.sign-ins.account"));
    words.command("list", false, list)
        .add_option("account", held->account, words.say("cli.help.user.list.account"));
    add_user_calendar(group, context, chosen);
}

}  // namespace jinqiao::adapters::cli
