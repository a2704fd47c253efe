#include "adapters/http/areas.h"

#include <algorithm>

namespace jinqiao::adapters::http {

const Area* area_of(std::span<const Area> areas, std::string_view address) {
    const auto found = std::find_if(areas.begin(), areas.end(), [&](const Area& area) {
        return std::any_of(area.words.begin(), area.words.end(), [&](const std::string& word) {
            return address.find(word) != std::string_view::npos;
        });
    });
    return found == areas.end() ? nullptr : &*found;
}

}  // namespace jinqiao::adapters::http
