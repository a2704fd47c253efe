// Signing in elsewhere, and what counts as reached from this machine only.
#include "config/service.h"
#include "tests/unit/config/config_fixture.h"

namespace jinqiao::tests {
namespace {

config::Service service_of(const config::Loaded& loaded) {
    EXPECT_TRUE(loaded.configuration) << loaded.faults.size();
    return loaded.configuration ? loaded.configuration->service : config::Service{};
}

TEST_F(ConfigFolder, NobodySignsInElsewhereUnlessItIsSaid) {
    write("service.yaml", "zone_name: x\n");
    EXPECT_TRUE(service_of(load()).accounts.oidc.issuer.empty());
}

TEST_F(ConfigFolder, ProviderIsReadWithItsSecretFromAFile) {
    write("oidc.secret", "between two servers\n");
    write("service.yaml",
          "zone_name: x\naccounts:\n  help: ask the desk\n  oidc:\n"
          "    issuer: https://id.example\n    client_id: jinqiao\n"
          "    client_secret: {file: oidc.secret}\n    claim: email\n"
          "    label: {zh: 登录, en: Come in}\n    scopes: [openid, email]\n"
          "    second_factor: [mfa]\n");
    const auto accounts = service_of(load()).accounts;
    EXPECT_EQ(accounts.help, "ask the desk");
    EXPECT_EQ(accounts.oidc.issuer, "https://id.example");
    EXPECT_EQ(accounts.oidc.client_secret, "between two servers");
    EXPECT_EQ(accounts.oidc.claim, "email");
    EXPECT_EQ(accounts.oidc.label.en, "Come in");
    EXPECT_EQ(accounts.oidc.second_factor, std::vector<std::string>{"mfa"});
    EXPECT_FALSE(accounts.oidc.allow_private);
}

TEST(Service, AtHomeIsThisMachineByEveryName) {
    config::Service service;
    EXPECT_TRUE(config::at_home(service, "127.0.0.1:8470"));
    EXPECT_TRUE(config::at_home(service, "[::1]:8470"));
    EXPECT_FALSE(config::at_home(service, "0.0.0.0:8470"));
    EXPECT_FALSE(config::at_home(service, "10.0.0.7:8470"));
    service.public_url = "http://localhost:8470";
    EXPECT_TRUE(config::at_home(service, "127.0.0.1:8470"));
    for (const auto* url :
         {"https://jinqiao.example", "http://localhost.example", "http://10.0.0.7"}) {
        service.public_url = url;
        EXPECT_FALSE(config::at_home(service, "127.0.0.1:8470")) << url;
    }
    service.public_url = "http://127.0.0.1:8470";
    service.http.trusted_proxies = {"127.0.0.1"};
    EXPECT_FALSE(config::at_home(service, "127.0.0.1:8470")) << "a proxy brings others";
}

}  // namespace
}  // namespace jinqiao::tests
