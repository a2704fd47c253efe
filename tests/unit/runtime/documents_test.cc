#include "engine/runtime/documents.h"

#include "engine/runtime/audit.h"
#include "engine/runtime/digest.h"
#include "tests/unit/runtime/office.h"

namespace jinqiao::tests {
namespace {

const model::AccountId chen{"acc-chen"};

runtime::Upload upload(const std::string& content, std::uint64_t limit = 100) {
    return {chen, "工资表.pdf", "application/pdf", runtime::sha256_hex(content), content, limit};
}

struct Papers : Office {
    runtime::Answer add(runtime::Upload given) {
        runtime::Submission one;
        one.work = std::move(given);
        return send(std::move(one));
    }
    // The id of a file chen sends.
    std::string sent(const std::string& content) {
        const auto answer = add(upload(content));
        const auto* done = accepted(answer);
        return done == nullptr ? std::string()
                               : std::string(done->events.at(0).data.at("id").as_string());
    }
    runtime::Answer naming(model::Command command, const std::string& id,
                           const model::AccountId& by = chen) {
        auto one = submission(std::move(command));
        one.naming = {by, {{"evidence", id}}};
        return send(std::move(one));
    }
    model::CaseId named_in_a_case(const std::string& id) {
        const auto answer = naming(filing(3, {{"note", id}}), id);
        const auto* done = accepted(answer);
        return done == nullptr ? model::CaseId{} : done->kase->id;
    }
    void write(const std::function<void(ports::Batch&)>& how) {
        auto batch = store.begin();
        how(**batch);
        ASSERT_TRUE((*batch)->commit().ok());
    }
};

TEST(Documents, IdVouchesForTheContent) {
    Papers papers;
    const auto id = papers.sent("bytes");
    EXPECT_EQ(runtime::content_of(id), runtime::sha256_hex("bytes"));
    const auto row = papers.reader()->find_document(id).value();
    ASSERT_TRUE(row.has_value());
    EXPECT_EQ(row->account, chen);
    EXPECT_EQ(row->name, "工资表.pdf");
    EXPECT_EQ(row->size, 5U);
    EXPECT_TRUE(row->kase.empty());
    EXPECT_EQ(papers.reader()->document_content(row->sha256).value(), "bytes");
    const auto again = papers.sent("bytes");
    EXPECT_NE(again, id);
    EXPECT_EQ(runtime::content_of(again), runtime::content_of(id));
    for (const auto& other : {std::string("doc-1"), std::string(91, '-'), id + "0",
                              id.substr(0, 26) + "-" + std::string(64, 'g')})
        EXPECT_EQ(runtime::content_of(other), "") << other;
}

TEST(Documents, FirstCaseThatNamesOneKeepsIt) {
    Papers papers;
    const auto id = papers.sent("bytes");
    const auto first = papers.named_in_a_case(id);
    ASSERT_FALSE(first.empty());
    EXPECT_EQ(papers.reader()->find_document(id).value()->kase, first);
    EXPECT_TRUE(papers.reader()->unused_documents(chen).value().empty());
    // Its sender may show it elsewhere too; it stays where it is.
    EXPECT_NE(papers.named_in_a_case(id), first);
    EXPECT_EQ(papers.reader()->find_document(id).value()->kase, first);
    // Within the case anybody may name it again.
    const auto again = papers.naming(command("ask", first, {{"note", id}}, person("wang")), id,
                                     model::AccountId{"acc-wang"});
    EXPECT_NE(accepted(again), nullptr);
}

TEST(Documents, WhatNobodySentOrSomebodyElseDidIsRefusedByItsField) {
    Papers papers;
    const auto id = papers.sent("bytes");
    const auto foreign = papers.naming(filing(3), id, model::AccountId{"acc-wang"});
    ASSERT_NE(refused(foreign), nullptr);
    EXPECT_EQ(refused(foreign)->kind, model::Refusal::Kind::invalid_payload);
    EXPECT_EQ(refused(foreign)->reasons.at(0).code, "payload.document");
    EXPECT_EQ(refused(foreign)->reasons.at(0).args.at(0).second, "evidence");
    EXPECT_NE(refused(papers.naming(filing(3), "no such")), nullptr);
    EXPECT_TRUE(papers.reader()->find_document(id).value()->kase.empty());
}

TEST(Documents, RefusedCommandLeavesThemUnused) {
    Papers papers;
    const auto id = papers.sent("bytes");
    const auto kase = papers.file();
    const auto answer = papers.naming(command("no_such_action", kase, {}, person("wang")), id);
    ASSERT_NE(refused(answer), nullptr);
    EXPECT_TRUE(papers.reader()->find_document(id).value()->kase.empty());
}

TEST(Documents, AccountHasSoManyBytesThatNoCaseNames) {
    Papers papers;
    const auto id = papers.sent(std::string(60, 'a'));
    const auto over = papers.add(upload(std::string(41, 'b')));
    ASSERT_NE(refused(over), nullptr);
    EXPECT_EQ(refused(over)->reasons.at(0).code, "document.quota");
    EXPECT_FALSE(papers.reader()
                     ->document_content(runtime::sha256_hex(std::string(41, 'b')))
                     .value()
                     .has_value());
    ASSERT_FALSE(papers.named_in_a_case(id).empty());
    EXPECT_NE(accepted(papers.add(upload(std::string(41, 'b')))), nullptr);
}

TEST(Documents, UnusedOnesGoAfterTheirTime) {
    Papers papers;
    const auto unused = papers.sent("unused");
    const auto used = papers.sent("used");
    ASSERT_FALSE(papers.named_in_a_case(used).empty());
    papers.clock.set(papers.clock.now() + std::chrono::hours{47});
    papers.file();
    EXPECT_TRUE(papers.reader()->find_document(unused).value().has_value());
    papers.clock.set(papers.clock.now() + std::chrono::hours{2});
    papers.file();
    EXPECT_FALSE(papers.reader()->find_document(unused).value().has_value());
    EXPECT_FALSE(
        papers.reader()->document_content(runtime::sha256_hex("unused")).value().has_value());
    EXPECT_TRUE(papers.reader()->find_document(used).value().has_value());
    EXPECT_EQ(papers.reader()->document_content(runtime::sha256_hex("used")).value(), "used");
}

TEST(Documents, AuditHoldsTheContentAgainstWhatHistoryNames) {
    Papers papers;
    const auto id = papers.sent("bytes");
    const auto kase = papers.named_in_a_case(id);
    EXPECT_TRUE(runtime::verify(*papers.reader())->breaks.empty());
    // Erasing the name takes nothing away from it.
    papers.write([&](ports::Batch& batch) {
        auto row = **batch.find_document(id);
        row.name.clear();
        ASSERT_TRUE(batch.put_document(row).ok());
    });
    EXPECT_TRUE(runtime::verify(*papers.reader())->breaks.empty());

    const auto gone = papers.sent("gone");
    const auto other = papers.named_in_a_case(gone);
    papers.write([&](ports::Batch& batch) {
        auto row = **batch.find_document(gone);
        row.kase = {};
        ASSERT_TRUE(batch.put_document(row).ok());
        ASSERT_TRUE(batch.drop_unused_documents_before(time::from_ms(1LL << 50)).ok());
    });
    const auto report = runtime::verify(*papers.reader());
    ASSERT_EQ(report->breaks.size(), 1U);
    EXPECT_EQ(report->breaks[0].stream, other.value);
    EXPECT_EQ(report->breaks[0].seq, 1U);
    EXPECT_EQ(report->breaks[0].what, "document");
}

TEST(Documents, AuditSeesContentThatIsNotWhatWasSent) {
    Papers papers;
    const std::string sha256 = runtime::sha256_hex("as it was sent");
    papers.write([&](ports::Batch& batch) {
        ASSERT_TRUE(batch.put_content(sha256, "as somebody would have it").ok());
    });
    ASSERT_FALSE(papers.named_in_a_case(papers.sent("as it was sent")).empty());
    const auto report = runtime::verify(*papers.reader());
    ASSERT_EQ(report->breaks.size(), 1U);
    EXPECT_EQ(report->breaks[0].what, "document");
}

}  // namespace
}  // namespace jinqiao::tests
