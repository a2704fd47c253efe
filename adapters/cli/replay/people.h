#pragma once
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <queue>
#include <set>
#include <string>
#include <vector>

#include "adapters/cli/replay/agenda.h"
#include "adapters/cli/replay/conduct.h"
#include "adapters/cli/replay/intent.h"
#include "adapters/cli/replay/staff.h"
#include "engine/kernel/workflow.h"
#include "engine/runtime/core.h"

namespace jinqiao::adapters::cli::replay {

// Everybody who deals with the cases of a replay. They see what is committed, come when their mood
// lets them, and do what the rules allow at that moment: each wish is asked of the same rights and
// guards that answer GET /actions, then submitted like any other command.
class People {
  public:
    struct Parts {
        engine::runtime::Core* core = nullptr;
        const engine::kernel::Workflow* workflow = nullptr;
        const engine::policy::Policy* policy = nullptr;
        const engine::policy::Directory* directory = nullptr;
        const engine::time::Calendar* calendar = nullptr;
        Conduct conduct = {};
    };
    explicit People(Parts parts);

    // Other people from now on; borrowed until the next ones.
    void use(const engine::policy::Directory& directory);
    // A case has been filed; what follows is up to this intent.
    void meet(const engine::model::CaseId& id, const Intent& intent);
    // What a commit made of cases: who has something to do now?
    void see(std::span<const engine::runtime::Accepted> changes);
    // When somebody comes next.
    std::optional<engine::time::Instant> next() const;
    // Lets whoever is due at `now` act. An error is the store's.
    engine::model::Status act(engine::time::Instant now);

    std::size_t still_open() const;
    // Nobody comes to it any more; what became of it last, null if it has ended.
    std::shared_ptr<const engine::model::Case> set_aside(const engine::model::CaseId& id);
    bool acting() const { return busy_; }  // what is committed now, somebody did
    std::uint64_t refused_wishes() const { return refused_; }
    const Actors& actors() const { return *actors_; }

  private:
    enum class Errand { work, offer, request, sign, finish };
    struct Visit {
        engine::time::Instant at;
        std::uint64_t order = 0;  // visits of one instant keep the order in which they were made
        std::string kase;
        Errand errand = Errand::work;
        std::string about;  // post, request or assignment
        bool operator>(const Visit& other) const {
            return at != other.at ? at > other.at : order > other.order;
        }
    };
    struct Life {
        Intent intent;
        std::shared_ptr<const engine::model::Case> kase;
        std::set<std::string> seen;  // errands already planned
        std::string worker;          // post whose next visit is planned; empty: none
        std::uint64_t steps = 0;     // draws made
        int idle = 0;                // visits in a row at which nothing could be done
        int declined = 0;
        int visits = 0;  // planned, still to come
        bool aside = false;
    };
    using Tried = engine::model::Result<bool>;  // false: refused
    using Routine = std::set<std::string>;      // done at this visit already

    void plan(const std::string& id, Life& life, Errand errand, const std::string& about,
              engine::time::Instant at);
    // Years of cases that have ended and that nobody will come back to are not kept in mind; the
    // one somebody is busy with is.
    void let_go(Life& life) const;
    void see_case(const std::string& id, Life& life, engine::time::Instant now);
    void see_assignments(const std::string& id, Life& life, engine::time::Instant now);
    // When the post gets round to what that clock waits for; far_away: never.
    engine::time::Instant comes(Life& life, const std::string& post, engine::time::Instant now,
                                const engine::model::Clock* clock);
    bool does_nothing(const std::string& post) const;
    engine::time::Instant ladder_over(const engine::model::Case& kase,
                                      const engine::model::Clock& clock) const;
    engine::model::Status come_back(const std::string& id, Life& life, const Visit& visit);
    engine::time::Instant next_step(Life& life, engine::time::Instant now);
    engine::time::Instant next_visit(Life& life, const Look& look, bool progressed);

    engine::model::Status work(const std::string& id, Life& life, const Visit& visit);
    // What was done; null: nothing was possible.
    engine::model::Result<const Wish*> try_wishes(const Look& look, const Routine& done);
    engine::model::Status rest(const std::string& id, Life& life, const Look& look);
    engine::model::Status answer_offer(const std::string& id, Life& life, const Visit& visit);
    engine::model::Status answer_request(const std::string& id, Life& life, const Visit& visit);
    engine::model::Status answer_assignment(const std::string& id, Life& life, const Visit& visit);
    Tried submit(const std::string& id, const engine::model::Actor& actor, std::string name,
                 boost::json::object payload);

    Parts parts_;
    std::unique_ptr<Actors> actors_;
    workflows::dispute::Params params_;
    std::map<std::string, Life> lives_;
    std::priority_queue<Visit, std::vector<Visit>, std::greater<>> visits_;
    std::uint64_t order_ = 0;
    std::uint64_t refused_ = 0;
    bool busy_ = false;
};

}  // namespace jinqiao::adapters::cli::replay
