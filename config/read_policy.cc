#include "config/read_policy.h"

#include <openssl/evp.h>

#include <array>
#include <boost/json/object.hpp>
#include <boost/json/parse.hpp>

#include "config/load.h"

namespace jinqiao::config {

namespace json = boost::json;
using engine::model::Error;
using engine::model::ErrorCode;
using engine::model::Result;
using engine::policy::Policy;

std::string content_hash(std::string_view text) {
    std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
    unsigned int length = 0;
    if (EVP_Digest(text.data(), text.size(), digest.data(), &length, EVP_sha256(), nullptr) != 1)
        return {};
    static constexpr std::string_view hex = "0123456789abcdef";
    std::string out;
    for (unsigned int i = 0; i < length; ++i) {
        out += hex[digest[i] >> 4U];
        out += hex[digest[i] & 15U];
    }
    return out;
}

Policy read_policy(const PolicyTrees& trees, Faults& faults) {
    Policy policy;
    read_workflow(trees.workflow, policy, faults);
    policy.grading = read_grading(trees.grading, faults);
    policy.routing = read_routing(trees.routing, faults);
    policy.ladders = read_ladders(trees.ladders, faults);
    json::object text;
    text["workflow"] = to_json(trees.workflow);
    text["grading"] = to_json(trees.grading);
    text["routing"] = to_json(trees.routing);
    text["ladders"] = to_json(trees.ladders);
    policy.text = canonical(text);
    policy.id = engine::model::PolicyId(content_hash(policy.text));
    return policy;
}

Result<std::shared_ptr<const Policy>> read_policy(const std::string& text) {
    const auto corrupt = [](std::string what, std::string where) {
        return Error{ErrorCode::corrupt, std::move(what), std::move(where)};
    };
    boost::system::error_code error;
    const json::value value = json::parse(text, error);
    if (error || !value.is_object()) return corrupt("a stored policy is no JSON object", {});
    const Tree root = tree_of(value);
    for (const std::string_view part : {"workflow", "grading", "routing", "ladders"})
        if (root.find(part) == nullptr)
            return corrupt("a stored policy lacks a part", std::string(part));
    Faults faults;
    auto policy =
        std::make_shared<Policy>(read_policy({*root.find("workflow"), *root.find("grading"),
                                              *root.find("routing"), *root.find("ladders")},
                                             faults));
    for (const Fault& fault : faults)
        if (!fault.warning)
            return corrupt("a stored policy does not fit: " + fault.expected.code, fault.path);
    return std::shared_ptr<const Policy>(std::move(policy));
}

}  // namespace jinqiao::config
