#include "adapters/cli/seed_passwords.h"

#include "adapters/cli/secrets.h"
#include "adapters/http/passwords.h"

namespace jinqiao::adapters::cli {

namespace {

using engine::model::Error;
using engine::model::ErrorCode;

// Three groups of four, 60 random bits, in letters and digits that nobody takes for one another.
std::string typed_password() {
    constexpr std::string_view letters = "abcdefghjkmnpqrstuvwxyz23456789a";
    static_assert(letters.size() == 32);
    const auto random = random_hex(12);
    std::string out;
    for (std::size_t i = 0; i < 12; ++i) {
        if (i > 0 && i % 4 == 0) out += '-';
        const auto byte = static_cast<std::size_t>(std::stoi(random.substr(i * 2, 2), nullptr, 16));
        out += letters[byte % letters.size()];
    }
    return out;
}

std::string line(const std::string& account, const std::string& password, const auto& roles) {
    std::string out = account + std::string(account.size() < 26 ? 26 - account.size() : 1, ' ') +
                      password + "   ";
    for (const auto& role : roles) out += " " + role;
    return out + "\n";
}

}  // namespace

engine::model::Result<FirstPasswords> first_passwords(const config::Zone& zone,
                                                      const config::Service::Accounts& accounts) {
    const http::PasswordCost cost{static_cast<std::uint64_t>(accounts.password_passes),
                                  static_cast<std::size_t>(accounts.password_memory_mib) << 20};
    FirstPasswords out;
    out.text = zone.demo
                   ? "# 演示账号与密码（全部相同）  Demonstration accounts, one password for all\n"
                   : "# 首次登录密码，登录后须立即修改  First passwords, to be changed at once\n";
    std::string password, hash;
    for (const auto& account : zone.accounts) {
        if (hash.empty() || !zone.demo) {
            password = typed_password();
            auto made = http::hash_password(password, cost);
            if (!made) return Error{ErrorCode::unavailable, "no memory for a password", "seed"};
            hash = std::move(*made);
        }
        out.hashes[account.id.value] = hash;
        out.text += line(account.id.value, password, account.roles);
    }
    return out;
}

}  // namespace jinqiao::adapters::cli
