#include "config/situations.h"

#include <algorithm>

#include "config/map.h"

namespace jinqiao::config {

namespace json = boost::json;
using engine::kernel::Preview;
using engine::kernel::PreviewLine;
using engine::time::Instant;
using std::chrono::milliseconds;

namespace {

constexpr auto usual_horizon = std::chrono::hours{24 * 3};

json::object object_of(const Tree* tree) {
    if (tree == nullptr || tree->kind != Tree::Kind::map) return {};
    return to_json(*tree).get_object();
}

// "2026-02-18 03:00" in local time, or RFC 3339.
std::optional<Instant> instant_of(const Tree& tree, Faults& faults) {
    std::string text = tree.text;
    if (text.size() == 16 && text[10] == ' ') text = text.replace(10, 1, "T") + ":00+08:00";
    auto at = engine::time::parse_rfc3339(text);
    if (!at) add(faults, tree, {"check.situation.at", {}}, found_in(tree));
    return at;
}

void read_alert(Map& map, TriedSituation& tried) {
    const Tree* alert = map.need("alert");
    tried.situation.alert = object_of(alert);
    const Tree* at = map.need("at");
    if (at == nullptr) return;
    if (const auto moment = instant_of(*at, map.faults())) tried.situation.at = *moment;
    auto& event = tried.situation.alert["event"];
    if (!event.is_object()) event.emplace_object();
    event.get_object()["noticed_at"] =
        engine::time::to_rfc3339(tried.situation.at, std::chrono::minutes{480});
    auto& enterprise = tried.situation.alert["enterprise"];
    if (!enterprise.is_object()) enterprise.emplace_object();
    if (!enterprise.get_object().contains("name")) enterprise.get_object()["name"] = "situation";
}

void read_deeds(Map& map, TriedSituation& tried) {
    map.each("deeds", [&](const Tree& item) {
        Map deed(item, map.faults());
        deed.need("after");
        engine::kernel::Deed read;
        read.after = deed.span("after", {});
        read.action = deed.required_text("do");
        read.payload = object_of(deed.take("with"));
        read.post = engine::model::PostId(deed.text("by"));
        tried.situation.deeds.push_back(std::move(read));
    });
    std::stable_sort(tried.situation.deeds.begin(), tried.situation.deeds.end(),
                     [](const auto& a, const auto& b) { return a.after < b.after; });
}

void read_expectation(Map& map, TriedSituation& tried) {
    const Tree* tree = map.need("expect");
    if (tree == nullptr) return;
    Map expect(*tree, map.faults());
    auto& into = tried.expect;
    into.grade = expect.grade("grade");
    into.told = expect.texts("told");
    into.not_told = expect.texts("not_told");
    into.owner = expect.text("owner");
    expect.each("reached", [&](const Tree& item) {
        Map reached(item, map.faults());
        reached.need("within");
        const auto who = reached.required_text("who");
        into.reached.emplace_back(who, reached.span("within", {}));
    });
}

// --- comparing ----------------------------------------------------------------------------------

const Tree& place(const TriedSituation& tried, std::string_view key) {
    const Tree* expect = tried.tree.find("expect");
    const Tree* found = expect == nullptr ? nullptr : expect->find(key);
    return found == nullptr ? tried.tree : *found;
}

bool is_about(const PreviewLine& line, const std::string& id) {
    return line.notice && line.notice->addressee.id == id;
}

// Told by the alert itself, not by something that happened later at the same instant.
bool told_at_filing(const Preview& preview, const std::string& id) {
    return std::any_of(preview.lines.begin(), preview.lines.end(), [&](const PreviewLine& line) {
        return is_about(line, id) && line.at == preview.filed.filed_at && line.rung.empty();
    });
}

std::optional<Instant> first_told(const Preview& preview, const std::string& id) {
    const auto found = std::find_if(preview.lines.begin(), preview.lines.end(),
                                    [&](const auto& line) { return is_about(line, id); });
    return found == preview.lines.end() ? std::nullopt : std::optional(found->at);
}

class Comparison {
  public:
    Comparison(const TriedSituation& tried, const Preview& preview, Faults& faults)
        : tried_(tried), preview_(preview), faults_(faults) {}

