#include "config/render.h"

#include <openssl/evp.h>

#include <array>
#include <boost/json/array.hpp>
#include <boost/json/serialize.hpp>
#include <kainjow/mustache.hpp>
#include <set>
#include <unordered_map>

#include "engine/model/fit.h"

namespace jinqiao::config {

namespace json = boost::json;
namespace mustache = kainjow::mustache;
using engine::model::Addressee;
using engine::model::Language;
using engine::model::Message;
using engine::model::Notice;
using engine::ports::Rendered;

namespace {

// Shown as they are.
const std::set<std::string_view> plain_values{"number", "sign_url", "zone"};

// What people wrote themselves may name somebody, and a notice names nobody (PIPL Art. 23).
const std::set<std::string_view> never_shown{"note", "text", "reason", "where"};

bool is_reach_phrase(const Catalogue& texts, std::string phrase, std::string& code) {
    for (char& c : phrase)
        if (c == ' ') c = '_';
    code = "reach." + phrase;
    return texts.has(code);
}

class Wording {
  public:
    Wording(const Catalogue& texts, const Labels& labels, std::chrono::minutes offset,
            Language language)
        : texts_(texts), labels_(labels), offset_(offset), language_(language) {}

    mustache::data all(const Notice& notice, const json::object& vars) const {
        mustache::data data{mustache::object{}};
        for (const auto& pair : vars)
            if (const std::string key(pair.key()); !never_shown.contains(key))
                put(data, key, pair.value());
        data["grade"] = texts_.grade(notice.grade, language_);
        data["addressee"] = addressee(notice.addressee);
        data["event"] = notice.event;
        data["exercise"] = mustache::data(notice.exercise);
        data["urgent"] = mustache::data(notice.urgent);
        if (!notice.reason.empty()) data["reason"] = reason(notice.reason);
        return data;
    }

  private:
    void put(mustache::data& data, const std::string& key, const json::value& value) const {
        if (value.is_bool()) {
            data[key] = mustache::data(value.get_bool());
        } else if (value.is_int64() && key.ends_with("_ms")) {
            const auto at = engine::time::from_ms(value.get_int64());
            data[key.substr(0, key.size() - 3)] = word_due(at, language_, offset_);
        } else if (value.is_int64() && key == "repeat") {
            // The first time is not a repetition; the second is the second time.
            if (value.get_int64() > 0) data[key] = std::to_string(value.get_int64() + 1);
        } else if (value.is_string()) {
            // Mustache takes an empty text for a filled one: left out, its section is left out too.
            if (!value.get_string().empty()) data[key] = one(key, std::string(value.get_string()));
        } else if (value.is_array()) {
            data[key] = list(key, value.get_array());
        } else if (!value.is_null() && !value.is_object()) {
            data[key] = json::serialize(value);
        }
    }

    std::string list(const std::string& key, const json::array& items) const {
        std::string joined;
        for (const json::value& item : items) {
            if (!item.is_string()) continue;
            if (!joined.empty()) joined += language_ == Language::en ? ", " : "、";
            joined += one(key, std::string(item.get_string()));
        }
        return joined;
    }

    std::string one(const std::string& key, const std::string& value) const {
        if (plain_values.contains(key)) return value;
        if (texts_.has(key + "." + value)) return texts_.text(key + "." + value, language_);
        if (const auto level = engine::model::parse_grade(value))
            return texts_.grade(*level, language_);
        if (const auto whom = Addressee::parse(value)) return addressee(*whom);
        for (const std::string_view kind : {key == "state" || key == "clock" ? key.c_str() : "post",
                                            "post", "department", "state", "clock"})
            if (const std::string* text = label(kind, value)) return *text;
        if (const auto date = engine::time::parse_date(value)) return word_date(*date, language_);
        if (const auto at = engine::time::parse_rfc3339(value))
            return word_due(*at, language_, offset_);
        return value;
    }

    const std::string* label(std::string_view kind, std::string_view name) const {
        const auto found = labels_.find(std::string(kind) + ":" + std::string(name));
        return found == labels_.end() ? nullptr : &found->second.in(language_);
    }

