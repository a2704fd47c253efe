#include "adapters/cli/user_local.h"

#include "adapters/cli/secrets.h"
#include "adapters/cli/system.h"
#include "adapters/store/sqlite/sqlite_store.h"
#include "engine/ports/renderer.h"
#include "engine/runtime/directory_changes.h"

namespace jinqiao::adapters::cli {

using engine::model::Error;
using engine::model::Status;

namespace {

// Nobody is told of a change of accounts.
class NoRenderer final : public engine::ports::Renderer {
  public:
    engine::ports::Rendered render(const engine::model::Notice&, const boost::json::object&,
                                   engine::model::Language) const override {
        return {};
    }
};

}  // namespace

Status change_account_locally(const std::filesystem::path& data,
                              engine::runtime::DirectoryChange change) {
    if (auto made = make_data_folder(data); !made) return made;
    auto store = store::sqlite::open_sqlite(data / "jinqiao.db");
    if (!store) return store.error();
    engine::runtime::World world;
    {
        auto reader = (*store)->reader();
        if (!reader) return reader.error();
        // Posts are the configuration's and play no part; people and terms are kept as stored.
        auto stored = engine::runtime::load_directory(**reader, {});
        if (!stored) return stored.error();
        world.directory = std::make_shared<const engine::policy::Directory>(std::move(*stored));
    }
    engine::runtime::WorldHolder holder(std::move(world));
    const SystemClock clock;
    TimeOrderedIds ids(system_random);
    const NoRenderer renderer;
    engine::runtime::Core core({store->get(), &clock, &ids, &renderer, &holder, {}}, {});
    engine::runtime::Submission submission;
    submission.work = std::move(change);
    Status outcome = engine::model::Done{};
    submission.done = [&outcome](const engine::runtime::Answer& answer) {
        if (const auto* error = std::get_if<Error>(&answer)) outcome = *error;
    };
    if (auto committed = core.process({&submission, 1}); !committed) return committed;
    return outcome;
}

}  // namespace jinqiao::adapters::cli
