// Who am I, and what is my turn.
#include <boost/json/parse.hpp>

#include <algorithm>
#include <array>
#include <set>

#include "adapters/http/api.h"
#include "adapters/http/language.h"
#include "adapters/http/rights.h"
#include "adapters/http/time_left.h"
#include "adapters/http/view.h"
#include "engine/model/codec.h"

namespace jinqiao::adapters::http {

namespace json = boost::json;
using namespace engine::model;
using engine::ports::CaseQuery;

namespace {

// Cases looked through for one list of tasks, those due first before all others. More than this is
// no list any more; the answer then says that there is more.
constexpr int most_cases = 500;

struct Task {
    std::optional<engine::time::Instant> due;
    json::object shown;
};

std::set<PostId> my_posts(const Call& call) {
    const auto& directory = *call.world().directory;
    std::set<PostId> out;
    for (const auto& [id, post] : directory.posts)
        if (serves(call.account().person, id, directory, call.lens.now)) out.insert(id);
    return out;
}

class Desk {
  public:
    Desk(const Call& call, std::set<PostId> posts) : call_(call), posts_(std::move(posts)) {}

    const std::set<PostId>& posts() const { return posts_; }

    void add(const Case& kase) {
        if (posts_.contains(kase.owner.post)) own(kase);
        if (kase.offer && posts_.contains(kase.offer->to)) offered(kase);
        for (const auto& request : kase.requests)
            if (request.state == RequestState::pending && posts_.contains(request.approver) &&
                request.by != call_.account().person)
                asked(kase, request);
        for (const auto& assignment : kase.assignments)
            if (!assignment.closed_at && waits(kase, assignment)) assigned(kase, assignment);
    }

    json::array take() {
        // What is due first comes first; what has no due time comes last.
        std::stable_sort(tasks_.begin(), tasks_.end(), [](const Task& a, const Task& b) {
            if (a.due && b.due) return *a.due < *b.due;
            return a.due.has_value() && !b.due.has_value();
        });
        json::array out;
        for (auto& task : tasks_) out.push_back(std::move(task.shown));
        return out;
    }

  private:
    bool mine(const Addressee& to) const {
        const auto& account = call_.account();
        if (to.kind == Addressee::Kind::person) return account.person.value == to.id;
        if (to.kind == Addressee::Kind::post) return posts_.contains(PostId{to.id});
        if (account.department.value == to.id) return true;
        const auto& departments = call_.world().directory->departments;
        const auto found = departments.find(DepartmentId{to.id});
        return found != departments.end() && posts_.contains(found->second.desk);
    }
    // Offers and requests are tasks of their own; a copy asks for nothing. Who is competent is
    // asked for as long as the case goes on, signed for or not.
    bool waits(const Case& kase, const Assignment& assignment) const {
        if (assignment.task == "competence") return kase.open && mine(assignment.addressee);
        return assignment.needs_sign && assignment.task != "handover" &&
               assignment.task != "request" && mine(assignment.addressee);
    }

    void own(const Case& kase) {
        const auto* clock = earliest(kase);
        std::string step;
        if (const auto* workflow = call_.lens.workflow(kase.workflow))
            if (const auto next = workflow->next_step(kase); !next.code.empty())
                step = call_.lens.words->text(next, call_.lens.language);
        json::object shown = base(kase, "case", std::move(step), clock);
        if (clock) shown["clock"] = clock->name;
        shown["unsigned"] = std::count_if(
            kase.assignments.begin(), kase.assignments.end(), [](const Assignment& each) {
                return each.needs_sign && !each.signed_at && !each.closed_at && each.delivered_at;
            });
        shown["offered_to"] = kase.offer ? call_.lens.post(kase.offer->to) : std::string();
        push(clock, std::move(shown));
    }
    void offered(const Case& kase) {
        const auto* clock = about(kase, "st.handover", {});
        auto shown = base(kase, "offer", call_.lens.say("task.handover"), clock);
        shown["to"] = kase.offer->to.value;
        shown["note"] = kase.offer->note;
        push(clock, std::move(shown));
    }
    void asked(const Case& kase, const engine::model::Request& request) {
        const auto* clock = about(kase, {}, request.id.value);
        auto shown = base(kase, "request", call_.lens.say("task.request"), clock);
        shown["request"] = request.id.value;
        shown["asked"] = request.kind;
        push(clock, std::move(shown));
    }
    void assigned(const Case& kase, const Assignment& assignment) {
        const bool asks = assignment.task == "competence";
        const auto* clock = about(kase, {}, asks ? assignment.about : assignment.id.value);
        auto shown = base(kase, "assignment", call_.lens.label("task.", assignment.task), clock);
        shown["assignment"] = assignment.id.value;
        shown["addressee"] = assignment.addressee.text();
        shown["task"] = assignment.task;
        shown["assignment_state"] = name(assignment.state);
        push(clock, std::move(shown));
    }

