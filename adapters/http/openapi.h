#pragma once
#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <span>
#include <string_view>

#include "adapters/http/lens.h"
#include "adapters/http/route.h"
#include "adapters/http/settings.h"

namespace jinqiao::adapters::http {

// The OpenAPI 3.1 document: paths from the table of routes, payloads from the actions of the
// workflow that alerts are filed into, texts in the reader's language. Each action is a path of its
// own, so that its payload stands beside it.
boost::json::object openapi_document(std::span<const Route> routes, const Lens& lens,
                                     const engine::kernel::Workflow* workflow,
                                     const HttpSettings& settings);

// Schemas of the answers: components/schemas; those for supervisors and administrators, among all.
boost::json::object answer_schemas();
boost::json::object office_schemas();
void add_report_schemas(boost::json::object& schemas);
boost::json::object filer_schemas();  // openapi_filers.cc

// What a call takes beside its body. `path`: with the names of its holes in braces.
boost::json::array parameters_of(std::string_view path, const Route& route, const Lens& lens);

// Stands for the one of this name.
boost::json::object schema_ref(std::string_view name);

}  // namespace jinqiao::adapters::http
