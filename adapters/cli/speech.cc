#include "adapters/cli/speech.h"

#include <cstdlib>

#include "adapters/cli/cli_texts.h"
#include "config/tree.h"

namespace jinqiao::adapters::cli {

using engine::model::Language;

Speech::Speech(Language language) : language_(language) {
    config::Faults faults;
    const config::Tree tree = config::read_yaml_text(std::string(cli_texts), "cli.yaml", faults);
    for (const auto& [code, words] : tree.entries) {
        const config::Tree* zh = words.find("zh");
        const config::Tree* en = words.find("en");
        if (zh != nullptr && en != nullptr) catalogue_.texts[code] = {zh->text, en->text};
    }
}

std::string Speech::operator()(std::string_view code, Args args) const {
    return catalogue_.text(engine::model::Message{std::string(code), args}, language_);
}

std::string_view Speech::tag() const { return language_ == Language::zh ? "zh-CN" : "en"; }

Language Speech::choose(int argc, const char* const* argv) {
    Language language = Language::en;
    for (const char* name : {"LC_ALL", "LC_MESSAGES", "LANG"}) {
        const char* value = std::getenv(name);
        if (value == nullptr || *value == '\0') continue;
        if (std::string_view(value).starts_with("zh")) language = Language::zh;
        break;
    }
    for (int i = 1; i < argc; ++i) {
        std::string_view word = argv[i];
        if (word == "--lang" && i + 1 < argc)
            config::parse_language(argv[i + 1], language);
        else if (word.starts_with("--lang="))
            config::parse_language(word.substr(7), language);
    }
    return language;
}

}  // namespace jinqiao::adapters::cli
