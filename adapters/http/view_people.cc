#include "adapters/http/view_people.h"

#include <algorithm>

#include "adapters/http/people_changes.h"
#include "engine/policy/coverage.h"
#include "engine/policy/directory_codec.h"

namespace jinqiao::adapters::http {

namespace json = boost::json;
namespace policy = engine::policy;
using engine::model::PersonId;
using engine::model::PostId;
using engine::time::Instant;

namespace {

bool shown(const PersonId& person, const Lens& lens) {
    return sees_people(lens.account) || person == lens.account.person;
}

json::value maybe(const std::optional<Instant>& at, const Lens& lens) {
    return at ? json::value(lens.instant(*at)) : json::value(nullptr);
}

// "person", and "person_name" where it may be seen.
void put_person(json::object& into, const PersonId& person, const Lens& lens) {
    into["person"] = person.empty() ? json::value(nullptr) : json::value(person.value);
    if (!person.empty() && shown(person, lens)) into["person_name"] = lens.person(person);
}

template <class Values>
json::array texts(const Values& values) {
    json::array out;
    for (const auto& value : values) out.emplace_back(value);
    return out;
}

json::array terms_of(const Lens& lens, auto&& wanted) {
    json::array out;
    for (const auto& term : lens.world->directory->terms) {
        if (!wanted(term)) continue;
        json::object item{{"post", term.post.value},
                          {"post_name", lens.post(term.post)},
                          {"rank", term.rank},
                          {"from", lens.instant(term.from)},
                          {"until", maybe(term.until, lens)}};
        put_person(item, term.person, lens);
        out.push_back(std::move(item));
    }
    return out;
}

json::object view_swap(const policy::Swap& swap, const Lens& lens) {
    json::object out{{"id", swap.id},
                     {"post", swap.post.value},
                     {"post_name", lens.post(swap.post)},
                     {"by", swap.by.value},
                     {"from", lens.instant(swap.from)},
                     {"until", lens.instant(swap.until)},
                     {"with", swap.with.value},
                     {"with_from", lens.instant(swap.other_from)},
                     {"with_until", lens.instant(swap.other_until)},
                     {"state", policy::name(swap.state)},
                     {"state_text", lens.label("swap.", policy::name(swap.state))}};
    if (shown(swap.by, lens) || shown(swap.with, lens)) out["reason"] = swap.reason;
    return out;
}

json::object view_told(const policy::ToldPerson& told, const Lens& lens) {
    json::object out{{"via", told.via.value},
                     {"via_name", lens.post(told.via)},
                     {"why", told.why},
                     {"why_text", lens.label("told.", told.why)},
                     {"channels", texts(told.channels)},
                     {"held_until", maybe(told.held_until, lens)}};
    put_person(out, told.person, lens);
    return out;
}

// The words of Reach::reason, which are those of its notices.
std::string reason_text(std::string reason, const Lens& lens) {
    std::replace(reason.begin(), reason.end(), ' ', '_');
    return lens.label("reach.", reason);
}

json::object view_covered(const policy::PostCoverage& covered, const Lens& lens) {
    json::array told;
    for (const auto& one : covered.chain) told.push_back(view_told(one, lens));
    json::object out{{"post", covered.post.value},
                     {"post_name", lens.post(covered.post)},
                     {"told", std::move(told)},
                     {"desk_channels", texts(covered.desk_channels)},
                     {"gap", covered.gap.empty() ? json::value(nullptr) : json::value(covered.gap)},
                     {"reserve", json::object{{"needed", covered.reserve_needed},
                                              {"found", covered.reserve_found},
                                              {"short", covered.short_of_reserve()}}}};
    if (!covered.gap.empty()) {
        out["gap_text"] = lens.label("gap.", covered.gap);
        if (!covered.reason.empty()) out["reason"] = reason_text(covered.reason, lens);
    }
    if (!covered.off_duty.empty()) out["off_duty"] = covered.off_duty.value;
    return out;
}

// A department is told through its own contacts and its desk; who reads them is the desk's people.
json::object view_department(const policy::Department& department, const policy::Coverage& covered,
                             const Lens& lens) {
    json::array channels;
    for (const auto& contact : department.contacts)
        if (lens.world->directory->channels.contains(contact.channel))
            channels.emplace_back(contact.channel);
    json::object out{{"department", department.id.value},
                     {"department_name", department.name.in(lens.language)},
                     {"desk", department.desk.value},
                     {"channels", std::move(channels)},
                     {"told", json::array{}},
                     {"gap", nullptr}};
    for (const auto& post : covered.posts) {
        if (post.post != department.desk) continue;
        auto desk = view_covered(post, lens);
        for (const auto* key : {"told", "gap", "gap_text", "reason"})
            if (auto* value = desk.if_contains(key)) out[key] = std::move(*value);
    }
    return out;
}

json::object view_gap(const policy::Gap& gap, const Lens& lens) {
    return {{"post", gap.post.value},
            {"post_name", lens.post(gap.post)},
            {"kind", gap.kind},
            {"text", lens.label("gap.", gap.kind)},
            {"from", lens.instant(gap.from)},
            {"until", maybe(gap.until, lens)}};
}

}  // namespace

json::object view_person(const policy::Person& person, const Lens& lens) {
    const auto& directory = *lens.world->directory;
    json::array contacts;
    for (const auto& contact : person.contacts)
        contacts.push_back(json::object{{"channel", contact.channel},
                                        {"address", contact.address},
                                        {"confirmed_at", maybe(contact.confirmed_at, lens)},
                                        {"stale", policy::stale(directory, contact, lens.now)}});
    return {{"id", person.id.value},
            {"name", person.name},
            {"enabled", person.enabled},
            {"language", person.language == engine::model::Language::en ? "en" : "zh"},
            {"contacts", std::move(contacts)},
            {"quiet", policy::encode(person.quiet)},
            {"absent", directory.absent(person.id, lens.now)},
            {"absences", view_absences(person.id, lens)},
            {"terms", terms_of(lens, [&](const auto& term) { return term.person == person.id; })}};
}

json::array view_absences(const PersonId& person, const Lens& lens) {
    json::array out;
    for (const auto& absence : lens.world->directory->absences)
        if (absence.person == person && absence.until > lens.now)
            out.push_back(json::object{{"from", lens.instant(absence.from)},
                                       {"until", lens.instant(absence.until)}});
    return out;
}

json::array view_terms(const PostId& post, const Lens& lens) {
    return terms_of(lens, [&](const auto& term) { return term.post == post; });
}

json::object view_post(const policy::Post& post, const Lens& lens) {
    json::array deputies;
    for (const auto& id : lens.world->directory->deputies_of(post.id))
        deputies.push_back(json::object{{"post", id.value}, {"post_name", lens.post(id)}});
    json::object out{{"id", post.id.value},
                     {"name", post.name.in(lens.language)},
                     {"deputies", std::move(deputies)},
                     {"rota", nullptr},
                     {"terms", view_terms(post.id, lens)}};
    if (!post.enterprise.empty()) out["enterprise"] = post.enterprise.value;
    if (!post.stands_for.empty()) out["stands_for"] = post.stands_for.value;
    if (!post.natural_deputy.empty()) out["natural_deputy"] = post.natural_deputy.value;
    if (post.rota)
        out["rota"] = json::object{{"begins", lens.instant(post.rota->begins)},
                                   {"shift_minutes", post.rota->shift.count()}};
    return out;
}

json::object view_duty(const std::string& post, Instant from, Instant until, const Lens& lens) {
    const auto& directory = *lens.world->directory;
    json::array items;
    for (const auto& [id, one] : directory.posts) {
        if (!post.empty() && id.value != post) continue;
        for (const auto& shift : policy::shifts(directory, id, from, until)) {
            if (shift.person.empty() && !one.rota) continue;
            json::object item{
                {"post", id.value},
                {"post_name", lens.post(id)},
                {"from", lens.instant(shift.from)},
                {"until", lens.instant(shift.until)},
                {"why", shift.why},
                {"why_text", lens.label("duty.", shift.why.empty() ? "nobody" : shift.why)},
                {"absent", !shift.person.empty() && directory.absent(shift.person, shift.from)}};
            put_person(item, shift.person, lens);
            items.push_back(std::move(item));
        }
    }
    json::array swaps;
    for (const auto& swap : directory.swaps)
        if (std::max(swap.until, swap.other_until) > from &&
            (post.empty() || swap.post.value == post))
            swaps.push_back(view_swap(swap, lens));
    return {{"from", lens.instant(from)},
            {"until", lens.instant(until)},
            {"items", std::move(items)},
            {"swaps", std::move(swaps)}};
}

json::object view_coverage(Instant at, const Lens& lens) {
    const auto& directory = *lens.world->directory;
    const auto covered = policy::coverage(directory, at);
    json::array posts;
    for (const auto& one : covered.posts) posts.push_back(view_covered(one, lens));
    json::array departments;
    for (const auto& id : directory.department_order)
        departments.push_back(view_department(directory.departments.at(id), covered, lens));
    json::array gaps;
    for (const auto& gap : policy::gaps(directory, at, at + directory.announcements.gap_before))
        gaps.push_back(view_gap(gap, lens));
    json::array stale;
    for (const auto& contact : covered.stale) {
        json::object item{{"channel", contact.channel},
                          {"confirmed_at", maybe(contact.confirmed_at, lens)}};
        put_person(item, contact.person, lens);
        stale.push_back(std::move(item));
    }
    return {{"at", lens.instant(at)},
            {"posts", std::move(posts)},
            {"departments", std::move(departments)},
            {"gaps", std::move(gaps)},
            {"stale_contacts", std::move(stale)}};
}

}  // namespace jinqiao::adapters::http
