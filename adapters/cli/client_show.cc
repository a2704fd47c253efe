#include "adapters/cli/client_show.h"

#include <algorithm>
#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <string>

#include "adapters/cli/json_view.h"
#include "adapters/cli/table.h"

namespace jinqiao::adapters::cli {
namespace {

using boost::json::value;

// The wording of the catalogue where it has one ("cli.grade.red"), else the code itself.
std::string word(const Context& context, const char* kind, const std::string& code) {
    if (code.empty()) return {};
    const std::string key = std::string("cli.") + kind + "." + code;
    return context.speech.catalogue().has(key) ? context.speech(key) : code;
}

// 2026-11-22T15:30:00+08:00 -> 2026-11-22 15:30
std::string when(const std::string& rfc3339) {
    if (rfc3339.size() < 16) return rfc3339;
    return rfc3339.substr(0, 10) + " " + rfc3339.substr(11, 5);
}

std::string joined(const boost::json::array& list) {
    std::string result;
    for (const auto& item : list) {
        if (!result.empty()) result += ", ";
        result += item.is_string() ? std::string(item.get_string()) : text_at(item, "field");
    }
    return result;
}

void line(const Context& context, const char* name, const std::string& text,
          Tint tint = Tint::none) {
    if (text.empty()) return;
    context.out << tinted(printable(context.speech(std::string("cli.head.") + name)), Tint::strong,
                          context.view)
                << ": " << tinted(printable(text), tint, context.view) << '\n';
}

Tint tint_of(const std::string& grade) {
    return grade == "red"      ? Tint::red
           : grade == "orange" ? Tint::orange
           : grade == "yellow" ? Tint::yellow
           : grade == "blue"   ? Tint::blue
                               : Tint::none;
}

Cell grade_of(const Context& context, const value& kase) {
    const std::string grade = text_at(kase, "grade");
    return {word(context, "grade", grade), tint_of(grade)};
}

// The wording the daemon sends beside a code, else the code: "state_label" before "state".
std::string labelled(const value& from, const std::string& name, const char* suffix = "_label") {
    const std::string label = text_at(from, name + suffix);
    return label.empty() ? text_at(from, name) : label;
}

std::string owner_of(const value& kase) {
    const std::string person = text_at(kase, "owner.person_name");
    const std::string post = labelled(kase, "owner.post", "_name");
    return person.empty() ? post : post + " (" + person + ")";
}

// Never to be taken for a real one.
std::string number_of(const Context& context, const value& kase) {
    const bool exercise = text_at(kase, "exercise") == "true";
    return text_at(kase, "number") + (exercise ? " " + context.speech("cli.exercise") : "");
}

std::string enterprise_of(const value& kase) {
    const std::string name = text_at(kase, "enterprise.name");
    return name.empty() ? text_at(kase, "enterprise_name") : name;
}

// Sixteen departments that have yet to sign are one line, with the first to be late.
void show_clocks(const Context& context, const value& kase) {
    struct Line {
        std::string name, label, due, state, basis;
        int times = 1;
    };
    std::vector<Line> lines;
    for (const auto& clock : list_at(kase, "clocks")) {
        Line line{text_at(clock, "name"), text_at(clock, "label"), text_at(clock, "due_at"),
                  text_at(clock, "state"), text_at(clock, "basis")};
        const auto same = std::find_if(lines.begin(), lines.end(), [&](const Line& other) {
            return !text_at(clock, "subject").empty() && other.name == line.name &&
                   other.state == line.state;
        });
        if (same == lines.end()) {
            lines.push_back(std::move(line));
            continue;
        }
        ++same->times;
        same->due = std::min(same->due, line.due);
    }
    if (lines.empty()) return;
    context.out << '\n';
    Table table(headings(context, {"clock", "label", "due", "state", "basis"}));
    for (const Line& line : lines)
        table.add({line.times == 1 ? line.name : line.name + " ×" + std::to_string(line.times),
                   line.label,
                   when(line.due),
                   {word(context, "clock_state", line.state),
                    line.state == "missed" ? Tint::red : Tint::none},
                   line.basis});
    table.print(context.out, context.view);
}

// Whether both sides heard of it: the rule of the method is that neither learns it last.
void show_sides(const Context& context, const value& kase) {
    for (const char* side : {"union", "government"}) {
        const std::string path = std::string("sides.") + side;
        std::string reached = text_at(kase, path + ".reached");
        // Told a moment ago is not "not reached".
        if (reached == "false" && text_at(kase, path + ".told") != "0") reached = "sent";
        if (!reached.empty())
            line(context, (std::string("side_") + side).c_str(),
                 context.speech("cli.reached." + reached));
    }
}

// Of each group of those who were told: how many have signed, and how many are asked for.
void show_answers(const Context& context, const value& kase) {
    for (const auto& group : list_at(kase, "answers"))
        line(context, "answers",
             context.speech(text_at(group, "group").empty() ? "cli.answers" : "cli.answers_of",
                            {{"group", text_at(group, "group")},
                             {"signed", text_at(group, "signed")},
                             {"told", text_at(group, "told")},
                             {"enough", text_at(group, "enough")}}));
}

// When the limitation of arbitration began anew, why, and its new end (LDMAA Art. 27): the day a
// worker must know.
void show_resets(const Context& context, const value& kase) {
    for (const auto& reset : list_at(kase, "data.resets"))
        line(context, "limitation",
             context.speech("cli.limitation",
                            {{"at", when(text_at(reset, "at"))},
                             {"why", word(context, "reset", text_at(reset, "reason"))},
                             {"due", when(text_at(reset, "due"))}}));
}

// 专班, while there is one.
void show_task_force(const Context& context, const value& kase) {
    const std::string formed = text_at(kase, "data.task_force.formed_at");
    if (formed.empty() || !text_at(kase, "data.task_force.dissolved_at").empty()) return;
    const std::string reviews = text_at(kase, "data.task_force.reviews");
    line(context, "task_force",
         context.speech("cli.task_force", {{"at", when(formed)},
                                           {"post", text_at(kase, "data.task_force.post")},
                                           {"reviews", reviews.empty() ? "0" : reviews}}));
}

// In words, each once: sixteen who are told are one entry. What has none is shown by its name.
std::string events_of(const Context& context, const value& row) {
    std::vector<std::pair<std::string, int>> events;
    for (const auto& event : list_at(row, "events")) {
        std::string text = text_at(event, "text");
        if (text.empty()) text = text_at(event, "name");
        const auto known = std::find_if(events.begin(), events.end(),
                                        [&](const auto& other) { return other.first == text; });
        if (known == events.end())
            events.emplace_back(text, 1);
        else
            ++known->second;
    }
    std::string line;
    for (const auto& [text, times] : events)
        line += (line.empty() ? "" : context.speech("cli.list.next")) + text +
                (times == 1 ? "" : " ×" + std::to_string(times));
    return line;
}

// Who was told of what, and has signed for it.
void show_signatures(const Context& context, const value& page) {
    const auto& assignments = list_at(page, "assignments");
    if (assignments.empty()) return;
    context.out << '\n';
    Table table(
        headings(context, {"addressee", "told_at", "delivered_at", "signed_at", "due", "state"}));
    for (const auto& one : assignments)
        table.add({labelled(one, "addressee", "_name"), when(text_at(one, "told_at")),
                   when(text_at(one, "delivered_at")), when(text_at(one, "signed_at")),
                   when(text_at(one, "due_at")),
                   word(context, "assignment_state", text_at(one, "state"))});
    table.print(context.out, context.view);
}

void show_documents(const Context& context, const value& kase) {
    const auto& documents = list_at(kase, "documents");
    if (documents.empty()) return;
    context.out << tinted(context.speech("cli.head.documents"), Tint::strong, context.view)
                << ":\n";
    for (const auto& document : documents) {
        context.out << "  - ";
        show_document(context, document);
    }
}

}  // namespace

// The id comes last: it is long, and what one copies.
void show_document(const Context& context, const value& document) {
    const auto name = text_at(document, "name");
    context.out << (name.empty() ? context.speech("cli.document.unnamed") : printable(name)) << "  "
                << printable(text_at(document, "type")) << "  "
                << printable(text_at(document, "id")) << '\n';
}

std::vector<std::string> headings(const Context& context,
                                  std::initializer_list<const char*> names) {
    std::vector<std::string> result;
    for (const char* name : names)
        result.push_back(context.speech(std::string("cli.head.") + name));
    return result;
}

void show_receipt(const Context& context, const value& kase) {
    context.out << context.speech("cli.filed", {{"number", number_of(context, kase)}}) << '\n';
    show_case(context, kase);
}

void show_list(const Context& context, const value& page) {
    Table table(headings(context, {"number", "grade", "state", "enterprise", "owner", "due"}));
    for (const auto& kase : list_at(page, "items"))
        table.add({number_of(context, kase),
                   grade_of(context, kase),
                   labelled(kase, "state"),
                   enterprise_of(kase),
                   owner_of(kase),
                   {when(text_at(kase, "next_due")),
                    text_at(kase, "overdue") == "true" ? Tint::red : Tint::none}});
    table.print(context.out, context.view);
    const std::string cursor = text_at(page, "next_cursor");
    if (!cursor.empty()) context.out << context.speech("cli.more", {{"cursor", cursor}}) << '\n';
}

void show_case(const Context& context, const value& kase) {
    line(context, "number", number_of(context, kase));
    line(context, "id", text_at(kase, "id"));
    line(context, "enterprise", enterprise_of(kase));
    line(context, "grade", word(context, "grade", text_at(kase, "grade")),
         tint_of(text_at(kase, "grade")));
    for (const auto& reason : list_at(kase, "grade_reasons"))
        context.out << "  - " << printable(text_at(reason, "text")) << '\n';
    line(context, "state", labelled(kase, "state"));
    line(context, "owner", owner_of(kase));
    show_sides(context, kase);
    show_answers(context, kase);
    show_task_force(context, kase);
    show_resets(context, kase);
    line(context, "next_step", text_at(kase, "next_step"));
    line(context, "missing", joined(list_at(kase, "missing")));
    show_documents(context, kase);
    line(context, "filed", when(text_at(kase, "filed_at")));
    line(context, "version", text_at(kase, "version"));
    show_clocks(context, kase);
}

void show_actions(const Context& context, const value& actions) {
    Table table(headings(context, {"action", "label", "blocked"}));
    for (const auto& action : list_at(actions, "allowed"))
        table.add({text_at(action, "name"), text_at(action, "label"), ""});
    for (const auto& action : list_at(actions, "blocked")) {
        std::string reasons;
        for (const auto& reason : list_at(action, "reasons")) {
            if (!reasons.empty()) reasons += "; ";
            reasons +=
                reason.is_string() ? std::string(reason.get_string()) : text_at(reason, "text");
        }
        table.add({text_at(action, "name"), text_at(action, "label"), reasons});
    }
    table.print(context.out, context.view);
}

void show_history(const Context& context, const value& page) {
    Table table(headings(context, {"seq", "at", "command", "actor", "events"}));
    for (const auto& row : list_at(page, "items")) {
        const std::string text = text_at(row, "text");
        std::string actor = text_at(row, "actor.person_name");
        if (actor.empty()) actor = text_at(row, "actor.person");
        if (actor.empty()) actor = text_at(row, "actor.post_name");
        table.add({text_at(row, "seq"), when(text_at(row, "at")),
                   text.empty() ? text_at(row, "command") : text, actor, events_of(context, row)});
    }
    table.print(context.out, context.view);
}

void show_notices(const Context& context, const value& page) {
    Table table(headings(context, {"at", "event", "addressee", "channel", "state", "attempts"}));
    for (const auto& notice : list_at(page, "items")) {
        const auto& attempts = list_at(notice, "attempts");
        table.add(
            {when(text_at(notice, "at")),
             labelled(notice, "event"),
             labelled(notice, "addressee", "_name"),
             text_at(notice, "channel"),
             {word(context, "notice_state", text_at(notice, "state")),
              text_at(notice, "state") == "dead" ? Tint::red : Tint::none},
             attempts.empty() ? text_at(notice, "attempts") : std::to_string(attempts.size())});
    }
    table.print(context.out, context.view);
    show_signatures(context, page);
}

void show_letters(const Context& context, const value& page) {
    if (list_at(page, "items").empty()) {
        context.out << context.speech("cli.letters.none") << '\n';
        return;
    }
    Table table(headings(context, {"delivery", "at", "number", "event", "addressee", "channel",
                                   "outcome", "owner"}));
    for (const auto& letter : list_at(page, "items")) {
        const auto& attempts = list_at(letter, "attempts");
        for (const auto& notice : list_at(letter, "notices"))
            table.add({text_at(letter, "delivery"), when(text_at(letter, "at")),
                       text_at(notice, "number"), labelled(notice, "event"),
                       labelled(notice, "addressee", "_name"), text_at(letter, "channel"),
                       attempts.empty() ? "" : text_at(attempts.back(), "code"),
                       labelled(letter, "owner", "_name")});
    }
    table.print(context.out, context.view);
}

void show_migrated(const Context& context, const value& answer) {
    const auto& moved = list_at(answer, "moved");
    context.out << context.speech("cli.migrated", {{"number", text_at(answer, "number")},
                                                   {"count", std::to_string(moved.size())}})
                << '\n';
    if (moved.empty()) return;
    Table table(headings(context, {"clock", "old_due", "new_due"}));
    for (const auto& one : moved)
        table.add({text_at(one, "clock"), when(text_at(one, "old_due_at")),
                   when(text_at(one, "new_due_at"))});
    table.print(context.out, context.view);
}

}  // namespace jinqiao::adapters::cli
