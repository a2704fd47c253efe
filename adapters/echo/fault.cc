#include "adapters/echo/fault.h"

#include <algorithm>
#include <charconv>
#include <vector>

#include "adapters/echo/request.h"

namespace jinqiao::adapters::echo {
namespace {

using engine::model::Error;
using engine::model::ErrorCode;
using engine::model::Result;

std::optional<int> number(std::string_view text) {
    int value = 0;
    const auto end = text.data() + text.size();
    const auto read = std::from_chars(text.data(), end, value);
    if (read.ec != std::errc{} || read.ptr != end || value < 0) return std::nullopt;
    return value;
}

// 2s, 200ms, 2
std::optional<std::chrono::milliseconds> span(std::string_view text) {
    int factor = 1000;
    if (text.ends_with("ms")) {
        factor = 1;
        text.remove_suffix(2);
    } else if (text.ends_with("s")) {
        text.remove_suffix(1);
    }
    const auto value = number(text);
    if (!value || *value > 86'400) return std::nullopt;
    return std::chrono::milliseconds{*value * factor};
}

Error unreadable(std::string_view words) {
    return {ErrorCode::invalid,
            "expected 429 [retry-after S], status N, errcode CODE, refuse END CODE, slow SPAN, "
            "hang, reset, drip [SPAN], huge [MIB], malformed or ok",
            std::string(words)};
}

// Those that are a status: "429", "status 500", each perhaps with "retry-after 7".
bool read_status(std::vector<std::string> words, Fault& fault) {
    if (words[0] == "status") words.erase(words.begin());
    if (words.empty()) return false;
    const auto status = number(words[0]);
    if (!status || *status < 200 || *status > 599) return false;
    fault.kind = Fault::Kind::status;
    fault.status = *status;
    if (words.size() == 1) return true;
    fault.retry_after_s =
        words.size() == 3 && words[1] == "retry-after" ? number(words[2]) : std::nullopt;
    return fault.retry_after_s.has_value();
}

bool read_words(const std::vector<std::string>& words, Fault& fault) {
    using Kind = Fault::Kind;
    const std::string& first = words[0];
    const auto is = [&](std::string_view word, std::size_t least, std::size_t most) {
        return first == word && words.size() >= least && words.size() <= most;
    };
    if (is("ok", 1, 1)) return true;
    for (const auto& [word, kind] :
         {std::pair{"hang", Kind::hang}, {"reset", Kind::reset}, {"malformed", Kind::malformed}})
        if (is(word, 1, 1)) {
            fault.kind = kind;
            return true;
        }
    if (is("errcode", 2, 2) || is("refuse", 3, 3)) {
        fault.kind = words.size() == 2 ? Kind::errcode : Kind::refuse;
        fault.code = words.back();
        if (words.size() == 3) fault.who = words[1];
        return true;
    }
    if (is("slow", 2, 2) || is("drip", 1, 2)) {
        fault.kind = first == "slow" ? Kind::slow : Kind::drip;
        const auto wait = words.size() == 2 ? span(words[1]) : fault.span;
        fault.span = wait.value_or(fault.span);
        return wait.has_value();
    }
    if (is("huge", 1, 2)) {
        fault.kind = Kind::huge;
        const auto size = words.size() == 2 ? number(words[1]) : 32;
        fault.mebibytes = static_cast<std::size_t>(size.value_or(0));
        return size && *size > 0 && *size <= 4096;
    }
    return read_status(words, fault);
}

std::string_view trimmed(std::string_view text) {
    const auto from = text.find_first_not_of(" \t\r");
    if (from == std::string_view::npos) return {};
    return text.substr(from, text.find_last_not_of(" \t\r") - from + 1);
}

}  // namespace

Result<Fault> read_fault(std::string_view text) {
    const auto words = split(trimmed(text), ' ');
    Fault fault;
    if (words.empty() || !read_words(words, fault)) return unreadable(text);
    return fault;
}

std::string describe(const Fault& fault) {
    using Kind = Fault::Kind;
    switch (fault.kind) {
        case Kind::none:
            return "ok";
        case Kind::status:
            return std::to_string(fault.status);
        case Kind::errcode:
            return "errcode " + fault.code;
        case Kind::refuse:
            return "refuse " + fault.code;
        case Kind::slow:
            return "slow";
        case Kind::hang:
            return "hang";
        case Kind::reset:
            return "reset";
        case Kind::drip:
            return "drip";
        case Kind::huge:
            return "huge";
        case Kind::malformed:
            return "malformed";
    }
    return {};
}

Result<Script::Entry> Script::read_entry(std::string_view line) {
    Entry entry;
    const auto colon = line.find(':');
    if (colon != std::string_view::npos) {
        auto words = split(trimmed(line.substr(0, colon)), ' ');
        if (words.empty()) return unreadable(line);
        entry.always = words[0] == "always";
        if (!entry.always && words[0] != "next") return unreadable(line);
        words.erase(words.begin());
        if (!entry.always && !words.empty())
            if (const auto times = number(words[0])) {
                entry.times = static_cast<std::size_t>(*times);
                words.erase(words.begin());
            }
        if (words.size() > 1) return unreadable(line);
        if (!words.empty()) entry.provider = words[0];
        line.remove_prefix(colon + 1);
    }
    const auto fault = read_fault(line);
    if (!fault) return fault.error();
    entry.fault = *fault;
    return entry;
}

engine::model::Status Script::add(std::string_view lines) {
    std::deque<Entry> added;
    bool cleared = false;
    for (const std::string& whole : split(lines, '\n')) {
        const auto line = trimmed(std::string_view(whole).substr(0, whole.find('#')));
        if (line.empty()) continue;
        if (line == "clear") {
            added.clear();
            cleared = true;
            continue;
        }
        auto entry = read_entry(line);
        if (!entry) return entry.error();
        if (entry->times > 0) added.push_back(std::move(*entry));
    }
    std::lock_guard lock(mutex_);
    if (cleared) entries_.clear();
    entries_.insert(entries_.end(), added.begin(), added.end());
    return engine::model::Done{};
}

Fault Script::next(const std::string& provider) {
    std::lock_guard lock(mutex_);
    const auto found = std::find_if(entries_.begin(), entries_.end(), [&](const Entry& entry) {
        return entry.provider.empty() || entry.provider == provider;
    });
    if (found == entries_.end()) return {};
    Fault fault = found->fault;
    if (!found->always && --found->times == 0) entries_.erase(found);
    return fault;
}

std::size_t Script::left() const {
    std::lock_guard lock(mutex_);
    std::size_t sum = 0;
    for (const Entry& entry : entries_) sum += entry.times;
    return sum;
}

}  // namespace jinqiao::adapters::echo
