#include <algorithm>
#include <chrono>
#include <set>

#include "config/files.h"
#include "config/map.h"
#include "config/zone.h"

namespace jinqiao::config {

using engine::model::DepartmentId;
using engine::model::PostId;
using engine::policy::Contact;
using engine::policy::Department;
using engine::policy::Directory;
using engine::policy::Post;
using engine::policy::Rota;
using engine::policy::Unit;

namespace {

Department read_department(const Tree& tree, const Directory& directory, Faults& faults) {
    Map map(tree, faults);
    Department department;
    department.id = DepartmentId(map.required_text("id"));
    department.name = map.words("name");
    map.words("role");
    department.desk = PostId(map.required_text("desk"));
    if (const Tree* contacts = map.take("contacts"))
        department.contacts = read_contacts(*contacts, directory.channels, faults);
    department.sample = !map.flag("named", false);
    department.source = map.required_text("source");
    return department;
}

Rota read_rota(const Tree& tree, std::chrono::minutes utc_offset, Faults& faults) {
    constexpr std::chrono::hours shortest{1};
    Map map(tree, faults);
    Rota rota;
    map.need("begins");
    const auto date = map.date("begins");
    const auto handover = map.time_of_day("handover", std::chrono::minutes{0});
    if (date) rota.begins = engine::time::Instant{date->time_since_epoch() + handover - utc_offset};
    map.need("shift");
    rota.shift = std::chrono::duration_cast<std::chrono::minutes>(
        map.span("shift", std::chrono::hours{24}, shortest));
    rota.source = map.required_text("source");
    return rota;
}

Post read_post(const Tree& tree, const Directory& directory, Faults& faults) {
    Map map(tree, faults);
    Post post;
    post.id = PostId(map.required_text("id"));
    post.name = map.words("name");
    for (const std::string& deputy : map.texts("deputies")) post.deputies.emplace_back(deputy);
    post.roles = map.texts("roles");
    if (const Tree* roles = tree.find("roles"))
        for (const Tree& role : roles->items)
            expect_one_of(role, role.text, account_roles(), "check.kind.role", faults);
    post.enterprise = engine::model::EnterpriseId(map.text("enterprise"));
    post.stands_for = PostId(map.text("stands_for"));
    if (!post.stands_for.empty()) map.need("enterprise");
    post.natural_deputy = PostId(map.text("natural_deputy"));
    if (map.has("unit"))
        post.unit = map.one_of("unit", {"independent", "joint"}, "independent") == 1
                        ? Unit::joint
                        : Unit::independent;
    if (const Tree* rota = map.take("rota"))
        post.rota = read_rota(*rota, directory.utc_offset, faults);
    if (const Tree* contacts = map.take("contacts"))
        post.contacts = read_contacts(*contacts, directory.channels, faults);
    post.source = map.required_text("source");
    if (post.contacts.empty())
        add(faults, tree, {"check.contact_needed", {}}, {"check.found.nothing", {}});
    return post;
}

class Checks {
  public:
    Checks(const Tree& tree, const Directory& directory, Faults& faults)
        : tree_(tree), directory_(directory), faults_(faults) {
        for (const auto& [id, post] : directory.posts) posts_.push_back(id.value);
    }

    void run() {
        each("posts", [&](const Tree& item) { check_post(item); });
        for (const std::string_view part : {"gaps", "contacts"})
            if (const Tree* rule = tree_.find(part))
                if (const Tree* to = rule->find("to"))
                    for (const Tree& post : to->items)
                        expect_one_of(post, post.text, posts_, "check.kind.post", faults_);
        each("departments", [&](const Tree& item) { check_desk(item); });
        if (const Tree* fallback = tree_.find("fallback"))
            expect_one_of(*fallback, fallback->text, posts_, "check.kind.post", faults_);
    }

  private:
    template <class Visit>
    void each(std::string_view key, Visit visit) {
        if (const Tree* list = tree_.find(key))
            for (const Tree& item : list->items) visit(item);
    }

    void check_post(const Tree& item) {
        const Tree* id = item.find("id");
        for (const std::string_view key : {"natural_deputy", "stands_for"})
            if (const Tree* other = item.find(key))
                expect_one_of(*other, other->text, posts_, "check.kind.post", faults_);
        if (const Tree* deputies = item.find("deputies"))
            for (const Tree& deputy : deputies->items)
                expect_one_of(deputy, deputy.text, posts_, "check.kind.post", faults_);
        if (id == nullptr) return;
        const auto post = directory_.posts.find(PostId(id->text));
        if (post == directory_.posts.end()) return;
        check_pair(item, post->second);
        check_own_post(item, post->second);
        const Tree* deputies = item.find("deputies");
        if (const auto path = circle(post->first); !path.empty())
            add(faults_, deputies == nullptr ? item : *deputies, {"check.no_cycle", {}},
                {"check.found.value", {{"value", path}}});
    }

    // The two stand in for each other, or it is a deputy like any other.
    void check_pair(const Tree& item, const Post& post) {
        if (post.natural_deputy.empty()) return;
        const auto other = directory_.posts.find(post.natural_deputy);
        if (other == directory_.posts.end() || other->second.natural_deputy == post.id) return;
        // Inside an enterprise the pair may be named by the zone's posts.
        if (!post.stands_for.empty() && other->second.natural_deputy == post.stands_for) return;
        add(faults_, *item.find("natural_deputy"),
            {"check.natural_pair", {{"post", post.natural_deputy.value}}},
            other->second.natural_deputy.empty()
                ? engine::model::Message{"check.found.nothing", {}}
                : engine::model::Message{"check.found.value",
                                         {{"value", other->second.natural_deputy.value}}});
    }

