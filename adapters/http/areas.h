#pragma once
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "engine/model/text.h"

namespace jinqiao::adapters::http {

// A part of the zone, known by words that addresses in it have.
struct Area {
    std::string id;
    engine::model::Text name;
    std::vector<std::string> words;
};

// The first one of which a word stands in the address; null: none.
const Area* area_of(std::span<const Area> areas, std::string_view address);

}  // namespace jinqiao::adapters::http
