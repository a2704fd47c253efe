// What the calls take in their address and in headers.
#include <algorithm>
#include <vector>

#include "adapters/http/openapi.h"

namespace jinqiao::adapters::http {

namespace json = boost::json;

namespace {

struct Taken {
    std::string_view call;
    std::vector<std::string_view> in_query;
};

const std::vector<Taken>& taken() {
    static const std::vector<Taken> all{
        {"list_cases",
         {"state", "stage", "grade", "owner", "overdue", "open", "exercise", "q", "sort", "cursor",
          "limit"}},
        {"board", {"exercise"}},
        {"board_late", {"exercise", "open", "grade", "stage", "cursor", "limit"}},
        {"board_enterprises", {"exercise", "area", "limit"}},
        {"requests", {"state"}},
        {"add_document", {"name"}},
        {"list_documents", {"case"}},
        {"get_document", {"case"}},
        {"ledger", {"format"}},
        {"find_enterprises", {"q"}},
        {"duty", {"from", "until", "post"}},
        {"coverage", {"at"}},
        {"preview",
         {"cause", "workers", "staff", "ownership", "behaviour", "at", "days", "taken_after"}},
        {"report", {"from", "to", "format"}},
        {"calendars", {"year"}},
        {"calendar", {"lang"}},
        {"show_sign_page", {"lang"}},
        {"sign_by_link", {"lang"}},
        {"audit_trail", {"cursor", "limit", "who", "what", "stream", "from", "to"}},
        {"list_sign_ins", {"account"}},
        {"begin_oidc", {"then"}},
        {"end_oidc", {"code", "error", "iss", "state"}},
    };
    return all;
}

// The same word may mean another thing to another call.
std::string described(std::string_view call, std::string_view name, const Lens& lens) {
    const auto own = "parameter." + std::string(call) + "." + std::string(name);
    return lens.say(lens.words->has(own) ? own : "parameter." + std::string(name));
}

}  // namespace

json::array parameters_of(std::string_view path, const Route& route, const Lens& lens) {
    json::array out;
    const auto add = [&](std::string_view name, std::string_view in) {
        json::object schema{{"type", "string"}};
        if (name == "limit") schema = {{"type", "integer"}, {"minimum", 1}};
        out.push_back(json::object{{"name", name},
                                   {"in", in},
                                   {"required", in == "path"},
                                   {"schema", std::move(schema)},
                                   {"description", described(route.name, name, lens)}});
    };
    for (const auto segment : segments_of(path))
        if (segment.starts_with('{')) add(segment.substr(1, segment.find('}') - 1), "path");
    const auto found = std::find_if(taken().begin(), taken().end(),
                                    [&](const Taken& one) { return one.call == route.name; });
    if (found != taken().end())
        for (const auto name : found->in_query) add(name, "query");
    if (route.name == "add_document") add("Content-Disposition", "header");
    if (route.name == "calendar") add("If-None-Match", "header");
    const bool repeats = route.name == "file_anonymously" || route.name == "write_anonymously";
    if (route.method == "POST" &&
        ((route.access == Access::account && route.secrets == Secrets::none) || repeats))
        add("Idempotency-Key", "header");
    if (route.name == "act") add("If-Match", "header");
    return out;
}

}  // namespace jinqiao::adapters::http
