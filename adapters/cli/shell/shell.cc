#include <CLI/CLI.hpp>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>
#include <memory>

#include "adapters/cli/command.h"
#include "adapters/cli/shell/completion.h"
#include "adapters/cli/shell/manual.h"

namespace jinqiao::adapters::cli {
namespace {

Exit put(const Context& context, const std::string& text) {
    if (context.json)
        context.out << boost::json::serialize(boost::json::object{{"text", text}}) << '\n';
    else
        context.out << text;
    return Exit::done;
}

}  // namespace

// The tree is read when the command runs: every other command has been added by then.
void add_shell(CLI::App& app, Context& context, Chosen& chosen) {
    const Speech& speech = context.speech;
    CLI::App& completion = *app.add_subcommand("completion", speech("cli.help.completion"));
    const auto kind = std::make_shared<std::string>();
    completion.add_option("shell", *kind, speech("cli.help.completion.shell"))
        ->required()
        ->check(CLI::IsMember({"bash", "zsh", "fish"}));
    completion.callback([&, kind] {
        chosen = [&app, &context, kind] {
            const auto tree = shell::describe(app);
            return put(context, *kind == "bash"  ? shell::bash_completion(tree)
                                : *kind == "zsh" ? shell::zsh_completion(tree)
                                                 : shell::fish_completion(tree));
        };
    });
    app.add_subcommand("man", speech("cli.help.man"))->callback([&] {
        chosen = [&app, &context] {
            return put(context,
                       shell::manual(shell::describe(app), context.speech, JINQIAO_VERSION));
        };
    });
}

}  // namespace jinqiao::adapters::cli
