#pragma once
#include <string>
#include <string_view>
#include <vector>

namespace jinqiao::adapters::http {

using CsvLine = std::vector<std::string>;

// What a CSV file begins with, so that spreadsheets read the Chinese: UTF-8's byte order mark.
inline constexpr std::string_view csv_mark = "\xEF\xBB\xBF";

// One line as in RFC 4180, every value in quotes. What a spreadsheet would take for a formula gets
// an apostrophe.
void append_csv(std::string& out, const CsvLine& line);

}  // namespace jinqiao::adapters::http
