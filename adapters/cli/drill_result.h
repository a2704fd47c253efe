#pragma once
#include <boost/json/object.hpp>
#include <boost/json/value.hpp>
#include <string>
#include <vector>

#include "adapters/cli/command.h"

namespace jinqiao::adapters::cli {

// What came of telling one addressee, all ways and repetitions together. Times as the API gives
// them; empty: it has not happened.
struct Told {
    std::string addressee;  // as the API names it: "department:hrss"
    std::string name;
    std::vector<std::string> channels;  // by which it was told, in order
    std::string told_at, delivered_at, signed_at;
    bool owes_signature = false;
    std::string failure;  // of the last attempt, while nothing has been delivered
    bool reached() const { return !delivered_at.empty() || !signed_at.empty(); }
    bool settled() const { return reached() && (!owes_signature || !signed_at.empty()); }
};

// From the answers of GET /cases/{id} and GET /cases/{id}/notices. Whoever was not reached stands
// first.
std::vector<Told> told_of(const boost::json::value& kase, const boost::json::value& notices);

void show_told(const Context& context, const std::vector<Told>& told);
boost::json::object told_json(const std::vector<Told>& told);

}  // namespace jinqiao::adapters::cli
