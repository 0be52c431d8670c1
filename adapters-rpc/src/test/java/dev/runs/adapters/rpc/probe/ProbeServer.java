package dev.runs.adapters.rpc.probe;

import dev.runs.adapters.rpc.protocol.Admission;
import dev.runs.adapters.rpc.protocol.Call;
import dev.runs.adapters.rpc.protocol.CallBudget;
import dev.runs.adapters.rpc.protocol.CallLog;
import dev.runs.adapters.rpc.protocol.Gatekeeper;
import dev.runs.adapters.rpc.protocol.RequestRules;
import dev.runs.adapters.rpc.protocol.RpcCode;
import dev.runs.adapters.rpc.protocol.RpcException;
import dev.runs.adapters.rpc.protocol.RpcService;
import dev.runs.adapters.rpc.protocol.RpcServices;
import dev.runs.adapters.rpc.protocol.RpcServlet;
import dev.runs.adapters.rpc.protocol.Sink;
import dev.runs.adapters.rpc.protocol.Source;
import dev.runs.domain.access.Access;
import dev.runs.domain.access.Origin;
import dev.runs.domain.access.Principal;
import dev.runs.domain.access.Reach;
import dev.runs.domain.access.Scope;
import dev.runs.domain.access.Scopes;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import org.eclipse.jetty.ee11.servlet.ServletContextHandler;
import org.eclipse.jetty.ee11.servlet.ServletHolder;
import org.eclipse.jetty.http2.server.HTTP2CServerConnectionFactory;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;

/** Answers {@code probe.ProbeService} on a port of its own, over HTTP/1.1 and HTTP/2. */
public final class ProbeServer implements CallLog, Gatekeeper {

  /** How long a message may be here. */
  public static final int MOST_BYTES = 100_000;

  /** Sent in the header {@code X-Scopes} to be allowed less. */
  private static final String NOTHING = "nothing";

  private final Server server = new Server();
  private final ServerConnector connector;
  private final RpcServlet servlet;
  private final BlockingQueue<Entry> ended = new LinkedBlockingQueue<>();
  private final BlockingQueue<String> cancelled = new LinkedBlockingQueue<>();

  private ProbeServer() {
    var http = new HttpConfiguration();
    this.connector =
        new ServerConnector(
            server, new HttpConnectionFactory(http), new HTTP2CServerConnectionFactory(http));
    connector.setHost("localhost");
    server.addConnector(connector);
    this.servlet = new RpcServlet(new RpcServices(List.of(service())), this, this, MOST_BYTES);
    var context = new ServletContextHandler("/");
    context.addServlet(new ServletHolder(servlet), "/*");
    server.setHandler(context);
  }

  public static ProbeServer start() throws Exception {
    var probe = new ProbeServer();
    probe.server.start();
    return probe;
  }

  public int port() {
    return connector.getLocalPort();
  }

  public URI url(String path) {
    return URI.create("http://localhost:" + port() + path);
  }

  public RpcServlet servlet() {
    return servlet;
  }

  /** Waits for the next call that is over. */
  public Entry nextEnded() throws InterruptedException {
    return ended.take();
  }

  /** Waits for the next call of {@code Wait} that learns of its end; its id. */
  public String nextCancelled() throws InterruptedException {
    return cancelled.take();
  }

  @Override
  public String requestId(HttpServletRequest request) {
    return "probe";
  }

  @Override
  public void begun(HttpServletRequest request) {
    // nothing to say until it ends
  }

  @Override
  public void ended(Entry entry) {
    ended.add(entry);
  }

  public void stop() throws Exception {
    server.stop();
  }

  @Override
  public void take(Admission admission, CallBudget budget) {
    throw new RpcException(RpcCode.RESOURCE_EXHAUSTED, "no more of " + budget);
  }

