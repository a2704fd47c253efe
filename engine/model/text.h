#pragma once
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace jinqiao::engine::model {

enum class Language { zh, en };

// One text in both languages of the product; Chinese leads.
struct Text {
    std::string zh;
    std::string en;

    const std::string& in(Language language) const { return language == Language::en ? en : zh; }
    bool operator==(const Text&) const = default;
};

// A text to be worded later: a catalogue key and its arguments. `missing` is a typical argument.
struct Message {
    std::string code;
    std::vector<std::pair<std::string, std::string>> args;

    bool operator==(const Message&) const = default;
};

}  // namespace jinqiao::engine::model
