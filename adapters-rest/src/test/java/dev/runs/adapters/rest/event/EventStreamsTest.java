package dev.runs.adapters.rest.event;

import static dev.runs.domain.run.RunFixtures.ACME;
import static dev.runs.domain.run.RunFixtures.root;
import static org.assertj.core.api.Assertions.assertThat;

import dev.runs.adapters.rest.request.Query;
import dev.runs.application.Caller;
import dev.runs.application.InMemoryWorld;
import dev.runs.application.event.EventSelection;
import dev.runs.application.event.EventTail;
import dev.runs.application.event.FeedLimits;
import dev.runs.application.tree.ShowEvents;
import dev.runs.domain.access.Access;
import dev.runs.domain.access.Origin;
import dev.runs.domain.access.Principal;
import dev.runs.domain.access.Reach;
import dev.runs.domain.access.Scope;
import dev.runs.domain.access.Scopes;
import dev.runs.domain.event.RunEvent;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockAsyncContext;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;

final class EventStreamsTest {

  private final InMemoryWorld world = new InMemoryWorld();
  private final EventTail tail = new EventTail(world.runEventLog(), 100, 10, new FeedLimits(1, 1));
  private final ShowEvents showEvents =
      new ShowEvents(world.runEventLog(), tail, world.runs(), world.ledger(), world.transactions());
  private final EventStreams streams =
      new EventStreams(showEvents, new StreamSettings(Duration.ofMillis(5)));
  private final MockHttpServletRequest request = new MockHttpServletRequest();

  @AfterEach
  void close() {
    tail.close();
    streams.close();
  }

  @Test
  void showThatTheyAreAlive() {
    var response = new MockHttpServletResponse();

    open(response);

    await(() -> contents(response).split(": alive\nid: 0\n\n", -1).length > 3);
  }

  @Test
  void areFreedWhenTheServerLearnsThatAClientIsGone() throws IOException {
    open(new MockHttpServletResponse());
    var context = (MockAsyncContext) Objects.requireNonNull(request.getAsyncContext());
    assertThat(tail.feeds()).isEqualTo(1);

    for (var listener : context.getListeners()) {
      listener.onError(new AsyncEvent(context));
    }

    await(() -> tail.feeds() == 0);
    open(new MockHttpServletResponse());
  }

  @Test
  void areFreedWhenAClientCannotBeWrittenTo() {
    open(new GoneAfter(1));

    await(() -> tail.feeds() == 0);
  }

  @Test
  void endWhenTheServerStops() {
    open(new MockHttpServletResponse());

    tail.close();

    await(() -> !request.isAsyncStarted());
    assertThat(tail.feeds()).isZero();
  }

  @Test
  void sendWhatHappensOnce() {
    var response = new MockHttpServletResponse();
    open(response);

    for (var i = 1; i <= 50; i++) {
      var event = RunEvent.created(root(i), Principal.SYSTEM);
      world.write(() -> {
        world.runEvents().add(List.of(event));
        world.runEventLog().sequence(1);
      });
      tail.follow();
    }

    await(() -> contents(response).contains("\"position\":50,"));
    assertThat(contents(response).split("event: run.created", -1)).hasSize(51);
  }

  private void open(MockHttpServletResponse response) {
    request.setAsyncSupported(true);
    streams.open(
        caller(),
        EventSelection.within(Reach.within(ACME.id())),
        EventQuery.read(Query.of(null), streaming()),
        request,
        response);
  }

  private static MockHttpServletRequest streaming() {
    var asked = new MockHttpServletRequest();
    asked.addHeader("Accept", "text/event-stream");
    return asked;
  }

  private static Caller caller() {
    return new Caller(
        new Access(
            new Principal("key:one"),
            Reach.within(ACME.id()),
            Scopes.of(Scope.RUNS_READ),
            Optional.empty()),
        ACME.id(),
        Origin.LOCAL);
  }

  private static String contents(MockHttpServletResponse response) {
    return new String(response.getContentAsByteArray(), StandardCharsets.UTF_8);
  }

  private static void await(BooleanSupplier isSo) {
    var end = System.nanoTime() + Duration.ofMinutes(1).toNanos();
    while (!isSo.getAsBoolean()) {
      if (System.nanoTime() > end) {
        throw new AssertionError("it does not become so");
      }
      LockSupport.parkNanos(1_000_000);
    }
  }

  /** A client that goes away after some pieces were sent to it. */
  private static final class GoneAfter extends MockHttpServletResponse {

    private int left;

    private GoneAfter(int pieces) {
      this.left = pieces;
    }

    @Override
    public ServletOutputStream getOutputStream() {
      return new ServletOutputStream() {
        @Override
        public boolean isReady() {
          return true;
        }

        @Override
        public void setWriteListener(WriteListener listener) {
          throw new UnsupportedOperationException();
        }

        @Override
        public void write(int b) {
          // it goes nowhere
        }

        @Override
        public void flush() throws IOException {
          if (left-- == 0) {
            throw new IOException("the client is gone");
          }
        }
      };
    }
  }
}
