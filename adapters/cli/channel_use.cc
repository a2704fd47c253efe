#include "adapters/cli/channel_use.h"

namespace jinqiao::adapters::cli {

using engine::ports::Section;
using engine::ports::Usage;
using engine::runtime::ChannelSettings;
using std::chrono::milliseconds;

namespace {

constexpr milliseconds second{1'000}, hour{3'600'000}, day{86'400'000};

void read_span(Section& section, const char* key, milliseconds least, milliseconds most,
               milliseconds& into) {
    const auto value = section.span(key, into);
    if (value < least || value > most)
        section.fault(
            key,
            std::to_string(least.count()) + " ms … " + std::to_string(most.count() / 1000) + " s",
            std::to_string(value.count()) + " ms");
    else
        into = value;
}

std::size_t count(Section& section, const char* key, std::int64_t least, std::int64_t most,
                  std::size_t fallback) {
    return static_cast<std::size_t>(
        section.integer(key, least, most, static_cast<std::int64_t>(fallback)));
}

}  // namespace

ChannelSettings common_use(const config::Service& service) {
    const auto& delivery = service.delivery;
    ChannelSettings use;
    use.patience = delivery.patience;
    use.first_retry = delivery.first_retry;
    use.longest_retry = delivery.longest_retry;
    use.give_up_after = delivery.give_up_after;
    use.unknown_repeats = static_cast<int>(delivery.unknown_repeats);
    use.repeat_from = delivery.repeat_unknown_from;
    use.pass_on = delivery.pass_on;
    use.merge_from = static_cast<std::size_t>(delivery.merge_from);
    return use;
}

ChannelSettings read_use(Section& channel, const Usage& usage, ChannelSettings common) {
    ChannelSettings use = common;
    const auto section = channel.section("delivery");
    use.concurrency = count(*section, "concurrency", 1, 200, usage.concurrency);
    use.each = count(*section, "each", 0, 200, usage.each);
    use.recognises_repeats = usage.recognises_repeats;
    use.text_limit = usage.text_limit;
    if (!usage.merges) use.merge_from = 0;
    {
        const auto rate = channel.section("rate");
        use.lane.burst = count(*rate, "burst", 0, 10'000, usage.burst);
        use.lane.every = usage.every;
        read_span(*rate, "every", milliseconds{1}, hour, use.lane.every);
    }
    read_span(*section, "patience", second, 10 * 60 * second, use.patience);
    read_span(*section, "first_retry", second, day, use.first_retry);
    read_span(*section, "longest_retry", second, day, use.longest_retry);
    read_span(*section, "give_up_after", second, 30 * day, use.give_up_after);
    use.unknown_repeats =
        static_cast<int>(section->integer("unknown_repeats", 0, 100, use.unknown_repeats));
    if (usage.merges) use.merge_from = count(*section, "merge_from", 0, 1'000, use.merge_from);
    use.lane.failures = static_cast<int>(section->integer("failures", 1, 1'000, use.lane.failures));
    read_span(*section, "pause", milliseconds{100}, day, use.lane.pause);
    read_span(*section, "longest_pause", milliseconds{100}, day, use.lane.longest);
    return use;
}

}  // namespace jinqiao::adapters::cli
