#include "adapters/cli/organisation_change.h"

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/parse.hpp>

#include "engine/runtime/organisation_change.h"

namespace jinqiao::adapters::cli {
namespace {

namespace runtime = engine::runtime;
using engine::model::Done;
using engine::model::Error;
using engine::model::Status;

Status remember(engine::ports::Store& store, const engine::policy::Directory& organisation) {
    auto batch = store.begin();
    if (!batch) return batch.error();
    if (auto put = runtime::remember_organisation(**batch, organisation); !put) return put;
    return (*batch)->commit();
}

}  // namespace

Status settle_organisation(const Setup& setup, engine::ports::Store& store,
                           const engine::ports::WallClock& clock, engine::ports::Ids& ids,
                           const engine::ports::Renderer& renderer, runtime::WorldHolder& world,
                           const std::string& link_key) {
    const auto& organisation = setup.configuration.organisation;
    boost::json::object before;
    {
        auto reader = store.reader();
        if (!reader) return reader.error();
        const auto stored = (*reader)->meta(runtime::organisation_meta);
        if (!stored) return stored.error();
        // The first start: nothing depends on it yet.
        if (!*stored) return remember(store, organisation);
        boost::json::error_code broken;
        const auto value = boost::json::parse(**stored, broken);
        if (!broken && value.is_object()) before = value.get_object();
    }
    boost::json::array posts;
    for (const auto& post : runtime::posts_that_differ(before, runtime::fingerprint(organisation)))
        posts.emplace_back(post.value);
    if (posts.empty()) return Done{};
    runtime::Core core({&store, &clock, &ids, &renderer, &world, config::read_policy},
                       setup.core(link_key));
    runtime::Submission submission;
    submission.work = runtime::DirectoryChange{"posts_changed", {{"posts", std::move(posts)}}, {}};
    Status outcome = Done{};
    submission.done = [&](const runtime::Answer& answer) {
        if (const auto* error = std::get_if<Error>(&answer)) outcome = *error;
    };
    if (auto done = core.process({&submission, 1}); !done) return done;
    if (!outcome) return outcome;
    return remember(store, organisation);
}

}  // namespace jinqiao::adapters::cli
