#pragma once
#include <boost/json/object.hpp>
#include <set>
#include <string>
#include <vector>

#include "engine/policy/directory.h"
#include "engine/runtime/core.h"

namespace jinqiao::engine::runtime {

// Something people are told about the directory itself, such as a shift that is theirs now.
struct DirectoryNews {
    std::string event;  // of the templates
    model::Addressee to;
    boost::json::object vars;
    bool urgent = false;  // quiet hours do not hold it
};

struct DirectoryEdit {
    std::set<model::PersonId> people;    // whose posts may act differently now
    std::set<model::PostId> posts = {};  // that changed themselves
    std::vector<DirectoryNews> news = {};
    std::set<model::PersonId> nearing = {};  // whose leaving has come near enough to be announced
    bool rows = false;                       // something was written that moves no case
    bool anew = false;                       // gaps can be told of now and could not before
    bool empty() const { return people.empty() && posts.empty() && !rows; }
};

// Carries out one change on a copy of the directory. Error{invalid} names the field in `where` and
// says why in `what`, by a code of the texts (directory.…) or, where the form is wrong, in English;
// nothing of a faulty change is to be kept.
model::Result<DirectoryEdit> edit_directory(policy::Directory& directory,
                                            const DirectoryChange& change, time::Instant now);

}  // namespace jinqiao::engine::runtime
