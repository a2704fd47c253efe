#include "adapters/cli/replay/mapping.h"

#include <algorithm>
#include <charconv>
#include <cmath>

#include "adapters/cli/replay/draw.h"
#include "adapters/cli/replay/words.h"

namespace jinqiao::adapters::cli::replay {
namespace {

using engine::time::Date;
using engine::time::Instant;
using std::chrono::minutes;

constexpr int first_year = 1981;
constexpr int last_year = 2026;
constexpr std::size_t longest_text = 3000;  // bytes of a note; sources quote whole articles
constexpr std::size_t longest_name = 190;   // bytes of a name, place or address

std::optional<std::int64_t> number(std::string_view text) {
    std::int64_t value = 0;
    const auto read = std::from_chars(text.data(), text.data() + text.size(), value);
    if (text.empty() || read.ec != std::errc{}) return std::nullopt;
    return value;
}

void add_once(boost::json::array& list, std::string_view word) {
    for (const auto& item : list)
        if (std::string_view(item.as_string()) == word) return;
    list.emplace_back(word);
}

std::string cut(std::string_view text, std::size_t limit) {
    std::size_t most = std::min(text.size(), limit);
    while (most > 0 && most < text.size() &&
           (static_cast<unsigned char>(text[most]) & 0xC0) == 0x80)
        --most;
    return std::string(text.substr(0, most));
}

// Values of one row by name.
class Row {
  public:
    Row(const CsvTable& table, std::size_t index) : table_(table), index_(index) {}
    std::string_view at(std::string_view column) const { return table_.at(index_, column); }
    std::string place() const {
        std::string result(at("city"));
        if (!at("region").empty()) {
            if (!result.empty()) result += ", ";
            result += at("region");
        }
        return cut(result, longest_name);
    }

