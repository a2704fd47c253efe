#pragma once
#include <boost/json/value.hpp>
#include <string>
#include <string_view>

namespace jinqiao::adapters::cli {

// Looking into an answer that may be anything: what is not there, or of another type, is empty.
// A path goes down through objects: "owner.post".

const boost::json::value* at(const boost::json::value& value, std::string_view path);
std::string text_at(const boost::json::value& value, std::string_view path);  // numbers too
const boost::json::array& list_at(const boost::json::value& value, std::string_view path);

}  // namespace jinqiao::adapters::cli
