#include "config/prove.h"

#include <algorithm>
#include <charconv>
#include <map>

#include "config/tree.h"

namespace jinqiao::config {

using engine::kernel::proof::Finding;
using engine::kernel::proof::Place;
using engine::kernel::proof::Shown;
using engine::model::Message;

namespace {

// The item of a list whose `key` says `name`.
const Tree* item(const Tree* list, std::string_view key, const std::string& name) {
    if (list == nullptr) return nullptr;
    for (const Tree& each : list->items)
        if (const Tree* found = each.find(key); found != nullptr && found->text == name)
            return &each;
    return nullptr;
}

const Tree* child(const Tree* tree, std::string_view key) {
    return tree == nullptr ? nullptr : tree->find(key);
}

class Places {
  public:
    Places(const std::filesystem::path& folder, const std::string& workflow)
        : folder_(folder), workflow_(workflow) {}

    const Tree& of(const Place& place) {
        const Tree* found = find(place);
        return found != nullptr ? *found : file_of(place);
    }

  private:
    const Tree& file_of(const Place& place) {
        switch (place.kind) {
            case Place::Kind::ladder:
                return file("ladders.yaml");
            case Place::Kind::route:
                return file("routing.yaml");
            case Place::Kind::grading:
                return file("grading.yaml");
            case Place::Kind::post:
            case Place::Kind::department:
                return file("organisation.yaml");
            default:
                return file("workflows/" + workflow_ + ".yaml");
        }
    }

    const Tree* find(const Place& place) {
        const Tree& root = file_of(place);
        switch (place.kind) {
            case Place::Kind::ladder: {
                const Tree* ladder = item(root.find("ladders"), "name", place.id);
                const Tree* rung = item(child(ladder, "rungs"), "name", place.part);
                return rung != nullptr ? rung : ladder;
            }
            case Place::Kind::route: {
                const Tree* route = item(root.find("routes"), "department", place.id);
                return route != nullptr ? route : item(root.find("routes"), "post", place.id);
            }
            case Place::Kind::grading:
                return item(root.find("rules"), "id", place.id);
            case Place::Kind::post:
                return item(root.find("posts"), "id", place.id);
            case Place::Kind::department:
                return item(root.find("departments"), "id", place.id);
            case Place::Kind::clock:
                return child(root.find("clocks"), place.id);
            case Place::Kind::request: {
                const Tree* approvers = child(child(root.find("requests"), place.id), "approvers");
                std::size_t number = 0;
                std::from_chars(place.part.data(), place.part.data() + place.part.size(), number);
                if (approvers == nullptr || number >= approvers->items.size()) return nullptr;
                return &approvers->items[number];
            }
            case Place::Kind::workflow:
                return nullptr;
        }
        return nullptr;
    }

    // Faults of shape were told before; here the files are only looked up in.
    const Tree& file(const std::string& name) {
        if (const auto found = read_.find(name); found != read_.end()) return found->second;
        Faults ignored;
        return read_.emplace(name, read_yaml(folder_ / name, ignored)).first->second;
    }

    const std::filesystem::path& folder_;
    const std::string& workflow_;
    std::map<std::string, Tree> read_;
};

// The command that plays the case.
Message command_of(const Shown& shown, const std::filesystem::path& folder) {
    const auto local = engine::time::to_rfc3339(shown.at, std::chrono::minutes{480});
    std::string command = "jinqiao preview --config " + folder.string() + " --rehearsal " +
                          shown.rehearsal + ":" + std::to_string(shown.steps) + " --grade " +
                          std::string(engine::model::name(shown.grade)) + " --at " + local;
    if (!shown.absent.empty()) command += " --absent " + shown.absent.value;
    return {"check.proof.see", {{"command", command}}};
}

}  // namespace

void place_findings(const engine::kernel::proof::Findings& findings,
                    const std::filesystem::path& folder, const std::string& workflow,
                    Faults& faults) {
    Places places(folder, workflow);
    Faults placed;
    for (const Finding& finding : findings) {
        Fault& fault = add(placed, places.of(finding.place), finding.expected, finding.found);
        fault.code = finding.code;
        fault.warning = finding.warning;
        if (finding.shown) fault.see = command_of(*finding.shown, folder);
    }
    std::stable_sort(placed.begin(), placed.end(), [](const Fault& a, const Fault& b) {
        return std::tie(a.file, a.line, a.column) < std::tie(b.file, b.line, b.column);
    });
    faults.insert(faults.end(), placed.begin(), placed.end());
}

void warn_of_years(const engine::time::Calendar& calendar, engine::time::Instant from,
                   engine::time::Instant until, const std::filesystem::path& folder,
                   Faults& faults) {
    const auto year = [&](engine::time::Instant at) {
        return static_cast<int>(std::chrono::year_month_day{
            std::chrono::sys_days{calendar.local_date(at).time_since_epoch()}}
                                    .year());
    };
    // The year at hand has been asked for by the loader.
    for (int each = year(from) + 1; each <= year(until); ++each) {
        if (calendar.has_year(each)) continue;
        Fault fault;
        fault.file = (folder / "calendars" / (std::to_string(each) + ".yaml")).string();
        fault.expected = {"check.proof.calendar", {{"year", std::to_string(each)}}};
        fault.found = {"check.found.nothing", {}};
        fault.code = "calendar.year";
        fault.warning = true;
        faults.push_back(std::move(fault));
    }
}

Fault unsettled(const std::filesystem::path& folder) {
    Fault fault;
    fault.file = folder.string();
    fault.expected = {"check.settled_files", {}};
    fault.found = {"check.found.changing", {}};
    return fault;
}

}  // namespace jinqiao::config
