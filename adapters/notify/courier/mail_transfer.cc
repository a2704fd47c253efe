#include "adapters/notify/courier/mail_transfer.h"

#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cstring>
#include <string_view>
#include <utility>

#include "adapters/notify/courier/easy.h"
#include "adapters/notify/courier/failure.h"

namespace jinqiao::adapters::notify::courier {
namespace {

using Step = MailReport::Step;

constexpr std::size_t most_text = 512;  // of a reply; RFC 5321, 4.5.3.1.5

std::string url_of(const MailServer& server) {
    const bool six = server.host.find(':') != std::string::npos;
    return std::string(server.tls == MailServer::Tls::implicit ? "smtps" : "smtp") + "://" +
           (six ? "[" + server.host + "]" : server.host) + ":" + std::to_string(server.port) + "/" +
           server.hello;
}

bool is_digit(char c) { return c >= '0' && c <= '9'; }

}  // namespace

MailTransfer::MailTransfer(const MailServer& server, const std::atomic<bool>& stopping)
    : server_(server), stopping_(stopping), url_(url_of(server)) {
    init_curl();
    handle_ = curl_easy_init();
}

MailTransfer::~MailTransfer() { hang_up(); }

void MailTransfer::hang_up() {
    // Without this curl would say QUIT once more and wait two minutes for the answer.
    for (const curl_socket_t socket : sockets_) shutdown(socket, SHUT_RDWR);
    curl_easy_cleanup(std::exchange(handle_, nullptr));
    curl_slist_free_all(std::exchange(recipients_, nullptr));
}

MailReport MailTransfer::perform(const Mail& mail, bool last) {
    if (handle_ == nullptr) handle_ = curl_easy_init();
    prepare(mail, last);
    return finish(curl_easy_perform(handle_));
}

void MailTransfer::prepare(const Mail& mail, bool last) {
    mail_ = &mail;
    given_ = 0;
    refused_ = leaving_ = false;
    report_ = {};
    curl_slist_free_all(recipients_);
    recipients_ = curl_slist_append(nullptr, ("<" + mail.to + ">").c_str());

    curl_easy_reset(handle_);
    const auto set = [this](CURLoption option, auto value) {
        curl_easy_setopt(handle_, option, value);
    };
    set(CURLOPT_URL, url_.c_str());
    set(CURLOPT_PROTOCOLS_STR, "smtp,smtps");
    set(CURLOPT_PROXY, "");
    set(CURLOPT_NOSIGNAL, 1L);
    set(CURLOPT_QUICK_EXIT, 1L);
    set(CURLOPT_TIMEOUT_MS, static_cast<long>(mail.timeout.count()));
    set(CURLOPT_CONNECTTIMEOUT_MS,
        static_cast<long>(std::min(server_.connect_timeout, mail.timeout).count()));
    set(CURLOPT_FORBID_REUSE, last ? 1L : 0L);
    set(CURLOPT_SSLVERSION, static_cast<long>(CURL_SSLVERSION_TLSv1_2));
    if (server_.tls == MailServer::Tls::starttls)
        set(CURLOPT_USE_SSL, static_cast<long>(CURLUSESSL_ALL));
    if (!server_.authorities.empty()) {
        curl_blob pem{const_cast<char*>(server_.authorities.data()), server_.authorities.size(),
                      CURL_BLOB_NOCOPY};
        set(CURLOPT_CAINFO_BLOB, &pem);
        set(CURLOPT_CAPATH, static_cast<const char*>(nullptr));
    }
    // Options refuse a user without TLS; here once more, because a password cannot be called back.
    if (!server_.user.empty() && server_.tls != MailServer::Tls::none) {
        set(CURLOPT_USERNAME, server_.user.c_str());
        set(CURLOPT_PASSWORD, server_.password.c_str());
        set(CURLOPT_LOGIN_OPTIONS, "AUTH=PLAIN;AUTH=LOGIN");
    }
    set(CURLOPT_MAIL_FROM, ("<" + mail.from + ">").c_str());
    set(CURLOPT_MAIL_RCPT, recipients_);
    set(CURLOPT_UPLOAD, 1L);
    set(CURLOPT_INFILESIZE_LARGE, static_cast<curl_off_t>(mail.message.size()));
    set(CURLOPT_READFUNCTION, &MailTransfer::on_read);
    set(CURLOPT_READDATA, this);
    set(CURLOPT_HEADERFUNCTION, &MailTransfer::on_reply);
    set(CURLOPT_HEADERDATA, this);
    set(CURLOPT_WRITEFUNCTION, &MailTransfer::on_nothing);
    // Only the trace tells which command a reply belongs to.
    set(CURLOPT_VERBOSE, 1L);
    set(CURLOPT_DEBUGFUNCTION, &MailTransfer::on_trace);
    set(CURLOPT_DEBUGDATA, this);
    set(CURLOPT_NOPROGRESS, 0L);
    set(CURLOPT_XFERINFOFUNCTION, &MailTransfer::on_progress);
    set(CURLOPT_XFERINFODATA, this);
    set(CURLOPT_OPENSOCKETFUNCTION, &MailTransfer::on_open);
    set(CURLOPT_OPENSOCKETDATA, this);
    set(CURLOPT_CLOSESOCKETFUNCTION, &MailTransfer::on_close);
    set(CURLOPT_CLOSESOCKETDATA, this);
}

MailReport MailTransfer::finish(CURLcode code) {
    curl_off_t uploaded = 0;
    curl_easy_getinfo(handle_, CURLINFO_SIZE_UPLOAD_T, &uploaded);
    const auto size = static_cast<curl_off_t>(mail_->message.size());
    report_.sent = report_.step == Step::answer && uploaded >= size;
    mail_ = nullptr;
    // What the server said counts for more than how the connection ended after it.
    if (report_.taken() || report_.reply >= 400) return std::move(report_);
    report_.reply = 0;
    report_.failure = refused_ ? "refused_address" : failure_word(code);
    return std::move(report_);
}

// The first word of what curl says to the server. The lines after AUTH are credentials; they are
// looked at here and kept nowhere.
void MailTransfer::note_command(std::string_view line) {
    static constexpr std::array<std::pair<std::string_view, Step>, 7> commands{{
        {"EHLO", Step::hello},
        {"HELO", Step::hello},
        {"STARTTLS", Step::starttls},
        {"AUTH", Step::login},
        {"MAIL", Step::sender},
        {"RCPT", Step::recipient},
        {"DATA", Step::data},
    }};
    const std::string_view verb = line.substr(0, line.find_first_of(" \r\n"));
    if (verb == "QUIT") leaving_ = true;
    for (const auto& [name, step] : commands) {
        if (verb != name) continue;
        report_.step = step;
        report_.reply = 0;
        report_.text.clear();
    }
}

std::size_t MailTransfer::on_read(char* into, std::size_t size, std::size_t count, void* self) {
    auto& transfer = *static_cast<MailTransfer*>(self);
    const std::string& message = transfer.mail_->message;
    const std::size_t bytes = std::min(size * count, message.size() - transfer.given_);
    std::memcpy(into, message.data() + transfer.given_, bytes);
    transfer.given_ += bytes;
    // curl ends the message with the dot by itself once it has got all of it.
    if (transfer.given_ == message.size() && transfer.report_.step == Step::data) {
        transfer.report_.step = Step::answer;
        transfer.report_.reply = 0;
        transfer.report_.text.clear();
    }
    return bytes;
}

std::size_t MailTransfer::on_reply(char* data, std::size_t size, std::size_t count, void* self) {
    auto& transfer = *static_cast<MailTransfer*>(self);
    const std::string_view line(data, size * count);
    if (transfer.leaving_ || line.size() < 3 ||
        !std::all_of(line.begin(), line.begin() + 3, is_digit))
        return line.size();
    if (line.size() > 3 && line[3] == '-') return line.size();  // more of it follows
    MailReport& report = transfer.report_;
    report.reply = (line[0] - '0') * 100 + (line[1] - '0') * 10 + (line[2] - '0');
    report.text.clear();
    const std::string_view text = line.substr(std::min<std::size_t>(line.size(), 4), most_text);
    for (const char c : text)
        if (c >= ' ' && c <= '~') report.text += c;
    return line.size();
}

std::size_t MailTransfer::on_nothing(char*, std::size_t size, std::size_t count, void*) {
    return size * count;
}

int MailTransfer::on_trace(CURL*, curl_infotype kind, char* data, std::size_t size, void* self) {
    if (kind == CURLINFO_HEADER_OUT)
        static_cast<MailTransfer*>(self)->note_command(std::string_view(data, size));
    return 0;
}

// Asked at least once a second. Nobody waits for the answer to QUIT.
int MailTransfer::on_progress(void* self, curl_off_t, curl_off_t, curl_off_t, curl_off_t) {
    const auto& transfer = *static_cast<MailTransfer*>(self);
    return transfer.stopping_ || transfer.leaving_ ? 1 : 0;
}

curl_socket_t MailTransfer::on_open(void* self, curlsocktype, curl_sockaddr* address) {
    auto& transfer = *static_cast<MailTransfer*>(self);
    if (!within(transfer.server_.reach, address->addr)) {
        transfer.refused_ = true;
        return CURL_SOCKET_BAD;
    }
    const curl_socket_t opened =
        socket(address->family, address->socktype | SOCK_CLOEXEC, address->protocol);
    if (opened != CURL_SOCKET_BAD) transfer.sockets_.insert(opened);
    return opened;
}

int MailTransfer::on_close(void* self, curl_socket_t socket) {
    static_cast<MailTransfer*>(self)->sockets_.erase(socket);
    return close(socket);
}

}  // namespace jinqiao::adapters::notify::courier
