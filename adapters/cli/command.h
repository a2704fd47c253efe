#pragma once
#include <functional>
#include <ostream>
#include <string>

#include "adapters/cli/exit.h"
#include "adapters/cli/speech.h"
#include "adapters/cli/table.h"
#include "engine/model/result.h"

namespace CLI {
class App;
}

namespace jinqiao::adapters::cli {

// What every command has at hand.
struct Context {
    const Speech& speech;
    std::ostream& out;
    std::ostream& err;
    bool json = false;
    View view = {};  // of `out`

    // Says what went wrong, for people on `err`, as one JSON object on `out` with --json.
    Exit fail(const engine::model::Error& error, Exit code) const;
};

// A command registers its words and options; `chosen` receives what to do when it was called.
// Options live in the closures, which the App keeps.
using Chosen = std::function<Exit()>;

void add_serve(CLI::App& app, Context& context, Chosen& chosen);
void add_check(CLI::App& app, Context& context, Chosen& chosen);
void add_diagram(CLI::App& app, Context& context, Chosen& chosen);
void add_client(CLI::App& app, Context& context, Chosen& chosen);  // file, case, coverage
void add_document(CLI::App& app, Context& context, Chosen& chosen);
void add_letters(CLI::App& app, Context& context, Chosen& chosen);  // after add_client
void add_template(CLI::App& app, Context& context, Chosen& chosen);
void add_config(CLI::App& app, Context& context, Chosen& chosen);
void add_reload(CLI::App& app, Context& context, Chosen& chosen);
void add_drill(CLI::App& app, Context& context, Chosen& chosen);
void add_audit(CLI::App& app, Context& context, Chosen& chosen);
void add_backup(CLI::App& app, Context& context, Chosen& chosen);
void add_restore(CLI::App& app, Context& context, Chosen& chosen);
void add_seed(CLI::App& app, Context& context, Chosen& chosen);
void add_preview(CLI::App& app, Context& context, Chosen& chosen);
void add_replay(CLI::App& app, Context& context, Chosen& chosen);
void add_user(CLI::App& app, Context& context, Chosen& chosen);
void add_channel(CLI::App& app, Context& context, Chosen& chosen);
void add_diff(CLI::App& app, Context& context, Chosen& chosen);
void add_shell(CLI::App& app, Context& context, Chosen& chosen);  // completion, man

// The whole program.
int run(int argc, const char* const* argv, std::ostream& out, std::ostream& err);

}  // namespace jinqiao::adapters::cli
