#pragma once
#include <boost/json/value.hpp>
#include <chrono>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <string_view>

#include "adapters/http/account.h"
#include "adapters/http/fields.h"
#include "adapters/http/rights.h"
#include "adapters/http/words.h"
#include "engine/ports/store.h"
#include "engine/runtime/world.h"

namespace jinqiao::adapters::http {

// Rows of documents by id.
using Papers = std::map<std::string, engine::ports::DocumentRow, std::less<>>;

// Through whose eyes something is shown: language, clock, what is in force, and how close the
// reader stands to the case. Copies are cheap enough for one per answer; the world it holds keeps
// what it points at alive on whatever thread the answer is worded.
struct Lens {
    std::shared_ptr<const engine::runtime::World> world;
    const Words* words = nullptr;        // outlives every answer
    const FieldRules* fields = nullptr;  // likewise
    engine::model::Language language = engine::model::Language::zh;
    engine::time::Instant now;
    Account account;
    Relations relations = 0;
    // The value behind a reference to personal data, as far as this reader may see it. Empty where
    // nothing can be read yet: in an answer worded before its commit references show as null.
    std::function<boost::json::value(const std::string& ref, bool sealed_too)> personal;

    // Documents there is more to say of than their ids; may be null.
    std::shared_ptr<const Papers> papers;

    std::string instant(engine::time::Instant at) const {
        return engine::time::to_rfc3339(at, world->calendar->utc_offset());
    }
    std::string say(const std::string& code) const { return words->text(code, language); }

    // The text of `prefix` + name; the name itself where nobody worded it.
    std::string label(std::string_view prefix, std::string_view name) const;
    // What an attempt came to (ports::Outcome::detail), which is kept in English. Words that are
    // not ours stay as they are.
    std::string remark(const std::string& detail) const;

    const engine::kernel::Workflow* workflow(const std::string& name) const;
    const engine::policy::Policy* policy(const std::string& workflow) const;

    // Names people read; the id itself where nothing is known any more.
    std::string post(const engine::model::PostId& id) const;
    std::string person(const engine::model::PersonId& id) const;
    std::string addressee(const engine::model::Addressee& to) const;
    // The same on a case, where a person may be whoever filed it in confidence.
    std::string addressee(const engine::model::Addressee& to,
                          const engine::model::Case& kase) const;
    bool hidden_filer(const engine::model::Addressee& to, const engine::model::Case& kase) const;
    std::string state(const std::string& workflow_name, std::string_view region,
                      std::string_view state) const;

    // The name of somebody who acts in a case, beside post and id; empty where this reader sees
    // none.
    std::string actor_name(const engine::model::PersonId& id) const;
    // The same, and the id, of somebody who may have filed this case in confidence.
    std::string actor_name(const engine::model::PersonId& id,
                           const engine::model::Case& kase) const;
    std::string actor_id(const engine::model::PersonId& id, const engine::model::Case& kase) const;

    // A department that was told, and nothing closer than that.
    bool department_only() const;
    // What is sealed is for the owner post and whoever filed; of a report made in confidence only
    // for the filer and the two persons it was opened to.
    Reading reading_of(const engine::model::Case& kase) const;
    bool hides_filer(const engine::model::Case& kase) const;
};

}  // namespace jinqiao::adapters::http
