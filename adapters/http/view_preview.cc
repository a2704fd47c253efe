#include "adapters/http/view_preview.h"

#include <algorithm>

#include "adapters/http/json_text.h"
#include "adapters/http/people_changes.h"

namespace jinqiao::adapters::http {

namespace json = boost::json;
using namespace engine::model;
using engine::kernel::Preview;
using engine::kernel::PreviewLine;
using engine::time::Instant;

namespace {

class Teller {
  public:
    Teller(const Preview& preview, const Lens& lens)
        : filed_(preview.filed), lens_(lens), policy_(lens.policy(preview.filed.workflow)) {}

    json::object line(const PreviewLine& line) const {
        const auto minutes =
            std::chrono::duration_cast<std::chrono::minutes>(line.at - filed_.filed_at).count();
        json::object out{{"at", lens_.instant(line.at)},
                         {"minutes", minutes},
                         {"event", line.event},
                         {"kind", line.notice ? "told" : "case"},
                         {"text", line.notice ? told(line) : happened(line)},
                         {"times", line.times},
                         {"last", lens_.instant(line.last)}};
        if (!line.rung.empty()) {
            out["clock"] = line.clock;
            out["clock_label"] = clock(line.clock);
            out["rung"] = line.rung;
        }
        if (line.notice) add_notice(line, out);
        return out;
    }

  private:
    std::string clock(const std::string& key) const {
        const auto name = key.substr(0, key.find('#'));
        const auto* rule = policy_ ? policy_->clock(name) : nullptr;
        return rule ? rule->label.in(lens_.language) : name;
    }
    std::string say(const std::string& code,
                    std::vector<std::pair<std::string, std::string>> args) const {
        return lens_.words->text(Message{code, std::move(args)}, lens_.language);
    }
    std::string told(const PreviewLine& line) const { return lens_.label("notice.", line.event); }
    std::string why(const PreviewLine& line) const {
        constexpr std::string_view from = "from:";
        if (line.why.starts_with(from))
            return say("preview.from",
                       {{"grade", lens_.say("grade." + line.why.substr(from.size()))}});
        if (line.why == "condition") return lens_.say("preview.condition");
        if (!line.rung.empty())
            return say("preview.rung",
                       {{"clock", clock(line.clock)}, {"rung", lens_.label("rung.", line.rung)}});
        const auto code = "preview.why." + line.event;
        if (lens_.words->has(code)) return lens_.say(code);
        auto reason = line.why;
        std::replace(reason.begin(), reason.end(), ' ', '_');
        return reason.empty() ? reason : lens_.label("reach.", reason);
    }
    std::string happened(const PreviewLine& line) const {
        const auto to = text_of(line.data, "to");
        const auto addressee = Addressee::parse(text_of(line.data, "addressee"));
        const auto region = filed_.regions.empty() ? std::string() : filed_.regions.front().name;
        return say("preview." + line.event,
                   {{"clock", clock(text_of(line.data, "clock"))},
                    {"post", lens_.post(PostId{to})},
                    {"state", lens_.state(filed_.workflow, region, to)},
                    {"grade", lens_.label("grade.", to)},
                    {"who", addressee ? lens_.addressee(*addressee) : std::string()}});
    }
    void add_notice(const PreviewLine& line, json::object& out) const {
        const auto& notice = *line.notice;
        out["addressee"] = notice.addressee.text();
        out["addressee_kind"] = name(notice.addressee.kind);
        out["addressee_name"] = lens_.addressee(notice.addressee);
        out["person"] = notice.person.value;
        if (sees_people(lens_.account) || notice.person == lens_.account.person)
            out["person_name"] = lens_.person(notice.person);
        out["channel"] = notice.channel;
        out["sign"] = line.sign;
        out["why"] = line.why;
        out["why_text"] = why(line);
        out["held_until"] = nullptr;
        if (notice.not_before) out["held_until"] = lens_.instant(*notice.not_before);
    }

    const Case& filed_;
    const Lens& lens_;
    const engine::policy::Policy* policy_;
};

}  // namespace

json::object view_preview(const Preview& preview, Instant at, Instant until, const Lens& lens) {
    const Teller teller(preview, lens);
    json::array lines;
    for (const auto& line : preview.lines) lines.push_back(teller.line(line));
    json::array reasons;
    for (const auto& reason : preview.filed.grade.reasons)
        reasons.push_back(
            json::object{{"rule", reason.rule}, {"text", reason.text.in(lens.language)}});
    json::array lacked;
    for (const auto& word : preview.lacked) lacked.emplace_back(lens.label("what.lacking.", word));
    const auto grade = std::string(name(preview.filed.grade.effective));
    return {{"at", lens.instant(at)},
            {"until", lens.instant(until)},
            {"grade", grade},
            {"grade_label", lens.say("grade." + grade)},
            {"grade_reasons", std::move(reasons)},
            {"lines", std::move(lines)},
            {"lacked", std::move(lacked)},
            {"cut", preview.cut}};
}

}  // namespace jinqiao::adapters::http