    // Persons are not named in notices: an account's message goes to nobody else anyway.
    std::string addressee(const Addressee& whom) const {
        const std::string kind(engine::model::name(whom.kind));
        if (const std::string* text = label(kind, whom.id)) return *text;
        return texts_.text("addressee." + kind, language_);
    }

    // "post:liaison: nobody holds the post", "deputy post x", "fallback: wecom", or what a person
    // wrote as a reason.
    std::string reason(const std::string& reason) const {
        std::string code;
        if (is_reach_phrase(texts_, reason, code)) return texts_.text(code, language_);
        constexpr std::string_view deputy = "deputy post ", fallback = "fallback: ";
        if (reason.starts_with(deputy))
            return with_name("reach.deputy_post", one("post", reason.substr(deputy.size())));
        if (reason.starts_with(fallback))
            return with_name("reach.fallback", reason.substr(fallback.size()));
        const std::size_t colon = reason.find(": ");
        const auto whom = Addressee::parse(std::string_view(reason).substr(0, colon));
        if (!whom) return texts_.has(reason) ? texts_.text(reason, language_) : reason;
        if (colon == std::string::npos) return addressee(*whom);
        const std::string rest = this->reason(reason.substr(colon + 2));
        return addressee(*whom) + (language_ == Language::en ? ": " : "：") + rest;
    }

    std::string with_name(std::string_view code, const std::string& name) const {
        return texts_.text(Message{std::string(code), {{"name", name}}}, language_);
    }

    const Catalogue& texts_;
    const Labels& labels_;
    std::chrono::minutes offset_;
    Language language_;
};

std::unique_ptr<mustache::mustache> read(const std::string& pattern) {
    auto view = std::make_unique<mustache::mustache>(pattern);
    view->set_custom_escape([](const std::string& text) { return text; });
    return view;
}

// Enough to tell one wording of a template from another: 8 hex digits of its SHA-256.
std::string short_digest(const std::string& text) {
    std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
    unsigned int length = 0;
    EVP_Digest(text.data(), text.size(), digest.data(), &length, EVP_sha256(), nullptr);
    constexpr std::string_view hex = "0123456789abcdef";
    std::string out;
    for (std::size_t i = 0; i < 4; ++i) {
        out += hex[digest[i] >> 4U];
        out += hex[digest[i] & 15U];
    }
    return out;
}

std::string one_line(std::string text) {
    for (char& c : text)
        if (static_cast<unsigned char>(c) < 0x20) c = ' ';
    while (!text.empty() && text.back() == ' ') text.pop_back();
    return text;
}

// Lines that had nothing to say leave no hole.
std::string without_empty_lines(const std::string& text) {
    std::string out;
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t end = std::min(text.find('\n', at), text.size());
        const std::string line = text.substr(at, end - at);
        if (line.find_first_not_of(" \t\r") != std::string::npos) out += line + "\n";
        at = end + 1;
    }
    while (!out.empty() && out.back() == '\n') out.pop_back();
    return out;
}

}  // namespace

Labels labels_of(
    std::span<const engine::kernel::Workflow* const> workflows,
    const std::map<std::string, std::shared_ptr<const engine::policy::Policy>>& policies,
    const engine::policy::Directory& organisation) {
    Labels labels;
    for (const auto* workflow : workflows)
        for (const auto& state : workflow->states()) labels["state:" + state.name] = state.label;
    for (const auto& [workflow, policy] : policies)
        for (const auto& [name, rule] : policy->clocks) labels["clock:" + name] = rule.label;
    for (const auto& [id, post] : organisation.posts) labels["post:" + id.value] = post.name;
    for (const auto& [id, department] : organisation.departments)
        labels["department:" + id.value] = department.name;
    return labels;
}

