#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "config/tree.h"

namespace jinqiao::config {

// Hears what the readers of a configuration ask for: which keys there are, what stands in for one
// that is left out, and which values only name a secret. While one lives, every Map read on its
// thread notes here; without one nothing is noted. That is how `config show` can tell a default,
// and how a test knows all keys without a second list of them.
class Ledger {
  public:
    struct Entry {
        std::string file;
        std::string path;
        enum class Kind { asked, fallback, secret } kind = Kind::asked;
        std::string value;  // of a fallback, as it would be written
    };

    Ledger();
    ~Ledger();
    Ledger(const Ledger&) = delete;
    Ledger& operator=(const Ledger&) = delete;

    const std::vector<Entry>& entries() const { return entries_; }

    // For the readers.
    static void asked(const Tree& map, std::string_view key);
    static void left_out(const Tree& map, std::string_view key, std::string fallback);
    static void secret(const Tree& value);

  private:
    void note(const Tree& map, std::string path, Entry::Kind kind, std::string value);

    std::vector<Entry> entries_;
    Ledger* outer_;  // that of the thread before
};

}  // namespace jinqiao::config
