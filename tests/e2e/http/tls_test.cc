// TLS from files that a renewal replaces while the daemon runs.
#include <gtest/gtest.h>
#include <openssl/ssl.h>
#include <openssl/x509.h>

#include <array>
#include <boost/asio/connect.hpp>
#include <boost/asio/ssl/context.hpp>
#include <boost/asio/ssl/stream.hpp>
#include <boost/asio/write.hpp>
#include <cstdlib>
#include <filesystem>
#include <fstream>

#include "tests/e2e/http/daemon.h"

namespace jinqiao::tests {
namespace {

namespace asio = boost::asio;
namespace fs = std::filesystem;
using namespace std::chrono_literals;

// A folder of certificates, gone with the test.
struct Certificates {
    fs::path folder;

    Certificates() {
        std::string name = (fs::temp_directory_path() / "jinqiao-tls-XXXXXX").string();
        folder = ::mkdtemp(name.data());
        make("one");
        make("two");
        use("one", "one");
    }
    ~Certificates() { fs::remove_all(folder); }

    void make(const std::string& name) const {
        const auto file = (folder / name).string();
        const std::string command =
            "openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2 -subj "
            "/CN=" +
            name + " -keyout " + file + ".key -out " + file + ".pem 2>/dev/null";
        ASSERT_EQ(std::system(command.c_str()), 0) << command;  // NOLINT(cert-env33-c)
    }
    // As a renewal does it: written beside, then renamed.
    void use(const std::string& certificate, const std::string& key) const {
        const auto put = [&](const std::string& from, const std::string& to) {
            fs::copy_file(folder / from, folder / (to + ".new"),
                          fs::copy_options::overwrite_existing);
            fs::rename(folder / (to + ".new"), folder / to);
        };
        put(certificate + ".pem", "used.pem");
        put(key + ".key", "used.key");
    }
    adapters::http::HttpSettings settings() const {
        adapters::http::HttpSettings settings;
        settings.tls = {(folder / "used.pem").string(), (folder / "used.key").string()};
        settings.tls_look = 20ms;
        return settings;
    }
};

// One connection by TLS that believes any certificate.
class TlsClient {
  public:
    explicit TlsClient(std::uint16_t port, int newest = TLS1_3_VERSION) {
        SSL_set_max_proto_version(stream_.native_handle(), newest);
        SSL_set_min_proto_version(stream_.native_handle(), TLS1_VERSION);
        SSL_set_security_level(stream_.native_handle(), 0);
        stream_.next_layer().connect({asio::ip::address_v4::loopback(), port});
        stream_.handshake(asio::ssl::stream_base::client, failure_);
    }
    bool open() const { return !failure_; }
    std::string subject() {
        X509* certificate = SSL_get1_peer_certificate(stream_.native_handle());
        if (certificate == nullptr) return {};
        std::array<char, 100> name{};
        X509_NAME_get_text_by_NID(X509_get_subject_name(certificate), NID_commonName, name.data(),
                                  static_cast<int>(name.size()));
        X509_free(certificate);
        return name.data();
    }
    std::string get(const std::string& target, const std::string& fields = {}) {
        asio::write(stream_,
                    asio::buffer("GET " + target + " HTTP/1.1\r\nHost: x\r\n" + fields + "\r\n"),
                    failure_);
        std::string answer;
        std::array<char, 4096> piece{};
        const auto whole = [&] {
            const auto head = answer.find("\r\n\r\n");
            const std::string field = "Content-Length: ";
            const auto length = answer.find(field);
            return head != std::string::npos && length != std::string::npos &&
                   answer.size() >= head + 4 + std::stoul(answer.substr(length + field.size()));
        };
        while (!failure_ && !whole())
            answer.append(piece.data(), stream_.read_some(asio::buffer(piece), failure_));
        return answer;
    }
    bool gone() {
        std::array<char, 4096> piece{};
        while (!failure_) (void)stream_.read_some(asio::buffer(piece), failure_);
        return true;
    }

