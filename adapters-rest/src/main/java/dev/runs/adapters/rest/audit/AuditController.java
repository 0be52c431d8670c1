package dev.runs.adapters.rest.audit;

import dev.runs.adapters.rest.caller.Needs;
import dev.runs.adapters.rest.request.Answers;
import dev.runs.adapters.rest.request.Query;
import dev.runs.application.Caller;
import dev.runs.application.audit.ShowAudit;
import dev.runs.domain.access.Scope;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** Who did what, newest first: pages of JSON, or one long CSV. */
@RestController
class AuditController {

  private record PageJson(List<AuditEntryJson> entries, int limit, @Nullable String nextCursor) {}

  private final ShowAudit showAudit;

  AuditController(ShowAudit showAudit) {
    this.showAudit = showAudit;
  }

  /** Null when the answer was written as CSV. */
  @Needs(Scope.ORG_ADMIN)
  @GetMapping("/v1/audit")
  @Nullable ResponseEntity<byte[]> show(
      Caller caller, Query query, HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    var asked = AuditQuery.read(query, request, caller);
    response.addHeader(HttpHeaders.VARY, HttpHeaders.ACCEPT);
    if (asked.isCsv()) {
      writeCsv(caller, asked, request, response);
      return null;
    }
    var page =
        showAudit
            .list(caller, asked.organization(), asked.filter(), asked.cursor(), asked.limit())
            .map(AuditEntryJson::of);
    return Answers.ok(new PageJson(page.items(), asked.limit(), page.next().orElse(null)));
  }

  /** Writes entry by entry, so that a long log needs no memory. */
  private void writeCsv(
      Caller caller, AuditQuery asked, HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    var export =
        showAudit.export(
            caller, asked.organization(), asked.filter(), asked.cursor(), asked.limit());
    response.setContentType(AuditCsv.CONTENT_TYPE);
    response.setHeader(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"audit.csv\"");
    export.next().ifPresent(cursor -> response.setHeader(HttpHeaders.LINK, next(request, cursor)));
    var writer =
        new BufferedWriter(
            new OutputStreamWriter(response.getOutputStream(), StandardCharsets.UTF_8));
    writer.write(AuditCsv.header());
    try {
      export.read(entry -> write(writer, AuditCsv.line(entry)));
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
    writer.flush();
  }

  private static void write(Writer writer, String line) {
    try {
      writer.write(line);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The same request with another cursor, relative to itself (RFC 8288). */
  private static String next(HttpServletRequest request, String cursor) {
    var others =
        Optional.ofNullable(request.getQueryString()).stream()
            .flatMap(query -> Arrays.stream(query.split("&")))
            .filter(pair -> !pair.isEmpty() && !pair.startsWith("cursor="));
    var query =
        Stream.concat(
                others, Stream.of("cursor=" + URLEncoder.encode(cursor, StandardCharsets.UTF_8)))
            .collect(Collectors.joining("&"));
    return "<?" + query + ">; rel=\"next\"";
  }
}
