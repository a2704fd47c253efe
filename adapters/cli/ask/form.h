#pragma once
#include <boost/json/object.hpp>
#include <optional>
#include <string>
#include <vector>

#include "adapters/cli/ask/asker.h"
#include "engine/time/instant.h"

namespace jinqiao::adapters::cli::ask {

// Questions made from a JSON Schema as the API gives it: `title` and `x-order` in the reader's
// language, `oneOf` with titles for codes. Codes can be answered by number or as they are written.
class Form {
  public:
    Form(Asker& asker, engine::time::Instant now) : asker_(asker), now_(now) {}

    // Every field of the schema in its order. Fields that `known` has are not asked for again.
    // nullopt: the person gave up (end of input).
    std::optional<boost::json::object> all(const boost::json::object& schema,
                                           boost::json::object known = {});
    // Only the fields at these paths ("event.cause"), put into `into`. False: given up.
    bool some(const boost::json::object& schema, const std::vector<std::string>& paths,
              boost::json::object& into);
    // The answers in words, a line each.
    void show(const boost::json::object& schema, const boost::json::object& answers);

  private:
    using Field = boost::json::object;  // schema of one
    // True: `value` was answered; false: left out. nullopt: given up.
    using Answered = std::optional<bool>;

    Answered field(const Field& field, bool needed, boost::json::value& value);
    Answered object(const Field& field, bool needed, boost::json::value& value);
    Answered list(const Field& field, bool needed, boost::json::value& value);
    Answered codes(const Field& field, const Field& item, bool several, bool needed,
                   boost::json::value& value);
    Answered lines(const Field& field, const Field& item, bool needed, boost::json::value& value);
    Answered scalar(const Field& field, bool needed, boost::json::value& value);
    bool read(const Field& field, const std::string& text, boost::json::value& value);
    std::string hint(const Field& field) const;
    std::string in_words(const Field& field, const boost::json::value& value) const;
    void show_into(Table& table, const Field& schema, const boost::json::object& answers);

    Asker& asker_;
    engine::time::Instant now_;
};

// 2026-11-20 08:30, 08:30 (today), 2026-11-20, now, RFC 3339; with the zone's offset.
std::optional<std::string> instant_of(const std::string& text, engine::time::Instant now);

}  // namespace jinqiao::adapters::cli::ask
