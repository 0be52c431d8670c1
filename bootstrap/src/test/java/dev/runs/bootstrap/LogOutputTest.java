package dev.runs.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runs.bootstrap.settings.LogFormat;
import dev.runs.bootstrap.settings.LogLevel;
import dev.runs.bootstrap.settings.Settings;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;
import tools.jackson.databind.json.JsonMapper;

class LogOutputTest {

  private final ByteArrayOutputStream stream = new ByteArrayOutputStream();

  @AfterEach
  void logAsUsual() {
    LogOutput.use(Settings.defaults().logging(), System.out);
  }

  @Test
  void writesOneLineWithTimeLevelAndSpeaker() {
    use(LogLevel.INFO, false);

    LoggerFactory.getLogger("dev.runs.Speaker").info("hello");

    assertThat(lines())
        .singleElement()
        .asString()
        .matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z INFO  Speaker - hello");
  }

  @Test
  void namesFileAndLineWhenItShowsTheSource() {
    use(LogLevel.INFO, true);

    LoggerFactory.getLogger("dev.runs.Speaker").info("hello");

    assertThat(lines())
        .singleElement()
        .asString()
        .matches(".* - hello \\(LogOutputTest\\.java:\\d+\\)");
  }

  @Test
  void endsALineWithWhatBelongsToIt() {
    use(LogLevel.INFO, false);

    try (var _ = MDC.putCloseable("requestId", "r-1")) {
      LoggerFactory.getLogger("dev.runs.Speaker").atInfo().addKeyValue("status", 200).log("hello");
    }

    assertThat(lines()).singleElement().asString().endsWith("hello status=200 requestId=r-1");
  }

  @Test
  void writesAnObjectOnEachLineForPrograms() {
    LogOutput.use(new Settings.Logging(LogLevel.INFO, LogFormat.JSON, false), stream);

    try (var _ = MDC.putCloseable("requestId", "r-1")) {
      LoggerFactory.getLogger("dev.runs.Speaker").info("hello \"{}\"", "you");
    }

    var line = JsonMapper.builder().build().readTree(lines().getFirst());
    assertThat(lines()).hasSize(1);
    assertThat(line.get("level").stringValue()).isEqualTo("INFO");
    assertThat(line.get("formattedMessage").stringValue()).isEqualTo("hello \"you\"");
    assertThat(line.at("/mdc/requestId").stringValue()).isEqualTo("r-1");
    assertThat(line.has("arguments")).isFalse();
  }

  @ParameterizedTest
  @CsvSource({"ERROR, 1", "WARN, 2", "INFO, 3", "DEBUG, 4", "TRACE, 5"})
  void writesOurOwnLinesUpToTheLevel(LogLevel level, int lines) {
    use(level, false);

    sayAtEveryLevel(LoggerFactory.getLogger("dev.runs.Speaker"));

    assertThat(lines()).hasSize(lines);
  }

  @ParameterizedTest
  @EnumSource(LogLevel.class)
  void neverWritesWhatLibrariesDebug(LogLevel level) {
    use(level, false);

    sayAtEveryLevel(LoggerFactory.getLogger("org.library.Speaker"));

    assertThat(lines()).noneMatch(line -> line.contains("debug") || line.contains("trace"));
    assertThat(lines()).anyMatch(line -> line.contains("error"));
  }

  @Test
  void writesWhatComesThroughJavaLogging() {
    use(LogLevel.INFO, false);

    java.util.logging.Logger.getLogger("org.postgresql.Driver").warning("old server");
    java.util.logging.Logger.getLogger("org.postgresql.Driver").fine("password");

    assertThat(lines()).singleElement().asString().endsWith("WARN  Driver - old server");
  }

  @Test
  void keepsTheConnectionPoolSilentUntilTheServerHasStarted() {
    use(LogLevel.INFO, false);
    var pool = LoggerFactory.getLogger("com.zaxxer.hikari.pool.HikariPool");

    pool.error("during the start");
    LogOutput.afterTheStart();
    pool.error("later");

    assertThat(lines()).singleElement().asString().endsWith("HikariPool - later");
  }

  private void use(LogLevel level, boolean showSource) {
    LogOutput.use(new Settings.Logging(level, LogFormat.TEXT, showSource), stream);
  }

  private static void sayAtEveryLevel(Logger logger) {
    logger.error("error");
    logger.warn("warn");
    logger.info("info");
    logger.debug("debug");
    logger.trace("trace");
  }

  private List<String> lines() {
    return stream.toString(StandardCharsets.UTF_8).lines().toList();
  }
}
