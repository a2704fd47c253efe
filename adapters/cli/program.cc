#include <CLI/CLI.hpp>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>
#include <iostream>

#include "adapters/cli/command.h"
#include "adapters/cli/table.h"

namespace jinqiao::adapters::cli {

Exit Context::fail(const engine::model::Error& error, Exit code) const {
    if (json) {
        boost::json::object object{{"error", name(error.code)}, {"what", error.what}};
        if (!error.where.empty()) object["where"] = error.where;
        out << boost::json::serialize(object) << '\n';
    } else {
        err << "jinqiao: " << (error.where.empty() ? "" : printable(error.where) + ": ")
            << printable(error.what) << '\n';
    }
    return code;
}

int run(int argc, const char* const* argv, std::ostream& out, std::ostream& err) {
    const Speech speech(Speech::choose(argc, argv));
    Context context{speech, out, err};
    if (&out == &std::cout) context.view = view_of_terminal();
    Chosen chosen;

    CLI::App app(speech("cli.help.program"), "jinqiao");
    app.set_help_flag("-h,--help", speech("cli.help.help"));
    app.set_version_flag("--version", "jinqiao " JINQIAO_VERSION, speech("cli.help.version"));
    app.add_flag("--json", context.json, speech("cli.help.json"));
    std::string language;  // read by Speech::choose; declared so that it is known
    app.add_option("--lang", language, speech("cli.help.lang"))->type_name("{zh-CN,en}");
    app.require_subcommand(1);
    app.fallthrough();
    add_serve(app, context, chosen);
    add_check(app, context, chosen);
    add_diagram(app, context, chosen);
    add_client(app, context, chosen);
    add_document(app, context, chosen);
    add_letters(app, context, chosen);
    add_template(app, context, chosen);
    add_config(app, context, chosen);
    add_reload(app, context, chosen);
    add_channel(app, context, chosen);
    add_drill(app, context, chosen);
    add_audit(app, context, chosen);
    add_backup(app, context, chosen);
    add_restore(app, context, chosen);
    add_seed(app, context, chosen);
    add_preview(app, context, chosen);
    add_replay(app, context, chosen);
    add_user(app, context, chosen);
    add_diff(app, context, chosen);
    add_shell(app, context, chosen);

    try {
        app.parse(argc, argv);
    } catch (const CLI::ParseError& error) {
        return app.exit(error, out, err) == 0 ? 0 : static_cast<int>(Exit::usage);
    }
    return static_cast<int>(chosen());
}

}  // namespace jinqiao::adapters::cli
