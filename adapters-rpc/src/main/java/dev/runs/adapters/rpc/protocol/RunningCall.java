package dev.runs.adapters.rpc.protocol;

import com.google.protobuf.Message;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.Collections;
import java.util.Enumeration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

/**
 * A call while it runs, on a thread of its own. It ends once: because its handler has returned or
 * failed, its time is up, its client has gone, or the server stops.
 *
 * <p>When the server has taken request and response back, they belong to another call soon; so
 * nothing of them is touched without a lock, nor after they were given back.
 */
final class RunningCall implements AsyncListener, Runnable {

  /** In lines of the log: the id of the request. */
  private static final String REQUEST = "requestId";

  /** How long the server waits for a thread that is just now reading or writing. */
  private static final long SECONDS_TO_LET_GO = 5;

  private final RpcMethod<?, ?> method;
  private final Exchange exchange;
  private final AsyncContext async;
  private final Gatekeeper gatekeeper;
  private final Deadlines deadlines;
  private final CallLog log;
  private final Consumer<RunningCall> whenOver;
  private final long begunNanos;
  private final String requestId;

  private final ReentrantLock reading = new ReentrantLock();
  private final ReentrantLock answering = new ReentrantLock();

  /** Nothing more may be sent. Changed under the lock for answering. */
  private volatile boolean isEnded;

  /** Whether the client was told how it ended. */
  private volatile boolean isTold;

  /** Request and response belong to the server again. Changed under both locks. */
  private volatile boolean isGivenBack;

  private @Nullable RpcException failure;
  private @Nullable Call call;
  private boolean isCancelled;

  RunningCall(
      RpcMethod<?, ?> method,
      Exchange exchange,
      AsyncContext async,
      Gatekeeper gatekeeper,
      Deadlines deadlines,
      CallLog log,
      Consumer<RunningCall> whenOver,
      long begunNanos,
      String requestId) {
    this.method = method;
    this.exchange = exchange;
    this.async = async;
    this.gatekeeper = gatekeeper;
    this.deadlines = deadlines;
    this.log = log;
    this.whenOver = whenOver;
    this.begunNanos = begunNanos;
    this.requestId = requestId;
  }

  @Override
  public void run() {
    Optional<Future<?>> alarm = Optional.empty();
    MDC.put(REQUEST, requestId);
    try {
      open();
      var timeout = exchange.timeout();
      var admission = gatekeeper.admit(exchange.request);
      var begun = begin(admission, timeout);
      alarm = timeout.map(time -> deadlines.after(remaining(time), this::timeUp));
      exchange.check();
      requireScope(admission);
      handle(begun);
      end(null);
    } catch (IOException e) {
      depart();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      end(new RpcException(RpcCode.CANCELED, "the call was given up"));
    } catch (RuntimeException | Error e) {
      if (!isEnded) {
        letTheClientFinish();
        end(Failures.of(e));
      }
    } finally {
      alarm.ifPresent(set -> set.cancel(false));
      giveBack();
      whenOver.accept(this);
      log.ended(entry());
      MDC.remove(REQUEST);
    }
  }

  private void letTheClientFinish() {
    if (method.handler().hasManyRequests() || exchange.isGet()) {
      return;
    }
    reading.lock();
    try {
      if (!isGivenBack) {
        exchange.throwAwayRest();
      }
    } catch (IOException e) {
      depart();
    } finally {
      reading.unlock();
    }
  }

  private boolean isHttp2() {
    return exchange.request.getProtocol().startsWith("HTTP/2");
  }

  private void open() throws IOException {
    answering.lock();
    try {
      requireOngoing();
      exchange.open();
      if (method.handler().hasManyRequests()) {
        exchange.show();
      }
    } finally {
      answering.unlock();
    }
  }

  private synchronized Call begin(Admission admission, Optional<Duration> timeout) {
    var begun =
        new Call(
            method,
            admission,
            headers(),
            isHttp2(),
            gatekeeper,
            timeout.map(time -> begunNanos + time.toNanos()).orElse(null));
    call = begun;
    if (isCancelled) {
      begun.cancel();
    }
    return begun;
  }

  private Map<String, List<String>> headers() {
    var headers = new HashMap<String, List<String>>();
    for (var name : list(exchange.request.getHeaderNames())) {
      headers.put(name.toLowerCase(Locale.ROOT), list(exchange.request.getHeaders(name)));
    }
    return headers;
  }

  private static List<String> list(Enumeration<String> values) {
    return Collections.list(values);
  }

  private Duration remaining(Duration timeout) {
    return timeout.minusNanos(System.nanoTime() - begunNanos);
  }

  private void requireScope(Admission admission) {
    if (!admission.access().scopes().allow(method.scope())) {
      throw new RpcException(
              RpcCode.PERMISSION_DENIED,
              "The key does not have the scope %s, which this needs"
                  .formatted(method.scope().wireName()))
          .withReason("access.scope_missing");
    }
  }

  private void handle(Call begun) throws IOException, InterruptedException {
    handle(begun, method);
  }

