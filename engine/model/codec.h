#pragma once
#include <string>
#include <string_view>

#include "engine/model/kase.h"
#include "engine/model/result.h"

namespace jinqiao::engine::model {

// The stored form of a case, compact JSON; times are UTC milliseconds and their names end in _ms.
// decode(encode(x)) == encode-equal to x (I29). A text that does not fit is an Error{corrupt}.
std::string encode(const Case& kase);
Result<Case> decode_case(std::string_view text);

}  // namespace jinqiao::engine::model
