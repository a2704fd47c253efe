#include "adapters/cli/replay/made_up.h"

#include <algorithm>

#include "adapters/cli/replay/draw.h"

namespace jinqiao::adapters::cli::replay {
namespace {

boost::json::value value_for(std::string_view name, std::uint64_t seed,
                             const std::string& noticed_at, std::int64_t workers) {
    Draw draw(seed, name);
    const std::int64_t people = std::max<std::int64_t>(workers, 1);
    if (name == "staff") return people * draw.between(2, 12) + 5;
    if (name == "workers_involved") return draw.between(5, 60);
    if (name == "workers_present") return people;
    if (name == "uscc") return boost::json::string(credit_code(seed));
    if (name == "name") return boost::json::string("企业" + std::to_string(seed % 100'000));
    if (name == "address" || name == "place") return "园区一号路";
    if (name == "industry") return "其他";
    if (name == "cause") return "other";
    if (name == "started_at" || name == "noticed_at") return boost::json::string(noticed_at);
    if (name == "demands") return boost::json::array{"other"};
    if (name == "behaviours") return boost::json::array{"talk"};
    if (name == "arrears_months") return draw.between(1, 3);
    if (name == "amount") return people * draw.between(200'000, 900'000);
    if (name == "on_site") return true;
    if (name == "role") return "企业工会主席";
    if (name == "organisation") return "企业工会";
    if (name == "phone") return "000-00000000";
    return nullptr;
}

}  // namespace

void find_out(boost::json::object& payload, const std::string& path, std::uint64_t seed,
              const std::string& noticed_at, std::int64_t workers) {
    const auto dot = path.find('.');
    const std::string leaf = dot == std::string::npos ? path : path.substr(dot + 1);
    auto value = value_for(leaf, seed, noticed_at, workers);
    if (value.is_null()) return;
    if (dot == std::string::npos) {
        payload[leaf] = std::move(value);
        return;
    }
    auto& group = payload[path.substr(0, dot)];
    if (!group.is_object()) group = boost::json::object{};
    group.get_object()[leaf] = std::move(value);
}

std::string credit_code(std::uint64_t seed) {
    static constexpr std::string_view alphabet = "0123456789ABCDEFGHJKLMNPQRTUWXY";
    Draw draw(seed, "uscc");
    std::string code = "91310115";
    while (code.size() < 17) code += alphabet[static_cast<std::size_t>(draw.between(0, 30))];
    int sum = 0;
    int weight = 1;  // 3 to the i-th, modulo 31
    for (const char c : code) {
        sum += weight * static_cast<int>(alphabet.find(c));
        weight = weight * 3 % 31;
    }
    return code + alphabet[static_cast<std::size_t>((31 - sum % 31) % 31)];
}

boost::json::object body_of(const Look& look) {
    if (look.params.bodies.empty()) return {};
    const auto pick = Draw(look.intent.seed, "body")
                          .between(0, static_cast<std::int64_t>(look.params.bodies.size()) - 1);
    const auto& body = look.params.bodies[static_cast<std::size_t>(pick)];
    return {{"mediator_kind", body.mediator_kind}, {"body", body.any_name ? body.name : body.id}};
}

}  // namespace jinqiao::adapters::cli::replay
