// Each file under testdata/faults is a configuration file with a fault that its name spells out.
// Its first lines say what the check must answer, word for word. The name before "--" is the file
// it replaces, "." for "/": workflows.toy--unknown-clock.yaml replaces workflows/toy.yaml.

#include <algorithm>

#include "tests/unit/config/config_fixture.h"

namespace jinqiao::tests {

namespace {

std::vector<fs::path> fault_files() {
    std::vector<fs::path> files;
    for (const auto& entry : fs::directory_iterator(testdata / "faults"))
        files.push_back(entry.path());
    std::sort(files.begin(), files.end());
    return files;
}

std::vector<std::string> expectations(const std::string& text) {
    constexpr std::string_view mark = "# expect: ";
    std::vector<std::string> lines;
    std::istringstream stream(text);
    for (std::string line; std::getline(stream, line);)
        if (line.starts_with(mark)) lines.push_back(line.substr(mark.size()));
    return lines;
}

fs::path target_of(const fs::path& file) {
    std::string name = file.stem().string();
    name.resize(name.find("--"));
    std::replace(name.begin(), name.end(), '.', '/');
    return name + ".yaml";
}

std::string test_name(const testing::TestParamInfo<fs::path>& info) {
    std::string name = info.param.stem().string();
    for (char& c : name)
        if (std::isalnum(static_cast<unsigned char>(c)) == 0) c = '_';
    return name;
}

class Faults : public ConfigFolder, public testing::WithParamInterface<fs::path> {};

TEST_P(Faults, AreFoundAndSaidExactly) {
    const std::string text = slurp(GetParam());
    const fs::path target = target_of(GetParam());
    // The shipped templates are needed as well.
    const bool templates = target == "texts/notices.yaml";
    write(target, templates ? text + slurp(source_dir / "config" / target) : text);
    const auto loaded = load();
    EXPECT_EQ(described(loaded.faults, *loaded.texts), expectations(text));
    EXPECT_EQ(loaded.configuration.has_value(), !config::any_error(loaded.faults));
}

INSTANTIATE_TEST_SUITE_P(Config, Faults, testing::ValuesIn(fault_files()), test_name);

TEST_F(ConfigFolder, WithoutFaultLoads) {
    const auto loaded = load();
    EXPECT_EQ(described(loaded.faults, *loaded.texts), std::vector<std::string>{});
    ASSERT_TRUE(loaded.configuration);
    EXPECT_EQ(loaded.configuration->policies.size(), 1u);
    EXPECT_EQ(loaded.configuration->organisation.posts.size(), 2u);
}

TEST_F(ConfigFolder, FaultsOfSeveralFilesAreReportedTogetherInOrder) {
    write("service.yaml", "zone_name: z\nlistn: here\n");
    write("channels.yaml", "channels:\n  file: {kind: file}\n  file: {kind: file}\n");
    write("grading.yaml", "rules: 3\n");
    const auto loaded = load();
    EXPECT_EQ(
        described(loaded.faults, *loaded.texts),
        (std::vector<std::string>{
            "channels.yaml:3:3: channels.file: expected each key once, found the same key as "
            "in line 2",
            "grading.yaml:1:1: rules: expected a list, found 3",
            "service.yaml:2:1: listn: expected one of the keys accounts, anonymous, areas, "
            "areas_source, audit, calendar, close_of_business, commit, console, "
            "delivery, documents, http, language, listen, number_prefix, public_url, "
            "reports, sign_link_ttl, "
            "utc_offset_minutes, working_hours, working_hours_source, zone_name, found listn; "
            "did you mean listen?"}));
}

TEST_F(ConfigFolder, FaultsAreWordedInChineseToo) {
    write("grading.yaml", "rules: 3\n");
    const auto loaded = load();
    EXPECT_EQ(described(loaded.faults, *loaded.texts, model::Language::zh),
              std::vector<std::string>{"grading.yaml:1:1: rules：应为非空列表，实为3"});
}

TEST_F(ConfigFolder, TokensInPlainTextBeyondTheMachineAreAWarning) {
    const auto told = [&](const std::string& more) {
        write("service.yaml", "zone_name: z\n" + more);
        const auto loaded = load();
        EXPECT_TRUE(loaded.configuration) << more;
        return described(loaded.faults, *loaded.texts);
    };
    const std::vector<std::string> nothing;
    EXPECT_EQ(told("listen: 127.0.0.1:80\n"), nothing);
    EXPECT_EQ(told("listen: '[::1]:80'\n"), nothing);
    EXPECT_EQ(told("listen: 0.0.0.0:80\n"),
              std::vector<std::string>{
                  "service.yaml:2:1: listen: warning: expected a loopback address, or http.tls or "
                  "http.trusted_proxies, since tokens travel in plain text otherwise, found "
                  "0.0.0.0:80"});
    EXPECT_EQ(told("listen: 0.0.0.0:80\nhttp: {trusted_proxies: [10.0.0.1, 'fd00::/8']}\n"),
              nothing);
    EXPECT_EQ(told("listen: 0.0.0.0:80\nhttp: {tls: {certificate: a.pem, key: /b.key}}\n"),
              nothing);
    const auto loaded = load();
    EXPECT_EQ(loaded.configuration->service.http.certificate, (folder / "a.pem").string());
    EXPECT_EQ(loaded.configuration->service.http.key, "/b.key");
}

TEST_F(ConfigFolder, MissingFilesAreFaultsNotExceptions) {
    fs::remove(folder / "routing.yaml");
    fs::remove_all(folder / "calendars");
    const auto lines = described(load().faults, *load().texts);
    ASSERT_EQ(lines.size(), 3u);
    EXPECT_EQ(lines[0], "calendars: expected a folder with .yaml files, found nothing");
    EXPECT_EQ(lines[2], "routing.yaml: expected a readable file, found nothing");
}

TEST_F(ConfigFolder, YearWithoutCalendarIsAWarningAndLoads) {
    const auto loaded = load(*engine::time::parse_rfc3339("2026-12-10T09:00:00+08:00"));
    EXPECT_EQ(described(loaded.faults, *loaded.texts),
              std::vector<std::string>{
                  "calendars: warning: expected a calendar for 2027 (until then Monday to Friday, "
                  "due times provisional), found nothing"});
    EXPECT_TRUE(loaded.configuration);
}

TEST_F(ConfigFolder, OnlyRolesThereAreAreAskedForASecondFactor) {
    write("service.yaml",
          "zone_name: x\naccounts: {second_factor: [administrator, boss], lock_after: 5000}\n");
    const auto loaded = load();
    std::string all;
    for (const auto& line : described(loaded.faults, *loaded.texts)) all += line + "\n";
    EXPECT_NE(all.find("accounts.second_factor.1: expected a role"), std::string::npos) << all;
    EXPECT_NE(all.find("accounts.lock_after: expected"), std::string::npos) << all;
}

}  // namespace

}  // namespace jinqiao::tests
