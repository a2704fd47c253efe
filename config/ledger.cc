#include "config/ledger.h"

#include <utility>

namespace jinqiao::config {

namespace {

// Handing a ledger through every reader would put a parameter for two rare callers into a hundred
// signatures.
thread_local Ledger* current = nullptr;

std::string below(const Tree& map, std::string_view key) {
    return map.path.empty() ? std::string(key) : map.path + "." + std::string(key);
}

}  // namespace

Ledger::Ledger() : outer_(std::exchange(current, this)) {}

Ledger::~Ledger() { current = outer_; }

void Ledger::asked(const Tree& map, std::string_view key) {
    if (current != nullptr) current->note(map, below(map, key), Entry::Kind::asked, {});
}

void Ledger::left_out(const Tree& map, std::string_view key, std::string fallback) {
    if (current != nullptr)
        current->note(map, below(map, key), Entry::Kind::fallback, std::move(fallback));
}

void Ledger::secret(const Tree& value) {
    if (current != nullptr) current->note(value, value.path, Entry::Kind::secret, {});
}

void Ledger::note(const Tree& map, std::string path, Entry::Kind kind, std::string value) {
    if (map.file) entries_.push_back({*map.file, std::move(path), kind, std::move(value)});
}

}  // namespace jinqiao::config
