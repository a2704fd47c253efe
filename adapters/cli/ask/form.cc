#include "adapters/cli/ask/form.h"

#include <algorithm>
#include <boost/json/array.hpp>
#include <boost/json/serialize.hpp>
#include <charconv>
#include <sstream>

#include "adapters/cli/json_view.h"
#include "adapters/cli/moment.h"

namespace jinqiao::adapters::cli::ask {
namespace {

namespace json = boost::json;

constexpr std::chrono::hours local{8};

std::string title_of(const json::object& field) {
    const auto* title = field.if_contains("title");
    return title != nullptr && title->is_string() ? std::string(title->get_string()) : "";
}

std::string kind_of(const json::object& field) { return text_at(field, "type"); }

const json::array& codes_of(const json::object& field) {
    static const json::array nothing;
    const auto* codes = field.if_contains("oneOf");
    return codes != nullptr && codes->is_array() ? codes->get_array() : nothing;
}

const json::object* field_of(const json::object& schema, std::string_view name) {
    const auto* all = schema.if_contains("properties");
    if (all == nullptr || !all->is_object()) return nullptr;
    const auto* field = all->get_object().if_contains(name);
    return field != nullptr && field->is_object() ? &field->get_object() : nullptr;
}

bool needs(const json::object& schema, std::string_view name) {
    const auto* list = schema.if_contains("required");
    if (list == nullptr || !list->is_array()) return false;
    return std::any_of(list->get_array().begin(), list->get_array().end(),
                       [&](const json::value& one) {
                           return one.is_string() && std::string_view(one.get_string()) == name;
                       });
}

std::vector<std::string> order_of(const json::object& schema) {
    std::vector<std::string> names;
    if (const auto* order = schema.if_contains("x-order"); order != nullptr && order->is_array())
        for (const auto& name : order->get_array())
            if (name.is_string()) names.emplace_back(name.get_string());
    return names;
}

std::optional<std::int64_t> whole(const std::string& text) {
    std::int64_t number = 0;
    const auto read = std::from_chars(text.data(), text.data() + text.size(), number);
    if (read.ec != std::errc{} || read.ptr != text.data() + text.size()) return std::nullopt;
    return number;
}

// A code of the list, by its number or as it is written.
std::optional<std::string> code_of(const json::array& codes, const std::string& text) {
    const auto number = whole(text);
    for (std::size_t i = 0; i < codes.size(); ++i) {
        const std::string code = text_at(codes[i], "const");
        if (code == text || text_at(codes[i], "title") == text ||
            (number && *number == static_cast<std::int64_t>(i) + 1))
            return code;
    }
    return std::nullopt;
}

std::vector<std::string> words_of(std::string text) {
    for (const std::string sign : {"，", "、", ","})
        for (auto at = text.find(sign); at != std::string::npos; at = text.find(sign, at))
            text.replace(at, sign.size(), " ");
    std::istringstream in(text);
    std::vector<std::string> words;
    for (std::string word; in >> word;) words.push_back(word);
    return words;
}

std::size_t characters(const std::string& text) {
    return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), [](char byte) {
        return (static_cast<unsigned char>(byte) & 0xC0U) != 0x80U;
    }));
}

const json::object& item_of(const json::object& list) {
    static const json::object nothing;
    const auto* item = list.if_contains("items");
    return item != nullptr && item->is_object() ? item->get_object() : nothing;
}

}  // namespace

std::optional<std::string> instant_of(const std::string& text, engine::time::Instant now) {
    const std::string today = engine::time::to_rfc3339(now, local).substr(0, 10);
    if (text == "now" || text == "现在")
        return engine::time::to_rfc3339(std::chrono::floor<std::chrono::seconds>(now), local);
    constexpr std::size_t of_minute = 5;  // "08:30"
    std::string full = text.size() <= of_minute && text.find(':') != std::string::npos
                           ? today + " " + (text.find(':') == 1 ? "0" + text : text)
                           : text;
    const auto at = text.empty() ? std::nullopt : parse_moment(full);
    if (!at) return std::nullopt;
    return engine::time::to_rfc3339(*at, local);
}

