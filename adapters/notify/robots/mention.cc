#include "adapters/notify/robots/mention.h"

#include <algorithm>

namespace jinqiao::adapters::notify::robots {
namespace {

using engine::ports::Section;

bool consists_of(const std::string& text, std::string_view more, bool letters) {
    return std::all_of(text.begin(), text.end(), [&](char c) {
        const bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
        return (c >= '0' && c <= '9') || (letters && letter) ||
               more.find(c) != std::string_view::npos;
    });
}

bool is_mobile(const std::string& text) {
    if (text.starts_with("+")) return text.size() > 6 && consists_of(text.substr(1), "-", false);
    return text.size() == 11 && text[0] == '1' && consists_of(text, "", false);
}

// The id stands in a message as it is, so it must be nothing but an id.
bool is_user(const std::string& text) {
    return !text.empty() && text.size() <= 64 && consists_of(text, "_-.@", true) && text[0] != '@';
}

void take(const std::string& text, bool all, bool mobiles, Section& section, std::string_view key,
          Mention& into) {
    if (all && text == "@all")
        into.all = true;
    else if (mobiles && is_mobile(text))
        into.mobiles.push_back(text);
    else if (!is_mobile(text) && is_user(text))
        into.users.push_back(text);
    else
        section.fault(key,
                      std::string("the id of a user") + (mobiles ? ", a mobile number" : "") +
                          (all ? " or @all" : ""),
                      text);
}

}  // namespace

Mentions Mentions::read(Section& section, bool all, bool mobiles) {
    Mentions mentions;
    const auto part = section.section("mention");
    for (const std::string& key : part->keys()) {
        const auto grade = engine::model::parse_grade(key);
        const auto names = part->texts(key);
        if (!grade) {
            part->fault(key, "a grade: blue, yellow, orange, red", key);
            continue;
        }
        for (const std::string& name : names)
            take(name, all, mobiles, *part, key, mentions.by_grade_[*grade]);
    }
    return mentions;
}

const Mention& Mentions::of(engine::model::GradeLevel grade) const {
    static const Mention nobody;
    const auto found = by_grade_.find(grade);
    return found == by_grade_.end() ? nobody : found->second;
}

}  // namespace jinqiao::adapters::notify::robots
