#pragma once
#include <boost/json/value.hpp>
#include <initializer_list>
#include <string>
#include <vector>

#include "adapters/cli/command.h"

namespace jinqiao::adapters::cli {

// Answers of the API as tables for people. Whatever is missing from an answer is left blank.
void show_receipt(const Context& context, const boost::json::value& kase);
void show_list(const Context& context, const boost::json::value& page);
void show_case(const Context& context, const boost::json::value& kase);
void show_document(const Context& context, const boost::json::value& document);
void show_actions(const Context& context, const boost::json::value& actions);
void show_history(const Context& context, const boost::json::value& page);
void show_notices(const Context& context, const boost::json::value& page);
void show_letters(const Context& context, const boost::json::value& page);
void show_migrated(const Context& context, const boost::json::value& answer);
void show_coverage(const Context& context, const boost::json::value& coverage);

// The heads of a table's columns: "due" is cli.head.due of the catalogue.
std::vector<std::string> headings(const Context& context, std::initializer_list<const char*> names);

}  // namespace jinqiao::adapters::cli
