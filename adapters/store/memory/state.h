#pragma once
#include <atomic>
#include <memory>
#include <mutex>
#include <optional>
#include <shared_mutex>
#include <string>
#include <vector>

#include "adapters/store/memory/memory_store.h"
#include "adapters/store/memory/tables.h"

namespace jinqiao::adapters::store::memory {

// One row replaced by another in one table; which table is what `apply` knows.
struct Change {
    using Any = std::shared_ptr<const void>;
    using Apply = Any (*)(Tables& tables, const std::string& key, const Any& row);
    Apply apply = nullptr;
    std::string key;
    Any before, after;
};

// The parts of a store. `working` holds what the open transaction did so far. As long as nobody
// looks while a transaction has changes, it is what has been committed as well; the first who does
// makes `committed` a state of its own, which costs its memory twice from then on.
struct MemoryStore::State {
    std::mutex writing;  // of working and changes; the committer's reads need no lock
    Tables working;
    std::vector<Change> changes;  // of the open transaction, oldest first

    std::shared_mutex reading;       // of what readers see, working or committed
    std::atomic<bool> clean = true;  // working is what was committed; falls under `reading` only
    std::unique_ptr<Tables> committed;

    std::uint64_t last_place = 0;   // of a notice; only rises
    std::uint64_t last_order = 0;   // of a delivery; only rises
    std::uint64_t transaction = 0;  // number of the newest one
    bool in_transaction = false;
    std::optional<CommitFault> fault;
    std::optional<model::Error> broken;

    template <auto Member>
    void put(
        const std::string& key,
        Held<typename std::remove_reference_t<decltype(std::declval<Tables&>().*Member)>::RowType>
            row) {
        using Row =
            typename std::remove_reference_t<decltype(std::declval<Tables&>().*Member)>::RowType;
        const Change::Apply apply = [](Tables& tables, const std::string& where,
                                       const Change::Any& any) -> Change::Any {
            return (tables.*Member).put(where, std::static_pointer_cast<const Row>(any));
        };
        const std::lock_guard lock(writing);
        soil();
        Change change{apply, key, nullptr, row};
        change.before = (working.*Member).put(key, std::move(row));
        changes.push_back(std::move(change));
    }

    void soil();  // waits for those who are looking at `working`
    void split();
    void undo_down_to(std::size_t kept);
    void publish();  // the changes become committed
    void end();
};

// Undoes `changes` from the newest down to number `kept`.
void undo(Tables& tables, const std::vector<Change>& changes, std::size_t kept);

}  // namespace jinqiao::adapters::store::memory
