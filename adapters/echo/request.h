#pragma once
#include <boost/json/value.hpp>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace jinqiao::adapters::echo {

using Parameters = std::vector<std::pair<std::string, std::string>>;

// A request as it came, taken apart.
struct Asked {
    std::string method;
    std::string path;                            // without what only steers us: /fault/…, /aliyun
    Parameters query;                            // decoded
    std::map<std::string, std::string> headers;  // names in lower case
    std::string body;

    std::string header(const std::string& name) const;   // empty: there is none
    std::string parameter(std::string_view name) const;  // of the query; empty: there is none
};

struct Reply {
    int status = 200;
    std::string body;
    std::string verdict = {};  // for the line about it: "ok, …" or what is wrong; no secrets
    std::string content_type = "application/json;charset=utf-8";
};

std::string lower(std::string text);
std::string percent_decoded(std::string_view text, bool plus_is_blank);
Parameters read_form(std::string_view text);  // a=1&b=%20
std::vector<std::string> split(std::string_view text, char at);

// Null where it is no JSON, or too deep.
boost::json::value read_json(const std::string& text);
const boost::json::value* at(const boost::json::value& value, std::string_view key);
std::string text_at(const boost::json::value& value, std::string_view key);
bool is_whole_number(std::string_view text);
// The number a text is, if it is one within these bounds; else the fallback.
int number_or(std::string_view text, int least, int most, int fallback);

// 138****0000, u****1: enough to recognise whom one has asked for.
std::string masked(std::string_view name);
// A stranger's words as they may stand in a line of a log.
std::string shown(std::string_view text, std::size_t most = 60);

}  // namespace jinqiao::adapters::echo
