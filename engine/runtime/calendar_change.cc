#include "engine/runtime/calendar_change.h"

#include "engine/runtime/command_runner.h"
#include "engine/runtime/transaction.h"

namespace jinqiao::engine::runtime {

model::Result<bool> calendar_is_new(ports::Reader& reader, const World& world) {
    auto known = reader.meta(calendar_meta);
    if (!known) return known.error();
    return !*known || **known != world.calendar->version();
}

Answer reckon_anew(const Tools& tools, Transaction& tx) {
    auto is_new = calendar_is_new(tx.batch(), tx.world());
    if (!is_new) return is_new.error();
    if (!*is_new) return Accepted{};

    // Ended cases too: what still runs there is a notice to be served or a final report.
    std::vector<model::Command> commands;
    auto visited = tx.batch().each_case(false, [&](const ports::CaseRow& row) {
        if (!row.next_due) return true;
        model::Command command;
        command.target = row.id;
        command.name = "calendar_changed";
        command.cause = "calendar/" + tx.world().calendar->version();
        commands.push_back(std::move(command));
        return true;
    });
    if (!visited) return visited.error();
    CommandRunner runner(tools, tx);
    if (auto done = runner.run_beside(commands); !done) return done.error();

    tx.writing(true);
    if (auto put = tx.batch().put_meta(calendar_meta, tx.world().calendar->version()); !put)
        return put.error();
    tx.writing(false);
    Accepted accepted;
    accepted.events.push_back({"calendar_changed",
                               {{"calendar", tx.world().calendar->version()},
                                {"cases", static_cast<std::int64_t>(commands.size())}}});
    return accepted;
}

}  // namespace jinqiao::engine::runtime
