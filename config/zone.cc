#include "config/zone.h"

#include <algorithm>
#include <set>

#include "config/files.h"
#include "config/map.h"
#include "engine/policy/coverage.h"

namespace jinqiao::config {

namespace json = boost::json;
using engine::model::AccountId;
using engine::model::DepartmentId;
using engine::model::EnterpriseId;
using engine::model::Language;
using engine::model::PersonId;
using engine::model::PostId;
using engine::policy::Directory;
using engine::policy::DutyDays;
using engine::policy::Person;
using engine::policy::QuietWindow;
using engine::policy::Rotation;
using engine::policy::Term;
using engine::time::Instant;

namespace {

// Before anything a case could be about: a holder whose term names no beginning has always held.
const Instant long_ago = engine::time::from_ms(946'684'800'000);  // 2000-01-01 UTC

class ZoneReader {
  public:
    ZoneReader(const Directory& organisation, Zone& zone, Faults& faults)
        : zone_(zone), faults_(faults), channels_(organisation.channels) {
        for (const auto& [id, post] : organisation.posts) {
            posts_.push_back(id.value);
            if (post.rota) rotas_.push_back(id.value);
        }
        for (const auto& [id, department] : organisation.departments)
            departments_.push_back(id.value);
    }

    void read(const Tree& tree) {
        Map map(tree, faults_);
        map.need("people");
        map.each("people", [&](const Tree& item) { read_person(item); });
        map.each("enterprises", [&](const Tree& item) { read_enterprise(item); });
        zone_.demo = map.flag("demo", false);
        map.need("terms");
        map.each("terms", [&](const Tree& item) { read_term(item); });
        map.each("absences", [&](const Tree& item) { read_absence(item); });
        map.each("rotations", [&](const Tree& item) { read_rotation(item); });
        map.each("accounts", [&](const Tree& item) { read_account(item); });
    }

  private:
    static Language language_of(Map& map) {
        return map.one_of("language", {"zh", "en"}, "zh") == 1 ? Language::en : Language::zh;
    }

    void once(const Tree& item, std::set<std::string>& known, const std::string& id) {
        if (!id.empty() && !known.insert(id).second)
            add(faults_, item, {"check.id_once", {}}, {"check.found.value", {{"value", id}}});
    }

    std::string known(Map& map, std::string_view key, const std::vector<std::string>& allowed,
                      std::string_view kind) {
        const std::string id = map.text(key);
        if (const Tree* at = map.tree().find(key); at != nullptr && !id.empty())
            expect_one_of(*at, id, allowed, kind, faults_);
        return id;
    }

    void read_person(const Tree& item) {
        Map map(item, faults_);
        Person person;
        person.id = PersonId(map.required_text("id"));
        person.name = map.required_text("name");
        if (const Tree* contacts = map.need("contacts"))
            person.contacts = read_contacts(*contacts, channels_, faults_);
        person.language = language_of(map);
        map.each("quiet", [&](const Tree& window) { person.quiet.push_back(read_quiet(window)); });
        once(item, person_ids_, person.id.value);
        const auto clashes = [&](const std::vector<std::string>& ids) {
            return std::find(ids.begin(), ids.end(), person.id.value) != ids.end();
        };
        if (clashes(posts_) || clashes(departments_))
            add(faults_, item, {"check.not_a_post", {}},
                {"check.found.value", {{"value", person.id.value}}});
        people_.push_back(person.id.value);
        zone_.people.push_back(std::move(person));
    }

    QuietWindow read_quiet(const Tree& item) {
        Map map(item, faults_);
        map.need("from");
        map.need("until");
        QuietWindow window;
        window.from = map.time_of_day("from", window.from);
        window.until = map.time_of_day("until", window.until);
        if (window.from == window.until && map.has("until"))
            map.fault("until", {"check.other_than_from", {}}, found_at(item, "until"));
        if (const Tree* days = map.take("days"))
            for (const Tree& day : days->items)
                if (const auto number = integer_of(day, 1, 7, faults_))
                    window.days.insert(static_cast<int>(*number));
        return window;
    }

    void read_rotation(const Tree& item) {
        Map map(item, faults_);
        map.need("post");
        Rotation rotation;
        rotation.post = PostId(known(map, "post", rotas_, "check.kind.rota"));
        rotation.from = instant(map, "from", long_ago);
        const auto days = map.one_of("days", {"all", "working", "rest"}, "all");
        rotation.days = days == 1 ? DutyDays::working : days == 2 ? DutyDays::rest : DutyDays::all;
        map.need("order");
        for (const std::string& person : map.texts("order")) rotation.order.emplace_back(person);
        if (const Tree* order = item.find("order"))
            for (const Tree& person : order->items)
                expect_one_of(person, person.text, people_, "check.kind.person", faults_);
        zone_.rotations.push_back(std::move(rotation));
    }

    void read_enterprise(const Tree& item) {
        Map map(item, faults_);
        EnterpriseSeed enterprise;
        enterprise.id = EnterpriseId(map.required_text("id"));
        enterprise.uscc = map.text("uscc");
        enterprise.name = map.required_text("name");
        enterprise.address = map.text("address");
        if (const Tree* known = map.take("known")) {
            const json::value value = to_json(*known);
            if (value.is_object())
                enterprise.known = value.get_object();
            else
                add(faults_, *known, {"check.map", {}}, found_in(*known));
        }
        if (!enterprise.uscc.empty() && enterprise.uscc.size() != 18)
            map.fault("uscc", {"check.uscc", {}}, found_at(item, "uscc"));
        once(item, enterprise_ids_, enterprise.id.value);
        enterprises_.push_back(enterprise.id.value);
        zone_.enterprises.push_back(std::move(enterprise));
    }

    // A day (from its beginning, Asia/Shanghai) or an exact instant.
    Instant instant(Map& map, std::string_view key, Instant fallback) {
        const std::string text = map.text(key);
        if (text.empty()) return fallback;
        if (const auto date = engine::time::parse_date(text))
            return engine::time::Calendar().start_of(*date);
        if (const auto at = engine::time::parse_rfc3339(text)) return *at;
        map.fault(key, {"check.date_or_instant", {}}, {"check.found.value", {{"value", text}}});
        return fallback;
    }

    void read_term(const Tree& item) {
        Map map(item, faults_);
        map.need("person");
        map.need("post");
        Term term;
        term.person = PersonId(known(map, "person", people_, "check.kind.person"));
        term.post = PostId(known(map, "post", posts_, "check.kind.post"));
        term.rank = static_cast<int>(map.integer("rank", 0, 99, 0));
        term.from = instant(map, "from", long_ago);
        if (map.has("until")) term.until = instant(map, "until", term.from);
        if (term.until && *term.until <= term.from)
            map.fault("until", {"check.later_than_from", {}}, found_at(item, "until"));
        zone_.terms.push_back(std::move(term));
    }

    void read_absence(const Tree& item) {
        Map map(item, faults_);
        for (const std::string_view key : {"person", "from", "until"}) map.need(key);
        const PersonId person(known(map, "person", people_, "check.kind.person"));
        const Instant from = instant(map, "from", long_ago);
        const Instant until = instant(map, "until", from);
        if (until <= from && item.find("until") != nullptr)
            map.fault("until", {"check.later_than_from", {}}, found_at(item, "until"));
        zone_.absences.push_back({person, from, until});
    }

    void read_account(const Tree& item) {
        Map map(item, faults_);
        AccountSeed account;
        account.id = AccountId(map.required_text("id"));
        map.need("roles");
        account.roles = map.texts("roles");
        if (const Tree* roles = item.find("roles"))
            for (const Tree& role : roles->items)
                expect_one_of(role, role.text, account_roles(), "check.kind.role", faults_);
        map.need("person");
        account.person = PersonId(known(map, "person", people_, "check.kind.person"));
        account.enterprise =
            EnterpriseId(known(map, "enterprise", enterprises_, "check.kind.enterprise"));
        account.department =
            DepartmentId(known(map, "department", departments_, "check.kind.department"));
        account.language = language_of(map);
        account.token_name = map.text("token");
        need_for_role(map, account, "enterprise_union", "enterprise");
        need_for_role(map, account, "department", "department");
        once(item, account_ids_, account.id.value);
        once(item, tokens_, account.token_name);
        zone_.accounts.push_back(std::move(account));
    }

    // These roles see nothing without knowing whose they are.
    void need_for_role(Map& map, const AccountSeed& account, std::string_view role,
                       std::string_view key) {
        if (std::find(account.roles.begin(), account.roles.end(), role) != account.roles.end())
            map.need(key);
    }

    Zone& zone_;
    Faults& faults_;
    std::set<std::string> channels_;
    std::vector<std::string> posts_, rotas_, departments_, people_, enterprises_;
    std::set<std::string> person_ids_, enterprise_ids_, account_ids_, tokens_;
};

// A post whose line of deputies holds one person only stands empty the day that person is ill.
void check_staff(const Tree& tree, const Directory& staffed, Faults& faults) {
    const Tree* terms = tree.find("terms");
    const Tree& at = terms == nullptr ? tree : *terms;
    for (const auto& [id, post] : staffed.posts) {
        const bool held = std::any_of(
            staffed.terms.begin(), staffed.terms.end(),
            [&, &post_id = id](const Term& term) { return term.post == post_id && !term.until; });
        if (!held)
            add(faults, at, {"check.holder", {{"post", id.value}}}, {"check.found.nothing", {}});
        const Instant some_time = long_ago + std::chrono::hours{24 * 365 * 50};
        if (staffed.acting(id, some_time).size() < 2)
            add(faults, at, {"check.deputy", {{"post", id.value}}}, {"check.found.one", {}});
        const int needed = engine::policy::reserve_needed(post.unit);
        const int found = engine::policy::reserve_of(staffed, id, some_time);
        if (found < needed)
            add(faults, at,
                {"check.reserve", {{"post", id.value}, {"count", std::to_string(needed)}}},
                {"check.found.value", {{"value", std::to_string(found)}}});
    }
}

}  // namespace

const std::vector<std::string>& account_roles() {
    static const std::vector<std::string> roles{"enterprise_union", "duty_officer", "mediator",
                                                "department",       "supervisor",   "administrator",
                                                "auditor"};
    return roles;
}

Directory staffed(Directory organisation, const Zone& zone) {
    for (const Person& person : zone.people) organisation.people[person.id] = person;
    organisation.terms.insert(organisation.terms.end(), zone.terms.begin(), zone.terms.end());
    organisation.absences.insert(organisation.absences.end(), zone.absences.begin(),
                                 zone.absences.end());
    organisation.rotations.insert(organisation.rotations.end(), zone.rotations.begin(),
                                  zone.rotations.end());
    return organisation;
}

ZoneLoaded load_zone(const std::filesystem::path& file, const Directory& organisation) {
    ZoneLoaded loaded;
    const Tree tree = read_yaml(file, loaded.faults);
    Zone zone;
    ZoneReader(organisation, zone, loaded.faults).read(tree);
    if (tree.kind == Tree::Kind::map) check_staff(tree, staffed(organisation, zone), loaded.faults);
    if (!any_error(loaded.faults)) loaded.zone = std::move(zone);
    return loaded;
}

}  // namespace jinqiao::config
