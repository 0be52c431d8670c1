package dev.runs.adapters.web.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class JsonTextTest {

  @Test
  void givesEachMemberALine() {
    assertThat(JsonText.indented("{\"a\":[1,2 ,{}],\"b\" : { \"c\":null } , \"d\":[ ]}"))
        .isEqualTo(
            """
            {
              "a": [
                1,
                2,
                {}
              ],
              "b": {
                "c": null
              },
              "d": []
            }\
            """);
  }

  @Test
  void indentsNoFurtherThanAnybodyReads() {
    var nested = JsonText.indented("[".repeat(1_000) + "1" + "]".repeat(1_000));

    assertThat(nested.lines().mapToInt(String::length).max()).hasValue(81);
    assertThat(nested.replaceAll("\\s", "")).hasSize(2_001);
  }

  @Test
  void showsTheBeginningOfWhatIsVeryLongAsItIs() {
    var longest = "[" + "1".repeat(JsonText.MOST_CHARACTERS - 2) + "]";
    assertThat(JsonText.indented(longest)).startsWith("[\n  1").endsWith("1\n]");

    var cut = JsonText.indented(longest + " ");
    assertThat(cut)
        .startsWith(longest)
        .endsWith("\n\nThese are the first 512,000 of 512,001 characters, as they came.");

    var pair = "x".repeat(JsonText.MOST_CHARACTERS - 1) + "𝄞";
    assertThat(JsonText.indented(pair)).contains("x\n\nThese are the first 511,999 of");
  }

  @Test
  void leavesStringsAsTheyAre() {
    assertThat(JsonText.indented("{\"a{,:]\\\"\":\"x, y: {\\\\\"}"))
        .isEqualTo("{\n  \"a{,:]\\\"\": \"x, y: {\\\\\"\n}");
    assertThat(JsonText.indented("\"alone\"")).isEqualTo("\"alone\"");
    assertThat(JsonText.indented("\"broken")).isEqualTo("\"broken");
  }

  @Test
  void writesValues() {
    var document = new LinkedHashMap<String, @Nullable Object>();
    document.put("text", "a \"b\"\n\u0001");
    document.put("numbers", Arrays.asList(1, null, true));
    document.put("none", Map.of());

    assertThat(JsonText.of(document))
        .isEqualTo(
            "{\n  \"text\": \"a \\\"b\\\"\\n\\u0001\",\n  \"numbers\": [\n    1,\n    null,\n"
                + "    true\n  ],\n  \"none\": {}\n}");
    assertThat(JsonText.of(List.of())).isEqualTo("[]");
  }

  @Test
  void readsWhatAStringHolds() {
    assertThat(JsonText.unescaped("a\\n\\u0041\\/\\\"")).isEqualTo("a\nA/\"");
  }
}
