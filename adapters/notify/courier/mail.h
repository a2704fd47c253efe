#pragma once
#include <chrono>
#include <string>

#include "adapters/notify/courier/address.h"

namespace jinqiao::adapters::notify::courier {

// The server that takes our mail (submission, RFC 6409), and how it is spoken to.
struct MailServer {
    // implicit: TLS from the first byte (RFC 8314) · starttls: TLS or nothing · none: plain text
    enum class Tls { implicit, starttls, none } tls = Tls::implicit;
    std::string host;
    int port = 465;
    std::string hello;        // the domain we introduce ourselves by
    std::string authorities;  // PEM, instead of those of the system; empty: those of the system
    std::string user;         // empty: no login
    std::string password;
    std::chrono::milliseconds connect_timeout{5000};
    Reach reach = Reach::public_only;  // checked on the address connected to
};

// One message to one recipient. The addresses are plain mailboxes: whoever makes a Mail has checked
// that nothing in them could pass for a command.
struct Mail {
    std::string from;     // of the envelope: where what comes back goes to
    std::string to;       // of the envelope
    std::string message;  // header and body, lines end in CRLF; dots are doubled on the way
    std::chrono::milliseconds timeout{15000};  // from send() to the answer, waiting included
};

// How it ended. Holds neither the message, nor the password, nor curl's own words.
struct MailReport {
    // How far it came: what was said last, or what is waited for.
    enum class Step { connect, hello, starttls, login, sender, recipient, data, answer };
    Step step = Step::connect;
    int reply = 0;     // the answer to that step; 0: none came
    std::string text;  // its last line, without the number; the server's words, not to be trusted
    std::string failure;  // "timeout", "resolve", "tls_certificate", … where no reply tells it
    bool sent = false;    // the whole message had left
    bool taken() const { return step == Step::answer && reply / 100 == 2; }
};

}  // namespace jinqiao::adapters::notify::courier