  private <Q extends Message, A extends Message> void handle(Call begun, RpcMethod<Q, A> typed)
      throws IOException, InterruptedException {
    switch (typed.handler()) {
      case RpcMethod.Handler.Unary<Q, A>(var answers) ->
          send(answers.answer(begun, only(begun, typed)), false);
      case RpcMethod.Handler.Repeated<Q, A>(var answers) -> {
        if (exchange instanceof ConnectUnary) {
          send(answers.answer(begun, only(begun, typed)), false);
          return;
        }
        for (var next = next(begun, typed); next.isPresent(); next = next(begun, typed)) {
          send(answers.answer(begun, next.get()), true);
        }
      }
      case RpcMethod.Handler.Streaming<Q, A>(var answers) -> {
        var only = only(begun, typed);
        show();
        answers.answer(begun, only, answer -> send(answer, true));
      }
      case RpcMethod.Handler.Gathering<Q, A>(var answers) ->
          send(answers.answer(begun, () -> next(begun, typed)), false);
      case RpcMethod.Handler.Bidi<Q, A>(var answers) ->
          answers.answer(begun, () -> next(begun, typed), answer -> send(answer, true));
    }
  }

  private <Q extends Message> Q only(Call begun, RpcMethod<Q, ?> typed) throws IOException {
    Message request;
    reading.lock();
    try {
      requireOngoing();
      request = exchange.readOnly();
    } finally {
      reading.unlock();
    }
    return typed.prepared(begun, request);
  }

  private <Q extends Message> Optional<Q> next(Call begun, RpcMethod<Q, ?> typed) {
    Optional<Message> request;
    reading.lock();
    try {
      requireOngoing();
      request = exchange.read();
    } catch (IOException e) {
      depart();
      throw over();
    } finally {
      reading.unlock();
    }
    return request.map(message -> typed.prepared(begun, message));
  }

  /** Many clients wait for the beginning of a stream before they say that it is there. */
  private void show() throws IOException {
    answering.lock();
    try {
      requireOngoing();
      exchange.show();
    } finally {
      answering.unlock();
    }
  }

  private void send(Message answer, boolean isFlushed) {
    if (answer.getDescriptorForType() != method.descriptor().getOutputType()) {
      throw new IllegalStateException(
          method.path() + " does not answer with " + answer.getDescriptorForType().getFullName());
    }
    answering.lock();
    try {
      requireOngoing();
      exchange.write(answer, isFlushed);
    } catch (IOException e) {
      depart();
      throw over();
    } finally {
      answering.unlock();
    }
  }

  private void requireOngoing() {
    if (isEnded || isGivenBack) {
      throw over();
    }
  }

  private CallEnded over() {
    var reason = failure;
    return new CallEnded(reason == null ? "the call is over" : reason.sentence());
  }

  /**
   * @param reason nothing when all went well
   */
  private void end(@Nullable RpcException reason) {
    answering.lock();
    try {
      if (!isEnded && !isGivenBack) {
        failure = reason;
        isEnded = true;
        exchange.end(reason, trailers());
        isTold = true;
      }
    } catch (IOException e) {
      depart();
    } finally {
      answering.unlock();
    }
  }

  private synchronized Map<String, String> trailers() {
    return call == null ? Map.of() : call.trailers();
  }

  /** The client has gone: nothing can be sent any more. */
  private void depart() {
    answering.lock();
    try {
      if (!isEnded) {
        failure = new RpcException(RpcCode.CANCELED, "the client has gone");
        isEnded = true;
      }
    } finally {
      answering.unlock();
    }
    cancel();
  }

  private void timeUp() {
    MDC.put(REQUEST, requestId);
    try {
      cancelWith(
          new RpcException(RpcCode.DEADLINE_EXCEEDED, "the time that the client gave is up"));
    } finally {
      MDC.remove(REQUEST);
    }
  }

  /** Ends the call, because the server stops. */
  void stop() {
    cancelWith(new RpcException(RpcCode.UNAVAILABLE, "the server is stopping; try again"));
  }

  private void cancelWith(RpcException reason) {
    end(reason);
    cancel();
  }

  private void cancel() {
    Call begun;
    synchronized (this) {
      isCancelled = true;
      begun = call;
    }
    if (begun != null) {
      begun.cancel();
    }
  }

  private void giveBack() {
    reading.lock();
    answering.lock();
    try {
      if (!isGivenBack) {
        isGivenBack = true;
        if (!isTold && !exchange.response.isCommitted()) {
          // an answer that says nothing must not be taken for a success
          exchange.response.setStatus(HttpServletResponse.SC_INTERNAL_SERVER_ERROR);
        }
        async.complete();
      }
    } finally {
      answering.unlock();
      reading.unlock();
    }
  }

  /**
   * The server has noticed that the client has gone, and takes request and response back when this
   * returns. A thread that is just now waiting for one of them learns of it too, so that it lets go
   * of its lock.
   */
  private void taken() {
    cancel();
    var isReading = tryLock(reading);
    var isAnswering = tryLock(answering);
    try {
      if (!isEnded) {
        failure = new RpcException(RpcCode.CANCELED, "the client has gone");
        isEnded = true;
      }
      if (!isGivenBack) {
        isGivenBack = true;
        async.complete();
      }
    } finally {
      if (isAnswering) {
        answering.unlock();
      }
      if (isReading) {
        reading.unlock();
      }
    }
  }

  private static boolean tryLock(ReentrantLock lock) {
    try {
      return lock.tryLock(SECONDS_TO_LET_GO, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private CallLog.Entry entry() {
    Call begun;
    synchronized (this) {
      begun = call;
    }
    return new CallLog.Entry(
        method,
        Optional.ofNullable(begun).map(Call::admission),
        requestId,
        failure,
        Duration.ofNanos(System.nanoTime() - begunNanos));
  }

  @Override
  public void onError(AsyncEvent event) {
    taken();
  }

  @Override
  public void onTimeout(AsyncEvent event) {
    taken();
  }

  @Override
  public void onComplete(AsyncEvent event) {
    // whoever completed it has done everything
  }

  @Override
  public void onStartAsync(AsyncEvent event) {
    // never started twice
  }
}
