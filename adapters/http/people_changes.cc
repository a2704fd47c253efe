#include "adapters/http/people_changes.h"

#include <algorithm>
#include <array>

#include "adapters/http/json_text.h"
#include "adapters/http/passwords.h"
#include "adapters/http/rights.h"
#include "engine/policy/directory_codec.h"

namespace jinqiao::adapters::http {

namespace json = boost::json;
using engine::kernel::Field;
using engine::kernel::Fields;
using engine::kernel::FieldType;
using engine::model::Language;
using engine::model::PostId;

namespace {

constexpr std::array calls = {
    PeopleChange{"put_person", "put_person", "", false},
    PeopleChange{"disable_person", "disable_person", "person", false},
    PeopleChange{"put_absence", "put_absence", "person", true},
    PeopleChange{"end_absence", "end_absence", "person", true},
    PeopleChange{"set_quiet", "set_quiet", "person", true},
    PeopleChange{"confirm_contacts", "confirm_contacts", "person", true},
    PeopleChange{"put_term", "put_term", "post", false},
    PeopleChange{"end_term", "end_term", "post", false},
    PeopleChange{"put_rotation", "put_rotation", "", false},
    PeopleChange{"put_override", "put_override", "", false},
    PeopleChange{"drop_override", "drop_override", "", false},
    PeopleChange{"ask_swap", "ask_swap", "", true},
    PeopleChange{"order_swap", "swap_duty", "", false},
    PeopleChange{"answer_swap", "answer_swap", "swap", true},
    PeopleChange{"confirm_clock", "confirm_clock", "", false},
    PeopleChange{"put_account", "put_account", "", false, Right::accounts},
    PeopleChange{"set_roles", "set_roles", "account", false, Right::accounts},
    PeopleChange{"set_password", "set_password", "account", false, Right::accounts},
    PeopleChange{"disable_account", "disable_account", "account", false, Right::accounts},
    PeopleChange{"enable_account", "enable_account", "account", false, Right::accounts},
    PeopleChange{"unlock_account", "unlock_account", "account", false, Right::accounts},
    PeopleChange{"end_sessions", "end_sessions", "account", true, Right::accounts},
    PeopleChange{"drop_totp", "drop_totp", "account", false, Right::accounts},
    PeopleChange{"put_token", "put_token", "account", false, Right::accounts},
    PeopleChange{"drop_token", "drop_token", "account", false, Right::accounts},
    PeopleChange{"settle_dead_letter", "settle_dead_letter", "delivery", false, Right::settle},
};

class Form {
  public:
    explicit Form(const Words& words) : words_(words) {}

    Field one(std::string name, FieldType type, bool required = false) const {
        Field out;
        out.title = titles("field." + name);
        out.name = std::move(name);
        out.type = type;
        out.required = required;
        out.max_length = 200;
        return out;
    }
    Field many(std::string name, FieldType type, bool required = false) const {
        auto out = one(std::move(name), type, required);
        out.list = true;
        return out;
    }
    Field person() const { return one("person", FieldType::person, true); }
    Field post() const { return one("post", FieldType::post, true); }
    Field from(bool required) const { return one("from", FieldType::instant, required); }
    Field until(bool required) const { return one("until", FieldType::instant, required); }
    Field reason() const { return one("reason", FieldType::text); }

    Field contacts() const {
        auto out = many("contacts", FieldType::object);
        out.fields = {one("channel", FieldType::text, true), one("address", FieldType::text)};
        return out;
    }
    // An empty list ends quiet hours, so it cannot be required to hold something.
    Field quiet() const {
        auto out = many("quiet", FieldType::object);
        auto days = many("days", FieldType::integer);
        days.least = 1;
        out.fields = {one("from", FieldType::text, true), one("until", FieldType::text, true),
                      days};
        return out;
    }
    Field language() const {
        auto out = one("language", FieldType::code);
        out.codes = {{"zh", {"中文", "Chinese"}}, {"en", {"英文", "English"}}};
        return out;
    }
    Field duty_days() const {
        auto out = one("days", FieldType::code);
        out.title = titles("field.duty_days");
        for (const std::string code : {"all", "working", "rest"})
            out.codes.emplace_back(code, titles("days." + code));
        return out;
    }
    Field roles() const {
        auto out = many("roles", FieldType::code, true);
        for (const auto& role : all_roles()) out.codes.emplace_back(role, titles("role." + role));
        return out;
    }
    // Whose account it is, where that decides what it sees.
    Fields stands_for() const {
        auto who = one("person", FieldType::person);
        return {roles(), who, one("enterprise", FieldType::text),
                one("department", FieldType::text)};
    }
    Field password(std::string name, bool required) const {
        auto out = one(std::move(name), FieldType::text, required);
        out.max_length = longest_password;
        return out;
    }
    engine::model::Text titles(const std::string& code) const {
        return {words_.text(code, Language::zh), words_.text(code, Language::en)};
    }
    Field how_settled() const {
        auto out = one("how", FieldType::code, true);
        for (const std::string code : {"resent", "resent_anew", "told", "dropped"})
            out.codes.emplace_back(code, titles("dead_letter.how." + code));
        return out;
    }
    Field rank() const { return one("rank", FieldType::integer); }

