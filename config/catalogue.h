#pragma once

#include <map>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "engine/model/grade.h"
#include "engine/model/text.h"
#include "engine/time/budget.h"
#include "engine/time/due.h"
#include "engine/time/instant.h"

namespace jinqiao::config {

// What a notice of one event says: mustache, plain text, both languages.
struct NoticeText {
    engine::model::Text subject;
    engine::model::Text text;
};

struct TextHash : std::hash<std::string_view> {
    using is_transparent = void;
};

// Every text a person may read, by code, in both languages. Immutable once loaded; any thread.
class Catalogue {
  public:
    // Asked a thousand times for one answer.
    std::unordered_map<std::string, engine::model::Text, TextHash, std::equal_to<>> texts;
    using Notices = std::map<std::string, NoticeText, std::less<>>;
    Notices notices;
    // Other words for channels that want them, by the name of the set: texts/notices.NAME.yaml.
    // What an event does not say there, the set's own "default" says, and what that leaves out
    // `notices`.
    std::map<std::string, Notices, std::less<>> sets;

    bool has(std::string_view code) const;
    // The text of the code with each {name} replaced by the argument of that name; a placeholder
    // without argument is dropped. A code nobody worded is shown as itself with its arguments,
    // because a reason that cannot be worded nicely is still a reason.
    std::string text(const engine::model::Message& message, engine::model::Language language) const;
    std::string text(std::string_view code, engine::model::Language language) const;
    // An argument's value, or each of its values joined by ", ", worded by "arg.NAME.VALUE" where
    // there is such a text, else as it is.
    std::string argument(std::string_view name, const std::string& value,
                         engine::model::Language language) const;

    // Texts "grade.red", "stage.warn", … of texts/engine.yaml.
    std::string grade(engine::model::GradeLevel level, engine::model::Language language) const;
    std::string stage(std::string_view stage, engine::model::Language language) const;
    std::string budget(engine::time::Budget budget, engine::model::Language language) const;
    // One line of a due time's sum (engine/time/due.h): its dates, instants and units are worded
    // too.
    std::string line(const engine::time::Line& line, engine::model::Language language) const;
};

// The language a person prefers, of an Accept-Language header ("zh-CN,en;q=0.8"); the fallback
// where neither Chinese nor English is named.
engine::model::Language accept_language(std::string_view header, engine::model::Language fallback);
// "zh", "zh-CN", "en", "en-GB"; false if it is neither language.
bool parse_language(std::string_view text, engine::model::Language& into);

// Local wording of instants. A due time at 00:00 is shown as 24:00 of the day before: the stored
// form is exclusive, and people read the last day that still counts.
std::string word_due(engine::time::Instant at, engine::model::Language language,
                     std::chrono::minutes offset = std::chrono::minutes{480});
std::string word_instant(engine::time::Instant at, engine::model::Language language,
                         std::chrono::minutes offset = std::chrono::minutes{480});
std::string word_date(engine::time::Date date, engine::model::Language language);

}  // namespace jinqiao::config
