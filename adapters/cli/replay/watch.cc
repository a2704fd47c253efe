#include "adapters/cli/replay/watch.h"

#include <algorithm>
#include <boost/json/array.hpp>
#include <boost/json/monotonic_resource.hpp>
#include <boost/json/parse.hpp>

#include "adapters/cli/json_view.h"

namespace jinqiao::adapters::cli::replay {

using engine::model::Done;
using engine::model::Error;
using engine::model::ErrorCode;
using engine::model::Status;
using engine::ports::CaseRow;
using engine::ports::TimerRow;
using engine::time::Instant;

namespace {

bool open_clock(const boost::json::value& clock) {
    const std::string state = text_at(clock, "state");
    return state == "running" || state == "suspended" || state == "missed";
}

bool counts(const boost::json::value& clock) {
    return open_clock(clock) && text_at(clock, "class") != "reference";
}

// "st.ack#1", "asg.sign#1@…": the name of a timer begins with that of its clock.
bool about(const TimerRow& timer, const std::string& clock) {
    return timer.slot.starts_with(clock) &&
           (timer.slot.size() == clock.size() || timer.slot[clock.size()] == '#');
}

}  // namespace

Status Watch::look(const engine::model::CaseId& id, Instant now) {
    auto row = reader_.find_case(id);
    if (!row) return row.error();
    if (!*row) return Error{ErrorCode::corrupt, "a committed case is not in the store", id.value};
    return (*row)->open ? judge(**row, now) : Status(Done{});
}

Status Watch::look_at_all(Instant now) {
    std::vector<CaseRow> rows;
    const Status listed = reader_.each_case(true, [&](const CaseRow& row) {
        rows.push_back(row);
        return true;
    });
    if (!listed) return listed;
    for (const CaseRow& row : rows)
        if (auto judged = judge(row, now); !judged) return judged;
    return Done{};
}

Status Watch::judge(const CaseRow& row, Instant now) {
    if (aside_.contains(row.id.value)) return Done{};
    ++looks_;
    boost::json::error_code broken;
    // A snapshot is tens of kilobytes and looked at once: one region of memory instead of a
    // thousand allocations.
    boost::json::monotonic_resource memory(buffer_.data(), buffer_.size());
    const auto body = boost::json::parse(row.body, broken, &memory);
    if (broken) return Error{ErrorCode::corrupt, "a stored case is not JSON", row.id.value};
    const auto timers = reader_.timers_of(row.id);
    if (!timers) return timers.error();

    std::vector<std::string> lacking;
    const std::string owner = text_at(body, "owner.post");
    if (owner.empty() || !directory_->posts.contains(engine::model::PostId(owner)))
        lacking.emplace_back("owner");
    const auto& clocks = list_at(body, "clocks");
    // Something is waited for, and it says by when.
    const bool waited = std::any_of(clocks.begin(), clocks.end(), [](const auto& clock) {
        return counts(clock) && !text_at(clock, "due.at_ms").empty();
    });
    if (!waited) lacking.emplace_back("due");
    // The engine comes back to it by itself: a timer of a clock that is still open.
    const bool armed = std::any_of(timers->begin(), timers->end(), [&](const TimerRow& timer) {
        return std::any_of(clocks.begin(), clocks.end(), [&](const auto& clock) {
            return counts(clock) && about(timer, text_at(clock, "name"));
        });
    });
    if (!armed) lacking.emplace_back("next_action");
    std::set<std::string> seen;
    if (!somebody_at(owner, now, seen) && !somebody_at(directory_->fallback.value, now, seen))
        lacking.emplace_back("addressee");

    if (!lacking.empty() && known_.insert(row.id.value).second)
        forgotten_.push_back({row.number, row.state, std::move(lacking), now});
    return Done{};
}

// Somebody present in the post, or in one of its deputies, with a working channel.
bool Watch::somebody_at(const std::string& post, Instant now, std::set<std::string>& seen) {
    if (post.empty() || !seen.insert(post).second) return false;
    const auto works = [&](const std::vector<engine::policy::Contact>& contacts) {
        return std::any_of(contacts.begin(), contacts.end(), [&](const auto& contact) {
            return directory_->channels.contains(contact.channel);
        });
    };
    const auto found = directory_->posts.find(engine::model::PostId(post));
    if (found == directory_->posts.end()) return false;
    for (const auto& term : directory_->terms) {
        if (term.post.value != post || now < term.from || (term.until && now >= *term.until))
            continue;
        const auto person = directory_->people.find(term.person);
        if (person == directory_->people.end() || !person->second.enabled) continue;
        const bool away = std::any_of(
            directory_->absences.begin(), directory_->absences.end(), [&](const auto& absence) {
                return absence.person == term.person && absence.from <= now && now < absence.until;
            });
        if (!away && (works(person->second.contacts) || works(found->second.contacts))) return true;
    }
    const auto deputies = directory_->deputies_of(engine::model::PostId(post));
    return std::any_of(deputies.begin(), deputies.end(),
                       [&](const auto& deputy) { return somebody_at(deputy.value, now, seen); });
}

}  // namespace jinqiao::adapters::cli::replay
