#include "adapters/cli/backup/manifest.h"

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <sstream>

#include "adapters/cli/json_view.h"

namespace jinqiao::adapters::cli::backup {
namespace {

using engine::model::Error;
using engine::model::ErrorCode;
using engine::model::Result;

constexpr std::string_view format = "jinqiao-backup";
constexpr std::int64_t form = 1;
constexpr std::size_t hex_digits = 64;

std::uint64_t count_at(const boost::json::value& value, std::string_view path) {
    const auto* found = at(value, path);
    return found != nullptr && found->is_number() ? found->to_number<std::uint64_t>() : 0;
}

}  // namespace

std::string encode(const Manifest& manifest) {
    boost::json::object rows;
    for (const auto& [table, count] : manifest.rows) rows[table] = count;
    boost::json::array parts;
    for (const Part& part : manifest.parts)
        parts.push_back({{"name", part.name}, {"bytes", part.bytes}, {"sha256", part.sha256}});
    const boost::json::object object{
        {"format", format},
        {"form", form},
        {"program", manifest.program},
        {"schema", manifest.schema},
        {"at", engine::time::to_rfc3339(manifest.at, std::chrono::hours{8})},
        {"rows", std::move(rows)},
        {"history",
         {{"streams", manifest.streams}, {"rows", manifest.history}, {"breaks", manifest.breaks}}},
        {"kept_apart", boost::json::array(manifest.kept_apart.begin(), manifest.kept_apart.end())},
        {"parts", std::move(parts)}};
    // One key a line: people read this file.
    std::string text = "{\n";
    for (const auto& [name, value] : object)
        text += (text.size() > 2 ? ",\n  " : "  ") +
                boost::json::serialize(boost::json::string(name)) + ": " +
                boost::json::serialize(value);
    return text + "\n}\n";
}

Result<Manifest> decode_manifest(const std::string& text) {
    const Error none{ErrorCode::invalid, "not the manifest of a backup",
                     std::string(manifest_part)};
    boost::json::error_code broken;
    const auto value = boost::json::parse(text, broken);
    if (broken || text_at(value, "format") != format) return none;
    if (count_at(value, "form") != form)
        return Error{ErrorCode::invalid,
                     "made by a newer program (form " + text_at(value, "form") + ")",
                     std::string(manifest_part)};
    Manifest manifest;
    manifest.program = text_at(value, "program");
    manifest.schema = static_cast<int>(count_at(value, "schema"));
    const auto instant = engine::time::parse_rfc3339(text_at(value, "at"));
    const auto* rows = at(value, "rows");
    if (!instant || rows == nullptr || !rows->is_object()) return none;
    manifest.at = *instant;
    for (const auto& [table, count] : rows->get_object())
        manifest.rows.emplace_back(table, count.is_number() ? count.to_number<std::uint64_t>() : 0);
    manifest.streams = count_at(value, "history.streams");
    manifest.history = count_at(value, "history.rows");
    manifest.breaks = count_at(value, "history.breaks");
    for (const auto& name : list_at(value, "kept_apart"))
        if (name.is_string()) manifest.kept_apart.emplace_back(name.get_string());
    for (const auto& part : list_at(value, "parts"))
        manifest.parts.push_back(
            {text_at(part, "name"), count_at(part, "bytes"), text_at(part, "sha256")});
    return manifest;
}

std::string encode_sums(const std::vector<Part>& parts) {
    std::string text;
    for (const Part& part : parts) text += part.sha256 + "  " + part.name + "\n";
    return text;
}

std::map<std::string, std::string> decode_sums(const std::string& text) {
    std::map<std::string, std::string> sums;
    std::istringstream in(text);
    for (std::string line; std::getline(in, line);) {
        if (line.size() <= hex_digits + 2 || line.substr(hex_digits, 2) != "  ") return {};
        sums[line.substr(hex_digits + 2)] = line.substr(0, hex_digits);
    }
    return sums;
}

}  // namespace jinqiao::adapters::cli::backup
