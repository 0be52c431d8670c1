package dev.runs.adapters.rest.idempotency;

import dev.runs.adapters.rest.caller.Callers;
import dev.runs.adapters.rest.request.Body;
import dev.runs.application.Caller;
import dev.runs.application.idempotency.IdempotencyRejected;
import dev.runs.application.idempotency.KeptAnswers.Scope;
import jakarta.servlet.http.HttpServletRequest;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collections;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
import org.springframework.stereotype.Component;
import org.springframework.web.bind.support.WebDataBinderFactory;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.method.support.ModelAndViewContainer;

/** Gives controllers a request with the key that makes it be done only once. */
@Component
final class Submissions implements HandlerMethodArgumentResolver {

  private static final String HEADER = "Idempotency-Key";

  private static final Pattern KEY = Pattern.compile("[\\x20-\\x7E]{1,255}");

  private final Callers callers;

  Submissions(Callers callers) {
    this.callers = callers;
  }

  @Override
  public boolean supportsParameter(MethodParameter parameter) {
    return parameter.getParameterType() == Submission.class;
  }

  @Override
  public Submission resolveArgument(
      MethodParameter parameter,
      @Nullable ModelAndViewContainer container,
      NativeWebRequest web,
      @Nullable WebDataBinderFactory binders) {
    var request = (HttpServletRequest) web.getNativeRequest();
    var caller = callers.caller(request);
    var body = Body.read(request);
    return new Submission(caller, body, scope(request, caller), fingerprint(request, body));
  }

  private static Optional<Scope> scope(HttpServletRequest request, Caller caller) {
    var keys = Collections.list(request.getHeaders(HEADER));
    if (keys.isEmpty()) {
      return Optional.empty();
    }
    var key = unquoted(keys.getFirst());
    if (keys.size() > 1 || !KEY.matcher(key).matches()) {
      throw new IdempotencyRejected.BadKey();
    }
    return Optional.of(new Scope(caller.organization(), key));
  }

  /** The IETF draft writes a key in quotes, most clients write it without. */
  private static String unquoted(String key) {
    return key.length() >= 2 && key.startsWith("\"") && key.endsWith("\"")
        ? key.substring(1, key.length() - 1)
        : key;
  }

  private static String fingerprint(HttpServletRequest request, Body body) {
    var query = request.getQueryString() == null ? "" : "?" + request.getQueryString();
    var head = request.getMethod() + " " + request.getRequestURI() + query + "\n";
    try {
      var digest = MessageDigest.getInstance("SHA-256");
      digest.update(head.getBytes(StandardCharsets.UTF_8));
      body.addTo(digest);
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
