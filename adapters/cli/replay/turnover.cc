#include "adapters/cli/replay/turnover.h"

#include <algorithm>

#include "adapters/cli/replay/draw.h"
#include "adapters/cli/replay/staff.h"
#include "engine/policy/directory_codec.h"

namespace jinqiao::adapters::cli::replay {
namespace {

using engine::policy::Person;
using engine::policy::Term;
using engine::time::Instant;
using std::chrono::days;
using std::chrono::hours;
using std::chrono::minutes;

constexpr double leave_in_a_year = 0.66;
constexpr double leave_together = 0.3;
constexpr days year{365};
constexpr days notice{10};

class Plan {
  public:
    Plan(std::uint64_t seed, Instant from, Instant until)
        : seed_(seed), from_(from), until_(until) {}

    // The seats of one post, one after another for as long as the replay lasts.
    void post(const engine::policy::Post& post, const std::vector<Term>& seats, bool never_empty) {
        const bool together =
            !never_empty && Draw(seed_, "together/" + post.id.value).chance(leave_together);
        for (const Term& seat : seats) {
            // Who leave together draw the same lot.
            const int lot = together ? 0 : seat.rank;
            const std::string name = post.id.value + "/" + std::to_string(lot);
            Draw draw(seed_, "leaves/" + name);
            this->seat(seat, draw, never_empty);
        }
    }

    std::vector<Leaving> take() {
        std::stable_sort(plan_.begin(), plan_.end(),
                         [](const Leaving& a, const Leaving& b) { return a.at < b.at; });
        return std::move(plan_);
    }

  private:
    void seat(Term holder, Draw& draw, bool never_empty) {
        int number = 0;
        Instant since = from_;
        while (since < until_) {
            // All draws of a year are made, whatever comes of them: a lot stays a lot.
            const bool leaves = draw.chance(leave_in_a_year);
            const Instant at = since + minutes{draw.between(1, 365 * 24 * 60)};
            const bool announced = draw.chance(0.5);
            const double fate = draw.share();
            const auto late = days{draw.between(14, 120)};
            const auto very_late = days{draw.between(300, 400)};
            if (!leaves) {
                since += year;
                continue;
            }
            if (at >= until_) return;
            const days empty = never_empty || fate < 1.0 / 3 ? days{0}
                               : fate < 2.0 / 3              ? late
                                                             : very_late;
            const Term next = successor(holder, ++number, at + empty);
            // A successor is there before anybody goes.
            if (empty == days{0}) come(next, at - hours{1});
            go(holder, announced, at);
            if (empty != days{0}) come(next, at + empty);
            holder = next;
            since = at + empty;
        }
    }

    static Term successor(const Term& of, int number, Instant from) {
        Term next = of;
        next.person = engine::model::PersonId(of.post.value + "." + std::to_string(of.rank + 1) +
                                              "." + std::to_string(number + 1));
        next.from = from;
        next.until.reset();
        return next;
    }

    void go(const Term& holder, bool announced, Instant at) {
        if (announced)
            add(std::max({at - notice, from_, holder.from}), "end_term",
                {{"person", holder.person.value},
                 {"post", holder.post.value},
                 {"until_ms", engine::time::to_ms(at)}});
        else
            add(at, "disable_person", {{"person", holder.person.value}});
    }

    void come(Term term, Instant at) {
        Person person;
        person.id = term.person;
        person.name = term.person.value;
        person.contacts = {{replay_channel, term.person.value}};
        term.from = std::max(at, from_);
        add(term.from, "put_person", engine::policy::encode(person));
        add(term.from, "put_term", engine::policy::encode(term));
    }

    void add(Instant at, const char* kind, boost::json::object data) {
        plan_.push_back({at, {kind, std::move(data), {}}});
    }

    std::uint64_t seed_;
    Instant from_, until_;
    std::vector<Leaving> plan_;
};

}  // namespace

std::vector<Leaving> turnover(const engine::policy::Directory& directory, std::uint64_t seed,
                              Instant from, Instant until) {
    Plan plan(seed, from, until);
    for (const auto& [id, post] : directory.posts) {
        std::vector<Term> seats;
        for (const Term& term : directory.terms)
            if (term.post == id) seats.push_back(term);
        plan.post(post, seats, id == directory.fallback);
    }
    return plan.take();
}

}  // namespace jinqiao::adapters::cli::replay