    // An enterprise has one post of a kind: an offer must know which.
    void check_own_post(const Tree& item, const Post& post) {
        if (post.stands_for.empty()) return;
        const auto first = directory_.post_in(post.enterprise, post.stands_for);
        if (first != post.id && first != post.stands_for)
            add(faults_, *item.find("stands_for"), {"check.stands_for_once", {}},
                {"check.found.value", {{"value", first.value}}});
    }

    void check_desk(const Tree& department) {
        const Tree* id = department.find("id");
        const Tree* desk = department.find("desk");
        if (desk != nullptr) expect_one_of(*desk, desk->text, posts_, "check.kind.post", faults_);
        // A rule may name either, and both have a folder of their name in the spool.
        if (id != nullptr && directory_.posts.contains(PostId(id->text)))
            add(faults_, *id, {"check.not_a_post", {}},
                {"check.found.value", {{"value", id->text}}});
    }

    using Visited = std::set<std::pair<PostId, bool>>;  // and whether as a natural deputy

    // The way through the deputies back to the post, "a > b > a"; empty if there is none. That two
    // natural deputies name each other is no circle.
    std::string circle(const PostId& start) const {
        std::vector<PostId> path{start};
        Visited seen;
        return leads_back(start, false, path, seen) ? words_of(path) : std::string();
    }

    bool leads_back(const PostId& at, bool by_nature, std::vector<PostId>& path,
                    Visited& seen) const {
        const auto post = directory_.posts.find(at);
        if (post == directory_.posts.end()) return false;
        const auto& natural = post->second.natural_deputy;
        for (const PostId& next : directory_.deputies_of(at)) {
            const bool pair = next == directory_.post_in(post->second.enterprise, natural);
            if (pair && by_nature) continue;
            path.push_back(next);
            if (next == path.front()) return true;
            if (seen.insert({next, pair}).second && leads_back(next, pair, path, seen)) return true;
            path.pop_back();
        }
        return false;
    }

    static std::string words_of(const std::vector<PostId>& path) {
        std::string words;
        for (const PostId& id : path) words += (words.empty() ? "" : " > ") + id.value;
        return words;
    }

    const Tree& tree_;
    const Directory& directory_;
    Faults& faults_;
    std::vector<std::string> posts_;
};

void once(const Tree& item, bool inserted, const std::string& id, Faults& faults) {
    if (!inserted) add(faults, item, {"check.id_once", {}}, {"check.found.value", {{"value", id}}});
}

}  // namespace

std::vector<Contact> read_contacts(const Tree& tree, const std::set<std::string>& channels,
                                   Faults& faults) {
    std::vector<Contact> contacts;
    if (tree.kind != Tree::Kind::list) {
        add(faults, tree, {"check.list", {}}, found_in(tree));
        return contacts;
    }
    const std::vector<std::string> known(channels.begin(), channels.end());
    for (const Tree& item : tree.items) {
        Map map(item, faults);
        Contact contact{map.required_text("channel"), map.text("address")};
        if (const Tree* channel = item.find("channel");
            channel != nullptr && !contact.channel.empty())
            expect_one_of(*channel, contact.channel, known, "check.kind.channel", faults);
        contacts.push_back(std::move(contact));
    }
    return contacts;
}

namespace {

std::vector<PostId> posts_named(Map& map, std::string_view key) {
    std::vector<PostId> out;
    for (const std::string& post : map.texts(key)) out.emplace_back(post);
    return out;
}

void read_announcements(Map& map, Directory& directory, Faults& faults) {
    constexpr std::chrono::hours shortest{1};
    auto& rule = directory.announcements;
    const auto whole_hours = [](std::chrono::milliseconds span) {
        return std::chrono::duration_cast<std::chrono::hours>(span);
    };
    if (const Tree* tree = map.take("gaps")) {
        Map gaps(*tree, faults);
        rule.gap_before = whole_hours(gaps.span("announce", rule.gap_before, shortest));
        gaps.need("to");
        rule.gaps_to = posts_named(gaps, "to");
        gaps.required_text("source");
    }
    if (const Tree* tree = map.take("contacts")) {
        Map contacts(*tree, faults);
        rule.confirm_every =
            whole_hours(contacts.span("confirm_every", rule.confirm_every, shortest));
        contacts.need("to");
        rule.stale_to = posts_named(contacts, "to");
        contacts.required_text("source");
    }
}

}  // namespace

Directory load_organisation(const std::filesystem::path& file,
                            const std::vector<ChannelConfig>& channels, Faults& faults,
                            std::chrono::minutes utc_offset) {
    const Tree tree = read_yaml(file, faults);
    Directory directory;
    directory.utc_offset = utc_offset;
    for (const ChannelConfig& channel : channels) directory.channels.insert(channel.name);
    Map map(tree, faults);
    directory.fallback = PostId(map.required_text("fallback"));
    read_announcements(map, directory, faults);
    map.need("departments");
    map.each("departments", [&](const Tree& item) {
        Department department = read_department(item, directory, faults);
        const DepartmentId id = department.id;
        const bool fresh = directory.departments.emplace(id, std::move(department)).second;
        if (fresh) directory.department_order.push_back(id);
        once(item, fresh, id.value, faults);
    });
    map.need("posts");
    map.each("posts", [&](const Tree& item) {
        Post post = read_post(item, directory, faults);
        const PostId id = post.id;
        once(item, directory.posts.emplace(id, std::move(post)).second, id.value, faults);
    });
    Checks(tree, directory, faults).run();
    return directory;
}

}  // namespace jinqiao::config
