package dev.runs.adapters.web.bulk;

import dev.runs.adapters.web.frame.Visit;
import dev.runs.adapters.web.run.RunFilters;
import dev.runs.adapters.web.run.RunsQuery;
import dev.runs.application.bulk.BulkChoice;
import dev.runs.application.bulk.BulkExtent;
import dev.runs.application.bulk.BulkRejected;
import dev.runs.domain.run.RunId;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Reads from a form which runs are meant: the selected ones, or all that the list's query means.
 */
@Component
final class Choices {

  private static final Pattern ID =
      Pattern.compile("\\p{XDigit}{8}(-\\p{XDigit}{4}){3}-\\p{XDigit}{12}");

  private static final Pattern NUMBER = Pattern.compile("[0-9]{1,9}");

  private final RunFilters runFilters;

  Choices(RunFilters runFilters) {
    this.runFilters = runFilters;
  }

  /**
   * The choice as the next form carries it on.
   *
   * @param runs the ids that were selected, with commas between them
   * @param query of the list, also when only some of its runs are meant
   * @param isAll whether all runs are meant that match the query
   */
  public record Fields(String runs, String query, boolean isAll) {

    /** The list from which it was chosen. */
    public String address() {
      return query.isEmpty() ? "/console/runs" : "/console/runs?" + query;
    }
  }

  Fields fields(HttpServletRequest request) {
    return new Fields(String.join(",", selected(request)), query(request), isAll(request));
  }

  /**
   * @throws BulkRejected.NothingMeant when the form names no runs in a way that can be read
   */
  BulkChoice of(Visit visit, HttpServletRequest request) {
    return isAll(request) ? matching(visit, request) : new BulkChoice.Selected(ids(request));
  }

  /**
   * What the preview showed, as the form carries it.
   *
   * @throws BulkRejected.NothingMeant when the form does not say so in a way that can be read
   */
  BulkExtent seen(HttpServletRequest request) {
    var runs = String.valueOf(request.getParameter("meant"));
    var newest = String.valueOf(request.getParameter("newest"));
    if (!NUMBER.matcher(runs).matches() || !ID.matcher(newest).matches()) {
      throw new BulkRejected.NothingMeant();
    }
    return new BulkExtent(Integer.parseInt(runs), new RunId(UUID.fromString(newest)));
  }

  private BulkChoice matching(Visit visit, HttpServletRequest request) {
    return runFilters
        .of(visit, RunsQuery.of(parsed(query(request))))
        .map(BulkChoice.Matching::new)
        .orElseThrow(BulkRejected.NothingMeant::new);
  }

  private static List<RunId> ids(HttpServletRequest request) {
    var ids = selected(request);
    if (!ids.stream().allMatch(id -> ID.matcher(id).matches())) {
      throw new BulkRejected.NothingMeant();
    }
    return ids.stream().map(id -> new RunId(UUID.fromString(id))).toList();
  }

  private static List<String> selected(HttpServletRequest request) {
    return Optional.ofNullable(request.getParameterValues("run")).stream()
        .flatMap(Arrays::stream)
        .flatMap(value -> Arrays.stream(value.split(",", -1)))
        .filter(id -> !id.isEmpty())
        .toList();
  }

  private static String query(HttpServletRequest request) {
    return Optional.ofNullable(request.getParameter("query")).orElse("");
  }

  private static boolean isAll(HttpServletRequest request) {
    return "true".equals(request.getParameter("all"));
  }

  /** The parameters of a query. */
  private static Function<String, String @Nullable []> parsed(String query) {
    var values = new HashMap<String, List<String>>();
    for (var pair : query.split("&", -1)) {
      var sign = pair.indexOf('=');
      if (sign > 0) {
        values
            .computeIfAbsent(decoded(pair.substring(0, sign)), _ -> new ArrayList<>())
            .add(decoded(pair.substring(sign + 1)));
      }
    }
    return name -> {
      var of = values.get(name);
      return of == null ? null : of.toArray(String[]::new);
    };
  }

  /**
   * @throws BulkRejected.NothingMeant when it is not well encoded: then it is not known what is
   *     meant
   */
  private static String decoded(String text) {
    try {
      return URLDecoder.decode(text, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw new BulkRejected.NothingMeant();
    }
  }
}
