#include "adapters/cli/shell/completion.h"

#include <algorithm>

namespace jinqiao::adapters::cli::shell {
namespace {

std::string last_word(const std::string& path) { return path.substr(path.rfind(' ') + 1); }

std::string above(const std::string& path) {
    const auto blank = path.rfind(' ');
    return blank == std::string::npos ? std::string() : path.substr(0, blank);
}

// Within single quotes of a shell; fish knows a backslash there, bash and zsh do not.
std::string in_quotes(const std::string& text, bool fish = false) {
    std::string result = "'";
    for (const char sign : text) {
        if (sign == '\'')
            result += fish ? "\\'" : "'\\''";
        else if (sign == '\\' && fish)
            result += "\\\\";
        else
            result += sign;
    }
    return result + "'";
}

std::string joined(const std::vector<std::string>& words) {
    std::string text;
    for (const auto& word : words) text += (text.empty() ? "" : " ") + word;
    return text;
}

// Options of the program itself are taken behind any command as well.
std::vector<Option> options_of(const Command& program, const Command& command) {
    std::vector<Option> options = command.options;
    if (&command == &program) return options;
    for (const Option& option : program.options)
        if (std::none_of(options.begin(), options.end(),
                         [&](const Option& own) { return own.names == option.names; }))
            options.push_back(option);
    return options;
}

// What bash and zsh share: finds the command the words so far name, then says what may follow.
// Both scripts read `words`, `at` (index of the word being completed) and `first`, and write
// `reached`, `values`, `names`, `places` and `flags`: `path` and `options` mean something to zsh.
std::string walk(const Command& program) {
    std::string steps, skips, values, names;
    for (const Command* command : all_of(program)) {
        const std::string& path = command->path;
        if (!path.empty())
            steps += "      " + in_quotes(above(path) + ":" + last_word(path)) +
                     ") reached=" + in_quotes(path) + " ;;\n";
        std::vector<std::string> offered;
        std::string places;
        for (const Option& option : options_of(program, *command)) {
            if (option.names.empty()) {
                places += (places.empty() ? "" : " ") + joined(option.choices);
                continue;
            }
            // The short form of help is for those who know it.
            offered.push_back(option.names.front());
            if (!option.takes_value) continue;
            for (const auto& name : option.names) {
                skips += "      " + in_quotes(path + ":" + name) + ") takes=1 ;;\n";
                values += "    " + in_quotes(path + ":" + name) +
                          ") values=" + in_quotes(joined(option.choices)) + " takes=1 ;;\n";
            }
        }
        std::vector<std::string> below;
        for (const Command& next : command->commands) below.push_back(last_word(next.path));
        names += "    " + in_quotes(path) + ") names=" + in_quotes(joined(below)) +
                 " places=" + in_quotes(places) + " flags=" + in_quotes(joined(offered)) + " ;;\n";
    }
    return "  local reached='' values='' names='' places='' flags='' takes='' word=''\n"
           "  local i=$first before=''\n"
           "  while [ \"$i\" -lt \"$at\" ]; do\n"
           "    word=\"${words[$i]}\" takes=''\n"
           "    case \"$reached:$word\" in\n" +
           steps + skips +
           "    esac\n"
           "    i=$((i + 1))\n"
           "    if [ -n \"$takes\" ]; then\n"
           "      [ \"${words[$i]}\" != '=' ] || i=$((i + 1))\n"
           "      before=$word\n"
           "      if [ \"$i\" -ge \"$at\" ]; then break; fi\n"
           "      i=$((i + 1)) before=''\n"
           "    fi\n"
           "  done\n"
           "  takes=''\n"
           "  case \"$reached:$before\" in\n" +
           values +
           "  esac\n"
           "  case \"$reached\" in\n" +
           names + "  esac\n";
}

std::string head(const char* comment, const char* shell) {
    return std::string(comment) + " Completion of jinqiao for " + shell +
           "; written by `jinqiao completion " + shell + "`.\n";
}

}  // namespace

std::string bash_completion(const Command& program) {
    return head("#", "bash") +
           "_jinqiao() {\n"
           "  local words=(\"${COMP_WORDS[@]}\") at=$COMP_CWORD first=1\n"
           "  local current=\"${COMP_WORDS[COMP_CWORD]}\"\n"
           "  # bash takes --format=dot apart at the '='.\n"
           "  [ \"$current\" != '=' ] || current=''\n" +
           walk(program) +
           "  COMPREPLY=()\n"
           "  if [ -n \"$takes\" ]; then\n"
           "    [ -z \"$values\" ] || COMPREPLY=($(compgen -W \"$values\" -- \"$current\"))\n"
           "  elif [ \"${current#-}\" != \"$current\" ]; then\n"
           "    COMPREPLY=($(compgen -W \"$flags\" -- \"$current\"))\n"
           "  else\n"
           "    COMPREPLY=($(compgen -W \"$names $places\" -- \"$current\"))\n"
           "  fi\n"
           "}\n"
           "complete -o bashdefault -o default -F _jinqiao jinqiao\n";
}

std::string zsh_completion(const Command& program) {
    return "#compdef jinqiao\n" + head("#", "zsh") +
           "_jinqiao() {\n"
           "  local at=$CURRENT first=2 current=\"${words[$CURRENT]}\"\n" +
           walk(program) +
           "  if [[ -n $takes ]]; then\n"
           "    if [[ -n $values ]]; then compadd -- ${=values}; else _files; fi\n"
           "  elif [[ $current == -* ]]; then\n"
           "    compadd -- ${=flags}\n"
           "  elif [[ -n $names$places ]]; then\n"
           "    compadd -- ${=names} ${=places}\n"
           "  else\n"
           "    _files\n"
           "  fi\n"
           "}\n"
           "if [ \"$funcstack[1]\" = _jinqiao ]; then _jinqiao \"$@\"; else compdef _jinqiao "
           "jinqiao; fi\n";
}

std::string fish_completion(const Command& program) {
    std::string text = head("#", "fish") +
                       "# The command the words so far name, options left out.\n"
                       "function __jinqiao_at\n"
                       "  set -l path\n"
                       "  set -l words (commandline -opc)\n"
                       "  set -e words[1]\n"
                       "  for word in $words\n"
                       "    set -l next (string trim \"$path $word\")\n"
                       "    if contains -- \"$next\" $__jinqiao_paths\n"
                       "      set path \"$next\"\n"
                       "    end\n"
                       "  end\n"
                       "  test \"$path\" = \"$argv\"\n"
                       "end\n"
                       "set -g __jinqiao_paths";
    const auto commands = all_of(program);
    for (const Command* command : commands)
        if (!command->path.empty()) text += " " + in_quotes(command->path, true);
    text += "\n";
    for (const Command* command : commands) {
        const std::string here =
            "complete -c jinqiao -n " + in_quotes("__jinqiao_at " + command->path, true);
        for (const Command& below : command->commands)
            text += here + " -f -a " + in_quotes(last_word(below.path), true) + " -d " +
                    in_quotes(below.help, true) + "\n";
        for (const Option& option : options_of(program, *command)) {
            std::string line = here;
            for (const auto& name : option.names)
                line += name.starts_with("--") ? " -l " + name.substr(2) : " -s " + name.substr(1);
            if (option.names.empty() && option.choices.empty()) continue;
            if (!option.choices.empty())
                line += (option.names.empty() ? " -f -a " : " -x -a ") +
                        in_quotes(joined(option.choices), true);
            else if (option.takes_value)
                line += " -r";
            text += line + " -d " + in_quotes(option.help, true) + "\n";
        }
    }
    return text;
}

}  // namespace jinqiao::adapters::cli::shell
