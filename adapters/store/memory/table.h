#pragma once
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <utility>

namespace jinqiao::adapters::store::memory {

template <class Row>
using Held = std::shared_ptr<const Row>;

// Rows by key. Rows are never edited, only replaced, so two copies of a table share them.
// Everything that changes a table is one call of put(), which is what makes undoing simple.
//
// Derived keeps its indexes in reindex(before, after), either of which may be null.
template <class Derived, class Row>
class Table {
  public:
    using RowType = Row;
    using Rows = std::map<std::string, Held<Row>, std::less<>>;

    const Rows& rows() const { return rows_; }

    Held<Row> find(std::string_view key) const {
        const auto found = rows_.find(key);
        return found == rows_.end() ? nullptr : found->second;
    }

    // Inserts, replaces or (null) erases; returns what was there.
    Held<Row> put(const std::string& key, Held<Row> row) {
        const auto place = rows_.lower_bound(key);
        const bool there = place != rows_.end() && place->first == key;
        Held<Row> before = there ? place->second : nullptr;
        static_cast<Derived*>(this)->reindex(before.get(), row.get());
        if (!row) {
            if (there) rows_.erase(place);
        } else if (there) {
            place->second = std::move(row);
        } else {
            rows_.emplace_hint(place, key, std::move(row));
        }
        return before;
    }

    // Visits the rows whose key starts with `prefix`, in order, until `visit` returns false.
    template <class Visit>
    void each_from(std::string_view prefix, std::string_view first, Visit visit) const {
        for (auto row = rows_.lower_bound(first); row != rows_.end(); ++row) {
            if (!std::string_view(row->first).starts_with(prefix) || !visit(row->second)) return;
        }
    }

    void reindex(const Row* /*before*/, const Row* /*after*/) {}  // for tables without an index

  private:
    Rows rows_;
};

// Keys of several parts. A part is followed by NUL, which no id, slot or account name contains, so
// that one part is never a prefix of another; numbers are eight bytes, most significant first, so
// that they sort.
inline std::string part(std::string_view text) { return std::string(text) + '\0'; }

inline std::string part(std::uint64_t number) {
    std::string bytes(8, '\0');
    for (std::size_t i = 0; i < 8; ++i) {
        bytes[7 - i] = static_cast<char>((number >> (8 * i)) & 0xFFU);
    }
    return bytes;
}

}  // namespace jinqiao::adapters::store::memory
