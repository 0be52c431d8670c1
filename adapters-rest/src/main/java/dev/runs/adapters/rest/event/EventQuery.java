package dev.runs.adapters.rest.event;

import dev.runs.adapters.rest.problem.FieldError;
import dev.runs.adapters.rest.problem.Place;
import dev.runs.adapters.rest.problem.Problem;
import dev.runs.adapters.rest.problem.RequestRefused;
import dev.runs.adapters.rest.request.Query;
import dev.runs.application.Cursor;
import dev.runs.application.RequestRejected;
import dev.runs.application.tree.ShowEvents;
import dev.runs.domain.event.EventType;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;

/**
 * How somebody wants to be told of events.
 *
 * @param isStream whether as they happen, or as a page
 * @param isResumed whether a client connects again and says how far it came
 * @param after behind which position to begin; nothing when it says none
 * @param isFromStart whether to begin with what is kept
 * @param types the only ones; empty means all
 * @param follows whether a stream goes on when all there is was sent
 * @param limit how many events a page has at most
 */
record EventQuery(
    boolean isStream,
    boolean isResumed,
    OptionalLong after,
    boolean isFromStart,
    Set<EventType> types,
    boolean follows,
    int limit) {

  private static final String LAST_EVENT_ID = "Last-Event-ID";
  private static final String POSITION = "\\d{1,18}";
  private static final int USUAL_PAGE = 100;

  static EventQuery read(Query query, HttpServletRequest request) {
    var isStream =
        wants(request, MediaType.TEXT_EVENT_STREAM_VALUE)
            > wants(request, MediaType.APPLICATION_JSON_VALUE);
    var resumed = isStream ? lastEventId(request) : OptionalLong.empty();
    var after = resumed.isPresent() ? resumed : after(query, isStream);
    return new EventQuery(
        isStream,
        resumed.isPresent(),
        after,
        isFromStart(query) || (after.isPresent() && after.getAsLong() == 0),
        types(query),
        yesOrNo(query, "follow", true),
        query.limit(USUAL_PAGE, ShowEvents.LARGEST_PAGE));
  }

  /** A parameter that is {@code true} or {@code false}. */
  static boolean yesOrNo(Query query, String name, boolean usual) {
    var word = query.text(name);
    if (word.isPresent() && !word.get().equals("true") && !word.get().equals("false")) {
      query.refuse(name, name + " must be true or false");
    }
    return word.map("true"::equals).orElse(usual);
  }

  boolean wants(EventType type) {
    return types.isEmpty() || types.contains(type);
  }

  /** Behind which position to begin; nothing for what is new. */
  OptionalLong position(ShowEvents showEvents) {
    if (after.isPresent() && after.getAsLong() > 0) {
      return after;
    }
    return isFromStart || !isStream
        ? OptionalLong.of(showEvents.beginning())
        : OptionalLong.empty();
  }

  private static OptionalLong after(Query query, boolean isStream) {
    var given = query.text("after");
    if (given.isPresent() && !given.get().matches(POSITION)) {
      query.refuse("after", "after must be the position of an event, or 0");
      return OptionalLong.empty();
    }
    var cursor = isStream ? Optional.<String>empty() : query.text("cursor");
    return cursor
        .map(EventQuery::ofCursor)
        .or(() -> given.map(text -> OptionalLong.of(Long.parseLong(text))))
        .orElse(OptionalLong.empty());
  }

  private static OptionalLong ofCursor(String cursor) {
    var text = Cursor.text(cursor);
    if (!text.matches(POSITION)) {
      throw new RequestRejected.BadCursor();
    }
    return OptionalLong.of(Long.parseLong(text));
  }

  /** A browser sends it empty, or not at all, until it has got an id. */
  private static OptionalLong lastEventId(HttpServletRequest request) {
    var id = request.getHeader(LAST_EVENT_ID);
    if (id == null || id.isEmpty()) {
      return OptionalLong.empty();
    }
    if (!id.matches(POSITION)) {
      throw new RequestRefused(
          Problem.invalid(
              FieldError.invalid(
                  new Place.Header(LAST_EVENT_ID), LAST_EVENT_ID + " must be the id of an event")));
    }
    return OptionalLong.of(Long.parseLong(id));
  }

  private static boolean isFromStart(Query query) {
    var from = query.text("from");
    if (from.isPresent() && !from.get().equals("start")) {
      query.refuse("from", "from must be start");
    }
    return from.isPresent();
  }

  private static Set<EventType> types(Query query) {
    var types = EnumSet.noneOf(EventType.class);
    for (var name : query.texts("type")) {
      Arrays.stream(EventType.values())
          .filter(type -> type.wireName().equals(name))
          .findFirst()
          .ifPresentOrElse(
              types::add, () -> query.refuse("type", "type must be the type of an event"));
    }
    return types;
  }

  /** How much a type is wanted by its own name; what cannot be read wants nothing. */
  private static double wants(HttpServletRequest request, String type) {
    return quality(request.getHeader(HttpHeaders.ACCEPT), type);
  }

  private static double quality(@Nullable String accept, String type) {
    try {
      return MediaType.parseMediaTypes(accept).stream()
          .filter(wanted -> (wanted.getType() + "/" + wanted.getSubtype()).equalsIgnoreCase(type))
          .mapToDouble(MediaType::getQualityValue)
          .max()
          .orElse(0);
    } catch (InvalidMediaTypeException e) {
      return 0;
    }
  }
}
