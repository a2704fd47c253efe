#pragma once
#include <string>
#include <string_view>

#include "engine/model/text.h"
#include "engine/time/due.h"
#include "engine/time/instant.h"

namespace jinqiao::adapters::http {

// Puts codes into words. The wiring implements it with the catalogues of config/texts, which this
// adapter may not know.
//
// Codes    problem.*, page.*, call.*, query.* of api.yaml; remark.* of remarks.yaml; guard ids;
//          payload.*; grade.*; event.*.
// Errors   None: a code without text is shown as itself.
// Threads  Any: answers kept for an Idempotency-Key are worded on the committer's thread.
class Words {
  public:
    virtual ~Words() = default;
    virtual bool has(const std::string& code) const = 0;
    virtual std::string text(const engine::model::Message& message,
                             engine::model::Language language) const = 0;
    // One line of the sum behind a due time.
    virtual std::string line(const engine::time::Line& line,
                             engine::model::Language language) const = 0;
    // Local date and time, for people.
    virtual std::string instant(engine::time::Instant at,
                                engine::model::Language language) const = 0;

    std::string text(const std::string& code, engine::model::Language language) const {
        return text(engine::model::Message{code, {}}, language);
    }
};

// Of a detail in English: "The request was not sent" is remark.the_request_was_not_sent.
std::string remark_code(std::string_view detail);

}  // namespace jinqiao::adapters::http
