#pragma once
#include <optional>
#include <string_view>

#include "engine/model/text.h"

namespace jinqiao::adapters::http {

// What an Accept-Language field asks for, of the two languages there are (RFC 9110, 12.5.4):
// quality first, then order. Empty if it names neither, "*" included.
std::optional<engine::model::Language> accepted_language(std::string_view field);

// "zh-CN" or "en": for Content-Language and lang="".
std::string_view tag(engine::model::Language language);

}  // namespace jinqiao::adapters::http