// Read once, by the address of the text: the catalogue is ours and does not change. Filling one in
// leaves it as it is, so threads may share it, though Mustache does not call that const.
struct MustacheRenderer::Patterns {
    explicit Patterns(const Catalogue& texts) {
        add(texts.notices);
        for (const auto& [name, notices] : texts.sets) add(notices);
    }
    std::string fill(const std::string& pattern, const mustache::data& data) const {
        return views.at(&pattern).view->render(data);
    }
    const std::string& digest(const std::string& pattern) const {
        return views.at(&pattern).digest;
    }

  private:
    struct View {
        std::unique_ptr<mustache::mustache> view;
        std::string digest;
    };
    void add(const Catalogue::Notices& notices) {
        for (const auto& [event, words] : notices)
            for (const auto* text : {&words.subject, &words.text})
                for (const Language language : {Language::zh, Language::en}) {
                    const std::string& pattern = text->in(language);
                    views[&pattern] = {read(pattern), short_digest(pattern)};
                }
    }
    std::unordered_map<const std::string*, View> views;
};

struct MustacheRenderer::Chosen {
    const engine::model::Text* subject = nullptr;
    const engine::model::Text* text = nullptr;
    std::string name;  // of the pattern, for the record
};

MustacheRenderer::MustacheRenderer(std::shared_ptr<const Catalogue> texts, Labels labels,
                                   std::chrono::minutes offset, TextsByChannel channels)
    : texts_(std::move(texts)),
      labels_(std::move(labels)),
      offset_(offset),
      patterns_(std::make_unique<Patterns>(*texts_)),
      channels_(std::move(channels)) {}

MustacheRenderer::~MustacheRenderer() = default;

// The channel's own words for the event, its default, then the general ones.
MustacheRenderer::Chosen MustacheRenderer::choose(const Notice& notice) const {
    Chosen chosen;
    const auto take = [&](const Catalogue::Notices& from, const std::string& event) {
        const auto found = from.find(event);
        if (found == from.end()) return false;
        if (chosen.subject == nullptr && !found->second.subject.zh.empty())
            chosen.subject = &found->second.subject;
        if (chosen.text == nullptr && !found->second.text.zh.empty())
            chosen.text = &found->second.text;
        return true;
    };
    chosen.name = notice.event;
    const auto channel = channels_.find(notice.channel);
    const auto set =
        channel == channels_.end() ? texts_->sets.end() : texts_->sets.find(channel->second.set);
    if (set != texts_->sets.end() &&
        (take(set->second, notice.event) || take(set->second, "default")))
        chosen.name += "@" + set->first;
    if (!take(texts_->notices, notice.event)) {
        chosen.name = "default" + chosen.name.substr(notice.event.size());
        take(texts_->notices, "default");
    }
    return chosen;
}

Rendered MustacheRenderer::render(const Notice& notice, const json::object& vars,
                                  Language language) const {
    const Chosen chosen = choose(notice);
    mustache::data data = Wording(*texts_, labels_, offset_, language).all(notice, vars);
    Rendered rendered;
    if (chosen.subject == nullptr || chosen.text == nullptr) {
        // The check sees to it that this does not happen; a notice is sent all the same.
        rendered = {notice.event, notice.event + "\n" + notice.kase.value, {}};
    } else {
        const std::string& subject = chosen.subject->in(language);
        const std::string& text = chosen.text->in(language);
        rendered.subject = one_line(patterns_->fill(subject, data));
        data["subject"] = rendered.subject;
        rendered.text = without_empty_lines(patterns_->fill(text, data));
        rendered.pattern = chosen.name + " " + patterns_->digest(subject) + patterns_->digest(text);
    }
    if (notice.exercise) {
        const std::string mark = texts_->text("exercise.mark", language);
        rendered.subject = mark + rendered.subject;
        rendered.text = mark + rendered.text;
    }
    if (const auto channel = channels_.find(notice.channel);
        channel != channels_.end() && channel->second.text_limit > 0) {
        const auto* link = vars.if_contains("sign_url");
        rendered.text = engine::model::fit(
            rendered.text, channel->second.text_limit,
            link != nullptr && link->is_string() ? std::string_view(link->get_string()) : "");
    }
    return rendered;
}

}  // namespace jinqiao::config
