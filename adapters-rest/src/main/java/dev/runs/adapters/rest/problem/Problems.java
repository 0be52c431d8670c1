package dev.runs.adapters.rest.problem;

import dev.runs.adapters.rest.json.Json;
import dev.runs.adapters.rest.trace.RequestId;
import dev.runs.domain.Rejection;
import dev.runs.domain.pipeline.ContractId;
import dev.runs.domain.pipeline.PipelineFacts;
import dev.runs.domain.queue.Kind;
import dev.runs.domain.queue.QueueRejected;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletRequestWrapper;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpMethod;
import org.springframework.web.ErrorResponse;
import org.springframework.web.HttpRequestMethodNotSupportedException;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;
import org.springframework.web.multipart.MultipartException;
import org.springframework.web.servlet.resource.NoResourceFoundException;

/** Turns whatever went wrong into a problem document. */
public final class Problems {

  public static final String MEDIA_TYPE = "application/problem+json";

  /** The attribute of a request that holds the code it was refused with. */
  public static final String CODE = "dev.runs.problem";

  /** The attribute of a request that holds how many bytes of its body were read; a {@link Long}. */
  public static final String READ = "dev.runs.body.read";

  /** What of a body is thrown away so that its connection can go on being used. */
  private static final int MOST_THROWN_AWAY = 64 * 1024;

  /** What of a body is still taken from a client that sends all of it before it reads. */
  private static final int MOST_LINGERED_FOR = 16 * 1024 * 1024;

  private static final Duration LONGEST_LINGERED_FOR = Duration.ofSeconds(10);
  private static final int PART_BYTES = 8 * 1024;

  private static final Logger LOG = LoggerFactory.getLogger(Problems.class);

  private Problems() {}

  /** The problem that a failure is; one that nobody expected is logged and tells nothing. */
  public static Problem of(Throwable failure) {
    return switch (failure) {
      case RequestRefused refused -> refused.problem();
      case Rejection rejection -> rejected(rejection);
      case HttpRequestMethodNotSupportedException method -> methodNotAllowed(method);
      case MethodArgumentTypeMismatchException mismatch ->
          Problem.invalid(
              FieldError.invalid(new Place.Parameter(mismatch.getName()), form(mismatch)));
      case NoResourceFoundException missing when verb(missing).isPresent() ->
          Problem.of(
              Refusal.VERB_UNKNOWN, "There is no verb '%s' here".formatted(verb(missing).get()));
      case MultipartException _ ->
          Problem.of(Refusal.UNSUPPORTED_MEDIA_TYPE, "The body must be " + Json.MEDIA_TYPE);
      case ErrorResponse response -> ofStatus(response.getStatusCode().value(), failure);
      default -> unexpected(failure);
    };
  }

  /** What follows the last colon in the last part of a path; nothing when there is none. */
  private static Optional<String> verb(NoResourceFoundException missing) {
    var path = missing.getResourcePath();
    var colon = path.lastIndexOf(':');
    return colon > path.lastIndexOf('/')
        ? Optional.of(path.substring(colon + 1))
        : Optional.empty();
  }

  /** What a parameter must be. */
  private static String form(MethodArgumentTypeMismatchException mismatch) {
    var required = mismatch.getRequiredType();
    if (required == Kind.class) {
      return new QueueRejected.BadKind().sentence();
    }
    return required == ContractId.class
        ? "a contract has at most %d characters".formatted(PipelineFacts.MOST_CHARACTERS)
        : mismatch.getName() + " must be a UUID";
  }

  /** What lies with a service that we depend on is for the operator, too. */
  private static Problem rejected(Rejection rejection) {
    if (rejection.reason() == Rejection.Reason.UPSTREAM) {
      LOG.warn("A request failed, for another service did not answer as it should", rejection);
    }
    return Rejections.problem(rejection);
  }

  /** The problem of a status that the framework or the server chose. */
  public static Problem ofStatus(int status, Throwable failure) {
    return switch (status) {
      case 404 -> Problem.of(Refusal.NOT_FOUND, "Not found");
      default ->
          status < 500
              ? Problem.of(Refusal.REFUSED, "The request cannot be understood").withStatus(status)
              : unexpected(failure);
    };
  }