    static const Clock* about(const Case& kase, std::string_view name, std::string_view subject) {
        const Clock* found = nullptr;
        for (const auto& clock : kase.clocks)
            if (clock.open() && (name.empty() || clock.name == name) &&
                (subject.empty() || clock.subject == subject))
                found = &clock;
        return found;
    }
    static const Clock* earliest(const Case& kase) {
        const Clock* found = nullptr;
        for (const auto& clock : kase.clocks)
            if (clock.open() && clock.cls != ClockClass::reference && clock.subject.empty() &&
                (!found || clock.due.at < found->due.at))
                found = &clock;
        return found;
    }
    json::object base(const Case& kase, std::string_view kind, std::string text,
                      const Clock* clock) const {
        json::object out{{"kind", kind},
                         {"case", kase.id.value},
                         {"number", kase.number},
                         {"grade", name(kase.grade.effective)},
                         {"state", kase.regions.empty() ? "" : kase.regions.front().state},
                         {"stage", kase.stage},
                         {"exercise", kase.exercise},
                         {"enterprise", kase.enterprise_name},
                         {"text", std::move(text)},
                         {"due_at", nullptr},
                         {"overdue", false}};
        if (!clock) return out;
        out["due_at"] = call_.lens.instant(clock->due.at);
        out["overdue"] = clock->due.at <= call_.lens.now;
        out["left"] = time_left(*clock, call_.lens);
        json::array why;
        for (const auto& line : clock->due.explain.lines())
            why.emplace_back(call_.lens.words->line(line, call_.lens.language));
        out["explain"] = std::move(why);
        return out;
    }
    void push(const Clock* clock, json::object shown) {
        Task task{{}, std::move(shown)};
        if (clock) task.due = clock->due.at;
        tasks_.push_back(std::move(task));
    }

