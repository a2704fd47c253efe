#pragma once
#include <string>

#include "adapters/notify/http/template.h"

namespace jinqiao::adapters::notify::http {

// Why this body would not be what its format says once somebody's words stand in it; empty: it
// would. It is filled in with nothing, with harmless and with hostile words. `known` are the names
// a template may use, each with any value.
std::string format_fault(const Template& body, Escape format, const Values& known);

// Whether a body that is JSON is an object with something in it.
bool is_filled_object(const Template& body, const Values& known);

// Why a text is not XML: a tag that is not closed, an attribute without quotation marks. Knows
// enough for a request, no more: declarations and comments are passed over.
std::string xml_fault(std::string_view text);

}  // namespace jinqiao::adapters::notify::http