  private:
    const CsvTable& table_;
    std::size_t index_;
};

boost::json::object enterprise_of(const Row& row) {
    boost::json::object result;
    if (row.at("employer").empty()) return result;
    result["name"] = cut(row.at("employer"), longest_name);
    if (const std::string place = row.place(); !place.empty()) result["address"] = place;
    if (!row.at("industry").empty()) result["industry"] = row.at("industry");
    if (const auto word = ownership(row.at("employer_type")); !word.empty())
        result["ownership"] = word;
    return result;
}

// The first matter named is the cause, as the sources list the main demand first.
void add_matters(const Row& row, boost::json::object& event) {
    boost::json::array demands;
    std::string_view cause;
    const bool american = row.at("source") == "LAT";
    for (const std::string& demand : parts(row.at("demands"))) {
        const Matter matter = american ? lat_matter(demand) : clb_matter(demand);
        if (cause.empty() || (cause == "other" && matter.cause != "other")) cause = matter.cause;
        add_once(demands, matter.demand);
    }
    if (cause == "closure" && lower(row.at("text")).find("relocat") != std::string::npos)
        cause = "relocation";
    // A stoppage FMCS lists is one over the terms of a contract: that is what it mediates.
    if (cause.empty()) cause = row.at("source") == "FMCS" ? "contract_change" : "other";
    event["cause"] = cause;
    if (!demands.empty()) event["demands"] = std::move(demands);
}

void add_behaviours(const Row& row, boost::json::object& event, Course& course) {
    boost::json::array behaviours;
    for (const std::string& action : parts(row.at("action_type")))
        add_once(behaviours, behaviour(action));
    if (course.hurt) add_once(behaviours, "violence");
    if (!behaviours.empty()) event["behaviours"] = std::move(behaviours);
}

std::optional<std::int64_t> workers_of(const Row& row, Draw& draw) {
    const double share = draw.share();  // drawn always, so that other draws of the row stay put
    if (const auto exact = number(row.at("workers_involved"))) return exact;
    if (const auto least = number(row.at("workers_min")))
        return draw_workers(*least, number(row.at("workers_max")), share);
    return std::nullopt;
}

bool owner_gone(std::string_view text) {
    const std::string small = lower(text);
    for (const std::string_view word : {"flees", "fled", "absconds", "absconded", "disappeared",
                                        "boss runs", "跑路", "逃匿", "失联"})
        if (small.find(word) != std::string::npos) return true;
    return false;
}

Course course_of(const Row& row) {
    Course course;
    for (const std::string& part : parts(row.at("outcome"))) {
        const std::string text = lower(part);
        const auto says = [&](std::string_view word) {
            return text.find(word) != std::string::npos;
        };
        if (says("police") || says("控制")) course.police = true;
        if (says("arrest") || says("带走")) course.police = course.arrests = true;
        if (says("government mediation") || says("政府")) course.mediated = true;
        if (says("negotiation") || says("职代会")) course.negotiated = true;
        if (says("beaten") || says("wounded") || says("shot") || says("殴打") || says("hit in"))
            course.hurt = true;
        if (says("court") || says("arbitration") || says("仲裁") || says("败诉"))
            course.arbitration = true;
    }
    for (const std::string& part : parts(row.at("action_type"))) {
        const std::string text = lower(part);
        if (text.find("仲裁") != std::string::npos || text.find("法庭") != std::string::npos ||
            text.find("lawsuit") != std::string::npos)
            course.arbitration = true;
    }
    return course;
}

boost::json::object event_of(const Row& row, Draw& draw, Course& course) {
    boost::json::object event;
    add_matters(row, event);
    add_behaviours(row, event, course);
    if (const std::string place = row.place(); !place.empty()) event["place"] = place;
    if (const auto workers = workers_of(row, draw); workers && *workers > 0)
        event["workers_involved"] = *workers;
    if (parts(row.at("employer")).size() > 1) event["cross_enterprise"] = true;
    if (course.hurt) event["injured"] = 1;
    if (owner_gone(row.at("text"))) event["owner_unreachable"] = true;
    return event;
}

}  // namespace

std::int64_t draw_workers(std::int64_t least, std::optional<std::int64_t> below, double share) {
    const double low = static_cast<double>(std::max<std::int64_t>(least, 1));
    const double high = below ? static_cast<double>(std::max(*below, least + 1)) : 2 * low;
    const auto drawn = static_cast<std::int64_t>(low * std::pow(high / low, share));
    return std::clamp(drawn, least, static_cast<std::int64_t>(high) - 1);
}

std::variant<MappedRow, UnmappedRow> map_row(const CsvTable& table, std::size_t index,
                                             std::uint64_t seed,
                                             const engine::time::Calendar& calendar) {
    const Row row(table, index);
    const std::string_view source = row.at("source");
    if (source != "CLB" && source != "LAT" && source != "FMCS")
        return UnmappedRow{"unknown_source"};
    const auto start = engine::time::parse_date(row.at("date_start"));
    if (!start) return UnmappedRow{"no_date"};
    const int year = static_cast<int>(std::chrono::year_month_day{*start}.year());
    if (year < first_year || year > last_year) return UnmappedRow{"date_out_of_range"};
    if (row.at("employer").empty() && row.place().empty()) return UnmappedRow{"no_place"};

    MappedRow mapped;
    mapped.source_id = row.at("source_id");
    mapped.source = source;
    Draw draw(seed, mapped.source_id);
    mapped.course = course_of(row);
    mapped.course.started =
        calendar.at(*start, minutes{6 * 60} + minutes{draw.between(0, 12 * 60)});
    const Instant noticed = mapped.course.started + minutes{draw.between(5, 90)};
    mapped.filed_at = noticed + minutes{draw.between(1, 30)};
    // Some rows end before they start; such an end says nothing.
    if (const auto end = engine::time::parse_date(row.at("date_end")); end && *end >= *start)
        mapped.course.calm_at =
            std::max(calendar.at(*end, minutes{18 * 60}), mapped.filed_at + minutes{60});

    boost::json::object event = event_of(row, draw, mapped.course);
    const auto offset = calendar.utc_offset();
    event["started_at"] = engine::time::to_rfc3339(mapped.course.started, offset);
    event["noticed_at"] = engine::time::to_rfc3339(noticed, offset);
    mapped.alert["event"] = std::move(event);
    if (auto enterprise = enterprise_of(row); !enterprise.empty())
        mapped.alert["enterprise"] = std::move(enterprise);
    if (!row.at("text").empty()) mapped.alert["note"] = cut(row.at("text"), longest_text);
    mapped.alert["filing"] = "identified";
    return mapped;
}

}  // namespace jinqiao::adapters::cli::replay
