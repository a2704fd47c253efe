#include "engine/runtime/sign_ins.h"

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

namespace jinqiao::engine::runtime {

namespace json = boost::json;
using model::Error;
using model::ErrorCode;

namespace {

std::string key_of(const model::AccountId& id) { return "sign_ins:" + id.value; }

SignIn decoded(const json::object& from) {
    return {time::from_ms(from.at("at_ms").to_number<std::int64_t>()),
            std::string(from.at("from").as_string()), std::string(from.at("outcome").as_string()),
            from.at("times").to_number<std::int64_t>()};
}

json::object encoded(const SignIn& entry) {
    return {{"at_ms", time::to_ms(entry.at)},
            {"from", entry.from},
            {"outcome", entry.outcome},
            {"times", entry.times}};
}

}  // namespace

model::Result<std::vector<SignIn>> sign_ins_of(ports::Reader& reader, const model::AccountId& id) {
    auto stored = reader.meta(key_of(id));
    if (!stored) return stored.error();
    std::vector<SignIn> out;
    if (!*stored) return out;
    try {
        const auto entries = json::parse(**stored);
        for (const auto& entry : entries.as_array()) out.push_back(decoded(entry.as_object()));
    } catch (const std::exception& broken) {
        return Error{ErrorCode::corrupt, broken.what(), key_of(id)};
    }
    return out;
}

model::Status note_sign_in(ports::Batch& batch, const model::AccountId& id, const SignIn& attempt) {
    auto known = sign_ins_of(batch, id);
    if (!known) return known.error();
    auto& all = *known;
    if (!all.empty() && all.back().from == attempt.from && all.back().outcome == attempt.outcome) {
        all.back().at = attempt.at;
        all.back().times += attempt.times;
    } else {
        all.push_back(attempt);
    }
    if (all.size() > sign_ins_kept) all.erase(all.begin());
    json::array out;
    for (const auto& entry : all) out.push_back(encoded(entry));
    return batch.put_meta(key_of(id), json::serialize(out));
}

}  // namespace jinqiao::engine::runtime
