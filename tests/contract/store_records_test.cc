#include "engine/ports/trail.h"
#include "tests/contract/store_contract.h"

namespace jinqiao::tests::contract {

using Names = std::vector<std::string>;

TEST_P(StoreContract, HistoryIsReadFromAnyPointAndByItsEnd) {
    committed([&](ports::Batch& batch) {
        for (std::uint64_t seq = 1; seq <= 5; ++seq) {
            EXPECT_DONE(batch.append_history(history("a", seq)));
        }
        EXPECT_DONE(batch.append_history(history("a-c1", 1)));
        EXPECT_DONE(batch.append_history(history("directory", 1)));
    });
    auto looking = reader();
    const auto rows = looking->history("a", 2, 2).value();
    ASSERT_EQ(rows.size(), 2U);
    EXPECT_EQ(rows[0].seq, 3U);
    EXPECT_EQ(rows[0].body, R"({"n":3})");
    EXPECT_EQ(rows[0].prev_hash, std::string(64, '0'));
    EXPECT_EQ(rows[1].hash, std::string(64, 'a'));
    EXPECT_EQ(rows[1].at, at(4));
    EXPECT_EQ(looking->history("a", 0, 100).value().size(), 5U);
    EXPECT_TRUE(looking->history("a", 0, 0).value().empty());
    EXPECT_EQ(looking->last_history("a").value()->seq, 5U);
    EXPECT_EQ(looking->last_history("a-c1").value()->seq, 1U);
    EXPECT_FALSE(looking->last_history("b").value().has_value());
}

TEST_P(StoreContract, TrailHoldsTheRowsOfAllStreamsTheLatestFirst) {
    committed([&](ports::Batch& batch) {
        EXPECT_DONE(batch.append_history(history("b", 1)));
        EXPECT_DONE(batch.append_history(history("a", 1)));
        EXPECT_DONE(batch.savepoint());
        EXPECT_DONE(batch.append_history(history("c", 1)));
        EXPECT_DONE(batch.rollback_to_savepoint());
        EXPECT_DONE(batch.release());
    });
    committed([&](ports::Batch& batch) {
        EXPECT_DONE(batch.append_history(history("b", 2)));
        EXPECT_DONE(batch.append_history(history("c", 1)));
    });
    auto looking = reader();
    auto* trail = dynamic_cast<ports::Trail*>(looking.get());
    ASSERT_NE(trail, nullptr);
    Names names;
    std::uint64_t before = 0;
    for (auto rows = trail->trail(0, 3).value(); !rows.empty();
         rows = trail->trail(before, 3).value())
        for (const auto& [place, row] : rows) {
            names.push_back(row.kase.value + std::to_string(row.seq));
            EXPECT_TRUE(before == 0 || place < before);
            before = place;
        }
    EXPECT_EQ(names, (Names{"c1", "b2", "a1", "b1"}));
    EXPECT_TRUE(trail->trail(0, 0).value().empty());
    EXPECT_TRUE(trail->trail(1, 10).value().empty());
}

TEST_P(StoreContract, SnapshotComesWithTheEndOfItsOwnHistory) {
    ports::CaseRow row = a_case("a");
    row.seq = 2;
    file(row);
    file(a_case("a-c1"));
    committed([&](ports::Batch& batch) {
        for (std::uint64_t seq = 1; seq <= 2; ++seq)
            EXPECT_DONE(batch.append_history(history("a", seq)));
        EXPECT_DONE(batch.append_history(history("a-b", 7)));
    });
    auto looking = reader();
    const auto stored = looking->stored_case(model::CaseId("a")).value();
    ASSERT_TRUE(stored.has_value());
    EXPECT_EQ(stored->seq, 2U);
    EXPECT_EQ(stored->body, row.body);
    EXPECT_EQ(stored->last_seq, 2U);
    EXPECT_EQ(stored->last_hash, std::string(64, 'a'));
    // Nothing recorded yet, and nothing stored.
    EXPECT_EQ(looking->stored_case(model::CaseId("a-c1")).value()->last_seq, 0U);
    EXPECT_EQ(looking->stored_case(model::CaseId("a-c1")).value()->last_hash, "");
    EXPECT_FALSE(looking->stored_case(model::CaseId("b")).value().has_value());
    EXPECT_EQ(looking->case_seq(model::CaseId("a")).value(), 2U);
    EXPECT_EQ(looking->case_seq(model::CaseId("b")).value(), 0U);
}

TEST_P(StoreContract, StreamsAreVisitedInOrderUntilTheVisitorHasEnough) {
    committed([&](ports::Batch& batch) {
        for (const char* stream : {"b", "directory", "a", "a-c1"}) {
            EXPECT_DONE(batch.append_history(history(stream, 1)));
            EXPECT_DONE(batch.append_history(history(stream, 2)));
        }
    });
    Names seen;
    EXPECT_DONE(reader()->each_stream([&](const std::string& stream) {
        seen.push_back(stream);
        return stream != "b";
    }));
    EXPECT_EQ(seen, Names({"a", "a-c1", "b"}));
}

TEST_P(StoreContract, TimersComeDueInOrderOfTime) {
    committed([&](ports::Batch& batch) {
        EXPECT_DONE(batch.put_timer(timer("b", "st.ack#1", 3)));
        EXPECT_DONE(batch.put_timer(timer("a", "st.ack#1", 3)));
        EXPECT_DONE(batch.put_timer(timer("a", "st.verify#1", 1)));
        EXPECT_DONE(batch.put_timer(timer("a", "st.close#1", 9)));
    });
    const auto slots = [&](std::int64_t minutes, int limit) {
        Names found;
        const auto rows = reader()->timers_due(at(minutes), limit);
        for (const auto& row : rows.value()) {
            found.push_back(row.kase.value + " " + row.slot);
        }
        return found;
    };
    EXPECT_EQ(slots(3, 10), Names({"a st.verify#1", "a st.ack#1", "b st.ack#1"}));
    EXPECT_EQ(slots(3, 2), Names({"a st.verify#1", "a st.ack#1"}));
    EXPECT_TRUE(slots(0, 10).empty());
    const auto rows = reader()->timers_of(model::CaseId("a")).value();
    ASSERT_EQ(rows.size(), 3U);
    EXPECT_EQ(rows[0].slot, "st.verify#1");
    EXPECT_EQ(rows[0].epoch * 100 + rows[0].rung * 10 + rows[0].repeat, 123);
}

TEST_P(StoreContract, TimerIsMovedBySlotAndErasedOnce) {
    committed([&](ports::Batch& batch) {
        EXPECT_DONE(batch.put_timer(timer("a", "due", 3)));
        ports::TimerRow moved = timer("a", "due", 8);
        moved.rung = 4;
        EXPECT_DONE(batch.put_timer(moved));
        EXPECT_DONE(batch.put_timer(timer("a", "other", 1)));
        EXPECT_DONE(batch.erase_timer(model::CaseId("a"), "other"));
        EXPECT_DONE(batch.erase_timer(model::CaseId("a"), "other"));
    });
    EXPECT_TRUE(reader()->timers_due(at(7), 10).value().empty());
    const auto rows = reader()->timers_due(at(8), 10).value();
    ASSERT_EQ(rows.size(), 1U);
    EXPECT_EQ(rows[0].rung, 4);
    EXPECT_EQ(reader()->count("timers").value(), 1U);
}

TEST_P(StoreContract, ErasedPersonalValueKeepsItsReference) {
    ports::PersonalRow row{"ref-1",  model::CaseId("a"), "reporter.phone",
                           "sealed", "13800000000",      at(1)};
    committed([&](ports::Batch& batch) { EXPECT_DONE(batch.put_personal(row)); });
    EXPECT_EQ(reader()->personal("ref-1").value()->value, "13800000000");
    row.value.clear();
    row.at = at(2);
    committed([&](ports::Batch& batch) { EXPECT_DONE(batch.put_personal(row)); });
    const auto erased = reader()->personal("ref-1").value();
    ASSERT_TRUE(erased.has_value());
    EXPECT_TRUE(erased->value.empty());
    EXPECT_EQ(erased->field + erased->cls + erased->kase.value, "reporter.phonesealeda");
    EXPECT_EQ(erased->at, at(2));
    EXPECT_FALSE(reader()->personal("ref-2").value().has_value());
}

TEST_P(StoreContract, EnterpriseIsFoundByCodeByNameAndByPartOfIt) {
    committed([&](ports::Batch& batch) {
        EXPECT_DONE(
            batch.put_enterprise({model::EnterpriseId("e1"), "91310115A", "金桥电子有限公司",
                                  "金桥电子\n北路1号", true, R"({"staff":320})"}));
        EXPECT_DONE(batch.put_enterprise(
            {model::EnterpriseId("e2"), "", "浦东机械厂", "浦东机械厂\n", false, "{}"}));
    });
    auto looking = reader();
    const auto found = looking->enterprise_by_uscc("91310115A").value();
    ASSERT_TRUE(found.has_value());
    EXPECT_EQ(found->id.value + found->body, R"(e1{"staff":320})");
    EXPECT_TRUE(found->confirmed);
    EXPECT_EQ(looking->enterprise_by_name_key("浦东机械厂\n").value()->id.value, "e2");
    EXPECT_EQ(looking->find_enterprise(model::EnterpriseId("e2")).value()->name, "浦东机械厂");
    EXPECT_FALSE(looking->enterprise_by_uscc("").value().has_value());  // unknown is no code
    EXPECT_EQ(looking->search_enterprises("电子", 10).value().size(), 1U);
    EXPECT_EQ(looking->search_enterprises("0115a", 10).value().size(), 1U);
    EXPECT_EQ(looking->search_enterprises("", 10).value().size(), 2U);
    EXPECT_EQ(looking->search_enterprises("", 1).value().size(), 1U);
    EXPECT_TRUE(looking->search_enterprises("%", 10).value().empty());
}

TEST_P(StoreContract, EnterpriseThatGotItsCodeIsNoLongerFoundByTheOldOne) {
    ports::EnterpriseRow row{model::EnterpriseId("e1"), "OLD", "n", "n\n", false, "{}"};
    committed([&](ports::Batch& batch) { EXPECT_DONE(batch.put_enterprise(row)); });
    row.uscc = "NEW";
    row.name_key = "m\n";
    committed([&](ports::Batch& batch) { EXPECT_DONE(batch.put_enterprise(row)); });
    EXPECT_FALSE(reader()->enterprise_by_uscc("OLD").value().has_value());
    EXPECT_FALSE(reader()->enterprise_by_name_key("n\n").value().has_value());
    EXPECT_TRUE(reader()->enterprise_by_uscc("NEW").value().has_value());
}

TEST_P(StoreContract, AccountIsFoundByItsNameAlone) {
    committed([&](ports::Batch& batch) {
        EXPECT_DONE(batch.put_account({model::AccountId("u1"), R"({"roles":[]})"}));
        EXPECT_DONE(batch.put_account({model::AccountId("u2"), "{}"}));
        EXPECT_DONE(batch.put_account({model::AccountId("u2"), R"({"roles":["auditor"]})"}));
    });
    EXPECT_EQ(reader()->find_account(model::AccountId("u1")).value()->body, R"({"roles":[]})");
    EXPECT_EQ(reader()->accounts().value().size(), 2U);
    EXPECT_FALSE(reader()->find_account(model::AccountId("")).value().has_value());
}

TEST_P(StoreContract, TokensOpenAnAccountUntilTheyAreErased) {
    ports::TokenRow desk{"abc", model::AccountId("u1"), "desk", false, at(1), std::nullopt, ""};
    ports::TokenRow pager{"def", model::AccountId("u1"), "pager", false, at(0), at(9), ""};
    committed([&](ports::Batch& batch) {
        EXPECT_DONE(batch.put_token(desk));
        EXPECT_DONE(batch.put_token(pager));
        EXPECT_DONE(batch.put_token({"ghi", model::AccountId("u2"), "desk", false, at(1), {}, ""}));
        EXPECT_DONE(batch.note_token_use("abc", "2026-11-23"));
        EXPECT_DONE(batch.note_token_use("nobody's", "2026-11-23"));
    });
    const auto found = reader()->find_token("abc").value();
    ASSERT_TRUE(found.has_value());
    EXPECT_EQ(found->account.value + " " + found->name + " " + found->used_on,
              "u1 desk 2026-11-23");
    EXPECT_FALSE(found->expires_at.has_value());
    EXPECT_FALSE(found->session);
    const auto of_one = reader()->tokens_of(model::AccountId("u1")).value();
    ASSERT_EQ(of_one.size(), 2U);
    EXPECT_EQ(of_one[0].name, "pager");
    EXPECT_EQ(of_one[0].expires_at, at(9));
    EXPECT_FALSE(reader()->find_token("nobody's").value().has_value());
    EXPECT_FALSE(reader()->find_token("").value().has_value());
    committed([&](ports::Batch& batch) { EXPECT_DONE(batch.erase_token("abc")); });
    EXPECT_FALSE(reader()->find_token("abc").value().has_value());
    EXPECT_EQ(reader()->tokens_of(model::AccountId("u1")).value().size(), 1U);
}

TEST_P(StoreContract, DocumentWaitsForACaseAndItsContentIsKeptOnce) {
    const std::string bytes = std::string("%PDF-1.7\0\xff", 10) + std::string(30'000, 'x');
    ports::DocumentRow mine = document("d1", "u1", 1, "aa");
    mine.size = bytes.size();
    committed([&](ports::Batch& batch) {
        EXPECT_DONE(batch.put_document(mine));
        EXPECT_DONE(batch.put_content("aa", bytes));
        EXPECT_DONE(batch.put_document(document("d0", "u1", 0, "aa")));
        EXPECT_DONE(batch.put_content("aa", "what comes second is left aside"));
        EXPECT_DONE(batch.put_document(document("d2", "u2", 0, "bb")));
        EXPECT_DONE(batch.put_content("bb", ""));
    });
    EXPECT_EQ(*reader()->find_document("d1").value(), mine);
    EXPECT_FALSE(reader()->find_document("d3").value().has_value());
    EXPECT_EQ(reader()->document_content("aa").value(), bytes);
    EXPECT_EQ(reader()->document_content("bb").value(), "");
    EXPECT_FALSE(reader()->document_content("cc").value().has_value());
    const auto unused = reader()->unused_documents(model::AccountId("u1")).value();
    ASSERT_EQ(unused.size(), 2U);
    EXPECT_EQ(unused[0].id, "d0");
    EXPECT_EQ(unused[1].id, "d1");

    mine.kase = model::CaseId("a");
    committed([&](ports::Batch& batch) { EXPECT_DONE(batch.put_document(mine)); });
    EXPECT_EQ(reader()->find_document("d1").value()->kase.value, "a");
    EXPECT_EQ(reader()->unused_documents(model::AccountId("u1")).value().size(), 1U);
}

TEST_P(StoreContract, DocumentsNobodyNamedGoWithWhatOnlyTheyHad) {
    committed([&](ports::Batch& batch) {
        EXPECT_DONE(batch.put_document(document("old", "u1", 1, "shared")));
        EXPECT_DONE(batch.put_document(document("alone", "u1", 1, "own")));
        EXPECT_DONE(batch.put_document(document("twin", "u2", 2, "own")));
        auto named = document("named", "u1", 0, "shared");
        named.kase = model::CaseId("a");
        EXPECT_DONE(batch.put_document(named));
        EXPECT_DONE(batch.put_document(document("late", "u1", 5, "new")));
        for (const char* content : {"shared", "own", "new"})
            EXPECT_DONE(batch.put_content(content, content));
    });
    committed([](ports::Batch& batch) { EXPECT_DONE(batch.drop_unused_documents_before(at(5))); });
    for (const char* gone : {"old", "alone", "twin"})
        EXPECT_FALSE(reader()->find_document(gone).value().has_value()) << gone;
    for (const char* kept : {"named", "late"})
        EXPECT_TRUE(reader()->find_document(kept).value().has_value()) << kept;
    EXPECT_TRUE(reader()->document_content("shared").value().has_value());
    EXPECT_TRUE(reader()->document_content("new").value().has_value());
    EXPECT_FALSE(reader()->document_content("own").value().has_value());
}

TEST_P(StoreContract, DocumentThatIsUndoneLeavesNoContent) {
    auto batch = begin();
    EXPECT_DONE(batch->savepoint());
    EXPECT_DONE(batch->put_document(document("d1", "u1", 1, "aa")));
    EXPECT_DONE(batch->put_content("aa", "bytes"));
    EXPECT_DONE(batch->rollback_to_savepoint());
    EXPECT_FALSE(batch->document_content("aa").value().has_value());
    EXPECT_DONE(batch->put_content("aa", "bytes"));
    commit(std::move(batch));
    EXPECT_EQ(reader()->document_content("aa").value(), "bytes");
    EXPECT_FALSE(reader()->find_document("d1").value().has_value());
}

TEST_P(StoreContract, SessionsThatAreOverAreDroppedAndTokensKept) {
    committed([&](ports::Batch& batch) {
        EXPECT_DONE(batch.put_token({"old", model::AccountId("u1"), "", true, at(0), at(3), ""}));
        EXPECT_DONE(batch.put_token({"new", model::AccountId("u1"), "", true, at(0), at(8), ""}));
        EXPECT_DONE(
            batch.put_token({"token", model::AccountId("u1"), "t", false, at(0), at(3), ""}));
    });
    committed([&](ports::Batch& batch) { EXPECT_DONE(batch.drop_sessions_before(at(5))); });
    EXPECT_FALSE(reader()->find_token("old").value().has_value());
    EXPECT_TRUE(reader()->find_token("new").value()->session);
    EXPECT_TRUE(reader()->find_token("token").value().has_value());
}

TEST_P(StoreContract, StoredAnswerComesBackUntilItIsTooOld) {
    committed([&](ports::Batch& batch) {
        EXPECT_DONE(batch.put_answer(answer("old", 1)));
        EXPECT_DONE(batch.put_answer(answer("new", 2)));
    });
    const auto found = reader()->answer("union-1", "old").value();
    ASSERT_TRUE(found.has_value());
    EXPECT_EQ(found->status, 201);
    EXPECT_EQ(found->body_hash + found->body + found->location + found->etag,
              "hash{}/api/v1/cases/a\"1\"");
    EXPECT_EQ(found->at, at(1));
    EXPECT_FALSE(reader()->answer("union-2", "old").value().has_value());
    committed([&](ports::Batch& batch) { EXPECT_DONE(batch.drop_answers_before(at(2))); });
    EXPECT_FALSE(reader()->answer("union-1", "old").value().has_value());
    EXPECT_TRUE(reader()->answer("union-1", "new").value().has_value());
}

TEST_P(StoreContract, PolicyIsStoredOnceUnderItsHash) {
    committed([&](ports::Batch& batch) {
        EXPECT_DONE(batch.put_policy(model::PolicyId("h"), "text"));
        EXPECT_DONE(batch.put_policy(model::PolicyId("h"), "text"));
    });
    EXPECT_EQ(reader()->policy_text(model::PolicyId("h")).value(), "text");
    EXPECT_FALSE(reader()->policy_text(model::PolicyId("i")).value().has_value());
}

TEST_P(StoreContract, MetaValueIsReplaced) {
    committed([&](ports::Batch& batch) {
        EXPECT_DONE(batch.put_meta("now_ms", "1"));
        EXPECT_DONE(batch.put_meta("now_ms", "2"));
    });
    restart();
    EXPECT_EQ(reader()->meta("now_ms").value(), "2");
    EXPECT_FALSE(reader()->meta("other").value().has_value());
}

TEST_P(StoreContract, CountingSomethingUnknownIsAnError) {
    EXPECT_ERROR(invalid, reader()->count("cases; --"));
    EXPECT_EQ(reader()->count("open_cases").value(), 0U);
}

}  // namespace jinqiao::tests::contract
