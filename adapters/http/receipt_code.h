#pragma once
#include <string>
#include <string_view>

namespace jinqiao::adapters::http {

// What whoever files without a name is given once: 25 random decimal digits (83 bits), written in
// groups of five. Digits can be typed on any telephone and read aloud in any language.
std::string new_receipt_code();

// The digits somebody typed, in whatever groups and in full width too. Anything else stays as it
// is: it opens nothing, and costs as much as a code that is wrong.
std::string receipt_digits(std::string_view typed);

// What is stored of it, in hex: BLAKE2b under the key of this installation, so that a copy of the
// database alone tells nobody whether a code they guess is one.
std::string receipt_hash(std::string_view key, std::string_view digits);

}  // namespace jinqiao::adapters::http
