package dev.runs.adapters.rest.audit;

import dev.runs.adapters.rest.json.Json;
import dev.runs.domain.audit.AuditEntry;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * The audit log as comma-separated values (RFC 4180), with the names of the columns in the first
 * line. A value that a spreadsheet would take for a formula begins with an apostrophe.
 */
final class AuditCsv {

  static final String MEDIA_TYPE = "text/csv";
  static final String CONTENT_TYPE = MEDIA_TYPE + ";charset=utf-8;header=present";

  /** The last four are what some spreadsheets take for the first four. */
  private static final String BEGIN_OF_FORMULA = "=+-@\t\r\n＝＋－＠";

  private static final List<String> COLUMNS =
      List.of(
          "id",
          "at",
          "organizationId",
          "actor",
          "action",
          "target",
          "requestId",
          "address",
          "details");

  private AuditCsv() {}

  static String header() {
    return line(COLUMNS);
  }

  static String line(AuditEntry entry) {
    var json = AuditEntryJson.of(entry);
    return line(
        List.of(
            json.id().toString(),
            json.at(),
            Objects.toString(json.organizationId(), ""),
            json.actor(),
            json.action(),
            json.target(),
            json.requestId(),
            Objects.toString(json.address(), ""),
            Json.text(json.details())));
  }

  private static String line(List<String> values) {
    return values.stream().map(AuditCsv::field).collect(Collectors.joining(",", "", "\r\n"));
  }

  private static String field(String value) {
    var shown =
        !value.isEmpty() && BEGIN_OF_FORMULA.indexOf(value.charAt(0)) >= 0 ? "'" + value : value;
    return shown.chars().anyMatch(AuditCsv::needsQuotes)
        ? '"' + shown.replace("\"", "\"\"") + '"'
        : shown;
  }

  private static boolean needsQuotes(int character) {
    return character == ',' || character == '"' || character == '\r' || character == '\n';
  }
}
