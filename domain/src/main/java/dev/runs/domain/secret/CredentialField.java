package dev.runs.domain.secret;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * What the name of a field says of what it holds, in whatever case and however its words are put
 * together: {@code apiKey}, {@code API_KEY} and {@code api-key} are one name.
 */
enum CredentialField {
  /** A password or several, which may be of digits alone. */
  PASSWORD,
  /** Another credential, or several. */
  OTHER,
  /** Nothing in particular. */
  NONE;

  private static final Set<String> PASSWORDS =
      Set.of("password", "passwords", "passwd", "pwd", "passphrase");

  /** What a name may end with: {@code secret} as well as {@code clientSecret}. */
  private static final Set<String> ENDS =
      Set.of(
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
          "apikeys",
          "privatekeys",
          "accesstokens",
          "refreshtokens",
          "connectionstring");

  /** What is no credential as the end of a longer name, such as {@code nextPageToken}. */
  private static final Set<String> WHOLE =
      Set.of("token", "authorization", "proxyauthorization", "credential", "credentials");

  /** Of how many words an end is put together at most. */
  private static final int MOST_WORDS = 2;

  /** How much of a long name is looked at: its end. */
  private static final int MOST_CHARACTERS = 64;

  static CredentialField of(String name) {
    var end = name.substring(Math.max(0, name.length() - MOST_CHARACTERS));
    var words = words(end);
    var whole = String.join("", words);
    if (WHOLE.contains(whole)) {
      return OTHER;
    }
    var field = ofEnd(whole);
    var suffix = "";
    for (var i = words.size() - 1;
        field == NONE && i >= Math.max(0, words.size() - MOST_WORDS);
        i--) {
      suffix = words.get(i) + suffix;
      field = ofEnd(suffix);
    }
    return field;
  }

  private static CredentialField ofEnd(String end) {
    if (PASSWORDS.contains(end)) {
      return PASSWORD;
    }
    return ENDS.contains(end) ? OTHER : NONE;
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
