package dev.runs.domain.secret;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Names of fields whose texts are credentials, in whatever case and however their words are put
 * together: {@code apiKey}, {@code API_KEY} and {@code api-key} are one name.
 */
final class CredentialField {

  /** What a name may end with: {@code password} as well as {@code dbPassword}. */
  private static final Set<String> ENDS =
      Set.of(
          "password",
          "passwd",
          "passphrase",
          "secret",
          "apikey",
          "accesskey",
          "secretkey",
          "privatekey",
          "accesstoken",
          "refreshtoken",
          "authtoken",
          "apitoken",
          "bearertoken",
          "connectionstring");

  /** What is no credential as the end of a longer name, such as {@code nextPageToken}. */
  private static final Set<String> WHOLE =
      Set.of("token", "authorization", "proxyauthorization", "credential", "credentials");

  /** Of how many words an end is put together at most. */
  private static final int MOST_WORDS = 2;

  /** How much of a long name is looked at: its end. */
  private static final int MOST_CHARACTERS = 64;

  private CredentialField() {}

  static boolean isOne(String name) {
    var end = name.substring(Math.max(0, name.length() - MOST_CHARACTERS));
    var words = words(end);
    var whole = String.join("", words);
    if (WHOLE.contains(whole) || ENDS.contains(whole)) {
      return true;
    }
    var suffix = "";
    for (var i = words.size() - 1; i >= Math.max(0, words.size() - MOST_WORDS); i--) {
      suffix = words.get(i) + suffix;
      if (ENDS.contains(suffix)) {
        return true;
      }
    }
    return false;
  }

  /** In lower case. A word begins after what is no letter or digit, and with a capital letter. */
  private static List<String> words(String name) {
    var words = new ArrayList<String>();
    var word = new StringBuilder();
    for (var i = 0; i < name.length(); i++) {
      if (!Character.isLetterOrDigit(name.charAt(i)) || beginsWord(name, i)) {
        take(word, words);
      }
      if (Character.isLetterOrDigit(name.charAt(i))) {
        word.append(name.charAt(i));
      }
    }
    take(word, words);
    return words;
  }

  /** The P of {@code dbPassword}, and that of {@code DBPassword}. */
  private static boolean beginsWord(String name, int at) {
    if (at == 0 || !Character.isUpperCase(name.charAt(at))) {
      return false;
    }
    return !Character.isUpperCase(name.charAt(at - 1))
        || (at + 1 < name.length() && Character.isLowerCase(name.charAt(at + 1)));
  }

  private static void take(StringBuilder word, List<String> words) {
    if (!word.isEmpty()) {
      words.add(word.toString().toLowerCase(Locale.ROOT));
      word.setLength(0);
    }
  }
}
