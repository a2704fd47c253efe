#pragma once
#include <boost/json/object.hpp>
#include <boost/json/value.hpp>
#include <functional>
#include <set>
#include <string>

#include "engine/model/ids.h"
#include "engine/model/kase.h"
#include "engine/time/instant.h"

namespace jinqiao::adapters::http {

// Which parts of a case who may read; config/fields.yaml. Names are keys of Case::data, with
// "person_names" for the names of people beside their posts and ids. What is not named is of class
// "case": everybody who may see the case at all reads it, but a department only if it is listed.
struct FieldRules {
    // Of a reporter everybody reads the role; name and telephone are for the owner post and for
    // whoever filed (complainants are kept secret; design.md 7, domain.md 6).
    std::set<std::string, std::less<>> open{"reporter.role", "reporter.organisation"};
    // The mediator's own notes never enter the shared file: each is for its author.
    std::set<std::string, std::less<>> authors_only{"private_notes"};
    // What is said with whoever filed without a name: for whoever holds the owner post or acts for
    // it, and by its code for the filer. Nobody else needs it to act, and it may tell who wrote.
    std::set<std::string, std::less<>> owner_only{"conversation"};
    // What a department that was told needs for its task. Talks are not for it (O17 Art. 24).
    std::set<std::string, std::less<>> department{
        "alert",           "behaviours", "certainty", "collective",
        "demands",         "documents",  "end",       "ever_spread",
        "facts",           "findings",   "layoff",    "parties",
        "second_incident", "site",       "spreads",   "team",
        "process",         "next"};
};

struct Reading {
    engine::model::PersonId person;
    bool department = false;  // told as a department, and no closer to the case than that
    bool sealed = false;      // may read what is sealed: see Lens::reading_of
    bool owner = false;       // holds the owner post, or acts for it
};

// Filed in confidence: who reported is for whoever filed it, and for the two persons of an approved
// request while that lasts.
bool in_confidence(const boost::json::object& data);
bool opened_to(const boost::json::object& data, const engine::model::PersonId& person,
               engine::time::Instant now);

// Whoever filed the case, by account or person, wherever a text is one of the two.
void hide_filer(boost::json::value& value, const engine::model::Case& kase);

// The value of a personal reference; null where it is sealed and `sealed_too` is false, erased or
// unknown. An empty function: always null.
using Personal = std::function<boost::json::value(const std::string& ref, bool sealed_too)>;

// The data as this reader sees it, references to personal values ({"ref", "digest"}) replaced.
boost::json::object visible(const boost::json::object& data, const FieldRules& rules,
                            const Reading& reading, const Personal& personal);

}  // namespace jinqiao::adapters::http
