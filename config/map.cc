#include "config/map.h"

#include <algorithm>
#include <charconv>

#include "config/ledger.h"
#include "config/words.h"

namespace jinqiao::config {

using engine::model::GradeLevel;
using engine::model::Message;
using engine::time::Budget;

Map::Map(const Tree& tree, Faults& faults) : tree_(tree), faults_(faults) {
    // A file that is missing, empty or no YAML was noted where it was read.
    const bool no_file = tree.kind == Tree::Kind::nothing && tree.path.empty();
    if (tree.kind != Tree::Kind::map && !no_file)
        add(faults, tree, {"check.map", {}}, found_in(tree));
}

Map::~Map() {
    if (!closed_) report_unknown_keys();
}

const Tree* Map::take(std::string_view key) {
    known_.emplace(key);
    Ledger::asked(tree_, key);
    return tree_.find(key);
}

const Tree* Map::need(std::string_view key) {
    const Tree* value = take(key);
    if (value == nullptr && tree_.kind == Tree::Kind::map)
        fault(key, {"check.present", {}}, {"check.found.nothing", {}});
    return value;
}

// Null if absent or no scalar; the latter is a fault.
const Tree* Map::scalar(std::string_view key, Message expected) {
    const Tree* value = take(key);
    if (value == nullptr) return nullptr;
    if (value->kind == Tree::Kind::scalar) return value;
    add(faults_, *value, std::move(expected), found_in(*value));
    return nullptr;
}

std::string Map::text(std::string_view key, std::string_view fallback) {
    const Tree* value = scalar(key, {"check.text", {}});
    if (value != nullptr) return value->text;
    left_out(key, std::string(fallback));
    return std::string(fallback);
}

std::string Map::required_text(std::string_view key) {
    if (need(key) == nullptr) return {};
    const std::string value = text(key);
    if (const Tree* at = tree_.find(key); value.empty() && at->kind == Tree::Kind::scalar)
        add(faults_, *at, {"check.text", {}}, {"check.found.nothing", {}});
    return value;
}

std::int64_t Map::integer(std::string_view key, std::int64_t least, std::int64_t most,
                          std::int64_t fallback) {
    const Tree* value = take(key);
    if (value == nullptr) {
        left_out(key, std::to_string(fallback));
        return fallback;
    }
    return integer_of(*value, least, most, faults_).value_or(fallback);
}

bool Map::flag(std::string_view key, bool fallback) {
    const Tree* value = take(key);
    if (value == nullptr) {
        left_out(key, fallback ? "true" : "false");
        return fallback;
    }
    if (value->kind == Tree::Kind::scalar && !value->quoted &&
        (value->text == "true" || value->text == "false"))
        return value->text == "true";
    add(faults_, *value, {"check.flag", {}}, found_in(*value));
    return fallback;
}

std::chrono::milliseconds Map::span(std::string_view key, std::chrono::milliseconds fallback,
                                    std::chrono::milliseconds least) {
    const Tree* value = take(key);
    if (value == nullptr) {
        left_out(key, word_span(fallback));
        return fallback;
    }
    const auto parsed = value->kind == Tree::Kind::scalar ? parse_span(value->text) : std::nullopt;
    if (parsed && *parsed >= least) return *parsed;
    if (parsed)
        add(faults_, *value, {"check.span_least", {{"least", word_span(least)}}}, found_in(*value));
    else
        add(faults_, *value, {"check.span", {}}, found_in(*value));
    return fallback;
}

std::chrono::minutes Map::time_of_day(std::string_view key, std::chrono::minutes fallback) {
    const Tree* value = scalar(key, {"check.time_of_day", {}});
    if (value == nullptr) {
        left_out(key, word_time_of_day(fallback));
        return fallback;
    }
    if (const auto minutes = parse_time_of_day(value->text)) return *minutes;
    add(faults_, *value, {"check.time_of_day", {}}, found_in(*value));
    return fallback;
}

std::vector<std::string> Map::texts(std::string_view key) {
    const Tree* value = take(key);
    if (value == nullptr) return {};
    return texts_of(*value, faults_);
}

engine::model::Text Map::words(std::string_view key) {
    const Tree* value = need(key);
    if (value == nullptr) return {};
    Map languages(*value, faults_);
    engine::model::Text text;
    text.zh = languages.required_text("zh");
    text.en = languages.required_text("en");
    return text;
}

std::optional<Budget> Map::budget(std::string_view key) {
    const Tree* value = take(key);
    return value == nullptr ? std::nullopt : budget_of(*value, faults_);
}

std::optional<GradeLevel> Map::grade(std::string_view key) {
    const Tree* value = take(key);
    return value == nullptr ? std::nullopt : grade_of(*value, faults_);
}

std::optional<engine::time::Date> Map::date(std::string_view key) {
    const Tree* value = scalar(key, {"check.date", {}});
    if (value == nullptr) return {};
    const auto date = engine::time::parse_date(value->text);
    if (!date) add(faults_, *value, {"check.date", {}}, found_in(*value));
    return date;
}

std::size_t Map::one_of(std::string_view key, const std::vector<std::string>& words,
                        std::string_view fallback) {
    const auto index_of = [&](std::string_view word) {
        const auto found = std::find(words.begin(), words.end(), word);
        return found == words.end() ? 0 : static_cast<std::size_t>(found - words.begin());
    };
    const Tree* value = scalar(key, {"check.text", {}});
    if (value == nullptr) {
        left_out(key, std::string(fallback));
        return index_of(fallback);
    }
    expect_one_of(*value, value->text, words, "check.kind.word", faults_);
    return index_of(value->text);
}

void Map::each(std::string_view key, const std::function<void(const Tree&)>& read) {
    const Tree* value = take(key);
    if (value == nullptr) return;
    if (value->kind != Tree::Kind::list) {
        add(faults_, *value, {"check.list", {}}, found_in(*value));
        return;
    }
    for (const Tree& item : value->items) read(item);
}

void Map::fault(std::string_view key, Message expected, Message found, std::string_view near) {
    if (const Tree* value = tree_.find(key)) {
        add(faults_, *value, std::move(expected), std::move(found), near);
        return;
    }
    Fault& fault = add(faults_, tree_, std::move(expected), std::move(found), near);
    fault.path = tree_.path.empty() ? std::string(key) : tree_.path + "." + std::string(key);
}

// A value of the wrong kind is no default but a fault, which was noted.
void Map::left_out(std::string_view key, std::string fallback) const {
    if (!has(key)) Ledger::left_out(tree_, key, std::move(fallback));
}

void Map::report_unknown_keys() {
    const std::vector<std::string> allowed(known_.begin(), known_.end());
    for (const auto& [key, value] : tree_.entries)
        if (!known_.contains(key))
            add(faults_, value, {"check.known_key", {{"keys", listed(allowed)}}},
                {"check.found.value", {{"value", key}}}, nearest(key, allowed));
}

std::string text_of(const Tree& tree, Faults& faults) {
    if (tree.kind == Tree::Kind::scalar && !tree.text.empty()) return tree.text;
    add(faults, tree, {"check.text", {}}, found_in(tree));
    return {};
}

std::vector<std::string> texts_of(const Tree& tree, Faults& faults) {
    std::vector<std::string> texts;
    if (tree.kind != Tree::Kind::list) {
        add(faults, tree, {"check.list", {}}, found_in(tree));
        return texts;
    }
    for (const Tree& item : tree.items)
        if (std::string text = text_of(item, faults); !text.empty()) texts.push_back(text);
    return texts;
}

std::optional<std::int64_t> integer_of(const Tree& tree, std::int64_t least, std::int64_t most,
                                       Faults& faults) {
    std::int64_t number = 0;
    const std::string& text = tree.text;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    const bool whole = tree.kind == Tree::Kind::scalar && !tree.quoted && !text.empty() &&
                       error == std::errc{} && end == text.data() + text.size();
    if (whole && number >= least && number <= most) return number;
    add(faults, tree,
        {"check.integer", {{"least", std::to_string(least)}, {"most", std::to_string(most)}}},
        found_in(tree));
    return {};
}

std::optional<Budget> budget_of(const Tree& tree, Faults& faults) {
    const auto budget =
        tree.kind == Tree::Kind::scalar ? engine::time::parse_budget(tree.text) : std::nullopt;
    if (!budget) add(faults, tree, {"check.budget", {}}, found_in(tree));
    return budget;
}

std::optional<GradeLevel> grade_of(const Tree& tree, Faults& faults) {
    static const std::vector<std::string> grades{"blue", "yellow", "orange", "red"};
    const auto grade =
        tree.kind == Tree::Kind::scalar ? engine::model::parse_grade(tree.text) : std::nullopt;
    if (!grade) add(faults, tree, {"check.grade", {}}, found_in(tree), nearest(tree.text, grades));
    return grade;
}

bool expect_one_of(const Tree& at, const std::string& word, const std::vector<std::string>& allowed,
                   std::string_view kind, Faults& faults) {
    if (std::find(allowed.begin(), allowed.end(), word) != allowed.end()) return true;
    add(faults, at, {std::string(kind), {{"words", listed(allowed)}}},
        {"check.found.value", {{"value", word}}}, nearest(word, allowed));
    return false;
}

}  // namespace jinqiao::config
