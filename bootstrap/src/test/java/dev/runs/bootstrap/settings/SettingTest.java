package dev.runs.bootstrap.settings;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SettingTest {

  private static final Path TABLE = Path.of("../docs/configuration.md");
  private static final String START = "<!-- settings: written by SettingTest -->\n";
  private static final String END = "<!-- settings end -->";

  @Test
  void isDocumented() throws IOException {
    var documented = Files.readString(TABLE);
    if (Boolean.getBoolean("runs.docs.write")) {
      documented = withTable(documented);
      Files.writeString(TABLE, documented);
    }

    assertThat(documented)
        .as("run this test with -Druns.docs.write=true to write the table anew")
        .isEqualTo(withTable(documented));
  }

  @Test
  void hasNamesOfItsOwnInEverySource() {
    assertThat(all().flatMap(setting -> setting.fileKeys().stream())).doesNotHaveDuplicates();
    assertThat(all().flatMap(setting -> setting.environment().stream())).doesNotHaveDuplicates();
  }

  @ParameterizedTest
  @MethodSource("all")
  void hasADefaultThatIsAllowed(Setting<?> setting) throws BadValue {
    var fallback = setting.fallback();

    assertThat(fallback == null || setting.type().read(new Raw.Text(fallback)) != null).isTrue();
  }

  @ParameterizedTest
  @MethodSource("all")
  void hasAVariableMadeOfItsProperty(Setting<?> setting) {
    assertThat(setting.property()).startsWith("runs.");
    assertThat(setting.environment().getFirst().replace("_", ""))
        .isEqualToIgnoringCase(setting.property().replaceAll("[.-]", ""));
  }

  private static Stream<Setting<?>> all() {
    return Setting.ALL.stream();
  }

  private static String withTable(String documentation) {
    var start = documentation.indexOf(START);
    var end = documentation.indexOf(END);
    assertThat(start).as("the marker before the table").isNotNegative();
    assertThat(end).as("the marker after the table").isGreaterThan(start);
    return documentation.substring(0, start + START.length())
        + table()
        + documentation.substring(end);
  }

  private static String table() {
    var rows =
        all()
            .map(setting ->
                row(
                    List.of(
                        code(setting.property()),
                        codes(setting.aliases()),
                        codes(setting.environment()),
                        code(setting.flag()),
                        setting.type().allowed(),
                        setting.fallback() == null ? "none" : code(setting.fallback()),
                        setting.about())));
    return Stream.concat(
            Stream.of(
                row(
                    List.of(
                        "property",
                        "also in the file as",
                        "environment, strongest first",
                        "command line",
                        "allowed",
                        "default",
                        "what it does")),
                "|--|--|--|--|--|--|--|\n"),
            rows)
        .collect(joining());
  }

  private static String row(List<String> cells) {
    return "| " + String.join(" | ", cells) + " |\n";
  }

  private static String codes(List<String> words) {
    return words.stream().map(SettingTest::code).collect(joining(", "));
  }

  private static String code(@Nullable String word) {
    return word == null ? "" : "`" + word + "`";
  }
}
