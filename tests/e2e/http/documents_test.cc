// Files: sent from a phone, named in an alert, read by whoever may read the case.
#include <gtest/gtest.h>

#include <boost/json/array.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

#include "engine/model/codec.h"
#include "engine/model/media_type.h"
#include "engine/runtime/audit.h"
#include "tests/e2e/http/park.h"
#include "tests/support/pictures.h"

namespace jinqiao::tests {
namespace {

namespace json = boost::json;
namespace model = engine::model;
using Fields = Client::Fields;

const std::string photo = jpeg();
const std::string scan = "%PDF-1.7\n" + std::string(3000, 's');

adapters::http::HttpSettings taking_files() {
    adapters::http::HttpSettings settings;
    settings.body_limit = 4096;
    settings.document_limit = 8192;
    settings.unused_documents_limit = 20'000;
    for (const auto& type : model::media_types()) settings.document_types.emplace_back(type.name);
    return settings;
}

Fields called(const std::string& type, const std::string& name) {
    return {{"Content-Type", type},
            {"Content-Disposition", "attachment; filename*=UTF-8''" + name}};
}

// A test changes a row behind the committer's back.
Office changed_behind() {
    auto made = park();
    made.core.cached_cases = 0;
    return made;
}

class HttpDocuments : public testing::Test {
  protected:
    Daemon daemon{changed_behind(), taking_files()};

