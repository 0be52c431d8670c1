package dev.runs.domain.secret;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.IntPredicate;
import java.util.stream.Collectors;

/**
 * The forms of tokens that are well known. A text is gone through once; from each place only a
 * bounded number of characters is looked at, but for the parts of a JWT, which do not overlap.
 *
 * @param prefix how a token begins, where no word goes on
 * @param isOfToken what follows
 * @param least how many of these at least
 * @param isMixed whether digits and capital letters must be among the {@code least}, for prefixes
 *     with which ordinary words begin too
 */
record TokenForm(String prefix, IntPredicate isOfToken, int least, boolean isMixed) {

  private static final int LONGEST_PASSWORD = 256;
  private static final int LONGEST_KIND_OF_KEY = 40;
  private static final int LEAST_OF_JWT = 8;

  private static final Map<Character, List<TokenForm>> BY_FIRST =
      List.of(
              form("AKIA", TokenForm::isCapitalOrDigit, 16),
              form("ASIA", TokenForm::isCapitalOrDigit, 16),
              form("ghp_", TokenForm::isLetterOrDigit, 36),
              form("gho_", TokenForm::isLetterOrDigit, 36),
              form("ghu_", TokenForm::isLetterOrDigit, 36),
              form("ghs_", TokenForm::isLetterOrDigit, 36),
              form("ghr_", TokenForm::isLetterOrDigit, 36),
              form("github_pat_", TokenForm::isOfWord, 22),
              form("glpat-", TokenForm::isOfBase64, 20),
              form("xoxa-", TokenForm::isOfBase64, 10),
              form("xoxb-", TokenForm::isOfBase64, 10),
              form("xoxe-", TokenForm::isOfBase64, 10),
              form("xoxp-", TokenForm::isOfBase64, 10),
              form("xoxr-", TokenForm::isOfBase64, 10),
              form("xoxs-", TokenForm::isOfBase64, 10),
              form("sk_live_", TokenForm::isLetterOrDigit, 16),
              form("rk_live_", TokenForm::isLetterOrDigit, 16),
              form("AIza", TokenForm::isOfBase64, 35),
              new TokenForm("sk-", TokenForm::isOfBase64, 20, true))
          .stream()
          .collect(Collectors.groupingBy(form -> form.prefix.charAt(0)));

  private static TokenForm form(String prefix, IntPredicate isOfToken, int least) {
    return new TokenForm(prefix, isOfToken, least, false);
  }

  /** Whether a text holds a token of any form. */
  static boolean isIn(String text) {
    for (var i = 0; i < text.length(); i++) {
      if (beginsAt(text, i)) {
        return true;
      }
    }
    return false;
  }

  private static boolean beginsAt(String text, int at) {
    return switch (text.charAt(at)) {
      case ':' -> text.startsWith("://", at) && isPasswordOfUrl(text, at + 3);
      case '-' -> text.startsWith("-----BEGIN ", at) && isPrivateKey(text, at + 11);
      case 'e' -> isBegin(text, at, "eyJ") && isJwt(text, at);
      case 'r' -> isBegin(text, at, "runs_") ? isOwnKey(text, at + 5) : isOfAnyForm(text, at);
      case 'B', 'b' -> isBearer(text, at);
      case 'A', 'g', 'x', 's' -> isOfAnyForm(text, at);
      default -> false;
    };
  }

  private static boolean isOfAnyForm(String text, int at) {
    for (var form : BY_FIRST.getOrDefault(text.charAt(at), List.of())) {
      if (isBegin(text, at, form.prefix) && form.goesOn(text, at + form.prefix.length())) {
        return true;
      }
    }
    return false;
  }

  private boolean goesOn(String text, int at) {
    if (text.length() < at + least) {
      return false;
    }
    var hasDigit = false;
    var hasCapital = false;
    for (var i = at; i < at + least; i++) {
      var c = text.charAt(i);
      if (!isOfToken.test(c)) {
        return false;
      }
      hasDigit |= isDigit(c);
      hasCapital |= isCapital(c);
    }
    return !isMixed || (hasDigit && hasCapital);
  }

