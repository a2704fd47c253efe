#include "adapters/http/papers.h"

#include <gtest/gtest.h>

#include <boost/json/parse.hpp>

#include "tests/unit/http/words_fake.h"
#include "workflows/catalogue.h"

namespace jinqiao::adapters::http {
namespace {

namespace json = boost::json;
using engine::model::Case;
using Ids = std::vector<std::string>;

const std::string asked_about = std::string(26, 'a') + "-" + std::string(64, 'b');

// As fields.yaml has it: talks are not for departments, notes for their authors only.
Case dispute() {
    Case kase;
    kase.id.value = "c1";
    kase.data = json::parse(R"({
        "documents": ["alert", "minutes", "note", "proof"],
        "alert": {"documents": ["alert"]},
        "talks": [{"minutes": "minutes"}],
        "private_notes": [{"by": "p_1", "text": "x", "doc": "note"}]})")
                    .as_object();
    engine::model::Request request;
    request.evidence = "evidence";
    request.asked = {{"for", "skip"}, {"payload", json::object{{"doc", asked_about}}}};
    kase.requests.push_back(request);
    return kase;
}

struct Reader {
    FieldRules rules;
    Lens lens;
    Reader(const std::string& role, const std::string& person, Relations relations) {
        lens.fields = &rules;
        lens.account.roles = {role};
        lens.account.person.value = person;
        lens.relations = relations;
    }
};

TEST(Papers, AreReadByWhoeverMayReadWhatNamesThem) {
    const auto kase = dispute();
    EXPECT_EQ(readable_documents(kase, Reader("mediator", "p_2", relation::any).lens),
              Ids({"alert", "minutes", "proof", "evidence", asked_about}));
    EXPECT_EQ(readable_documents(kase, Reader("mediator", "p_1", relation::any).lens),
              Ids({"alert", "minutes", "note", "proof", "evidence", asked_about}));
    // That it is in the list of all opens nothing to a department.
    EXPECT_EQ(readable_documents(kase, Reader("department", "p_3", relation::assigned).lens),
              Ids({"alert"}));
}

TEST(Papers, OfACaseWithoutAnyThereAreNone) {
    EXPECT_TRUE(readable_documents(Case{}, Reader("mediator", "p_1", relation::any).lens).empty());
}

TEST(Papers, EveryDocumentOfAPayloadIsFoundWithItsPath) {
    const auto workflows = jinqiao::workflows::catalogue();
    const auto names = [&](std::string_view action, const char* payload) {
        Ids out;
        for (const auto& one : named_documents(workflows.front()->actions(), action,
                                               json::parse(payload).as_object()))
            out.push_back(one.field + "=" + one.id);
        return out;
    };
    EXPECT_EQ(names("file", R"({"documents": ["d1", "", 7, "d2"], "note": "d3"})"),
              Ids({"documents.0=d1", "documents.3=d2"}));
    EXPECT_EQ(names("request_lower_grade", R"({"evidence": "d1", "reason": "d2", "to": "blue"})"),
              Ids({"evidence=d1"}));
    EXPECT_EQ(names("no_such_action", R"({"evidence": "d1"})"), Ids());
    const auto typed = R"({"note": ")" + asked_about + R"(", "documents": [")" + asked_about +
                       R"("], "event": {"demands": ["x", ")" + asked_about + R"("]}})";
    EXPECT_EQ(names("file", typed.c_str()),
              Ids({"documents.0=" + asked_about, "note=" + asked_about,
                   "event.demands.1=" + asked_about}));
}

}  // namespace
}  // namespace jinqiao::adapters::http