std::optional<json::object> Form::all(const json::object& schema, json::object known) {
    for (const auto& name : order_of(schema)) {
        const auto* one = field_of(schema, name);
        if (one == nullptr || known.contains(name)) continue;
        json::value value;
        const auto answered = field(*one, needs(schema, name), value);
        if (!answered) return std::nullopt;
        if (*answered) known[name] = std::move(value);
    }
    return known;
}

bool Form::some(const json::object& schema, const std::vector<std::string>& paths,
                json::object& into) {
    for (const auto& path : paths) {
        const json::object* level = &schema;
        json::object* answers = &into;
        std::string name = path;
        if (const auto dot = path.find('.'); dot != std::string::npos) {
            level = field_of(schema, path.substr(0, dot));
            if (level == nullptr) continue;
            name = path.substr(dot + 1);
            json::value& part = into[path.substr(0, dot)];
            if (!part.is_object()) part.emplace_object();
            answers = &part.get_object();
        }
        const auto* one = field_of(*level, name);
        if (one == nullptr || answers->contains(name)) continue;
        json::value value;
        const auto answered = field(*one, needs(*level, name), value);
        if (!answered) return false;
        if (*answered) (*answers)[name] = std::move(value);
    }
    return true;
}

Form::Answered Form::field(const Field& field, bool needed, json::value& value) {
    const std::string kind = kind_of(field);
    if (kind == "object") return object(field, needed, value);
    if (kind == "array") return list(field, needed, value);
    if (!codes_of(field).empty()) return codes(field, field, false, needed, value);
    return scalar(field, needed, value);
}

Form::Answered Form::object(const Field& field, bool needed, json::value& value) {
    if (!needed) {
        const auto wanted =
            asker_.yes(asker_.word("cli.ask.part", {{"title", title_of(field)}}), false);
        if (!wanted || !*wanted) return wanted;
    }
    auto answers = all(field);
    if (!answers) return std::nullopt;
    const bool any = !answers->empty();
    value = std::move(*answers);
    return any || needed;
}

Form::Answered Form::list(const Field& field, bool needed, json::value& value) {
    const Field& item = item_of(field);
    if (!codes_of(item).empty()) return codes(field, item, true, needed, value);
    if (kind_of(item) != "object") return lines(field, item, needed, value);
    json::array items;
    for (;;) {
        if (!(needed && items.empty())) {
            const auto more =
                asker_.yes(asker_.word(items.empty() ? "cli.ask.part" : "cli.ask.again",
                                       {{"title", title_of(field)}}),
                           false);
            if (!more) return std::nullopt;
            if (!*more) break;
        }
        auto one = all(item);
        if (!one) return std::nullopt;
        if (!one->empty()) items.push_back(std::move(*one));
    }
    const bool any = !items.empty();
    value = std::move(items);
    return any;
}

Form::Answered Form::codes(const Field& field, const Field& item, bool several, bool needed,
                           json::value& value) {
    const json::array& codes = codes_of(item);
    asker_.say(title_of(field) + (needed ? asker_.word("cli.ask.needed") : ""), Tint::strong);
    for (std::size_t i = 0; i < codes.size(); ++i)
        asker_.say("  " + std::string(i < 9 ? " " : "") + std::to_string(i + 1) + "  " +
                   text_at(codes[i], "title"));
    for (;;) {
        const auto answer = asker_.line(asker_.word(several ? "cli.ask.several" : "cli.ask.one"));
        if (!answer) return std::nullopt;
        json::array chosen;
        bool fits = true;
        for (const auto& word : words_of(*answer)) {
            const auto code = code_of(codes, word);
            fits = fits && code.has_value();
            if (code && std::find(chosen.begin(), chosen.end(), json::value(*code)) == chosen.end())
                chosen.emplace_back(*code);
        }
        if (answer->empty() && !needed) return false;
        if (fits && !chosen.empty() && (several || chosen.size() == 1)) {
            value = several ? json::value(std::move(chosen)) : chosen.front();
            return true;
        }
        asker_.say(asker_.word(answer->empty() ? "cli.ask.bad.needed" : "cli.ask.bad.choice"),
                   Tint::orange);
    }
}

