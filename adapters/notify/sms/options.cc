#include "adapters/notify/sms/options.h"

#include <algorithm>
#include <set>

#include "adapters/notify/sms/phone.h"
#include "adapters/notify/text.h"

namespace jinqiao::adapters::notify::sms {
namespace {

using engine::ports::Section;
using std::chrono::milliseconds;

std::string found_or_nothing(const std::string& text) { return text.empty() ? "nothing" : text; }

// Words that go into a variable: a provider refuses links in it, and a line break breaks it.
std::string read_words(Section& section, std::string_view key, const std::string& text,
                       std::size_t limit) {
    if (text.empty() || one_line(text) != text || looks_like_a_link(text) ||
        characters(text) > limit)
        section.fault(key,
                      "words without links, of at most " + std::to_string(limit) + " characters",
                      found_or_nothing(text));
    return text;
}

void read_map(Section& section, std::string_view key, std::size_t limit,
              std::map<std::string, std::string>& into) {
    if (!section.has(key)) return;
    const auto part = section.section(key);
    for (const std::string& name : part->keys())
        into[name] = read_words(*part, name, part->text(name), limit);
}

void read_words_of(Section& section, Words& words) {
    words.limit = static_cast<std::size_t>(
        section.integer("variable_limit", 4, 100, static_cast<std::int64_t>(words.limit)));
    words.exercise = read_words(section, "exercise_word",
                                section.text("exercise_word", words.exercise), words.limit / 2);
    const auto known = words.grades;
    read_map(section, "grades", words.limit, words.grades);
    for (const auto& [name, word] : words.grades)
        if (!known.contains(name)) section.fault("grades", "red, orange, yellow or blue", name);
    words.events["default"] = "通知";
    read_map(section, "events", words.limit, words.events);
}

Variable read_variable(Section& section, const std::string& name, std::size_t limit) {
    Variable variable;
    variable.name = name;
    const std::string value = section.text(name);
    if (value == "number")
        variable.value = Variable::Value::number;
    else if (value == "grade")
        variable.value = Variable::Value::grade;
    else if (value == "event")
        variable.value = Variable::Value::event;
    else if (value.starts_with('='))
        variable.words = read_words(section, name, value.substr(1), limit);
    else
        section.fault(name, "number, grade, event or \"=\" and fixed words",
                      found_or_nothing(value));
    return variable;
}

std::vector<Variable> read_variables(Section& section, const std::string& code, bool counted,
                                     std::size_t limit) {
    const auto part = section.section(code);
    const auto names = part->keys();
    std::vector<Variable> variables;
    variables.reserve(names.size());
    for (const std::string& name : names) variables.push_back(read_variable(*part, name, limit));
    if (names.empty())
        // Without one nothing could say that an exercise is one.
        section.fault(code, "at least one variable", "none");
    if (!counted) return variables;
    std::vector<Variable> in_order;
    for (std::size_t i = 1; i <= names.size(); ++i) {
        const auto found = std::find_if(variables.begin(), variables.end(), [&](const auto& one) {
            return one.name == std::to_string(i);
        });
        if (found == variables.end()) {
            section.fault(code, "variables named 1, 2, 3 as they are counted in the template",
                          "no " + std::to_string(i));
            return variables;
        }
        in_order.push_back(*found);
    }
    return in_order;
}

void read_templates(Section& section, Options& options) {
    const auto events = section.section("templates");
    const auto variables = section.section("variables");
    std::set<std::string> used;
    for (const std::string& event : events->keys()) {
        const std::string code = events->required_text(event);
        if (code.empty()) continue;
        options.templates[event].code = code;
        used.insert(code);
    }
    if (!options.templates.contains("default"))
        section.fault("templates", "a template for every event: default: CODE",
                      options.templates.empty() ? "nothing" : "no default");
    const bool counted = options.provider == Options::Provider::tencent;
    for (const std::string& code : used) {
        const auto list = read_variables(*variables, code, counted, options.words.limit);
        for (auto& [event, one] : options.templates)
            if (one.code == code) one.variables = list;
    }
}

std::string read_key(Section& section, std::string_view name) {
    std::string key = section.secret(name, true);
    const bool plain =
        std::all_of(key.begin(), key.end(), [](char c) { return c > ' ' && c < 127; });
    if (!plain) section.fault(name, "a key without blanks", "another form");
    return key;
}

void read_provider(Section& section, Options& options) {
    const std::string provider = section.required_text("provider");
    const bool tencent = provider == "tencent";
    if (!provider.empty() && !tencent && provider != "aliyun")
        section.fault("provider", "aliyun or tencent", provider);
    options.provider = tencent ? Options::Provider::tencent : Options::Provider::aliyun;
    const std::string signature = section.text("signature", "v3");
    if (signature != "v3" && (signature != "v1" || tencent))
        section.fault("signature", tencent ? "v3 with tencent" : "v3 or v1", signature);
    options.older_signature = signature == "v1";
    options.sdk_app_id = tencent ? section.required_text("sdk_app_id") : section.text("sdk_app_id");
    if (!tencent && !options.sdk_app_id.empty())
        section.fault("sdk_app_id", "this with tencent only", options.sdk_app_id);
    options.region = section.text("region", tencent ? "ap-guangzhou" : "");
    if (options.region.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789-") !=
        std::string::npos)
        section.fault("region", "a region such as ap-guangzhou", options.region);
    options.base_url = section.text(
        "base_url", tencent ? "https://sms.tencentcloudapi.com" : "https://dysmsapi.aliyuncs.com");
}

void read_transport(Section& section, Options& options) {
    options.reaching = Reaching::read(section);
    options.reaching.check_url(section, "base_url", options.base_url);
    if (options.base_url.find_first_of("?#") != std::string::npos)
        section.fault("base_url", "an address without ? and #", "another form");
    while (options.base_url.ends_with('/')) options.base_url.pop_back();
}

}  // namespace

Options Options::read(Section& section) {
    Options options;
    read_provider(section, options);
    options.key_id = read_key(section, "access_key_id");
    options.secret = read_key(section, "access_key_secret");
    options.sign_name = section.required_text("sign_name");
    read_words_of(section, options.words);
    read_templates(section, options);
    read_transport(section, options);
    return options;
}

std::string Options::unusable(const std::string& address) const {
    if (!phones_of(address, most_numbers()).empty()) return {};
    return "mobile numbers of the mainland such as 13800000000 or +8613800000000, joined by "
           "commas, each once, at most " +
           std::to_string(most_numbers());
}

engine::ports::Usage Options::usage() {
    engine::ports::Usage usage;
    usage.burst = 100;
    usage.every = milliseconds{10};
    return usage;
}

const Template* Options::template_for(const std::string& event) const {
    auto found = templates.find(event);
    if (found == templates.end()) found = templates.find("default");
    return found == templates.end() ? nullptr : &found->second;
}

}  // namespace jinqiao::adapters::notify::sms
