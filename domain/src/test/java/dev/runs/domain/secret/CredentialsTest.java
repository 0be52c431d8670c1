package dev.runs.domain.secret;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

final class CredentialsTest {

  @Nested
  final class InFieldsThatAreCalledLikeOne {

    @ParameterizedTest
    @ValueSource(
        strings = {
          "password",
          "passwd",
          "pwd",
          "db_pwd",
          "secret",
          "apiKey",
          "api_key",
          "API-KEY",
          "APIKey",
          "apikey",
          "aPiKeY",
          "token",
          "TOKEN",
          "accessToken",
          "access_token",
          "refreshToken",
          "privateKey",
          "authorization",
          "Proxy-Authorization",
          "clientSecret",
          "connectionString",
          "connection string",
          "dbPassword",
          "DBPassword",
          "STRIPE_API_KEY",
          "x-api-key",
          "aws_secret_access_key",
          "webhook.secret",
          "credentials"
        })
    void findsAText(String name) {
      assertThat(found(Map.of(name, text("hunter2")))).containsExactly("/" + name);
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "tokens",
          "tokenCount",
          "maxTokens",
          "inputTokens",
          "secretShown",
          "passwordPolicy",
          "nextPageToken",
          "cancelToken",
          "secrets",
          "secretary",
          "compassword",
          "apiKeyId",
          "accessKeyId",
          "authorizationUrl",
          "keyword",
          "Geheimnis",
          "",
          "-",
          "密码"
        })
    void leavesOtherNamesAlone(String name) {
      assertThat(found(Map.of(name, text("hunter2")))).isEmpty();
    }

    @Test
    void looksAtTheEndOfALongName() {
      assertThat(found(Map.of("x".repeat(300) + "Password", text("hunter2")))).hasSize(1);
      assertThat(found(Map.of("password" + "X".repeat(300), text("hunter2")))).isEmpty();
    }

    @Test
    void findsTheTextsOfAnArray() {
      var passwords = new Input.Elements(List.of(text("one"), text(""), text("two")));

      assertThat(found(Map.of("password", passwords)))
          .containsExactly("/password/0", "/password/2");
    }

    @Test
    void leavesWhatIsNoTextOrEmpty() {
      assertThat(found(Map.of("password", Input.OTHER))).isEmpty();
    }

    @Test
    void findsANumberOnlyWhereAPasswordBelongs() {
      assertThat(found(Map.of("dbPassword", Input.NUMBER))).containsExactly("/dbPassword");
      assertThat(found(Map.of("token", Input.NUMBER))).isEmpty();
      assertThat(found(Map.of("secret", Input.NUMBER))).isEmpty();
    }

    @Test
    void findsTheTextsOfAList() {
      var passwords = new Input.Elements(List.of(text("hunter2"), text("secret://db")));
      assertThat(found(Map.of("passwords", passwords))).containsExactly("/passwords/0");
      assertThat(found(Map.of("password", text("")))).isEmpty();
      assertThat(found(Map.of("password", text(" ")))).isEmpty();
    }