  private:
    asio::io_context io_;
    asio::ssl::context context_{asio::ssl::context::tls_client};
    asio::ssl::stream<asio::ip::tcp::socket> stream_{io_, context_};
    boost::system::error_code failure_;
};

TEST(HttpTls, RequestsAreServedAndBrowsersToldToStay) {
    const Certificates files;
    Daemon daemon(files.settings());
    TlsClient client(daemon.server->port());
    ASSERT_TRUE(client.open());
    EXPECT_EQ(client.subject(), "one");
    const auto answer = client.get("/healthz");
    EXPECT_TRUE(answer.starts_with("HTTP/1.1 200")) << answer;
    EXPECT_NE(answer.find("Strict-Transport-Security: max-age=15552000"), std::string::npos);
    const auto me = client.get("/api/v1/me", "Authorization: Bearer token-wang\r\n");
    EXPECT_TRUE(me.starts_with("HTTP/1.1 200")) << me;
    Daemon plain;
    EXPECT_EQ(plain.anybody().get("/healthz").field("strict-transport-security"), "");
}

TEST(HttpTls, OldVersionsAndPlainTextAreNotSpoken) {
    const Certificates files;
    Daemon daemon(files.settings());
    EXPECT_TRUE(TlsClient(daemon.server->port(), TLS1_2_VERSION).open());
    EXPECT_FALSE(TlsClient(daemon.server->port(), TLS1_1_VERSION).open());
    auto plain = daemon.anybody();
    plain.send("GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n");
    EXPECT_TRUE(plain.gone());
}

TEST(HttpTls, WhoNeverFinishesTheHandshakeIsCut) {
    const Certificates files;
    auto settings = files.settings();
    settings.handshake_timeout = 150ms;
    Daemon daemon(settings);
    auto silent = daemon.anybody();
    silent.connect();
    EXPECT_TRUE(silent.gone());
    EXPECT_TRUE(TlsClient(daemon.server->port()).open());
}

TEST(HttpTls, ANewCertificateIsForNewConnectionsAndAFaultyOneForNone) {
    const Certificates files;
    Daemon daemon(files.settings());
    TlsClient before(daemon.server->port());
    files.use("two", "two");
    const auto shows = [&](const std::string& name) {
        for (int i = 0; i < 2000; ++i)
            if (TlsClient(daemon.server->port()).subject() == name) return true;
        return false;
    };
    EXPECT_TRUE(shows("two"));
    EXPECT_TRUE(before.get("/healthz").starts_with("HTTP/1.1 200"));
    // A key of another certificate, then no certificate at all.
    files.use("one", "two");
    for (int i = 0; i < 50; ++i) EXPECT_EQ(TlsClient(daemon.server->port()).subject(), "two");
    std::ofstream(files.folder / "used.pem") << "nonsense";
    for (int i = 0; i < 50; ++i) EXPECT_EQ(TlsClient(daemon.server->port()).subject(), "two");
    files.use("one", "one");
    EXPECT_TRUE(shows("one"));
}

TEST(HttpTls, FilesThatCannotBeUsedKeepTheServerFromStarting) {
    const Certificates files;
    std::ofstream(files.folder / "used.key") << "nonsense";
    const auto loaded = adapters::http::Tls::load(files.settings().tls);
    ASSERT_FALSE(loaded.ok());
    EXPECT_EQ(loaded.error().code, engine::model::ErrorCode::invalid);
    EXPECT_EQ(loaded.error().where, (files.folder / "used.key").string());
    files.use("one", "two");
    EXPECT_FALSE(adapters::http::Tls::load(files.settings().tls).ok());
    EXPECT_FALSE(adapters::http::Tls::load({"/nowhere/a.pem", "/nowhere/a.key"}).ok());
}

TEST(HttpTls, StoppingIsClean) {
    const Certificates files;
    Daemon daemon(files.settings());
    TlsClient client(daemon.server->port());
    EXPECT_TRUE(client.get("/healthz").starts_with("HTTP/1.1 200"));
    daemon.server->stop();
    EXPECT_TRUE(client.gone());
}

}  // namespace
}  // namespace jinqiao::tests
