#include "workflows/dispute/vocabularies.h"

#include <vector>

namespace jinqiao::workflows::dispute {

std::span<const std::string> all_clock_names() {
    static const std::vector<std::string> names{
        // ours
        "st.ack", "st.dispatch", "st.on_site", "st.verify", "st.coordinate", "rep.first",
        "rep.follow", "rep.final", "st.meeting", "st.progress", "st.watch", "st.next", "st.sign",
        "st.route", "st.end_notice", "st.visit", "st.handover", "st.answer", "sus.until",
        "complete_report", "asg.sign", "asg.rule", "st.act", "st.close", "st.review",
        // the law's
        "neg.reply", "neg.period", "med.accept", "med.arb_right", "med.end", "med.platform",
        "med.court", "agr.arb_review", "agr.arb_review_decide", "agr.judicial_confirm",
        "agr.court_decide", "agr.perform", "cb.reply", "cb.reps", "cb.coord", "cc.file",
        "cc.effect", "cg.papers", "cg.report", "lay.explain",
        // running elsewhere, shown for reference
        "arb.limit", "arb.accept", "pay_order.notify", "enforce", "insp.finish",
        // when a fact changes by time alone
        "fact.stoppage"};
    return names;
}

std::span<const std::string> all_notice_names() {
    static const std::vector<std::string> names{"filed",
                                                "commissioner_sent",
                                                "report_sent",
                                                "second_incident",
                                                "common_claim_detected",
                                                "tier_raised",
                                                "spread",
                                                "contract_effective",
                                                "breach",
                                                "breach_suspected",
                                                "request_lapsed",
                                                "merged",
                                                "med_accept_overdue",
                                                "arb_right_may_be_open",
                                                "arb_right_open",
                                                "mediation_failed",
                                                "route_closed",
                                                "suspension_over",
                                                "negotiation_over",
                                                "duty_missed",
                                                "task_force_formed",
                                                "task_force_dissolved",
                                                "filer_message",
                                                "identity_opened"};
    return names;
}

}  // namespace jinqiao::workflows::dispute