  @Override
  public Admission admit(HttpServletRequest request) {
    var scopes =
        NOTHING.equals(request.getHeader("X-Scopes"))
            ? Scopes.NONE
            : Scopes.of(Scope.RUNS_READ, Scope.RUNS_WRITE);
    return new Admission(
        new Access(new Principal("key:probe"), Reach.everywhere(), scopes, Optional.empty()),
        Origin.LOCAL,
        Optional.empty());
  }

  private RpcService service() {
    var number = CountResponse.getDefaultInstance();
    return RpcService.of(ProbeProto.getDescriptor().findServiceByName("ProbeService"))
        .preparing(new RequestRules())
        .unary("Echo", EchoRequest.getDefaultInstance(), Scope.RUNS_READ, ProbeServer::echo)
        .repeated("Shout", EchoRequest.getDefaultInstance(), Scope.RUNS_WRITE, ProbeServer::echo)
        .unary("Fail", FailRequest.getDefaultInstance(), Scope.RUNS_READ, ProbeServer::fail)
        .streaming("Count", CountRequest.getDefaultInstance(), Scope.RUNS_READ, ProbeServer::count)
        .streaming("Wait", WaitRequest.getDefaultInstance(), Scope.RUNS_READ, this::await)
        .gathering("Sum", number, Scope.RUNS_READ, ProbeServer::sum)
        .bidi("RunningSum", number, Scope.RUNS_READ, ProbeServer::runningSum)
        .build();
  }

  private static EchoResponse echo(Call call, EchoRequest request) {
    call.metadata("x-take").forEach(budget -> call.take(CallBudget.valueOf(budget)));
    call.metadata("x-trailer").forEach(value -> call.addTrailer("x-told", value));
    return EchoResponse.newBuilder()
        .setText(request.getText())
        .setNumber(request.getNumber())
        .setPhase(request.getPhase())
        .setBytes(request.getBytes())
        .setPrincipal(call.access().principal().value())
        .build();
  }

  /** An error that cannot even be told. */
  private static final class Untellable extends Error {
    private static final long serialVersionUID = 1;

    @Override
    public String getMessage() {
      throw new StackOverflowError();
    }
  }

  private static EchoResponse fail(Call call, FailRequest request) {
    if (!call.metadata("x-untellable").isEmpty()) {
      throw new Untellable();
    }
    if (request.getUnexpectedly()) {
      throw new IllegalStateException("the secret of the house");
    }
    throw new RpcException(RpcCode.ofNumber(request.getCode()), request.getMessage())
        .withReason("probe.failed")
        .withMetadata("retry-after", "7");
  }

  private static void count(Call call, CountRequest request, Sink<CountResponse> sink) {
    var padding = "x".repeat(request.getPadding());
    for (var number = 1; number <= request.getTo(); number++) {
      sink.send(CountResponse.newBuilder().setNumber(number).setPadding(padding).build());
    }
    if (request.getCode() > 0) {
      throw new RpcException(RpcCode.ofNumber(request.getCode()), "counted enough");
    }
  }

  private void await(Call call, WaitRequest request, Sink<CountResponse> sink)
      throws InterruptedException {
    var over = new CountDownLatch(1);
    call.onCancel(over::countDown);
    sink.send(CountResponse.newBuilder().setNumber(1).build());
    over.await();
    cancelled.add(request.getId());
    sink.send(CountResponse.newBuilder().setNumber(2).build());
  }

  private static CountResponse sum(Call call, Source<CountResponse> source) {
    var sum = 0L;
    for (var next = source.next(); next.isPresent(); next = source.next()) {
      sum += next.get().getNumber();
    }
    return CountResponse.newBuilder().setNumber(sum).build();
  }

  private static void runningSum(
      Call call, Source<CountResponse> source, Sink<CountResponse> sink) {
    var sum = 0L;
    for (var next = source.next(); next.isPresent(); next = source.next()) {
      sum += next.get().getNumber();
      sink.send(CountResponse.newBuilder().setNumber(sum).build());
    }
  }
}
