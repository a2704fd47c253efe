#include "adapters/cli/organisation_change.h"

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <set>

#include "engine/policy/directory_codec.h"
#include "engine/runtime/digest.h"

namespace jinqiao::adapters::cli {
namespace {

using engine::model::Done;
using engine::model::Error;
using engine::model::Status;

constexpr const char* organisation_meta = "organisation";

// Post -> digest of what the configuration says of it, its department included.
boost::json::object fingerprint(const engine::policy::Directory& organisation) {
    std::map<std::string, std::string> texts;
    for (const auto& [id, post] : organisation.posts)
        texts[id.value] += boost::json::serialize(engine::policy::encode(post));
    for (const auto& [id, department] : organisation.departments)
        texts[department.desk.value] += boost::json::serialize(engine::policy::encode(department));
    texts["fallback"] = organisation.fallback.value;
    boost::json::object result;
    for (const auto& [post, text] : texts) result[post] = engine::runtime::sha256_hex(text);
    return result;
}

boost::json::array differences(const boost::json::object& before, const boost::json::object& now) {
    std::set<std::string> posts;
    for (const auto& [post, digest] : now)
        if (const auto* old = before.if_contains(post); old == nullptr || *old != digest)
            posts.emplace(post);
    for (const auto& [post, digest] : before)
        if (!now.contains(post)) posts.emplace(post);
    return boost::json::array(posts.begin(), posts.end());
}

Status remember(engine::ports::Store& store, const boost::json::object& now) {
    auto batch = store.begin();
    if (!batch) return batch.error();
    if (auto put = (*batch)->put_meta(organisation_meta, boost::json::serialize(now)); !put)
        return put;
    return (*batch)->commit();
}

}  // namespace

Status settle_organisation(const Setup& setup, engine::ports::Store& store,
                           const engine::ports::WallClock& clock, engine::ports::Ids& ids,
                           const engine::ports::Renderer& renderer,
                           engine::runtime::WorldHolder& world, const std::string& link_key) {
    const boost::json::object now = fingerprint(setup.configuration.organisation);
    boost::json::object before;
    {
        auto reader = store.reader();
        if (!reader) return reader.error();
        const auto stored = (*reader)->meta(organisation_meta);
        if (!stored) return stored.error();
        if (!*stored) return remember(store, now);  // the first start: nothing depends on it yet
        boost::json::error_code broken;
        const auto value = boost::json::parse(**stored, broken);
        if (!broken && value.is_object()) before = value.get_object();
    }
    auto posts = differences(before, now);
    if (posts.empty()) return Done{};
    engine::runtime::Core core({&store, &clock, &ids, &renderer, &world, config::read_policy},
                               setup.core(link_key));
    engine::runtime::Submission submission;
    submission.work =
        engine::runtime::DirectoryChange{"posts_changed", {{"posts", std::move(posts)}}, {}};
    Status outcome = Done{};
    submission.done = [&](const engine::runtime::Answer& answer) {
        if (const auto* error = std::get_if<Error>(&answer)) outcome = *error;
    };
    if (auto done = core.process({&submission, 1}); !done) return done;
    if (!outcome) return outcome;
    return remember(store, now);
}

}  // namespace jinqiao::adapters::cli
