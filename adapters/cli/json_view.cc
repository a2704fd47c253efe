#include "adapters/cli/json_view.h"

#include <algorithm>
#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>

namespace jinqiao::adapters::cli {

const boost::json::value* at(const boost::json::value& value, std::string_view path) {
    const boost::json::value* here = &value;
    while (!path.empty()) {
        const auto dot = std::min(path.find('.'), path.size());
        if (!here->is_object()) return nullptr;
        here = here->get_object().if_contains(path.substr(0, dot));
        if (here == nullptr) return nullptr;
        path.remove_prefix(std::min(dot + 1, path.size()));
    }
    return here;
}

std::string text_at(const boost::json::value& value, std::string_view path) {
    const auto* found = at(value, path);
    if (found == nullptr || found->is_null() || found->is_object() || found->is_array()) return {};
    if (found->is_string()) return std::string(found->get_string());
    return boost::json::serialize(*found);
}

const boost::json::array& list_at(const boost::json::value& value, std::string_view path) {
    static const boost::json::array nothing;
    const auto* found = at(value, path);
    return found != nullptr && found->is_array() ? found->get_array() : nothing;
}

}  // namespace jinqiao::adapters::cli
