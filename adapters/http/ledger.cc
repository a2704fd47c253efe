#include "adapters/http/ledger.h"

#include <algorithm>
#include <set>

#include "adapters/http/csv.h"
#include "adapters/http/digest.h"
#include "adapters/http/language.h"
#include "adapters/http/sign_page.h"

namespace jinqiao::adapters::http {

using namespace engine::model;
using engine::ports::AttemptRow;
using engine::ports::NoticeRow;

namespace {

using Line = CsvLine;

constexpr std::string_view columns[] = {
    "notice",  "made_at", "event",   "addressee", "reason",       "grade",     "exercise",
    "channel", "address", "pattern", "rendered",  "state",        "attempt",   "attempt_at",
    "outcome", "code",    "remark",  "message",   "delivered_at", "signed_at", "signed_by"};

const Assignment* assignment_of(const Case& kase, const AssignmentId& id) {
    for (const auto& each : kase.assignments)
        if (each.id == id) return &each;
    return nullptr;
}

std::string maybe(const std::optional<engine::time::Instant>& at, const Lens& lens) {
    return at ? lens.instant(*at) : std::string();
}

// What the notice was, then what was tried, then what came of it.
Line line_of(const Case& kase, const NoticeRecord& record, const AttemptRow* attempt,
             const Lens& lens) {
    const auto& row = record.notice;
    const auto& notice = row.notice;
    const auto* assignment = assignment_of(kase, notice.assignment);
    const bool is_signed = assignment != nullptr && assignment->signed_at.has_value();
    return {notice.id.value,
            lens.instant(notice.at),
            lens.label("notice.", notice.event),
            lens.addressee(notice.addressee, kase),
            notice.reason,
            lens.label("grade.", name(notice.grade)),
            notice.exercise ? lens.say("ledger.yes") : std::string(),
            notice.channel,
            lens.hidden_filer(notice.addressee, kase) ? std::string() : masked(notice.address),
            row.pattern,
            rendered_hash(row),
            lens.label("ledger.state.", row.state),
            attempt != nullptr ? std::to_string(attempt->attempt) : std::string(),
            attempt != nullptr ? lens.instant(attempt->at) : std::string(),
            attempt != nullptr ? lens.label("ledger.outcome.", attempt->outcome) : std::string(),
            attempt != nullptr ? attempt->code : std::string(),
            attempt != nullptr ? lens.remark(attempt->detail) : std::string(),
            attempt != nullptr ? attempt->provider_id : std::string(),
            maybe(row.delivered_at, lens),
            is_signed ? lens.instant(*assignment->signed_at) : std::string(),
            is_signed ? lens.actor_name(assignment->signed_by, kase) : std::string()};
}

std::vector<Line> lines_of(const Case& kase, const std::vector<NoticeRecord>& records,
                           const Lens& lens) {
    std::vector<Line> lines;
    for (const auto& record : records) {
        if (record.attempts.empty()) lines.push_back(line_of(kase, record, nullptr, lens));
        for (const auto& attempt : record.attempts)
            lines.push_back(line_of(kase, record, &attempt, lens));
    }
    return lines;
}

Line heading(const Lens& lens) {
    Line line;
    for (const auto column : columns) line.push_back(lens.label("ledger.", column));
    return line;
}

// "2026-11-24 03:05:34" of the local time in RFC 3339: on paper nobody reads the rest.
std::string on_paper(const std::string& instant) {
    if (instant.size() < 19) return instant;
    return instant.substr(0, 10) + " " + instant.substr(11, 8);
}

void append_cell(std::string& out, std::string_view tag, std::string_view value) {
    out.append("<").append(tag).append(">").append(escaped(value)).append("</").append(tag) += ">";
}

constexpr std::string_view on_page[] = {"made_at", "event",        "addressee", "channel",
                                        "state",   "delivered_at", "signed_at", "signed_by"};

void append_heading(std::string& out, const Lens& lens) {
    out += "<tr>";
    for (const auto column : on_page) append_cell(out, "th", lens.label("ledger.", column));
    out += "</tr>";
}

// Two rows for each notice: what it was and what came of it; what was tried, and the digests.
void append_notice(std::string& out, const Case& kase, const NoticeRecord& record,
                   const Lens& lens) {
    const auto& row = record.notice;
    const auto& notice = row.notice;
    const auto* assignment = assignment_of(kase, notice.assignment);
    const bool is_signed = assignment != nullptr && assignment->signed_at.has_value();
    std::string event =
        lens.label("notice.", notice.event) + " · " + lens.label("grade.", name(notice.grade));
    const bool hidden = lens.hidden_filer(notice.addressee, kase);
    if (notice.exercise) event += " · " + lens.say("ledger.exercise");
    out += "<tbody><tr>";
    for (const auto& value :
         {on_paper(lens.instant(notice.at)), event, lens.addressee(notice.addressee, kase),
          hidden ? notice.channel : notice.channel + " " + masked(notice.address),
          lens.label("ledger.state.", row.state), on_paper(maybe(row.delivered_at, lens)),
          is_signed ? on_paper(lens.instant(*assignment->signed_at)) : std::string(),
          is_signed ? lens.actor_name(assignment->signed_by, kase) : std::string()})
        append_cell(out, "td", value);
    out += "</tr><tr><td colspan=\"8\" class=\"more\">";
    if (!notice.reason.empty())
        out += escaped(lens.say("ledger.reason") + ": " + notice.reason) + "<br>";
    for (const auto& attempt : record.attempts) {
        std::string line = std::to_string(attempt.attempt) + ". " +
                           on_paper(lens.instant(attempt.at)) + " " +
                           lens.label("ledger.outcome.", attempt.outcome);
        for (const auto& part : {attempt.code, lens.remark(attempt.detail), attempt.provider_id})
            if (!part.empty()) line += " · " + part;
        out += escaped(line) + "<br>";
    }
    out += "<code>" + escaped(notice.id.value) + " · " + escaped(row.pattern) + " · " +
           rendered_hash(row) + "</code></td></tr></tbody>\n";
}

constexpr std::string_view page_style =
    "@page{size:A4 landscape;margin:12mm}body{font:10pt/1.5 sans-serif;margin:1em}"
    "table{border-collapse:collapse;width:100%}th,td{border:1px solid #999;padding:3px 6px;"
    "text-align:left;vertical-align:top}th{background:#eee}thead{display:table-header-group}"
    "tbody{break-inside:avoid}.more{color:#333;font-size:9pt;padding-left:2em}"
    "code{font-size:8pt;color:#555;overflow-wrap:anywhere}h1{font-size:14pt}"
    ".scroll{overflow-x:auto}@media print{.scroll{overflow:visible}}";

}  // namespace

Result<std::vector<AttemptRow>> attempts_of(engine::ports::Reader& reader,
                                            const NoticeRow& notice) {
    std::vector<AttemptRow> all;
    std::set<std::string> seen;
    // The first delivery has the notice's own id; each knows the one that came after it.
    for (std::string id = notice.notice.id.value; !id.empty() && seen.insert(id).second;) {
        auto attempts = reader.attempts(id);
        if (!attempts) return attempts.error();
        all.insert(all.end(), attempts->begin(), attempts->end());
        auto delivery = reader.find_delivery(id);
        if (!delivery) return delivery.error();
        id = *delivery ? (*delivery)->successor : std::string();
    }
    return all;
}

std::string masked(const std::string& address) {
    const auto at = address.find('@');
    if (at != std::string::npos && at > 0) return address.substr(0, 1) + "***" + address.substr(at);
    const auto any = [&](bool (*is)(unsigned char)) {
        return std::any_of(address.begin(), address.end(), is);
    };
    const bool digits = any([](unsigned char c) { return c >= '0' && c <= '9'; });
    if (any([](unsigned char c) { return c >= 0x80; })) return "****";
    if (address.size() <= 6 && !digits) return address;
    if (address.size() < 8) return digits ? "****" : address.substr(0, 1) + "****";
    const std::size_t kept = address.size() >= 11 ? 3 : 1;
    return address.substr(0, kept) + "****" + address.substr(address.size() - kept - 1);
}

std::string rendered_hash(const NoticeRow& notice) {
    return sha256_hex(notice.subject + "\n" + notice.text);
}

std::string ledger_csv(const Case& kase, const std::vector<NoticeRecord>& records,
                       const Lens& lens) {
    std::string out(csv_mark);
    append_csv(out, heading(lens));
    for (const auto& line : lines_of(kase, records, lens)) append_csv(out, line);
    return out;
}

std::string ledger_page(const Case& kase, const std::vector<NoticeRecord>& records,
                        const Lens& lens, const std::string& zone_name) {
    const std::string title = kase.number + " " + lens.say("ledger.title");
    std::string out = "<!DOCTYPE html>\n<html lang=\"" + std::string(tag(lens.language)) +
                      "\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" "
                      "content=\"width=device-width,initial-scale=1\"><title>" +
                      escaped(title) + "</title><style>" + std::string(page_style) +
                      "</style></head>\n<body>\n<h1>" + escaped(title) + "</h1>\n<p>" +
                      escaped(zone_name) + " · " + escaped(lens.say("ledger.printed")) + " " +
                      escaped(on_paper(lens.instant(lens.now))) +
                      "</p>\n<div class=\"scroll\"><table>";
    out += "<thead>";
    append_heading(out, lens);
    out += "</thead>\n";
    for (const auto& record : records) append_notice(out, kase, record, lens);
    out += "</table></div>\n<p>" + escaped(lens.say("ledger.digest")) + " " +
           sha256_hex(ledger_csv(kase, records, lens)) + "</p>\n</body></html>\n";
    return out;
}

std::string ledger_page_policy() {
    return "default-src 'none'; style-src " + style_source(page_style) +
           "; base-uri 'none'; frame-ancestors 'none'";
}

}  // namespace jinqiao::adapters::http
