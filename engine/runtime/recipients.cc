#include "engine/runtime/recipients.h"

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

namespace jinqiao::engine::runtime {

namespace json = boost::json;
using Kind = ports::Outcome::Kind;

std::string_view spelling(Kind kind) {
    switch (kind) {
        case Kind::delivered:
            return "delivered";
        case Kind::rejected:
            return "rejected";
        case Kind::retry:
            return "retry";
        case Kind::unknown:
            return "unknown";
    }
    return "unknown";
}

std::string encode(const std::vector<ports::Outcome::Recipient>& recipients) {
    if (recipients.empty()) return {};
    json::array list;
    for (const auto& each : recipients)
        list.push_back(json::object{{"name", each.name},
                                    {"outcome", spelling(each.kind)},
                                    {"code", each.code},
                                    {"provider_id", each.provider_id}});
    return json::serialize(list);
}

void settle(const std::string& recipients, std::vector<std::string>& settled) {
    if (recipients.empty()) return;
    json::error_code failed;
    const json::value list = json::parse(recipients, failed);
    if (failed || !list.is_array()) return;
    for (const auto& each : list.get_array()) {
        const auto* entry = each.if_object();
        const auto* name = entry == nullptr ? nullptr : entry->if_contains("name");
        const auto* outcome = entry == nullptr ? nullptr : entry->if_contains("outcome");
        if (name == nullptr || outcome == nullptr || !name->is_string()) continue;
        if (*outcome == "delivered" || *outcome == "rejected")
            settled.emplace_back(name->get_string());
    }
}

}  // namespace jinqiao::engine::runtime