    @Test
    void leavesWhatStandsBelowThemUnderOtherNames() {
      var settings = members(Map.of("value", text("hunter2")));

      assertThat(found(Map.of("password", settings))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
        strings = {"secret://a", "secret://prod/db-1/pass.word_X", "Bearer secret://openai"})
    void letsReferencesPass(String reference) {
      assertThat(found(Map.of("password", text(reference)))).isEmpty();
      assertThat(found(Map.of("header", text(reference)))).isEmpty();
    }

    @Test
    void letsReferencesPassOfUpTo200Characters() {
      assertThat(found(Map.of("password", text("secret://" + "x".repeat(200))))).isEmpty();
      assertThat(found(Map.of("password", text("secret://" + "x".repeat(201))))).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "secret://",
          "secret://a b",
          "secret://a?b",
          "secret://ä",
          " secret://a",
          "secret://a\n",
          "hunter2 secret://a"
        })
    void findsWhatOnlyBeginsLikeAReference(String text) {
      assertThat(found(Map.of("password", text(text)))).containsExactly("/password");
    }
  }

  @Nested
  final class ByTheFormOfATokenAnywhere {

    static Stream<String> tokens() {
      return Stream.of(
          "AKIA" + "ABCDEFGH12345678",
          "ghp_" + "a1B2".repeat(9),
          "ghs_" + "a1B2".repeat(9),
          "github_pat_" + "a1B2_".repeat(5),
          "glpat-" + "a1B2-".repeat(4),
          "xoxb-" + "1234567890",
          "sk_live_" + "a1B2".repeat(4),
          "sk-" + "proj-a1B2".repeat(3),
          "sk-ant-api03-" + "a1B2".repeat(9),
          "AIza" + "a1B2-".repeat(7),
          "eyJhbGciOiJI." + "eyJzdWIiOiIx." + "c2lnbmF0dXJl",
          "runs_live_" + "a1B2".repeat(6) + "_a1B2c3",
          "-----BEGIN " + "PRIVATE KEY-----",
          "-----BEGIN " + "RSA PRIVATE KEY-----\nMIIE",
          "-----BEGIN " + "PGP PRIVATE KEY BLOCK-----",
          "postgres://user:hunter2@db.example/runs",
          "mongodb+srv://:hunter2@db.example",
          "https://a:b:c@example.com/",
          "Bearer a1b2c3d4e5f6a7b8",
          "bearer a1b2c3d4e5f6a7b8");
    }

    @ParameterizedTest
    @MethodSource("tokens")
    void findsThemAloneAndInsideOfTexts(String token) {
      assertThat(found(Map.of("note", text(token)))).containsExactly("/note");
      assertThat(found(Map.of("note", text("curl '" + token + "' # x")))).containsExactly("/note");
      assertThat(found(Map.of("note", text("zeile\n\"" + token + "\"")))).containsExactly("/note");
    }

    @ParameterizedTest
    @MethodSource("tokens")
    void leavesThemWhenTheLastCharactersAreMissing(String token) {
      var most = Math.min(token.length() - 1, 12);

      assertThat(found(Map.of("note", text(token.substring(0, most))))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "",
          "sk-learn-pipeline-for-the-training-job",
          "task-a1B2c3D4e5F6g7H8i9J0k1L2",
          "AKIAabcdefgh12345678",
          "MAKIAABCDEFGH12345678",
          "eyJhbGciOiJI.eyJzdWIiOiIx",
          "eyJhbGciOiJI.nothing.c2ln",
          "eyJ.eyJ.eyJ",
          "runs_live_abc_a1B2c3",
          "-----BEGIN PUBLIC KEY-----",
          "-----BEGIN CERTIFICATE-----",
          "postgres://user@db.example/runs",
          "postgres://user:@db.example/runs",
          "postgres://user:${PASSWORD}@db.example/runs",
          "postgres://user:***@db.example/runs",
          "http://localhost:8090/a@b",
          "http://[::1]:8090/?mail=a:b@c",
          "mail me: a@b.example",
          "Bearer authentication-is-required",
          "the bearer of a1b2c3d4e5f6a7b8c9",
          "forbearer a1b2c3d4e5f6a7b8",
          "018f3a5e-7b1c-7def-8000-0123456789ab",
          "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"
        })
    void leavesWhatOnlyLooksALittleLikeThem(String text) {
      assertThat(found(Map.of("note", text(text)))).isEmpty();
    }

    @Test
    void pointsToTheObjectWhenANameIsOneAndTellsNoName() {
      var token = "ghp_" + "a1B2".repeat(9);
      var input = Map.of("env", members(Map.of(token, members(Map.of("password", text("x"))))));

      assertThat(found(input)).containsExactly("/env");
    }
  }

  @Test
  void pointsIntoWhatIsNestedAsRfc6901Says() {
    var inner = new Input.Elements(List.of(Input.OTHER, members(Map.of("a/b~c", named()))));

    assertThat(found(Map.of("list", inner))).containsExactly("/list/1/a~1b~0c/token");
  }

  @Test
  void findsNothingInWhatHoldsNothing() {
    assertThat(Credentials.in(Input.OTHER)).isEqualTo(Credentials.NONE);
    assertThat(found(Map.of())).isEmpty();
    assertThat(Credentials.in(text("Bearer a1b2c3d4e5f6a7b8")).pointers()).containsExactly("");
  }

  @Test
  void tellsTheFirst20Places() {
    var many = new ArrayList<Input>();
    for (var i = 0; i < 21; i++) {
      many.add(named());
    }

    var found = Credentials.in(new Input.Elements(many)).pointers();

    assertThat(found).hasSize(Credentials.MOST).endsWith("/19/token");
  }

  @Test
  void tellsOfALongWayOnlyItsBegin() {
    var name = "n".repeat(400);
    var deep = members(Map.of(name, members(Map.of(name, members(Map.of(name, named()))))));

    assertThat(Credentials.in(deep).pointers()).containsExactly("/" + name + "/" + name);
  }

  private static Input named() {
    return members(Map.of("token", text("x")));
  }

  private static List<String> found(Map<String, Input> members) {
    return Credentials.in(members(members)).pointers();
  }

  private static Input members(Map<String, Input> byName) {
    return new Input.Members(new LinkedHashMap<>(byName));
  }

  private static Input text(String value) {
    return new Input.Text(value);
  }
}
