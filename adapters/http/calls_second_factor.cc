// The second factor of signing in: one-time passwords by time. Made by whoever proves that they
// know the password, in force once a code of it was shown; another administrator takes it away when
// a telephone is lost and the codes for recovery with it.
#include <spdlog/spdlog.h>

#include <algorithm>
#include <boost/json/array.hpp>
#include <boost/json/serialize.hpp>

#include "adapters/http/api.h"
#include "adapters/http/json_text.h"
#include "adapters/http/passwords.h"
#include "adapters/http/people_changes.h"
#include "adapters/http/totp.h"
#include "engine/kernel/payload.h"

namespace jinqiao::adapters::http {

namespace json = boost::json;
namespace runtime = engine::runtime;

namespace {

// The answer of a change that was made, with what is shown this once.
void show_once(Deed& deed, int status, json::object body) {
    deed.finish = [status, body = std::move(body),
                   finish = std::move(deed.finish)](runtime::Answer answer) {
        const bool made = std::holds_alternative<runtime::Accepted>(answer);
        auto response = finish(std::move(answer));
        if (!made) return response;
        response.status = status;
        response.body = json::serialize(body);
        return response;
    };
}

runtime::DirectoryChange change_of(const Call& call, std::string kind, std::string secret) {
    runtime::DirectoryChange change;
    change.kind = std::move(kind);
    change.data["account"] = call.account().id.value;
    change.actor = call.account().actor();
    change.secret = std::move(secret);
    return change;
}

}  // namespace

bool Api::take_code(const engine::ports::AccountRow& row, const std::string& code,
                    engine::time::Instant now, json::object& data) const {
    const auto factor = factor_of(row);
    if (!factor) return false;
    if (const auto secret = unseal(settings_.link_key, row.id.value, factor->sealed)) {
        if (const auto step = totp_step(*secret, code, now, factor->step)) {
            data["step"] = *step;
            return true;
        }
    } else {
        spdlog::error(
            "http: the second factor of {} was sealed by another key: is DATA/keys the "
            "folder that belongs to this database?",
            row.id.value);
    }
    const auto hash = recovery_hash(row.id.value, code);
    if (std::find(factor->recovery.begin(), factor->recovery.end(), hash) == factor->recovery.end())
        return false;
    data["recovery"] = hash;
    return true;
}

// A session that somebody left open is not enough: the password is asked for again.
Reply Api::offer_totp(Call& call) {
    auto payload = body(call);
    if (!payload) return answered(payload.problem(), call.lens);
    auto faults = engine::kernel::validate(factor_fields(call.route->name, *parts_.words), *payload,
                                           call.lens.now);
    if (!faults.empty()) return answered(unfit(std::move(faults)), call.lens);
    const auto id = call.account().id;
    auto row = call.reader->find_account(id);
    if (!row) return answered(failed(row.error()), call.lens);
    if (!*row) return answered(Problem::of(404, "not_found"), call.lens);
    if (auto wait = failures_of_.take(id.value)) return answered(too_many(*wait), call.lens);
    auto right = std::make_shared<bool>(false);
    return Chore{
        [right, hash = password_hash_of(**row), said = text_of(*payload, "password")] {
            *right = check_password(hash, said);
        },
        [this, right, id, later = std::make_shared<Call>(call)]() -> Reply {
            if (!*right) return answered(Problem::of(403, "wrong_password"), later->lens);
            failures_of_.give_back(id.value);
            const auto secret = totp_secret();
            auto deed = submit_change(
                *later,
                change_of(*later, "offer_totp", seal(settings_.link_key, id.value, secret)));
            const auto& issuer = settings_.zone_name.empty() ? "Jinqiao" : settings_.zone_name;
            show_once(deed, 201,
                      {{"done", "offer_totp"},
                       {"secret", base32(secret)},
                       {"uri", otpauth_uri(issuer, id.value, secret)}});
            return deed;
        }};
}

Reply Api::confirm_totp(Call& call) {
    auto payload = body(call);
    if (!payload) return answered(payload.problem(), call.lens);
    auto faults = engine::kernel::validate(factor_fields(call.route->name, *parts_.words), *payload,
                                           call.lens.now);
    if (!faults.empty()) return answered(unfit(std::move(faults)), call.lens);
    const auto& id = call.account().id;
    auto row = call.reader->find_account(id);
    if (!row) return answered(failed(row.error()), call.lens);
    const auto sealed = *row ? offered_factor(**row) : std::string();
    const auto secret = unseal(settings_.link_key, id.value, sealed);
    if (!secret) return answered(Problem::of(409, "nothing_to_confirm"), call.lens);
    if (auto wait = failures_of_.take(id.value)) return answered(too_many(*wait), call.lens);
    const auto step = totp_step(*secret, text_of(*payload, "code"), call.lens.now, 0);
    if (!step) return answered(Problem::of(403, "wrong_code"), call.lens);
    failures_of_.give_back(id.value);
    const auto codes = recovery_codes();
    std::string hashes;
    for (const auto& code : codes) hashes += recovery_hash(id.value, code) + " ";
    auto change = change_of(call, "confirm_totp", std::move(hashes));
    change.data["offered"] = sealed;
    change.data["step"] = *step;
    auto deed = submit_change(call, std::move(change));
    show_once(
        deed, 200,
        {{"done", "confirm_totp"}, {"recovery_codes", json::array(codes.begin(), codes.end())}});
    return deed;
}

// Nobody's own: whoever finds an administrator's session open must not make it last so.
Reply Api::drop_totp(Call& call) {
    if (call.args[0] == call.account().id.value)
        return answered(Problem::of(403, "forbidden"), call.lens);
    return change_people(call);
}

}  // namespace jinqiao::adapters::http