  public static void write(
      HttpServletRequest request, HttpServletResponse response, Problem problem)
      throws IOException {
    write(request, response, problem, request.getRequestURI());
  }

  /**
   * @param instance the path that was asked for
   */
  static void write(
      HttpServletRequest request, HttpServletResponse response, Problem problem, String instance)
      throws IOException {
    request.setAttribute(CODE, problem.code());
    response.setHeader(RequestId.HEADER, RequestId.of(request));
    var other = OtherSurface.of(request);
    if (other.isPresent()) {
      other.get().refuse(request, response, problem);
    } else {
      send(
          request,
          response,
          problem,
          MEDIA_TYPE,
          ProblemJson.of(problem, instance, RequestId.of(request)));
    }
  }

  /**
   * Sends a refusal in the shape of a surface, with the status and the headers of the problem.
   *
   * @param json the whole answer
   */
  public static void send(
      HttpServletRequest request,
      HttpServletResponse response,
      Problem problem,
      String mediaType,
      Object json)
      throws IOException {
    response.setStatus(problem.status());
    response.setContentType(mediaType);
    problem.headers().forEach(response::setHeader);
    var isReadToItsEnd = isReadToItsEnd(request);
    if (!isReadToItsEnd) {
      response.setHeader("Connection", "close");
    }
    var body = Json.bytes(json);
    response.setContentLength(body.length);
    response.getOutputStream().write(body);
    if (!isReadToItsEnd) {
      response.flushBuffer();
      linger(request);
    }
  }

  /**
   * Takes what a client still sends, when it has been answered: a connection that is closed while
   * its client sends is reset, and the answer is lost with it (RFC 9112, section 9.6).
   */
  private static void linger(HttpServletRequest request) {
    if (request.getHeader("Expect") != null) {
      // this client waits for the answer before it sends, and reading would ask it to
      return;
    }
    try {
      var body = bare(request).getInputStream();
      var part = new byte[PART_BYTES];
      var until = System.nanoTime() + LONGEST_LINGERED_FOR.toNanos();
      var taken = 0;
      while (taken < MOST_LINGERED_FOR && System.nanoTime() < until) {
        var length = body.read(part);
        if (length < 0) {
          return;
        }
        taken += length;
      }
    } catch (IOException e) {
      LOG.debug("A client left when it had been refused", e);
    }
  }

  /** Below what limits a body, for to throw something away is not to take it. */
  private static ServletRequest bare(HttpServletRequest request) {
    ServletRequest bare = request;
    while (bare instanceof ServletRequestWrapper wrapper) {
      bare = wrapper.getRequest();
    }
    return bare;
  }

  /**
   * Whether nothing is left of the body, of which what has arrived is thrown away. The server
   * closes a connection on which part of a body is left, and a client that is not told so sends its
   * next request into nothing.
   */
  private static boolean isReadToItsEnd(HttpServletRequest request) throws IOException {
    var length = request.getContentLengthLong();
    if (length == 0 || (length < 0 && request.getHeader("Transfer-Encoding") == null)) {
      return true;
    }
    var body = bare(request).getInputStream();
    var thrownAway = 0L;
    while (body.available() > 0 && thrownAway < MOST_THROWN_AWAY) {
      thrownAway += body.skip(body.available());
    }
    // the server itself knows only after one more read, which would wait for what has not come
    var read = request.getAttribute(READ) instanceof Long bytes ? bytes : 0L;
    return body.isFinished() || read + thrownAway == length;
  }

  private static Problem methodNotAllowed(HttpRequestMethodNotSupportedException failure) {
    var supported = failure.getSupportedHttpMethods();
    var problem =
        Problem.of(
            Refusal.METHOD_NOT_ALLOWED, failure.getMethod() + " is not allowed on this path");
    return supported == null
        ? problem
        : problem.withHeader(
            "Allow",
            supported.stream().map(HttpMethod::name).sorted().collect(Collectors.joining(", ")));
  }

  private static Problem unexpected(Throwable failure) {
    LOG.error("A request failed", failure);
    return Problem.of(Refusal.INTERNAL, "Internal server error");
  }
}
