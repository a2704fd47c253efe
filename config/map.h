#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "config/tree.h"
#include "engine/model/grade.h"
#include "engine/model/text.h"
#include "engine/time/budget.h"
#include "engine/time/instant.h"

namespace jinqiao::config {

// One map of a file, read key by key. Each getter notes a fault where the value does not fit and
// returns its default, so that one run finds all faults; keys nobody asked for are faults when the
// map goes out of scope. The tree and the faults outlive it.
class Map {
  public:
    Map(const Tree& tree, Faults& faults);  // a fault if the tree is no map
    ~Map();
    Map(const Map&) = delete;
    Map& operator=(const Map&) = delete;

    const Tree& tree() const { return tree_; }
    Faults& faults() const { return faults_; }
    bool has(std::string_view key) const { return tree_.find(key) != nullptr; }

    // Marks the key as known and returns its value; null if absent.
    const Tree* take(std::string_view key);
    const Tree* need(std::string_view key);  // a fault if absent
    void ignore_rest() { closed_ = true; }

    std::string text(std::string_view key, std::string_view fallback = {});
    std::string required_text(std::string_view key);
    std::int64_t integer(std::string_view key, std::int64_t least, std::int64_t most,
                         std::int64_t fallback);
    bool flag(std::string_view key, bool fallback);
    std::chrono::milliseconds span(std::string_view key, std::chrono::milliseconds fallback,
                                   std::chrono::milliseconds least = {});
    std::chrono::minutes time_of_day(std::string_view key, std::chrono::minutes fallback);
    std::vector<std::string> texts(std::string_view key);
    // {zh: …, en: …}, both required.
    engine::model::Text words(std::string_view key);
    std::optional<engine::time::Budget> budget(std::string_view key);
    std::optional<engine::model::GradeLevel> grade(std::string_view key);
    std::optional<engine::time::Date> date(std::string_view key);

    // The index of the word among those allowed; the first one where it fits none or is absent.
    std::size_t one_of(std::string_view key, const std::vector<std::string>& words,
                       std::string_view fallback);

    // Calls `read` for each item of a list; absent: none.
    void each(std::string_view key, const std::function<void(const Tree&)>& read);

    void fault(std::string_view key, engine::model::Message expected, engine::model::Message found,
               std::string_view nearest = {});

  private:
    const Tree* scalar(std::string_view key, engine::model::Message expected);
    void report_unknown_keys();
    void left_out(std::string_view key, std::string fallback) const;

    const Tree& tree_;
    Faults& faults_;
    std::set<std::string, std::less<>> known_;
    bool closed_ = false;
};

// Single values, for lists of them.
std::string text_of(const Tree& tree, Faults& faults);
std::vector<std::string> texts_of(const Tree& tree, Faults& faults);
std::optional<std::int64_t> integer_of(const Tree& tree, std::int64_t least, std::int64_t most,
                                       Faults& faults);
std::optional<engine::time::Budget> budget_of(const Tree& tree, Faults& faults);
std::optional<engine::model::GradeLevel> grade_of(const Tree& tree, Faults& faults);
std::optional<std::chrono::milliseconds> parse_span(std::string_view text);

// The allowed word closest to `word` by edit distance, if it is close enough to be meant.
std::string nearest(std::string_view word, const std::vector<std::string>& allowed);
// "a, b, c" of a short list, "a, b, c, …" of a long one.
std::string listed(const std::vector<std::string>& words);
// A fault unless `word` is allowed; names the kind of thing ("check.kind.post") and the near ones.
bool expect_one_of(const Tree& at, const std::string& word, const std::vector<std::string>& allowed,
                   std::string_view kind, Faults& faults);

}  // namespace jinqiao::config
