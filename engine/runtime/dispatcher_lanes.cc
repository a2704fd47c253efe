// What the dispatcher does about notices that a shut lane keeps waiting.
#include <algorithm>
#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>

#include "engine/runtime/dispatcher_impl.h"

namespace jinqiao::engine::runtime {

using namespace std::chrono_literals;

namespace {

// A contact may have been added meanwhile.
constexpr milliseconds asked_again{60'000};
// Where nothing could be merged; more may have come by then.
constexpr milliseconds left_unmerged{5'000};

// Measured without reading its notices: their grades are its priority, or lower.
bool is_overdue(const ports::DeliveryRow& row, const ChannelSettings& settings, time::Instant now) {
    const auto limit = settings.pass_on[static_cast<std::size_t>(row.priority)];
    return limit.count() > 0 && now >= row.since + limit;
}

}  // namespace

void Dispatcher::Impl::wait(const ports::DeliveryRow& row, Steady::time_point open_at,
                            const ChannelSettings& settings, Waiting& waiting) {
    ++waiting.rows;
    waiting.open_at = std::min(waiting.open_at, open_at);
    if (settings.merge_from > 0 && !row.sent_unknown && !row.kase.empty() &&
        row.priority != model::GradeLevel::red)
        waiting.by_address[row.address].push_back(row.id);
}

// The lane is down, it is high time, and there may be another way: the case hears of it as of an
// attempt that failed, and nothing is sent. False: let it wait.
bool Dispatcher::Impl::pass_on(const ports::DeliveryRow& row, const ChannelSettings& settings) {
    if (!is_overdue(row, settings, parts.clock->now())) return false;
    auto& asked = use_of(row.channel).asked;
    std::erase_if(asked, [now = Steady::now()](const auto& one) { return one.second <= now; });
    if (!asked.emplace(row.id, Steady::now() + asked_again).second) return false;
    auto prepared = prepare(*reader, row, settings);
    if (!prepared) return false;
    const auto token = next_token++;
    Flight flight{prepared->attempt,
                  row.channel,
                  row.address,
                  {},
                  settings,
                  nullptr,
                  token,
                  Steady::now() + settings.patience,
                  {},
                  false,
                  false};
    ++use_of(row.channel).slots;
    ++use_of(row.channel).by_address[row.address];
    flights[row.id] = std::move(flight);
    answered(row.id, token,
             {Outcome::Kind::retry, "channel_down", {}, "not sent: the channel is down", {}});
    return true;
}

std::vector<ShutLane> Dispatcher::Impl::shut_lanes() const {
    std::vector<ShutLane> out;
    const auto now = Steady::now();
    for (const auto& [channel, use] : busy)
        for (const auto& [lane, held] : use.gates) {
            if (!held.down()) continue;
            const auto at = held.reopens_at();
            out.push_back({channel, lane,
                           at > now ? std::chrono::ceil<milliseconds>(at - now) : milliseconds{0}});
        }
    return out;
}

// Where several wait for one address, they travel as one.
void Dispatcher::Impl::merge(const std::string& channel, const ChannelSettings& settings,
                             Waiting& waiting) {
    for (const auto& at : waiting.by_address) {
        const auto& address = at.first;
        const auto& deliveries = at.second;
        auto& until = use_of(channel).merging[address];
        if (deliveries.size() < settings.merge_from || Steady::now() < until) continue;
        // Until it is stored none of them is sent: it would go out twice, and its outcome would
        // belong to nothing.
        use_of(channel).in_merge.insert(deliveries.begin(), deliveries.end());
        Submission submission;
        submission.work = DeliveryMerge{channel, address, deliveries, settings.text_limit};
        submission.lane = Lane::engine;
        submission.done = [weak = weak_from_this(), channel, where = address,
                           deliveries](const Answer& answer) {
            const bool some = std::holds_alternative<Accepted>(answer);
            const auto self = weak.lock();
            if (!self) return;
            asio::post(self->strand, [self, channel, where, deliveries, some] {
                self->merged(channel, where, deliveries, some);
            });
        };
        until = Steady::time_point::max();
        if (!parts.committer->submit(std::move(submission)))
            merged(channel, address, deliveries, false);
    }
}

void Dispatcher::Impl::merged(const std::string& channel, const std::string& address,
                              const std::vector<std::string>& deliveries, bool some) {
    auto& merging = use_of(channel).merging;
    for (const auto& delivery : deliveries) use_of(channel).in_merge.erase(delivery);
    if (some) {
        merging.erase(address);
        use_of(channel).look_at = {};
        wake();
    } else {
        merging[address] = Steady::now() + left_unmerged;
        wake();
    }
}

}  // namespace jinqiao::engine::runtime