    const Call& call_;
    std::set<PostId> posts_;
    std::vector<Task> tasks_;
};

bool is_request_state(std::string_view text) {
    using enum RequestState;
    constexpr std::array states = {pending, approved, rejected, lapsed, void_};
    return std::any_of(states.begin(), states.end(),
                       [&](RequestState state) { return name(state) == text; });
}

}  // namespace

// True: there are more than were looked through.
Or<bool> Api::each_of(Call& call, CaseQuery query, int most,
                      const std::function<void(const Case&)>& visit) {
    query.restricted_too = true;  // one's own duty is no secret
    query.limit = std::min(most, 200);
    query.concerns = concerns_of(call.account(), *call.world().directory, call.lens.now);
    if (query.concerns.empty()) return false;
    int looked_at = 0;
    do {
        auto page = call.reader->list_cases(query);
        if (!page) return failed(page.error());
        for (const auto& row : page->items) {
            const bool concerned =
                row.concerned.empty() ||
                std::any_of(row.concerned.begin(), row.concerned.end(), [&](const auto& one) {
                    return std::find(query.concerns.begin(), query.concerns.end(), one) !=
                           query.concerns.end();
                });
            if (!concerned) continue;
            ++looked_at;
            if (const auto kase = decode_case(row.body)) visit(*kase);
        }
        query.cursor = page->next_cursor;
    } while (!query.cursor.empty() && looked_at < most);
    return !query.cursor.empty();
}

// Ended cases with a tail (end notice, final report), which are few, then the open ones, each in
// the order in which they are due.
Or<bool> Api::each_concerned(Call& call, const std::function<void(const Case&)>& visit) {
    CaseQuery query;
    query.sort = "next_due";
    query.overdue_at = engine::time::Instant::max();  // whatever has a due time
    bool more = false;
    for (const bool open : {false, true}) {
        query.open = open;
        auto left = each_of(call, query, most_cases, visit);
        if (!left) return left;
        more = more || *left;
    }
    return more;
}

Reply Api::tasks(Call& call) {
    if (!ever(call.account().roles, Right::tasks))
        return answered(Problem::of(403, "forbidden"), call.lens);
    Desk desk(call, my_posts(call));
    auto more = each_concerned(call, [&](const Case& kase) { desk.add(kase); });
    if (!more) return answered(more.problem(), call.lens);
    return json_response(200, json::object{{"items", desk.take()}, {"more", *more}});
}

// What one has asked for and what one is to answer.
Reply Api::requests(Call& call) {
    if (!ever(call.account().roles, Right::tasks))
        return answered(Problem::of(403, "forbidden"), call.lens);
    const auto states = call.target.list("state");
    for (const auto& text : states)
        if (!is_request_state(text))
            return answered(
                Problem::fault(400, "bad_request", "state",
                               Message{"query.value", {{"name", "state"}, {"value", text}}}),
                call.lens);
    const auto posts = my_posts(call);
    json::array items;
    auto more = each_concerned(call, [&](const Case& kase) {
        for (const auto& request : kase.requests) {
            const bool by_me = request.by == call.account().person && !request.by.empty();
            const bool to_answer = posts.contains(request.approver) && !by_me;
            const bool wanted = states.empty() || std::find(states.begin(), states.end(),
                                                            name(request.state)) != states.end();
            if (!wanted || (!by_me && !to_answer)) continue;
            auto shown = view_request(request, kase, call.lens);
            shown["case"] = kase.id.value;
            shown["number"] = kase.number;
            shown["mine"] = by_me;
            items.push_back(std::move(shown));
        }
    });
    if (!more) return answered(more.problem(), call.lens);
    return json_response(200, json::object{{"items", std::move(items)}, {"more", *more}});
}

Reply Api::me(Call& call) {
    const auto& account = call.account();
    json::array roles(account.roles.begin(), account.roles.end());
    json::array posts;
    for (const auto& id : my_posts(call))
        posts.push_back(json::object{{"id", id.value}, {"name", call.lens.post(id)}});
    const bool by_password = call.token.session && call.token.name.empty();
    json::object out{{"account", account.id.value},
                     {"roles", std::move(roles)},
                     {"person", nullptr},
                     {"posts", std::move(posts)},
                     {"department", nullptr},
                     {"enterprise", nullptr},
                     {"language", tag(call.lens.language)},
                     {"must_change", by_password && must_change(account)},
                     {"second_factor", account.second_factor},
                     {"must_enrol", by_password && must_enrol(account)},
                     {"now", call.lens.instant(call.lens.now)}};
    if (!account.person.empty())
        out["person"] = {{"id", account.person.value}, {"name", call.lens.person(account.person)}};
    if (!account.department.empty())
        out["department"] = {
            {"id", account.department.value},
            {"name", call.lens.addressee({Addressee::Kind::department, account.department.value})}};
    if (!account.enterprise.empty()) {
        auto row = call.reader->find_enterprise(account.enterprise);
        if (!row) return answered(failed(row.error()), call.lens);
        out["enterprise"] = {{"id", account.enterprise.value},
                             {"name", *row ? row->value().name : std::string()}};
    }
    return json_response(200, out);
}

}  // namespace jinqiao::adapters::http
