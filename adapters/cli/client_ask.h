#pragma once
#include <boost/json/value.hpp>
#include <string>

#include "adapters/cli/api_client.h"
#include "adapters/cli/command.h"

namespace jinqiao::adapters::cli {

// What is sent, once a person at the terminal has said so. Without a terminal: Error{invalid}.
// Error{conflict}: given up, nothing was sent.
struct Asked {
    std::string body;
    std::string if_match;  // the version of the case that was looked at; empty: a new one
};

// An alert. `known` is what is known already; for that nobody is asked.
engine::model::Result<Asked> ask_alert(const Context& context, ApiClient& client,
                                       boost::json::object known);

// The payload of an action; "{}" where it has no fields, or where it may not be done now: the
// daemon's answer then says why.
engine::model::Result<Asked> ask_action(const Context& context, ApiClient& client,
                                        const std::string& case_path, const std::string& action);

// Sends; where no answer comes, asks whether to try again under the same key. What a person wrote
// is kept in a file when it could not be sent.
engine::model::Result<ApiClient::Answer> send_asked(const Context& context, ApiClient& client,
                                                    const std::string& path, const Asked& asked,
                                                    const std::string& key,
                                                    const std::string& command);

}  // namespace jinqiao::adapters::cli
