#include "adapters/cli/replay/words.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <span>

namespace jinqiao::adapters::cli::replay {
namespace {

struct MatterLine {
    std::string_view part;
    Matter matter;
};

constexpr std::array<MatterLine, 24> clb_matters{{
    {"wage arrears", {"wage_arrears", "pay_arrears"}},
    {"relocation or closure", {"closure", "compensation"}},
    {"layoffs", {"layoff", "keep_job"}},
    {"restructure", {"restructuring", "transfer_terms"}},
    {"merger", {"merger_sale", "transfer_terms"}},
    {"ownership", {"merger_sale", "transfer_terms"}},
    {"social security", {"social_insurance", "insurance_backpay"}},
    {"pension", {"social_insurance", "insurance_backpay"}},
    {"housing fund", {"social_insurance", "insurance_backpay"}},
    {"insurance", {"social_insurance", "insurance_backpay"}},
    {"compensation", {"contract_change", "compensation"}},
    {"pay increase", {"welfare", "other"}},
    {"bonus", {"pay_cut", "year_end_bonus"}},
    {"work conditions", {"injury_safety", "other"}},
    {"injur", {"injury_safety", "injury_payment"}},
    {"management supervision", {"management_conduct", "management_change"}},
    {"trade union", {"election_union", "other"}},
    {"equal pay", {"agency_work", "other"}},
    {"same pay", {"agency_work", "other"}},
    {"equal work", {"agency_work", "other"}},
    {"subsid", {"welfare", "other"}},
    {"contract", {"contract_change", "transfer_terms"}},
    {"wage", {"pay_cut", "other"}},
    {"欠薪", {"wage_arrears", "pay_arrears"}},
}};

constexpr std::array<MatterLine, 22> lat_matters{{
    {"withhold", {"pay_cut", "pay_arrears"}},
    {"payroll", {"wage_arrears", "pay_arrears"}},
    {"wages and benefits on time", {"wage_arrears", "pay_arrears"}},
    {"layoff", {"layoff", "keep_job"}},
    {"job security", {"layoff", "keep_job"}},
    {"closure", {"closure", "keep_job"}},
    {"closing", {"closure", "keep_job"}},
    {"first contract", {"contract_change", "other"}},
    {"retaliation", {"election_union", "other"}},
    {"reinstate", {"management_conduct", "keep_job"}},
    {"union recognition", {"election_union", "other"}},
    {"hostile", {"management_conduct", "management_change"}},
    {"harassment", {"management_conduct", "management_change"}},
    {"racial", {"management_conduct", "management_change"}},
    {"health and safety", {"injury_safety", "other"}},
    {"covid", {"injury_safety", "other"}},
    {"scheduling", {"overtime_leave", "other"}},
    {"overtime", {"overtime_leave", "overtime_pay"}},
    {"staffing", {"contract_change", "other"}},
    {"retirement", {"welfare", "other"}},
    {"healthcare", {"welfare", "other"}},
    {"pay", {"welfare", "other"}},
}};

struct WordLine {
    std::string_view part, code;
};

constexpr std::array<WordLine, 24> behaviours{{
    {"block road", "road_block"},
    {"jump", "self_harm_threat"},
    {"hunger strike", "self_harm_threat"},
    {"crane", "self_harm_threat"},
    {"跳楼", "self_harm_threat"},
    {"塔吊", "self_harm_threat"},
    {"surround", "detention_of_person"},
    {"trap", "detention_of_person"},
    {"cut power", "damage"},
    {"burn", "damage"},
    {"焚烧", "damage"},
    {"fight", "violence"},
    {"petition", "petition"},
    {"上访", "petition"},
    {"请愿", "petition"},
    {"block", "gate_block"},
    {"sit-in", "gathering_inside"},
    {"protest", "gathering_public"},
    {"demonstration", "gathering_public"},
    {"strike", "stoppage"},
    {"stoppage", "stoppage"},
    {"slow", "slow_down"},
    {"online", "online_posts"},
    {"letter", "collective_letter"},
}};

constexpr std::array<WordLine, 5> ownerships{{
    {"private", "private"},
    {"state-owned", "state"},
    {"foreign-owned", "foreign"},
    {"hong kong", "hmt"},
    {"joint venture", "joint"},
}};

Matter matter(std::span<const MatterLine> lines, std::string_view demand) {
    const std::string text = lower(demand);
    for (const MatterLine& line : lines)
        if (text.find(line.part) != std::string::npos) return line.matter;
    return {"other", "other"};
}

std::string_view word(std::span<const WordLine> lines, std::string_view text,
                      std::string_view fallback) {
    const std::string small = lower(text);
    for (const WordLine& line : lines)
        if (small.find(line.part) != std::string::npos) return line.code;
    return fallback;
}

}  // namespace

std::string lower(std::string_view text) {
    std::string result(text);
    std::transform(result.begin(), result.end(), result.begin(), [](unsigned char c) {
        return c < 0x80 ? static_cast<char>(std::tolower(c)) : static_cast<char>(c);
    });
    return result;
}

std::vector<std::string> parts(std::string_view joined) {
    std::vector<std::string> result;
    while (!joined.empty()) {
        const auto end = std::min(joined.find(';'), joined.size());
        std::string_view part = joined.substr(0, end);
        joined.remove_prefix(std::min(end + 1, joined.size()));
        const auto from = part.find_first_not_of(" \t,");
        if (from == std::string_view::npos) continue;
        part = part.substr(from, part.find_last_not_of(" \t,") - from + 1);
        result.emplace_back(part);
    }
    return result;
}

Matter clb_matter(std::string_view demand) {
    if (lower(demand) == "ot") return {"overtime_leave", "overtime_pay"};
    return matter(clb_matters, demand);
}

Matter lat_matter(std::string_view demand) { return matter(lat_matters, demand); }

std::string_view behaviour(std::string_view action) { return word(behaviours, action, "talk"); }

std::string_view ownership(std::string_view employer_type) {
    return word(ownerships, employer_type, {});
}

}  // namespace jinqiao::adapters::cli::replay
