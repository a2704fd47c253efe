#pragma once
#include <optional>
#include <string>
#include <string_view>

namespace jinqiao::adapters::http {

// The file name of a Content-Disposition field (RFC 6266): filename* in UTF-8 before filename;
// empty if it names none. No value: the field is malformed.
std::optional<std::string> file_name_of(std::string_view field);

// A name that can stand in lists and be saved by anybody: the last part of a path, without control
// characters and marks that turn the reading direction round, of 150 characters at most, ending as
// files of this kind do (`extension`, ".pdf"). No value: it is not UTF-8. What is left with nothing
// is "file".
std::optional<std::string> tidy_file_name(std::string_view name, std::string_view extension);

// The field that saves under this name: quoted ASCII for old programs, UTF-8 for all others.
std::string attachment(std::string_view name);

}  // namespace jinqiao::adapters::http
