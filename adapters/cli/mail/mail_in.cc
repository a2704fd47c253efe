// mail-in: what people answer to a notice by mail. A mail system hands over one message on the
// standard input, or drops them in a folder; each goes to the API by the token of the address it
// was sent to, and by nothing else: no account stands behind it.
#include <CLI/CLI.hpp>
#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <memory>
#include <system_error>

#include "adapters/cli/api_client.h"
#include "adapters/cli/command.h"
#include "adapters/cli/mail/reply.h"
#include "adapters/http/digest.h"
#include "adapters/notify/courier/url.h"

namespace jinqiao::adapters::cli {
namespace {

namespace fs = std::filesystem;
using engine::model::Error;
using engine::model::ErrorCode;
using notify::courier::percent_encode;

constexpr std::size_t most_bytes = std::size_t{32} << 20;

struct Settings {
    ApiAccess access;
    std::string folder;
};

// What became of a message; `code` is worded by cli.mail.<code>.
struct Done {
    Exit exit;
    std::string code;
};

std::optional<std::string> read_all(std::istream& in) {
    std::string out;
    char room[65536];
    while (in.read(room, sizeof room) || in.gcount() > 0) {
        out.append(room, static_cast<std::size_t>(in.gcount()));
        if (out.size() > most_bytes) return {};
    }
    return out;
}

class Clerk {
  public:
    Clerk(const Context& context, ApiClient& client)
        : client_(client), words_(mail::words_of(context.speech("cli.mail.words"))) {}

    Done take(const std::string& bytes) {
        using Kind = mail::Reply::Kind;
        const auto message = mail::read_message(bytes);
        const auto reply = mail::read_reply(message, words_);
        id_ = message.field("message-id").value_or("");
        switch (reply.kind) {
            case Kind::automatic:  // nobody wrote it, and answering it would circle
                return {Exit::done, "automatic"};
            case Kind::no_token:
                return {Exit::mail_refused, "no_token"};
            case Kind::unreadable:
                return {Exit::mail_refused, "unreadable"};
            case Kind::sign:
                return send(reply.token, "answer=sign", "signed");
            case Kind::note:
                break;
        }
        return send(reply.token, "answer=note&text=" + percent_encode(reply.note), "noted");
    }

  private:
    Done send(const std::string& token, const std::string& form, std::string done) {
        // The mail system hands it over again where it got no answer: noted once all the same.
        const auto key = "mail-" + http::sha256_hex(id_ + '\n' + form);
        const auto answer = client_.post_form("/s/" + percent_encode(token), form, key);
        if (!answer) return {Exit::mail_later, "away"};
        if (answer->ok()) return {Exit::done, std::move(done)};
        if (answer->status >= 500 || answer->status == 429) return {Exit::mail_later, "away"};
        return {Exit::mail_refused, answer->status == 404 ? "unknown" : "refused"};
    }

    ApiClient& client_;
    std::string id_;  // of the message at hand
    mail::Words words_;
};

// Neither token nor text: this goes to the log of the mail system.
void tell(const Context& context, const Done& done, const std::string& file = {}) {
    auto& to = done.exit == Exit::done ? context.out : context.err;
    to << (file.empty() ? "" : printable(file) + ": ") << context.speech("cli.mail." + done.code)
       << '\n';
}

// Messages in the order of their names, which in a maildir is that of their arrival. Links are not
// followed: whoever may drop a file here may not have another one read.
std::vector<fs::path> waiting(const fs::path& folder, std::error_code& failed) {
    std::vector<fs::path> out;
    for (fs::directory_iterator at(folder, failed), end; !failed && at != end; at.increment(failed))
        if (at->symlink_status().type() == fs::file_type::regular &&
            !at->path().filename().string().starts_with('.'))
            out.push_back(at->path());
    std::sort(out.begin(), out.end());
    return out;
}

void move_to(const fs::path& file, const fs::path& folder, std::error_code& failed) {
    fs::create_directories(folder, failed);
    if (failed) return;
    auto to = folder / file.filename();
    for (int again = 2; fs::exists(to); ++again)
        to = folder / (file.filename().string() + "." + std::to_string(again));
    fs::rename(file, to, failed);
}

Done take_file(Clerk& clerk, const fs::path& file) {
    std::ifstream in(file, std::ios::binary);
    if (!in) return {Exit::mail_later, "unopened"};
    const auto bytes = read_all(in);
    return bytes ? clerk.take(*bytes) : Done{Exit::mail_refused, "too_large"};
}

Exit take_folder(const Context& context, Clerk& clerk, const fs::path& root) {
    std::error_code failed;
    const auto inbox = fs::is_directory(root / "new") ? root / "new" : root;
    const auto files = waiting(inbox, failed);
    if (failed)
        return context.fail({ErrorCode::unavailable, failed.message(), inbox.string()},
                            Exit::could_not);
    Exit all = Exit::done;
    for (const auto& file : files) {
        const auto done = take_file(clerk, file);
        tell(context, done, file.filename().string());
        // The daemon is away for all of them: they stay where they are.
        if (done.code == "away") return done.exit;
        if (done.exit == Exit::mail_later) {  // one that cannot be opened keeps back no other
            all = done.exit;
            continue;
        }
        move_to(file, root / (done.exit == Exit::done ? "done" : "refused"), failed);
        if (failed)
            return context.fail({ErrorCode::unavailable, failed.message(), file.string()},
                                Exit::could_not);
    }
    return all;
}

Exit mail_in(const Context& context, const Settings& settings) {
    auto client = ApiClient::open(settings.access, context.speech.tag());
    if (!client) return context.fail(client.error(), Exit::mail_later);
    Clerk clerk(context, *client);
    if (!settings.folder.empty()) return take_folder(context, clerk, settings.folder);
    const auto bytes = read_all(std::cin);
    const auto done = bytes ? clerk.take(*bytes) : Done{Exit::mail_refused, "too_large"};
    tell(context, done);
    return done.exit;
}

}  // namespace

void add_mail_in(CLI::App& app, Context& context, Chosen& chosen) {
    const auto settings = std::make_shared<Settings>();
    CLI::App& command = *app.add_subcommand("mail-in", context.speech("cli.help.mail_in"));
    command.add_option("--url", settings->access.url, context.speech("cli.help.url"));
    command.add_option("--cacert", settings->access.cacert, context.speech("cli.help.cacert"));
    command.add_option("--folder", settings->folder, context.speech("cli.help.mail_in.folder"));
    command.callback([&context, &chosen, settings] {
        chosen = [&context, settings] { return mail_in(context, *settings); };
    });
}

}  // namespace jinqiao::adapters::cli
