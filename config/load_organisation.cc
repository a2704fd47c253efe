#include <algorithm>
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
        each("posts", [&](const Tree& item) {
            const Tree* deputies = item.find("deputies");
            if (deputies == nullptr) return;
            for (const Tree& deputy : deputies->items)
                expect_one_of(deputy, deputy.text, posts_, "check.kind.post", faults_);
            const Tree* id = item.find("id");
            if (id != nullptr && in_cycle(PostId(id->text)))
                add(faults_, *deputies, {"check.no_cycle", {}},
                    {"check.found.value", {{"value", id->text}}});
        });
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

    void check_desk(const Tree& department) {
        const Tree* id = department.find("id");
        const Tree* desk = department.find("desk");
        if (desk != nullptr) expect_one_of(*desk, desk->text, posts_, "check.kind.post", faults_);
        // A rule may name either, and both have a folder of their name in the spool.
        if (id != nullptr && directory_.posts.contains(PostId(id->text)))
            add(faults_, *id, {"check.not_a_post", {}},
                {"check.found.value", {{"value", id->text}}});
    }

    // Whether following the deputies leads back here.
    bool in_cycle(const PostId& start) const {
        std::set<PostId> seen;
        std::vector<PostId> open{start};
        while (!open.empty()) {
            const auto post = directory_.posts.find(open.back());
            open.pop_back();
            if (post == directory_.posts.end()) continue;
            for (const PostId& deputy : post->second.deputies) {
                if (deputy == start) return true;
                if (seen.insert(deputy).second) open.push_back(deputy);
            }
        }
        return false;
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

Directory load_organisation(const std::filesystem::path& file,
                            const std::vector<ChannelConfig>& channels, Faults& faults) {
    const Tree tree = read_yaml(file, faults);
    Directory directory;
    for (const ChannelConfig& channel : channels) directory.channels.insert(channel.name);
    Map map(tree, faults);
    directory.fallback = PostId(map.required_text("fallback"));
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
