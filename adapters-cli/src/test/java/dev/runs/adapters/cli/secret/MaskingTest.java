package dev.runs.adapters.cli.secret;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runs.adapters.cli.connection.Documents;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MaskingTest {

  private final Masking masking = Masking.of(Map.of("db", "pass\"word", "api", "12345678"));

  @Test
  void replacesSecretsByTheirNames() {
    assertThat(masking.mask("with pass\"word and 12345678, twice 12345678"))
        .isEqualTo("with [secret:db] and [secret:api], twice [secret:api]");
  }

  @Test
  void recognizesASecretAsItStandsWithinJson() {
    assertThat(masking.mask("{\"a\":\"pass\\\"word\"}")).isEqualTo("{\"a\":\"[secret:db]\"}");
  }

  @Test
  void replacesThemInTextsAndNamesAndNumbersOfADocument() {
    var document = Documents.read("{\"a\":[\"x pass\\\"word\"],\"12345678\":12345678,\"n\":1.50}");

    assertThat(Documents.text(masking.mask(document)))
        .isEqualTo("{\"a\":[\"x [secret:db]\"],\"[secret:api]\":\"[secret:api]\",\"n\":1.50}");
  }

  @Test
  void replacesTheLongerOfTwoSecretsOfWhichOneBeginsTheOther() {
    var both = Masking.of(Map.of("short", "abcd", "long", "abcdefgh"));

    assertThat(both.mask("abcdefgh abcd")).isEqualTo("[secret:long] [secret:short]");
  }

  @Test
  void replacesEachLineOfASecretOfSeveral() {
    var key = Masking.of(Map.of("pem", "-----BEGIN-----\nMIIEvQIBADAN\nab\n"));

    assertThat(key.mask("read MIIEvQIBADAN and ab")).isEqualTo("read [secret:pem] and ab");
  }

  @Test
  void cutsOffHalfASecretAtTheEndOfATextThatWasCut() {
    assertThat(masking.withoutHalfSecret("it is pass\"wo")).isEqualTo("it is ");
    assertThat(masking.withoutHalfSecret("it is over")).isEqualTo("it is over");
  }

  @Test
  void neverShowsWhatItHides() {
    assertThat(masking.toString()).doesNotContain("pass").doesNotContain("1234");
  }
}