    void run() {
        const auto& expect = tried_.expect;
        if (expect.grade && *expect.grade != preview_.filed.grade.effective)
            differs("grade", {"check.situation.grade", {{"g", name(*expect.grade)}}},
                    {"check.situation.grade", {{"g", name(preview_.filed.grade.effective)}}});
        for (const auto& id : expect.told)
            if (!told_at_filing(preview_, id))
                differs("told", {"check.situation.told", {{"who", id}}}, when(id));
        for (const auto& id : expect.not_told)
            if (first_told(preview_, id))
                differs("not_told", {"check.situation.not_told", {{"who", id}}}, when(id));
        for (const auto& [id, within] : expect.reached) reached(id, within);
        const auto& owner = preview_.after.owner.post.value;
        if (!expect.owner.empty() && expect.owner != owner)
            differs("owner", {"check.situation.owner", {{"who", expect.owner}}},
                    {"check.situation.owner", {{"who", owner}}});
        for (const auto& [index, refusal] : preview_.refused)
            differs("", {"check.situation.deed", {{"do", tried_.situation.deeds[index].action}}},
                    refusal.reasons.empty() ? engine::model::Message{} : refusal.reasons.front());
        for (const auto& word : preview_.lacked)
            differs("", {"check.situation.whole", {}}, {"check.situation.lacks", {{"what", word}}});
    }

  private:
    static std::string name(engine::model::GradeLevel level) {
        return std::string(engine::model::name(level));
    }

    void reached(const std::string& id, milliseconds within) {
        const auto at = first_told(preview_, id);
        const auto minutes = std::chrono::duration_cast<std::chrono::minutes>(within).count();
        if (!at || *at - preview_.filed.filed_at > within)
            differs("reached",
                    {"check.situation.reached", {{"who", id}, {"n", std::to_string(minutes)}}},
                    when(id));
    }

    engine::model::Message when(const std::string& id) const {
        const auto at = first_told(preview_, id);
        if (!at) return {"check.situation.never", {{"who", id}}};
        const auto after = *at - preview_.filed.filed_at;
        const auto minutes = std::chrono::duration_cast<std::chrono::minutes>(after).count();
        return {"check.situation.after", {{"who", id}, {"n", std::to_string(minutes)}}};
    }

    void differs(std::string_view key, engine::model::Message expected,
                 engine::model::Message found) {
        add(faults_, place(tried_, key), std::move(expected), std::move(found));
    }

    const TriedSituation& tried_;
    const Preview& preview_;
    Faults& faults_;
};

}  // namespace

std::vector<TriedSituation> read_situations(const Tree& tree, Faults& faults) {
    std::vector<TriedSituation> out;
    Map map(tree, faults);
    map.each("situations", [&](const Tree& item) {
        TriedSituation tried;
        tried.tree = item;
        Map situation(item, faults);
        tried.name = situation.words("name");
        tried.situation.horizon = situation.span("watch", usual_horizon);
        read_alert(situation, tried);
        read_deeds(situation, tried);
        read_expectation(situation, tried);
        out.push_back(std::move(tried));
    });
    return out;
}

bool try_situation(const TriedSituation& tried, const engine::kernel::Trial::World& world,
                   const engine::model::Actor& filer, Faults& faults) {
    const auto before = faults.size();
    auto situation = tried.situation;
    situation.filer = filer;
    const auto preview = engine::kernel::preview(world, situation);
    if (preview.refusal) {
        for (const auto& reason : preview.refusal->reasons)
            add(faults, tried.tree, {"check.situation.alert", {}}, reason);
    } else {
        Comparison(tried, preview, faults).run();
    }
    return faults.size() == before;
}

}  // namespace jinqiao::config
