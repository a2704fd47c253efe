#include "engine/runtime/enterprises.h"

#include "engine/runtime/canonical.h"
#include "engine/runtime/refuse.h"

namespace jinqiao::engine::runtime {

namespace {

bool is_ascii_space(char letter) { return letter == ' ' || (letter >= '\t' && letter <= '\r'); }

char lower(char letter) {
    return letter >= 'A' && letter <= 'Z' ? static_cast<char>(letter - 'A' + 'a') : letter;
}

// U+FF01..U+FF5E as UTF-8 (EF BC 81 .. EF BD 9E) to U+0021..U+007E; 0 for anything else.
char half_width(std::string_view three) {
    const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(three[i]); };
    if (byte(0) != 0xEF || (byte(1) != 0xBC && byte(1) != 0xBD)) return 0;
    const int code = 0xFF00 + (byte(1) == 0xBD ? 0x40 : 0) + (byte(2) - 0x80);
    return code >= 0xFF01 && code <= 0xFF5E ? static_cast<char>(code - 0xFF00 + 0x20) : char{0};
}

}  // namespace

std::string normalised(std::string_view text) {
    std::string out;
    out.reserve(text.size());
    for (std::size_t i = 0; i < text.size();) {
        const std::string_view three = text.substr(i, 3);
        if (three == "\u3000" || three == "\u200b" || three == "\ufeff") {
            i += 3;
        } else if (const char narrow = three.size() == 3 ? half_width(three) : char{0};
                   narrow != 0) {
            out += lower(narrow);
            i += 3;
        } else if (text.substr(i, 2) == "\u00a0") {
            i += 2;
        } else {
            if (!is_ascii_space(text[i])) out += lower(text[i]);
            ++i;
        }
    }
    return out;
}

std::string enterprise_key(std::string_view name, std::string_view address) {
    return normalised(name) + '\n' + normalised(address);
}

model::Result<std::optional<EnterpriseMatch>> match_enterprise(ports::Batch& batch, ports::Ids& ids,
                                                               const boost::json::object& payload,
                                                               time::Instant now) {
    if (const std::string id = text_of(payload, "id"); !id.empty()) {
        auto row = batch.find_enterprise(model::EnterpriseId{id});
        if (!row) return row.error();
        if (*row) return std::optional(EnterpriseMatch{**row, false});
    }
    const std::string uscc = text_of(payload, "uscc");
    const std::string name = text_of(payload, "name");
    if (uscc.empty() && normalised(name).empty()) return std::optional<EnterpriseMatch>{};

    if (!uscc.empty()) {
        auto row = batch.enterprise_by_uscc(uscc);
        if (!row) return row.error();
        if (*row) return std::optional(EnterpriseMatch{**row, false});
    }
    const std::string key = enterprise_key(name, text_of(payload, "address"));
    if (!normalised(name).empty()) {
        auto row = batch.enterprise_by_name_key(key);
        if (!row) return row.error();
        if (*row && (uscc.empty() || (*row)->uscc.empty())) {
            EnterpriseMatch match{**row, !uscc.empty()};
            if (!uscc.empty()) match.row.uscc = uscc;
            return std::optional(std::move(match));
        }
    }
    EnterpriseMatch fresh;
    fresh.row.id = model::EnterpriseId{ids.next(now)};
    fresh.row.uscc = uscc;
    fresh.row.name = name;
    fresh.row.name_key = key;
    fresh.row.body = canonical(payload);
    fresh.changed = true;
    return std::optional(std::move(fresh));
}

}  // namespace jinqiao::engine::runtime
