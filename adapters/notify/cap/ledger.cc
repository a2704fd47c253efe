#include "adapters/notify/cap/ledger.h"

#include <algorithm>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <cerrno>
#include <fstream>
#include <vector>

#include "adapters/notify/body.h"
#include "adapters/notify/durable.h"
#include "adapters/notify/safe_name.h"

namespace jinqiao::adapters::notify::cap {
namespace {

namespace fs = std::filesystem;
namespace json = boost::json;

struct Made {
    std::string reference;  // of the message itself
    Relation relation;
    bool delivered = false;
};

struct Read {
    std::vector<Made> messages;
    bool readable = true;
};

// A line that a power cut left half is passed over.
Read read(const fs::path& file) {
    Read result;
    std::error_code error;
    if (!fs::exists(file, error)) return {{}, !error};
    std::ifstream in(file);
    for (std::string line; std::getline(in, line);) {
        json::error_code bad;
        const json::value parsed = json::parse(line, bad);
        if (bad || !parsed.is_object()) continue;
        const json::object& entry = parsed.as_object();
        const std::string reference = body_text(entry, "message");
        const std::string state = body_text(entry, "state");
        const auto known = std::find_if(result.messages.begin(), result.messages.end(),
                                        [&](const Made& m) { return m.reference == reference; });
        if (state == "made" && known == result.messages.end())
            result.messages.push_back(
                {reference, {body_text(entry, "type"), body_text(entry, "references")}});
        if (state == "delivered" && known != result.messages.end()) known->delivered = true;
    }
    result.readable = in.eof() && !in.bad();
    return result;
}

// A reference as one of a list.
bool names(const std::string& references, const std::string& one) {
    return (" " + references + " ").find(" " + one + " ") != std::string::npos;
}

std::string in_force(const std::vector<Made>& messages) {
    std::string result;
    for (const Made& each : messages) {
        const bool replaced = std::any_of(messages.begin(), messages.end(), [&](const Made& other) {
            return other.delivered && names(other.relation.references, each.reference);
        });
        if (!each.delivered || replaced || each.relation.type == "Cancel") continue;
        result.append(result.empty() ? "" : " ").append(each.reference);
    }
    return result;
}

int append(const fs::path& file, const json::object& entry) {
    return append_line(file, json::serialize(entry));
}

}  // namespace

std::optional<fs::path> Ledger::file_of(const engine::ports::Transmission& transmission) const {
    if (body_text(transmission.body, "number").empty()) return std::nullopt;
    return folder_ / safe_name(transmission.channel) / safe_name(transmission.address) /
           safe_name(body_text(transmission.body, "case"));
}

Ledger::Answer Ledger::relate(const engine::ports::Transmission& transmission, const Issuer& issuer,
                              bool cancels) const {
    const auto file = file_of(transmission);
    if (!file) return {};
    const Read before = read(*file);
    if (!before.readable) return {{}, EIO};
    const std::string own = reference(transmission, issuer);
    for (const Made& each : before.messages)
        if (each.reference == own) return {each.relation, 0};
    Relation relation;
    relation.references = in_force(before.messages);
    // What nobody was told of cannot be taken back: then the end of it is news.
    if (!relation.references.empty()) relation.type = cancels ? "Cancel" : "Update";
    const int fault = append(*file, {{"message", own},
                                     {"state", "made"},
                                     {"type", relation.type},
                                     {"references", relation.references}});
    return {relation, fault};
}

int Ledger::delivered(const engine::ports::Transmission& transmission) const {
    const auto file = file_of(transmission);
    if (!file) return 0;
    const Read before = read(*file);
    const std::string id = "," + identifier(transmission) + ",";
    for (const Made& each : before.messages)
        if (each.reference.find(id) != std::string::npos)
            return each.delivered
                       ? 0
                       : append(*file, {{"message", each.reference}, {"state", "delivered"}});
    return before.readable ? 0 : EIO;
}

}  // namespace jinqiao::adapters::notify::cap