Form::Answered Form::lines(const Field& field, const Field& item, bool needed, json::value& value) {
    json::array items;
    const std::string question = title_of(field) + asker_.word("cli.ask.list");
    for (;;) {
        const auto answer = asker_.line(question);
        if (!answer) return std::nullopt;
        if (answer->empty() && !(needed && items.empty())) break;
        json::value one;
        if (answer->empty())
            asker_.say(asker_.word("cli.ask.bad.needed"), Tint::orange);
        else if (read(item, *answer, one))
            items.push_back(std::move(one));
    }
    const bool any = !items.empty();
    value = std::move(items);
    return any;
}

Form::Answered Form::scalar(const Field& field, bool needed, json::value& value) {
    const std::string question =
        title_of(field) + hint(field) + (needed ? asker_.word("cli.ask.needed") : "");
    for (;;) {
        const auto answer = asker_.line(question);
        if (!answer) return std::nullopt;
        if (answer->empty() && !needed) return false;
        if (answer->empty())
            asker_.say(asker_.word("cli.ask.bad.needed"), Tint::orange);
        else if (read(field, *answer, value))
            return true;
    }
}

std::string Form::hint(const Field& field) const {
    const std::string kind = kind_of(field), format = text_at(field, "format");
    const std::string now = engine::time::to_rfc3339(now_, local);
    if (kind == "boolean") return asker_.word("cli.ask.yes_no");
    if (kind == "integer") return asker_.word("cli.ask.number");
    if (format == "date") return asker_.word("cli.ask.date", {{"example", now.substr(0, 10)}});
    if (format == "date-time")
        return asker_.word("cli.ask.instant",
                           {{"example", now.substr(0, 10) + " " + now.substr(11, 5)}});
    return {};
}

bool Form::read(const Field& field, const std::string& text, json::value& value) {
    const std::string kind = kind_of(field), format = text_at(field, "format");
    const auto no = [&](const char* why, Speech::Args args = {}) {
        asker_.say(asker_.word(std::string("cli.ask.bad.") + why, args), Tint::orange);
        return false;
    };
    if (kind == "boolean") {
        const auto said = yes_or_no(text);
        if (!said) return no("yes_no");
        value = *said;
    } else if (kind == "integer") {
        const std::string least = text_at(field, "minimum");
        const auto number = whole(text);
        if (!number || *number < whole(least).value_or(*number))
            return no("number", {{"least", least}});
        value = *number;
    } else if (format == "date") {
        if (!engine::time::parse_date(text)) return no("date");
        value = text;
    } else if (format == "date-time") {
        const auto at = instant_of(text, now_);
        if (!at) return no("instant");
        value = *at;
    } else {
        const auto most = whole(text_at(field, "maxLength"));
        if (most && static_cast<std::int64_t>(characters(text)) > *most)
            return no("long", {{"most", std::to_string(*most)}});
        value = text;
    }
    return true;
}

std::string Form::in_words(const Field& field, const json::value& value) const {
    if (value.is_bool()) return asker_.word(value.get_bool() ? "cli.ask.yes" : "cli.ask.no");
    if (value.is_array()) {
        std::string text;
        for (const auto& one : value.get_array())
            text +=
                (text.empty() ? "" : asker_.word("cli.list.next")) + in_words(item_of(field), one);
        return text;
    }
    const std::string text =
        value.is_string() ? std::string(value.get_string()) : json::serialize(value);
    for (const auto& code : codes_of(field))
        if (text_at(code, "const") == text) return text_at(code, "title");
    return text;
}

void Form::show_into(Table& table, const Field& schema, const json::object& answers) {
    for (const auto& name : order_of(schema)) {
        const auto* one = field_of(schema, name);
        const auto* value = answers.if_contains(name);
        if (one == nullptr || value == nullptr) continue;
        if (value->is_object())
            show_into(table, *one, value->get_object());
        else
            table.add({title_of(*one), in_words(*one, *value)});
    }
}

void Form::show(const json::object& schema, const json::object& answers) {
    asker_.out() << '\n';
    asker_.say(asker_.word("cli.ask.summary"), Tint::strong);
    Table table(std::vector<std::string>{});
    show_into(table, schema, answers);
    table.print(asker_.out(), asker_.view());
    asker_.out() << '\n';
}

}  // namespace jinqiao::adapters::cli::ask
