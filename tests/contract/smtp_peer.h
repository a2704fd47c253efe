#pragma once
#include <filesystem>
#include <map>
#include <memory>
#include <string>
#include <vector>

namespace jinqiao::tests {

// What base64 means; line ends in it are passed over.
std::string from_base64(std::string text);

// A certificate for one name and 127.0.0.1, signed by itself, in a folder that goes with it.
class SmtpCertificate {
  public:
    explicit SmtpCertificate(const std::string& name);
    ~SmtpCertificate();
    SmtpCertificate(const SmtpCertificate&) = delete;
    SmtpCertificate& operator=(const SmtpCertificate&) = delete;

    std::string file() const { return (folder_ / "certificate.pem").string(); }
    std::string key() const { return (folder_ / "key.pem").string(); }
    std::string pem() const;

  private:
    std::filesystem::path folder_;
};

// A mail server on loopback that goes by a script: what it says to each command, and how it breaks.
class SmtpPeer {
  public:
    struct Script {
        // Instead of the usual answer to a command; "greeting" and "." (the end of a message) are
        // commands too. With line ends. An empty one hangs up, `silence` says nothing for good.
        std::map<std::string, std::string> answers{};
        const SmtpCertificate* certificate = nullptr;  // outlives the peer
        bool tls_at_once = false;                      // implicit TLS
        bool starttls = false;                         // offered
        std::string mechanisms{};                      // of AUTH: "PLAIN LOGIN"; empty: not offered
    };
    static constexpr const char* silence = "…";

    struct Received {
        std::string from, to;  // as they stood in the command, with brackets
        std::string message;   // dots undoubled
        std::string login;     // what AUTH said: "user password"
        bool encrypted = false;
    };

    SmtpPeer();
    ~SmtpPeer();
    SmtpPeer(const SmtpPeer&) = delete;
    SmtpPeer& operator=(const SmtpPeer&) = delete;

    int port() const;
    void play(Script script);
    std::vector<Received> received() const;  // what was answered with 250
    std::vector<std::string> commands()
        const;  // every line that was no message, of all connections
    std::size_t connections() const;

  private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace jinqiao::tests
