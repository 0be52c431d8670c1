package dev.runs.adapters.rest.batch;

import dev.runs.adapters.rest.problem.Faults;
import dev.runs.adapters.rest.problem.FieldError;
import dev.runs.adapters.rest.problem.Problem;
import dev.runs.adapters.rest.problem.ProblemJson;
import dev.runs.adapters.rest.problem.Rejections;
import dev.runs.adapters.rest.problem.RequestRefused;
import dev.runs.adapters.rest.request.Body;
import dev.runs.adapters.rest.request.Fields;
import dev.runs.application.ItemRejected;
import dev.runs.application.ItemResult;
import dev.runs.application.RequestRejected;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The items of a request that asks for many things at once.
 *
 * @param isAtomic whether all are to be done or none
 */
public record Batch<T>(boolean isAtomic, List<Item<T>> items) {

  /**
   * An item as it was read.
   *
   * @param value what it asks for; nothing when something is wrong with it
   * @param errors what is wrong with it
   */
  private record Item<T>(Optional<T> value, List<FieldError> errors) {}

  /** How one kind of item is answered. */
  public interface Shown<T, R> {

    /** What the thing is called in the answer. */
    String name();

    Object json(R result);

    /** The status of an item that was done. */
    default int status(R result) {
      return 201;
    }

    /** How the refusal of an item reads. */
    default Problem refused(T item, Problem problem) {
      return problem;
    }
  }

  /**
   * @param most how many items there may be
   * @param reader reads an item, or notes what is wrong with it
   * @throws RequestRefused when there are no items, or something beside them is wrong
   * @throws RequestRejected.TooManyItems when there are too many of them
   */
  public static <T> Batch<T> read(Body body, int most, Function<Fields, Optional<T>> reader) {
    var fields = Fields.of(body);
    return of(fields, fields.flag("atomic", true), most, reader);
  }

  /** As {@link #read}, of a request whose items are always all done or none. */
  public static <T> Batch<T> readAtomic(Body body, int most, Function<Fields, Optional<T>> reader) {
    return of(Fields.of(body), true, most, reader);
  }

  /** As {@link #read}, of a request whose items are always done each by itself. */
  public static <T> Batch<T> readEach(Body body, int most, Function<Fields, Optional<T>> reader) {
    return of(Fields.of(body), false, most, reader);
  }

  private static <T> Batch<T> of(
      Fields fields, boolean isAtomic, int most, Function<Fields, Optional<T>> reader) {
    var noted = new ArrayList<Faults>();
    var elements =
        fields.items(
            "items",
            _ -> {
              noted.add(new Faults());
              return noted.getLast();
            });
    if (elements.isEmpty() || elements.get().isEmpty()) {
      fields.requireAs("items", "items array is required");
    }
    fields.faults().refuseIfAny();
    if (elements.orElseThrow().size() > most) {
      throw new RequestRejected.TooManyItems(most, elements.get().size());
    }
    return new Batch<>(
        isAtomic, elements.get().stream().map(element -> item(element, reader)).toList());
  }

  private static <T> Item<T> item(Fields element, Function<Fields, Optional<T>> reader) {
    var value = element.faults().isEmpty() ? reader.apply(element) : Optional.<T>empty();
    return new Item<>(value, element.faults().errors());
  }

  /** Whether something is wrong with the form of an item. */
  public boolean isFlawed() {
    return items.stream().anyMatch(item -> item.value().isEmpty());
  }

  /**
   * What all items ask for.
   *
   * @throws RequestRefused when something is wrong with any of them
   */
  public List<T> all() {
    if (isFlawed()) {
      throw new RequestRefused(
          Problem.invalid(items.stream().flatMap(item -> item.errors().stream()).toList()));
    }
    return sound();
  }

  /** What those items ask for with which nothing is wrong. */
  public List<T> sound() {
    return items.stream().flatMap(item -> item.value().stream()).toList();
  }

  /** The refusal of all because of one. */
  public <R> RequestRefused refused(ItemRejected rejected, Shown<T, R> shown) {
    var item = sound().get(rejected.index());
    return new RequestRefused(shown.refused(item, Rejections.problem(rejected)));
  }

  /**
   * What became of each item.
   *
   * @param results of the sound ones, in their order
   */
  public <R> Map<String, Object> results(List<ItemResult<R>> results, Shown<T, R> shown) {
    var next = results.iterator();
    var json = new ArrayList<Map<String, @Nullable Object>>(items.size());
    for (var item : items) {
      json.add(result(json.size(), item, next, shown));
    }
    return Map.of("results", json);
  }

  /**
   * What became of each item.
   *
   * @param work does the sound ones, if there are any
   */
  public <R> Map<String, Object> resultsOf(
      Function<List<T>, List<ItemResult<R>>> work, Shown<T, R> shown) {
    var sound = sound();
    return results(sound.isEmpty() ? List.of() : work.apply(sound), shown);
  }

  private static <T, R> Map<String, @Nullable Object> result(
      int index, Item<T> item, Iterator<ItemResult<R>> results, Shown<T, R> shown) {
    if (item.value().isEmpty()) {
      return refused(index, Problem.invalid(item.errors()), shown);
    }
    return switch (results.next()) {
      case ItemResult.Done<R>(var value) ->
          json(index, shown.status(value), shown.name(), shown.json(value), null);
      case ItemResult.Refused<R>(var rejection) ->
          refused(
              index, shown.refused(item.value().get(), Rejections.ofItem(rejection, index)), shown);
    };
  }

  private static Map<String, @Nullable Object> refused(
      int index, Problem problem, Shown<?, ?> shown) {
    return json(index, problem.status(), shown.name(), null, ProblemJson.ofItem(problem));
  }

  private static Map<String, @Nullable Object> json(
      int index, int status, String name, @Nullable Object done, @Nullable ProblemJson error) {
    var json = new LinkedHashMap<String, @Nullable Object>();
    json.put("index", index);
    json.put("status", status);
    json.put(name, done);
    json.put("error", error);
    return json;
  }
}
