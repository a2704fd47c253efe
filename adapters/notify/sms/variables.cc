#include "adapters/notify/sms/variables.h"

#include <algorithm>

#include "adapters/notify/text.h"

namespace jinqiao::adapters::notify::sms {
namespace {

constexpr std::string_view nothing = "-";  // providers refuse a variable that is empty

std::string text_of(const boost::json::object& body, std::string_view key) {
    const auto* value = body.if_contains(key);
    return value != nullptr && value->is_string() ? std::string(value->as_string()) : std::string();
}

std::string beginning(std::string_view text, std::size_t most) {
    std::string result;
    for (std::size_t i = 0; i < most && !text.empty(); ++i) {
        const std::size_t length = std::max<std::size_t>(1, character_length(text));
        result += text.substr(0, length);
        text.remove_prefix(length);
    }
    return result;
}

// JQ-2026-000123 in twelve characters is 2026-000123.
std::string end_of(std::string_view number, std::size_t most) {
    std::size_t left = characters(number);
    for (std::size_t dash = 0; left > most && (dash = number.find('-')) != number.npos;) {
        left -= characters(number.substr(0, dash + 1));
        number.remove_prefix(dash + 1);
    }
    for (; left > most; --left)
        number.remove_prefix(std::max<std::size_t>(1, character_length(number)));
    return std::string(number);
}

std::string word_for(const std::map<std::string, std::string>& words, const std::string& key) {
    auto found = words.find(key);
    if (found == words.end()) found = words.find("default");
    return found == words.end() ? key : found->second;
}

std::string fill(const Variable& variable, const Words& words, std::size_t room,
                 const engine::ports::Transmission& transmission) {
    const auto& body = transmission.body;
    std::string text;
    switch (variable.value) {
        case Variable::Value::number:
            return end_of(one_line(text_of(body, "number")), room);
        case Variable::Value::grade:
            text = word_for(words.grades, std::string(engine::model::name(transmission.grade)));
            break;
        case Variable::Value::event:
            text = word_for(words.events, text_of(body, "event"));
            break;
        case Variable::Value::fixed:
            text = variable.words;
            break;
    }
    return beginning(one_line(text), room);
}

std::size_t place_of_exercise(const std::vector<Variable>& variables) {
    for (const auto wanted : {Variable::Value::grade, Variable::Value::event})
        for (std::size_t i = 0; i < variables.size(); ++i)
            if (variables[i].value == wanted) return i;
    return 0;
}

}  // namespace

Values values_of(const Template& chosen, const Words& words,
                 const engine::ports::Transmission& transmission) {
    Values values;
    const std::size_t marked = place_of_exercise(chosen.variables);
    for (std::size_t i = 0; i < chosen.variables.size(); ++i) {
        const std::string mark =
            transmission.exercise && i == marked ? words.exercise : std::string();
        const std::size_t room = words.limit - std::min(words.limit, characters(mark));
        std::string value = mark + fill(chosen.variables[i], words, room, transmission);
        if (looks_like_a_link(value) || value.empty()) value = mark + std::string(nothing);
        values.emplace_back(chosen.variables[i].name, std::move(value));
    }
    return values;
}

std::size_t characters(std::string_view text) {
    std::size_t count = 0;
    for (; !text.empty(); ++count)
        text.remove_prefix(std::max<std::size_t>(1, character_length(text)));
    return count;
}

bool looks_like_a_link(std::string_view text) {
    return text.find("://") != std::string_view::npos ||
           text.find("www.") != std::string_view::npos;
}

}  // namespace jinqiao::adapters::notify::sms
