#pragma once
#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "engine/model/command.h"
#include "engine/model/result.h"
#include "engine/runtime/core.h"

namespace jinqiao::adapters::http {

// Somebody wants the configuration read again.
struct ReloadOrder {
    engine::model::Actor actor;
    engine::model::Language language = engine::model::Language::zh;  // of whoever asks
    bool dry_run = false;                                            // only say what would change
    bool check = false;         // only say what is wrong with the files; goes before dry_run
    bool confirm = false;       // also where open cases change at once
    std::string configuration;  // the hash `confirm` was given for; empty: whatever is there now
    // Puts the answer that is kept for an Idempotency-Key on the submission; empty: none is.
    std::function<void(engine::runtime::Submission&, const boost::json::object& body)> keep = {};
};

// What became of it; the parts of the body are named in the schema "Reloaded".
struct Reloaded {
    enum class Kind {
        taken,      // in force
        tried,      // a dry run of one that could be, or a check
        faulty,     // the old one is left; "faults" says why
        differs,    // open cases change at once, and nobody has confirmed it
        under_way,  // another one is being looked at
        failed,     // could not be carried out: `error`
    } kind = Kind::failed;
    boost::json::object body;
    std::optional<engine::model::Error> error;
};

// Answers at once where one is under way, else later, from another thread, exactly once.
using Reload = std::function<void(ReloadOrder order, std::function<void(Reloaded)> done)>;

// Which configuration runs, for /readyz and /metrics.
struct ConfigurationState {
    std::string running;          // SHA-256 of its files
    engine::time::Instant since;  // in force
    std::uint64_t taken = 0, refused = 0;
    std::optional<engine::time::Instant> failed_at;  // of the last attempt, if it failed
    // Every value of it, as `config show --json` has them: key, value or where the secret lies,
    // origin. Null: not known.
    std::shared_ptr<const boost::json::array> values = {};
};

}  // namespace jinqiao::adapters::http
