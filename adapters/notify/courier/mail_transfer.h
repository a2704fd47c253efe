#pragma once
#include <curl/curl.h>

#include <atomic>
#include <set>
#include <string>

#include "adapters/notify/courier/mail.h"

namespace jinqiao::adapters::notify::courier {

// One curl handle that hands mail to one server, one message after another, over one connection
// while there is more to send. No proxies, no other protocol, no login by anything but PLAIN and
// LOGIN, no login and no message before TLS unless the server is spoken to in plain text on
// purpose.
//
// Threads  One at a time. perform() waits: curl sends the final dot and QUIT, and waits for the
//          answers to both, without returning.
// Ending   Whoever sets `stopping` makes perform() end within a second, with failure "aborted".
class MailTransfer {
  public:
    // Both outlive the transfer.
    MailTransfer(const MailServer& server, const std::atomic<bool>& stopping);
    ~MailTransfer();
    MailTransfer(const MailTransfer&) = delete;
    MailTransfer& operator=(const MailTransfer&) = delete;

    // `last`: nothing more is waiting, so the connection is closed politely after it.
    MailReport perform(const Mail& mail, bool last);
    // Closes a connection that was kept, without a word: no answer to QUIT is waited for.
    void hang_up();

  private:
    void prepare(const Mail& mail, bool last);
    MailReport finish(CURLcode code);
    void note_command(std::string_view line);
    static std::size_t on_read(char* into, std::size_t size, std::size_t count, void* self);
    static std::size_t on_reply(char* data, std::size_t size, std::size_t count, void* self);
    static std::size_t on_nothing(char* data, std::size_t size, std::size_t count, void* self);
    static int on_trace(CURL*, curl_infotype kind, char* data, std::size_t size, void* self);
    static int on_progress(void* self, curl_off_t, curl_off_t, curl_off_t, curl_off_t);
    static curl_socket_t on_open(void* self, curlsocktype purpose, curl_sockaddr* address);
    static int on_close(void* self, curl_socket_t socket);

    const MailServer& server_;
    const std::atomic<bool>& stopping_;
    const std::string url_;
    CURL* handle_;
    curl_slist* recipients_ = nullptr;
    std::set<curl_socket_t> sockets_;
    const Mail* mail_ = nullptr;  // while perform() runs
    std::size_t given_ = 0;       // bytes of the message that curl has fetched
    bool refused_ = false;
    bool leaving_ = false;  // QUIT was said: what follows is of no interest
    MailReport report_;
};

}  // namespace jinqiao::adapters::notify::courier
