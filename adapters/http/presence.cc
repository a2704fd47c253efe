#include "adapters/http/presence.h"

#include <algorithm>

namespace jinqiao::adapters::http {

using engine::model::AccountId;
using engine::time::Instant;

void Presence::forget(Instant now) {
    std::erase_if(entries_, [&](const Entry& entry) { return entry.until <= now; });
}

bool Presence::enter(Entry entry, Instant now) {
    forget(now);
    entry.until = now + life;
    const auto known = std::find_if(entries_.begin(), entries_.end(), [&](const Entry& each) {
        return each.kase == entry.kase && each.account == entry.account;
    });
    if (known != entries_.end()) {
        const bool news = known->form != entry.form;
        *known = std::move(entry);
        return news;
    }
    if (entries_.size() >= most) entries_.pop_front();
    entries_.push_back(std::move(entry));
    return true;
}

bool Presence::leave(std::string_view kase, const AccountId& account, Instant now) {
    forget(now);
    return std::erase_if(entries_, [&](const Entry& each) {
               return each.kase == kase && each.account == account;
           }) > 0;
}

std::vector<Presence::Entry> Presence::others(std::string_view kase, const AccountId& asker,
                                              Instant now) {
    forget(now);
    std::vector<Entry> out;
    for (const auto& each : entries_)
        if (each.kase == kase && each.account != asker) out.push_back(each);
    return out;
}

}  // namespace jinqiao::adapters::http