  /** The scheme of HTTP, and a token behind it that is no word. */
  private static boolean isBearer(String text, int at) {
    return text.regionMatches(true, at, "bearer ", 0, 7)
        && isBegin(text, at, text.substring(at, at + 7))
        && new TokenForm("", TokenForm::isOfBearer, 16, false).goesOn(text, at + 7)
        && text.substring(at + 7, at + 23).chars().anyMatch(TokenForm::isDigit);
  }

  /** {@code user:password@} behind the {@code ://} of an address; not where a variable stands. */
  private static boolean isPasswordOfUrl(String text, int at) {
    var colon = -1;
    for (var i = at; i < Math.min(text.length(), at + LONGEST_PASSWORD); i++) {
      var c = text.charAt(i);
      if (c == '@') {
        return colon >= 0 && i > colon + 1 && !isVariable(text.charAt(colon + 1));
      }
      if (c == '/' || c == '?' || c == '#' || Character.isWhitespace(c)) {
        return false;
      }
      if (c == ':' && colon < 0) {
        colon = i;
      }
    }
    return false;
  }

  private static boolean isVariable(char first) {
    return first == '$' || first == '{' || first == '<' || first == '*';
  }

  /** As in {@code -----BEGIN RSA PRIVATE KEY}. */
  private static boolean isPrivateKey(String text, int at) {
    return text.substring(at, Math.min(text.length(), at + LONGEST_KIND_OF_KEY))
        .toUpperCase(Locale.ROOT)
        .contains("PRIVATE KEY");
  }

  /** Three parts with dots between; the first two are JSON objects in Base64. */
  private static boolean isJwt(String text, int at) {
    var header = endOfPart(text, at);
    if (header - at < LEAST_OF_JWT || !text.startsWith(".eyJ", header)) {
      return false;
    }
    var claims = endOfPart(text, header + 1);
    return claims - header > LEAST_OF_JWT && text.startsWith(".", claims);
  }

  private static int endOfPart(String text, int at) {
    var end = at;
    while (end < text.length() && isOfBase64(text.charAt(end))) {
      end++;
    }
    return end;
  }

  /** As this service makes them: {@code runs_<env>_<secret>_<checksum>}. */
  private static boolean isOwnKey(String text, int at) {
    var environment = run(text, at, 16, TokenForm::isSmall);
    var secret = environment + 1;
    var checksum = run(text, secret, 64, TokenForm::isLetterOrDigit) + 1;
    return environment > at
        && text.startsWith("_", environment)
        && checksum > secret + 18
        && text.startsWith("_", checksum - 1)
        && run(text, checksum, 6, TokenForm::isLetterOrDigit) == checksum + 6;
  }

  /** Where characters of a kind end that begin at a place; at most some of them are looked at. */
  private static int run(String text, int at, int most, IntPredicate isOfKind) {
    var end = at;
    while (end < Math.min(text.length(), at + most) && isOfKind.test(text.charAt(end))) {
      end++;
    }
    return end;
  }

  /** Whether a prefix stands here and no word goes on with it. */
  private static boolean isBegin(String text, int at, String prefix) {
    return text.startsWith(prefix, at) && (at == 0 || !isOfBase64(text.charAt(at - 1)));
  }

  private static boolean isCapitalOrDigit(int c) {
    return isCapital(c) || isDigit(c);
  }

  private static boolean isLetterOrDigit(int c) {
    return isCapital(c) || isSmall(c) || isDigit(c);
  }

  private static boolean isOfWord(int c) {
    return isLetterOrDigit(c) || c == '_';
  }

  private static boolean isOfBase64(int c) {
    return isOfWord(c) || c == '-';
  }

  private static boolean isOfBearer(int c) {
    return isOfBase64(c) || c == '.' || c == '~' || c == '+' || c == '/' || c == '=';
  }

  private static boolean isDigit(int c) {
    return c >= '0' && c <= '9';
  }

  private static boolean isCapital(int c) {
    return c >= 'A' && c <= 'Z';
  }

  private static boolean isSmall(int c) {
    return c >= 'a' && c <= 'z';
  }
}
