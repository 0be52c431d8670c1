package dev.runs.bootstrap.endtoend;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.CookieManager;
import java.net.HttpCookie;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.springframework.web.util.HtmlUtils;

/**
 * A browser without JavaScript: it keeps cookies, follows redirects also to other servers, and
 * submits the forms of the page it is on.
 */
final class Browser {

  private static final Pattern FORM =
      Pattern.compile(
          "<form(?![^>]*method=\"get\")[^>]*?action=\"([^\"]*)\"[^>]*>(.*?)</form>",
          Pattern.DOTALL);
  private static final Pattern INPUT = Pattern.compile("<input[^>]*>");
  private static final Pattern ATTRIBUTE = Pattern.compile("([a-z]+)=\"([^\"]*)\"");

  /** Only keeps a test that would wait for ever from doing so. */
  private static final Duration LONGEST = Duration.ofMinutes(1);

  private static final int MOST_REDIRECTS = 10;

  private final CookieManager cookies = new CookieManager();
  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .cookieHandler(cookies)
          .followRedirects(HttpClient.Redirect.NEVER)
          .build();

  /**
   * A page that is shown.
   *
   * @param address where the last redirect led
   * @param setCookies what was set on the way, as it was sent
   */
  record Page(
      int status,
      URI address,
      String text,
      Map<String, List<String>> headers,
      List<String> setCookies) {

    String path() {
      var query = address.getRawQuery();
      return address.getPath() + (query == null ? "" : "?" + query);
    }

    String header(String name) {
      return String.join(", ", headers.getOrDefault(name, List.of()));
    }
  }

  Page open(URI address) {
    return follow(HttpRequest.newBuilder(address).GET().build());
  }

  /**
   * Sends a form of a page with its hidden fields; not one that only asks, as a search does.
   *
   * @param action where the form goes, as it stands in the page
   * @param typed what somebody typed into its fields
   */
  Page submit(Page page, String action, Map<String, String> typed) {
    var fields = new LinkedHashMap<String, String>();
    var form =
        FORM.matcher(page.text())
            .results()
            .filter(found -> found.group(1).equals(action))
            .findFirst()
            .orElseThrow(() -> new AssertionError("no form for " + action + " in: " + page.text()));
    INPUT.matcher(form.group(2)).results().forEach(input -> putHidden(fields, input.group()));
    fields.putAll(typed);
    return post(page.address().resolve(action), fields);
  }

  Page post(URI address, Map<String, String> fields) {
    BodyPublisher body =
        BodyPublishers.ofString(
            fields.entrySet().stream()
                .map(field -> encoded(field.getKey()) + "=" + encoded(field.getValue()))
                .collect(Collectors.joining("&")));
    return follow(
        HttpRequest.newBuilder(address)
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(body)
            .build());
  }

  String cookie(String name) {
    return cookies.getCookieStore().getCookies().stream()
        .filter(cookie -> cookie.getName().equals(name))
        .map(HttpCookie::getValue)
        .findFirst()
        .orElse("");
  }

  /** Puts a cookie in the place of the one that is there. */
  void keep(URI address, String name, String value) {
    var store = cookies.getCookieStore();
    store.getCookies().stream()
        .filter(cookie -> cookie.getName().equals(name))
        .toList()
        .forEach(cookie -> store.remove(address, cookie));
    var cookie = new HttpCookie(name, value);
    cookie.setPath("/");
    cookie.setVersion(0);
    // as the store itself writes a host without dots
    cookie.setDomain(address.getHost() + ".local");
    store.add(address, cookie);
  }

  private static void putHidden(Map<String, String> fields, String input) {
    var attributes =
        ATTRIBUTE
            .matcher(input)
            .results()
            .collect(Collectors.toMap(it -> it.group(1), it -> it.group(2)));
    if ("hidden".equals(attributes.get("type"))) {
      var value = HtmlUtils.htmlUnescape(String.valueOf(attributes.get("value")));
      fields.put(String.valueOf(attributes.get("name")), value);
    }
  }

  private Page follow(HttpRequest first) {
    var setCookies = new ArrayList<String>();
    var request = first;
    for (var i = 0; i < MOST_REDIRECTS; i++) {
      var answer = send(request);
      setCookies.addAll(answer.headers().allValues("Set-Cookie"));
      var location = answer.headers().firstValue("Location");
      if (answer.statusCode() / 100 != 3 || location.isEmpty()) {
        return new Page(
            answer.statusCode(),
            request.uri(),
            answer.body(),
            answer.headers().map(),
            List.copyOf(setCookies));
      }
      request = HttpRequest.newBuilder(request.uri().resolve(location.get())).GET().build();
    }
    throw new AssertionError("too many redirects from " + first.uri());
  }

  private HttpResponse<String> send(HttpRequest request) {
    try {
      return http.send(
          HttpRequest.newBuilder(request, (_, _) -> true)
              .timeout(LONGEST)
              .header("Accept", "text/html")
              .build(),
          BodyHandlers.ofString());
    } catch (IOException e) {
      throw new UncheckedIOException(request.uri() + " was not answered", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted", e);
    }
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
