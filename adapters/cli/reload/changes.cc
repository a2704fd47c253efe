#include "adapters/cli/reload/changes.h"

#include <map>

namespace jinqiao::adapters::cli {

namespace json = boost::json;
using config::Effective;

namespace {

template <class Map, class Row>
json::array compared(const Map& before, const Map& after, const Row& row) {
    const typename Map::mapped_type* none = nullptr;
    json::array out;
    auto was = before.begin();
    auto is = after.begin();
    while (was != before.end() || is != after.end()) {
        const bool gone = is == after.end() || (was != before.end() && was->first < is->first);
        const bool fresh = !gone && (was == before.end() || is->first < was->first);
        if (gone) {
            out.push_back(row(was->first, "removed", &was->second, none));
            ++was;
        } else if (fresh) {
            out.push_back(row(is->first, "added", none, &is->second));
            ++is;
        } else {
            if (was->second != is->second)
                out.push_back(row(is->first, "changed", &was->second, &is->second));
            ++was;
            ++is;
        }
    }
    return out;
}

using Values = std::map<std::string, std::pair<Effective::Origin, std::string>>;

Values by_key(const std::vector<Effective>& effective) {
    Values out;
    for (const auto& value : effective) {
        // A default that is now written down, or no longer, changes nothing.
        const bool secret = value.origin == Effective::Origin::secret;
        out[value.key] = {secret ? Effective::Origin::secret : Effective::Origin::file,
                          value.value};
    }
    return out;
}

}  // namespace

json::array changed_files(const ConfigurationFiles& before, const ConfigurationFiles& after) {
    return compared(before, after,
                    [](const std::string& name, const char* change, const auto*, const auto*) {
                        return json::object{{"file", name}, {"change", change}};
                    });
}

json::array changed_values(const std::vector<Effective>& before,
                           const std::vector<Effective>& after) {
    const auto shown = [](const Values::mapped_type* value) {
        return value == nullptr ? json::value(nullptr) : json::value(value->second);
    };
    return compared(
        by_key(before), by_key(after),
        [&](const std::string& key, const char* change, const auto* was, const auto* is) {
            return json::object{
                {"key", key}, {"change", change}, {"before", shown(was)}, {"after", shown(is)}};
        });
}

config::Faults within(const std::filesystem::path& folder, config::Faults faults) {
    for (auto& fault : faults) {
        const auto name = std::filesystem::path(fault.file).lexically_relative(folder);
        if (!name.empty() && *name.begin() != "..") fault.file = name.generic_string();
    }
    return faults;
}

}  // namespace jinqiao::adapters::cli