  private:
    const Words& words_;
};

// Oneself has the first of the two shifts.
bool own_shift(const json::object& data, const Account& account,
               const engine::policy::Directory& directory) {
    const auto at = engine::policy::decode_instant(data, "at");
    if (!at || !*at) return false;
    const auto duty = engine::policy::on_duty(directory, PostId{text_of(data, "post")}, **at);
    return duty && duty->person == account.person;
}

bool asked(const json::object& data, const Account& account,
           const engine::policy::Directory& directory) {
    return std::any_of(directory.swaps.begin(), directory.swaps.end(), [&](const auto& swap) {
        return swap.id == text_of(data, "swap") && swap.with == account.person;
    });
}

Fields fields_of_account(std::string_view call, const Form& form) {
    if (call == "set_roles") return form.stands_for();
    if (call == "put_account") {
        auto fields = form.stands_for();
        fields.insert(fields.begin(), form.one("account", FieldType::text, true));
        fields.push_back(form.language());
        return fields;
    }
    if (call == "set_password")
        return {form.password("password", true), form.password("old_password", false),
                form.one("must_change", FieldType::boolean)};
    if (call == "put_token")
        return {form.one("token", FieldType::text, true),
                form.one("expires_at", FieldType::instant)};
    if (call == "drop_token") return {form.one("token", FieldType::text, true)};
    return {};
}

bool lists(const json::object& data, std::string_view key, std::string_view word) {
    const auto* list = data.if_contains(key);
    return list != nullptr && list->is_array() &&
           std::any_of(list->get_array().begin(), list->get_array().end(), [&](const auto& item) {
               return item.is_string() && std::string_view(item.get_string()) == word;
           });
}

}  // namespace

std::optional<engine::model::Message> misfit(const PeopleChange& change, const json::object& data) {
    using engine::model::Message;
    if (change.call != "put_account" && change.call != "set_roles") return {};
    for (const auto& [role, key] :
         {std::pair{"enterprise_union", "enterprise"}, std::pair{"department", "department"}})
        if (lists(data, "roles", role) && text_of(data, key).empty())
            return Message{"account.whose", {{"field", key}, {"role", role}}};
    return {};
}

const PeopleChange* people_change(std::string_view call) {
    const auto found = std::find_if(calls.begin(), calls.end(),
                                    [&](const PeopleChange& each) { return each.call == call; });
    return found == calls.end() ? nullptr : &*found;
}

Fields fields_of(const PeopleChange& change, const Words& words) {
    const Form form(words);
    const auto call = change.call;
    if (call == "put_person")
        return {form.one("id", FieldType::text, true),
                form.one("name", FieldType::text, true),
                form.contacts(),
                form.quiet(),
                form.language(),
                form.one("enabled", FieldType::boolean)};
    if (call == "put_absence") return {form.from(true), form.until(true)};
    if (call == "end_absence") return {form.from(false), form.until(false)};
    if (call == "set_quiet") return {form.quiet()};
    if (call == "put_term") return {form.person(), form.rank(), form.from(true), form.until(false)};
    if (call == "end_term") return {form.person(), form.until(false)};
    if (call == "put_rotation")
        return {form.post(), form.many("order", FieldType::person), form.from(false),
                form.duty_days()};
    if (call == "put_override")
        return {form.post(), form.person(), form.from(true), form.until(true), form.reason()};
    if (call == "drop_override") return {form.post(), form.person(), form.from(false)};
    if (call == "ask_swap" || call == "order_swap")
        return {form.post(), form.one("at", FieldType::instant, true),
                form.one("with_at", FieldType::instant, true), form.reason()};
    if (call == "answer_swap") return {form.one("agreed", FieldType::boolean, true)};
    if (call == "confirm_clock") return {form.reason()};
    if (call == "settle_dead_letter") return {form.how_settled(), form.reason()};
    return fields_of_account(call, form);
}

Fields migration_fields(const Words& words) {
    auto reason = Form(words).reason();
    reason.required = true;
    return {reason};
}

Fields reload_fields(const Words& words) {
    const Form form(words);
    return {form.one("confirm", FieldType::boolean), form.one("dry_run", FieldType::boolean),
            form.one("configuration", FieldType::text)};
}

Fields trial_fields(const Words& words) { return {Form(words).one("address", FieldType::text)}; }

Fields sign_in_fields(const Words& words) {
    const Form form(words);
    return {form.one("account", FieldType::text, true), form.password("password", true),
            form.one("code", FieldType::text), form.one("cookie", FieldType::boolean)};
}

Fields factor_fields(std::string_view call, const Words& words) {
    const Form form(words);
    if (call == "offer_totp") return {form.password("password", true)};
    return {form.one("code", FieldType::text, true)};
}

Fields receipt_fields(const Words& words) {
    auto code = Form(words).one("receipt", FieldType::text, true);
    code.name = "code";
    return {std::move(code)};
}

Fields message_fields(const Words& words) {
    auto fields = receipt_fields(words);
    fields.push_back(Form(words).one("text", FieldType::text, true));
    fields.back().max_length = 2000;  // as the action has it
    return fields;
}

bool sees_people(const Account& account) { return ever(account.roles, Right::staff); }

bool may_change(const PeopleChange& change, const json::object& data, const Account& account,
                const engine::policy::Directory& directory) {
    // A swap is answered by the one who was asked; nobody agrees in another's name.
    if (change.call == "answer_swap") return asked(data, account, directory);
    if (ever(account.roles, change.right)) return true;
    if (change.oneself && change.hole == "account")
        return text_of(data, "account") == account.id.value;
    if (!change.oneself || account.person.empty()) return false;
    if (change.call == "ask_swap") return own_shift(data, account, directory);
    return text_of(data, "person") == account.person.value;
}

}  // namespace jinqiao::adapters::http
