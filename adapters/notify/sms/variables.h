#pragma once
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "engine/ports/notifier.h"

namespace jinqiao::adapters::notify::sms {

// What one variable of a template is filled with.
struct Variable {
    std::string name;  // the provider's: "level", or "1" where they are counted
    enum class Value { number, grade, event, fixed } value = Value::fixed;
    std::string words;  // of a fixed one
};

struct Template {
    std::string code;
    std::vector<Variable> variables;  // in the order of the file, or as they are counted
};

// The words that variables are made of.
struct Words {
    std::map<std::string, std::string> grades{
        {"red", "红色"}, {"orange", "橙色"}, {"yellow", "黄色"}, {"blue", "蓝色"}};
    std::map<std::string, std::string> events;  // "default" is that of any other
    std::string exercise = "演练";
    std::size_t limit = 12;  // characters of one variable
};

using Values = std::vector<std::pair<std::string, std::string>>;

// The values of a template's variables, none empty and none longer than the limit. In an exercise
// the word for it stands at the beginning of the one that names the grade, else the event, else of
// the first: a template's own text cannot say it. A case number that is too long loses its
// beginning, because its end tells cases apart.
Values values_of(const Template& chosen, const Words& words,
                 const engine::ports::Transmission& transmission);

std::size_t characters(std::string_view text);
// Whether a provider would take it for a link, which may not stand in a variable.
bool looks_like_a_link(std::string_view text);

}  // namespace jinqiao::adapters::notify::sms
