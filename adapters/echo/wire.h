#pragma once
#include <boost/beast/http/message.hpp>
#include <boost/beast/http/string_body.hpp>
#include <optional>
#include <string>

#include "adapters/echo/fault.h"
#include "adapters/echo/request.h"
#include "engine/model/result.h"

namespace jinqiao::adapters::echo {

Asked taken_apart(const boost::beast::http::request<boost::beast::http::string_body>& request);

// The fault of a path /fault/WORDS/…, which is taken off; none if there is no such beginning.
engine::model::Result<std::optional<Fault>> fault_of_path(Asked& asked);

// The answer as it goes over the wire.
std::string on_the_wire(const Reply& reply, const std::optional<int>& retry_after_s, bool keep);

}  // namespace jinqiao::adapters::echo
