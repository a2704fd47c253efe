#include "tests/support/store_rows.h"

namespace jinqiao::tests::support::rows {

namespace model = engine::model;
namespace ports = engine::ports;
namespace time = engine::time;

time::Instant at(std::int64_t minutes) {
    constexpr std::int64_t morning_ms = 1'790'000'000'000;
    return time::from_ms(morning_ms + minutes * 60'000);
}

ports::CaseRow a_case(const std::string& id, std::int64_t filed) {
    ports::CaseRow row;
    row.id.value = id;
    row.number = "JQ-2026-" + id;
    row.workflow = "dispute";
    row.enterprise_id = "ent-1";
    row.enterprise_name = "金桥电子有限公司";
    row.state = "reported";
    row.stage = "warn";
    row.grade = "yellow";
    row.owner_post = "mediator";
    row.filer_account = "union-1";
    row.filed_at = at(filed);
    row.next_due = at(filed + 60);
    row.seq = 1;
    row.version = 1;
    row.summary = row.number + " 金桥电子有限公司 厂区北门 拖欠工资";
    row.body = R"({"id":")" + id + R"("})";
    return row;
}

ports::HistoryRow history(const std::string& stream, std::uint64_t seq) {
    ports::HistoryRow row;
    row.kase.value = stream;
    row.seq = seq;
    row.at = at(static_cast<std::int64_t>(seq));
    row.body = R"({"n":)" + std::to_string(seq) + "}";
    row.prev_hash = std::string(64, '0');
    row.hash = std::string(64, 'a');
    return row;
}

ports::DocumentRow document(const std::string& id, const std::string& account, std::int64_t minutes,
                            const std::string& sha256) {
    ports::DocumentRow row;
    row.id = id;
    row.account.value = account;
    row.name = "工资表.pdf";
    row.type = "application/pdf";
    row.size = 8;
    row.sha256 = sha256;
    row.at = at(minutes);
    return row;
}

ports::TimerRow timer(const std::string& kase, const std::string& slot, std::int64_t minutes) {
    return {model::CaseId(kase), slot, at(minutes), 1, 2, 3};
}

ports::NoticeRow notice(const std::string& id, const std::string& kase,
                        const std::string& delivery) {
    ports::NoticeRow row;
    row.notice.id.value = id;
    row.notice.key = "key of " + id;
    row.notice.kase.value = kase;
    row.notice.event = "alert_filed";
    row.notice.addressee = {model::Addressee::Kind::department, "hrss"};
    row.notice.person.value = "p-1";
    row.notice.channel = "file";
    row.notice.address = "hrss";
    row.notice.assignment.value = kase + "-a1";
    row.notice.grade = model::GradeLevel::orange;
    row.notice.urgent = true;
    row.notice.at = at(1);
    row.notice.vars = {{"workers", 120}, {"place", "北门"}};
    row.notice.reason = "route";
    row.seq = 1;
    row.subject = "预警";
    row.text = "一起橙色预警";
    row.sign_url = "https://example.org/s/t";
    row.delivery = delivery;
    row.state = "pending";
    return row;
}

ports::DeliveryRow delivery(const std::string& id, const std::string& kase,
                            const std::string& address, std::int64_t minutes) {
    ports::DeliveryRow row;
    row.id = id;
    row.kase.value = kase;
    row.channel = "file";
    row.address = address;
    row.state = "pending";
    row.next_at = at(minutes);
    return row;
}

ports::StoredAnswer answer(const std::string& key, std::int64_t minutes) {
    return {"union-1", key, "hash", 201, "{}", "/api/v1/cases/a", "\"1\"", at(minutes)};
}

}  // namespace jinqiao::tests::support::rows
