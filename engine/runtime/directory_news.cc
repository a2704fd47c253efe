#include "engine/runtime/directory_news.h"

#include <algorithm>

#include "engine/runtime/chain.h"
#include "engine/runtime/notices.h"

namespace jinqiao::engine::runtime {

using model::Addressee;
using model::Notice;
using model::Status;

namespace {

Addressee fallback_of(const policy::Directory& directory) {
    return {Addressee::Kind::post, directory.fallback.value};
}

// Which way the notice goes; none leaves it without a channel, which is stored as dead.
void address(Notice& notice, const policy::Directory& directory, const policy::Reach& reach,
             std::size_t contact, time::Instant now) {
    notice.person = reach.person;
    if (contact >= reach.contacts.size()) return;
    const auto& way = reach.contacts[contact];
    notice.channel = way.channel;
    notice.address = way.address;
    notice.not_before = policy::held_until(directory, way, notice.urgent, now);
    if (notice.not_before && notice.reason.empty()) notice.reason = "quiet hours";
}

Notice notice_of(const DirectoryNews& item, std::uint64_t seq, std::size_t n,
                 const policy::Directory& directory, time::Instant now) {
    const std::string stream(directory_stream);
    const auto place = std::to_string(seq) + "-" + std::to_string(n);
    Notice notice;
    notice.id = model::NoticeId{stream + "-n" + place};
    notice.kase = model::CaseId{stream};
    notice.event = item.event;
    notice.addressee = item.to;
    notice.urgent = item.urgent;
    notice.at = now;
    notice.vars = item.vars;
    auto reach = directory.reach(item.to, now);
    if (!reach.reachable()) {
        notice.reason = item.to.text() + ": " + reach.reason;
        notice.addressee = fallback_of(directory);
        reach = directory.reach(notice.addressee, now);
    }
    address(notice, directory, reach, 0, now);
    notice.key = stream + "/" + item.event + "/" + place + "/" + notice.addressee.text() + "/" +
                 notice.channel;
    return notice;
}

std::optional<std::size_t> place_of(const policy::Reach& reach, const Notice& notice) {
    const auto found = std::find(reach.contacts.begin(), reach.contacts.end(),
                                 policy::Contact{notice.channel, notice.address});
    if (found == reach.contacts.end()) return {};
    return static_cast<std::size_t>(found - reach.contacts.begin());
}

}  // namespace

Status write_directory_news(const Tools& tools, Transaction& tx, std::uint64_t seq,
                            const std::vector<DirectoryNews>& news) {
    std::size_t n = 0;
    for (const auto& item : news) {
        auto notice = notice_of(item, seq, ++n, tx.directory(), tx.now());
        if (auto done = write_notice(tools, tx, std::move(notice), seq, {}); !done) return done;
    }
    return model::Done{};
}

Status directory_undelivered(const Tools& tools, Transaction& tx, const ports::NoticeRow& failed) {
    const auto& directory = tx.directory();
    Notice next = failed.notice;
    auto reach = directory.reach(next.addressee, tx.now());
    const auto tried = place_of(reach, next);
    std::size_t contact = tried ? *tried + 1 : reach.contacts.size();
    if (contact >= reach.contacts.size()) {
        if (next.addressee == fallback_of(directory)) return model::Done{};
        next.reason = next.addressee.text();
        next.addressee = fallback_of(directory);
        reach = directory.reach(next.addressee, tx.now());
        contact = 0;
    } else {
        next.reason = "fallback: " + next.channel;
    }
    next.id.value += "-f";
    next.key += "/f";
    next.at = tx.now();
    next.channel.clear();
    next.address.clear();
    next.not_before.reset();
    address(next, directory, reach, contact, tx.now());
    return write_notice(tools, tx, std::move(next), failed.seq, {});
}

}  // namespace jinqiao::engine::runtime
