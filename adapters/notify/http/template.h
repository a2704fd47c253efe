#pragma once
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace jinqiao::adapters::notify::http {

// What a value has to be turned into before it stands among what the configuration wrote.
enum class Escape {
    json,    // within quotation marks
    form,    // percent-encoded; addresses too
    xml,     // as text or within quotation marks
    header,  // one line
    text,    // as it is
};

// By the name they have in a template. One that is empty is not there: its section is left out.
using Values = std::map<std::string, std::string>;

// A Mustache text of the configuration. Every value is escaped before it is put in, {{{x}}} as much
// as {{x}}, so that nothing people wrote can end what it stands in; it is not read for tags again.
class Template {
  public:
    Template() = default;
    Template(std::string source, Escape escape);

    // Why it cannot be used: no Mustache, or tags that have no business here. Empty: it can.
    const std::string& fault() const { return fault_; }
    const std::vector<std::string>& names() const { return names_; }  // of the values it uses
    // Threads may share it.
    std::string fill(const Values& values) const;

  private:
    struct View;
    std::shared_ptr<const View> view_;
    Escape escape_ = Escape::text;
    std::string fault_;
    std::vector<std::string> names_;
};

std::string escaped(std::string_view text, Escape escape);

}  // namespace jinqiao::adapters::notify::http