    Reply send(const std::string& who, const std::string& bytes, const Fields& more = {}) {
        return daemon.as(who, "en").post(
            "/api/v1/documents", bytes,
            more.empty() ? called("image/jpeg", "%E5%B7%A5%E8%B5%84.jpg") : more);
    }
    std::string sent(const std::string& who, const std::string& bytes) {
        const auto reply =
            send(who, bytes,
                 {{"Content-Type", "application/octet-stream"},
                  {"Content-Disposition", "attachment; filename*=UTF-8''%E5%B7%A5%E8%B5%84"}});
        EXPECT_EQ(reply.status, 201) << reply.body;
        return reply.status == 201 ? text(reply.json(), "id") : "none";
    }
    Reply file(const std::string& who, const std::string& document) {
        auto alert = park_alert();
        alert["documents"] = json::array{document};
        return daemon.as(who, "en").post("/api/v1/alerts", json::serialize(alert));
    }
    int get(const std::string& who, const std::string& id, const std::string& more = {}) {
        return daemon.as(who).get("/api/v1/documents/" + id + more).status;
    }
};

TEST_F(HttpDocuments, PhotographIsSentNamedAndReadByWhoMayReadTheCase) {
    const auto reply = send("enterprise_union", photo);
    ASSERT_EQ(reply.status, 201) << reply.body;
    const auto id = text(reply.json(), "id");
    EXPECT_EQ(reply.field("location"), "/api/v1/documents/" + id);
    EXPECT_EQ(text(reply.json(), "type"), "image/jpeg");
    EXPECT_EQ(reply.json().at("size").as_int64(), static_cast<std::int64_t>(photo.size()));

    const auto filed = file("enterprise_union", id);
    ASSERT_EQ(filed.status, 201) << filed.body;
    const auto kase = text(filed.json(), "id");
    const auto seen = daemon.as("duty_officer").get("/api/v1/cases/" + kase).json();
    ASSERT_EQ(seen.at("documents").as_array().size(), 1U);
    const auto shown = seen.at("documents").at(0);
    EXPECT_EQ(text(shown, "id"), id);
    EXPECT_EQ(text(shown, "name"), "工资.jpg");
    EXPECT_EQ(text(shown, "type"), "image/jpeg");
    EXPECT_EQ(shown.at("size").as_int64(), static_cast<std::int64_t>(photo.size()));

    const auto fetched = daemon.as("duty_officer").get(text(shown, "url"));
    ASSERT_EQ(fetched.status, 200) << fetched.body;
    EXPECT_EQ(fetched.body, photo);
    EXPECT_EQ(fetched.field("content-type"), "image/jpeg");
    EXPECT_EQ(fetched.field("x-content-type-options"), "nosniff");
    EXPECT_EQ(fetched.field("content-disposition"),
              "attachment; filename=\"__.jpg\"; filename*=UTF-8''%E5%B7%A5%E8%B5%84.jpg");
    EXPECT_EQ(fetched.field("content-security-policy"),
              "default-src 'none'; frame-ancestors 'none'; sandbox");
    EXPECT_EQ(fetched.field("cache-control"), "no-store");
    for (const auto* who : {"enterprise_union", "mediator", "auditor", "department:union"})
        EXPECT_EQ(get(who, id), 200) << who;
    EXPECT_EQ(get("administrator", id), 403);
    EXPECT_EQ(daemon.anybody().get("/api/v1/documents/" + id).status, 401);
    const auto listed =
        daemon.as("mediator").get("/api/v1/documents?case=" + text(filed.json(), "number"));
    EXPECT_EQ(listed.json().at("items").as_array().size(), 1U);
}

TEST_F(HttpDocuments, WhereAPhotographWasTakenIsNotStored) {
    using namespace std::string_literals;
    const auto taken = jpeg(jpeg_segment(0xE1, "Exif\0\0"s + exif_with_place()));
    const auto reply = send("enterprise_union", taken);
    ASSERT_EQ(reply.status, 201) << reply.body;
    const auto stored =
        daemon.as("enterprise_union").get("/api/v1/documents/" + text(reply.json(), "id"));
    ASSERT_EQ(stored.status, 200);
    EXPECT_EQ(stored.body.find("GPS-PLACE"), std::string::npos);
    EXPECT_NE(stored.body.find("Exif"), std::string::npos) << "which way is up";
    EXPECT_EQ(reply.json().at("size").as_int64(), static_cast<std::int64_t>(stored.body.size()));
}

TEST_F(HttpDocuments, PictureThatCannotBeReadIsRefusedInPlainWords) {
    const auto reply = send("enterprise_union", jpeg().substr(0, 60));
    EXPECT_EQ(reply.status, 422) << reply.body;
    EXPECT_EQ(text(reply.json(), "code"), "picture_unreadable");
    EXPECT_TRUE(daemon.as("enterprise_union")
                    .get("/api/v1/documents")
                    .json()
                    .at("items")
                    .as_array()
                    .empty());
}

TEST_F(HttpDocuments, WhatIsTakenIsToldBefore) {
    const auto limits = daemon.as("enterprise_union").get("/api/v1/documents").json().at("limits");
    EXPECT_EQ(limits.at("bytes").as_int64(), 8192);
    EXPECT_EQ(limits.at("unused_bytes").as_int64(), 20'000);
    EXPECT_EQ(limits.at("types").as_array().size(), model::media_types().size());
}

TEST_F(HttpDocuments, UntilACaseNamesItOnlyTheSenderHasIt) {
    const auto id = sent("enterprise_union", photo);
    EXPECT_EQ(get("enterprise_union", id), 200);
    for (const auto* who : {"duty_officer", "mediator", "supervisor", "auditor"})
        EXPECT_EQ(get(who, id), 404) << who;
    EXPECT_EQ(get("enterprise_union", "none"), 404);
    const auto own = daemon.as("enterprise_union").get("/api/v1/documents").json();
    ASSERT_EQ(own.at("items").as_array().size(), 1U);
    EXPECT_EQ(text(own.at("items").at(0), "name"), "工资.jpg");
    EXPECT_TRUE(
        daemon.as("mediator").get("/api/v1/documents").json().at("items").as_array().empty());
    ASSERT_EQ(file("enterprise_union", id).status, 201);
    EXPECT_TRUE(daemon.as("enterprise_union")
                    .get("/api/v1/documents")
                    .json()
                    .at("items")
                    .as_array()
                    .empty());
}

TEST_F(HttpDocuments, IdThatIsNotOnesOwnIsRefusedByItsField) {
    const auto id = sent("enterprise_union", photo);
    for (const auto& wrong : {id, std::string("doc-1")}) {
        const auto reply = file("duty_officer", wrong);
        EXPECT_EQ(reply.status, 422) << reply.body;
        EXPECT_EQ(reply.code(), "invalid_payload");
        EXPECT_EQ(text(reply.json().at("errors").at(0), "field"), "documents.0");
        EXPECT_EQ(text(reply.json().at("errors").at(0), "code"), "payload.document");
    }
    EXPECT_EQ(get("enterprise_union", id), 200);
    EXPECT_EQ(get("duty_officer", id), 404);
}

// History would vouch for a file that is not there.
TEST_F(HttpDocuments, WhatLooksLikeAnIdIsOneWhereverItStands) {
    const auto typed = std::string(26, 'a') + "-" + std::string(64, 'b');
    auto alert = park_alert();
    alert["note"] = typed;
    const auto reply =
        daemon.as("duty_officer").post("/api/v1/alerts", json::serialize(json::value(alert)));
    EXPECT_EQ(reply.status, 422) << reply.body;
    EXPECT_EQ(text(reply.json().at("errors").at(0), "field"), "note");
    EXPECT_EQ(text(reply.json().at("errors").at(0), "code"), "payload.document");
}

TEST_F(HttpDocuments, CaseThatIsConfidentialHidesThem) {
    const auto id = sent("enterprise_union", scan);
    const auto kase = text(file("enterprise_union", id).json(), "id");
    auto batch = daemon.store.begin().value();
    auto row = batch->find_case(model::CaseId{kase}).value().value();
    auto stored = model::decode_case(row.body).value();
    stored.confidentiality = model::Confidentiality::restricted;
    row.restricted = true;
    row.body = model::encode(stored);
    ASSERT_TRUE(batch->put_case(row, row.seq).ok());
    ASSERT_TRUE(batch->commit().ok());
    EXPECT_EQ(get("mediator", id), 404);
    EXPECT_EQ(get("department:union", id), 404);
    EXPECT_EQ(get("enterprise_union", id), 200);  // who filed it
    EXPECT_EQ(get("auditor", id), 200);
    EXPECT_EQ(daemon.as("mediator").get("/api/v1/documents?case=" + kase).status, 404);
}

TEST_F(HttpDocuments, AnotherCaseOpensNothingItDoesNotName) {
    const auto id = sent("duty_officer", scan);
    ASSERT_EQ(file("duty_officer", id).status, 201);
    const auto other =
        daemon.as("enterprise_union").post("/api/v1/alerts", json::serialize(park_alert()));
    ASSERT_EQ(other.status, 201);
    EXPECT_EQ(get("mediator", id), 200);
    EXPECT_EQ(get("mediator", id, "?case=" + text(other.json(), "id")), 404);
}

TEST_F(HttpDocuments, BytesDecideWhatAFileIs) {
    const auto page = send("duty_officer", "<html><script>alert(1)</script></html>",
                           called("application/pdf", "a.pdf"));
    EXPECT_EQ(page.status, 415);
    EXPECT_EQ(page.code(), "unsupported_document");
    EXPECT_NE(page.field("accept-post").find("application/pdf"), std::string::npos);
    EXPECT_EQ(send("duty_officer", "", called("application/pdf", "a.pdf")).status, 415);
    const auto other = send("duty_officer", scan, called("image/png", "a.png"));
    EXPECT_EQ(other.status, 422);
    EXPECT_EQ(text(other.json().at("errors").at(0), "field"), "Content-Type");
    EXPECT_EQ(send("duty_officer", photo, called("image/JPG; q=1", "a.jpg")).status, 201);
    const auto broken =
        send("duty_officer", photo, {{"Content-Disposition", "attachment; filename=\"a"}});
    EXPECT_EQ(broken.status, 400);
    EXPECT_EQ(text(broken.json().at("errors").at(0), "field"), "Content-Disposition");
    EXPECT_EQ(daemon.as("duty_officer").post("/api/v1/documents?nam=x", scan).status, 400);
}

TEST_F(HttpDocuments, FilesMayBeLargerThanOtherBodiesFromWhoMaySendThem) {
    EXPECT_EQ(send("duty_officer", photo).status, 201);
    const auto over = send("duty_officer", photo + std::string(4000, 'p'));
    EXPECT_EQ(over.status, 413);
    EXPECT_NE(over.body.find("8192"), std::string::npos);
    EXPECT_EQ(daemon.as("duty_officer").post("/api/v1/alerts", std::string(5000, ' ')).status, 413);
    // Nobody reads as much from those who may send none.
    EXPECT_EQ(daemon.anybody().post("/api/v1/documents", photo).status, 401);
    EXPECT_EQ(send("administrator", photo).status, 403);
    EXPECT_EQ(send("auditor", scan).status, 403);
}

TEST_F(HttpDocuments, SoManyBytesOfAnAccountMayWaitForACase) {
    const auto first = sent("enterprise_union", photo);
    for (int i = 0; i < 2; ++i) sent("enterprise_union", photo);
    const auto full = send("enterprise_union", photo);
    EXPECT_EQ(full.status, 413);
    EXPECT_EQ(full.code(), "documents_unused");
    EXPECT_NE(full.body.find("20000"), std::string::npos);
    EXPECT_EQ(send("duty_officer", photo).status, 201);
    ASSERT_EQ(file("enterprise_union", first).status, 201);
    EXPECT_EQ(send("enterprise_union", photo).status, 201);
}

TEST_F(HttpDocuments, RepeatUnderTheSameKeyIsOneFile) {
    auto fields = called("image/jpeg", "%E5%B7%A5%E8%B5%84.jpg");
    fields.emplace_back("Idempotency-Key", "k-1");
    const auto first = send("duty_officer", photo, fields);
    ASSERT_EQ(first.status, 201) << first.body;
    const auto again = send("duty_officer", photo, fields);
    EXPECT_EQ(again.status, 201);
    EXPECT_EQ(again.body, first.body);
    EXPECT_EQ(again.field("location"), first.field("location"));
    EXPECT_EQ(again.field("idempotency-replayed"), "true");
    EXPECT_EQ(send("duty_officer", scan, fields).status, 422);
    EXPECT_EQ(
        daemon.as("duty_officer").get("/api/v1/documents").json().at("items").as_array().size(),
        1U);
    // What is kept for the key has no name in it.
    EXPECT_EQ(first.body.find("工资"), std::string::npos);
}

TEST_F(HttpDocuments, HistoryNamesTheHashAndNotTheName) {
    const auto id = sent("enterprise_union", photo);
    const auto filed = file("enterprise_union", id);
    ASSERT_EQ(filed.status, 201);
    const auto kase = text(filed.json(), "id");
    auto reader = daemon.store.reader().value();
    std::string all;
    const auto history = reader->history(kase, 0, 100);
    for (const auto& row : *history) all += row.body;
    const auto notices = reader->notices(model::CaseId{kase});
    for (const auto& row : *notices)
        all += row.text + row.subject + json::serialize(row.notice.vars);
    EXPECT_NE(all.find(id), std::string::npos);
    EXPECT_EQ(all.find("工资.jpg"), std::string::npos);
    EXPECT_TRUE(engine::runtime::verify(*reader)->breaks.empty());
}

}  // namespace
}  // namespace jinqiao::tests
