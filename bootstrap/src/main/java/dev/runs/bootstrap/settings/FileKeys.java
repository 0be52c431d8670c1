package dev.runs.bootstrap.settings;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The keys a configuration file may have, and the one that is nearest to a misspelled one. */
final class FileKeys {

  private static final Map<String, Setting<?>> SETTINGS = new LinkedHashMap<>();

  /** All keys and what they stand under, as they are documented. */
  private static final Set<String> NAMES = new TreeSet<>();

  private static final Set<String> SECTIONS = new TreeSet<>();

  static {
    for (var setting : Setting.ALL) {
      for (var key : setting.fileKeys()) {
        SETTINGS.put(plain(key), setting);
        NAMES.add(key);
        for (var dot = key.indexOf('.'); dot >= 0; dot = key.indexOf('.', dot + 1)) {
          SECTIONS.add(plain(key.substring(0, dot)));
          NAMES.add(key.substring(0, dot));
        }
      }
    }
  }

  private FileKeys() {}

  static @Nullable Setting<?> find(String key) {
    return SETTINGS.get(plain(key));
  }

  static boolean isSection(String key) {
    return SECTIONS.contains(plain(key));
  }

  static String nearest(String key) {
    return NAMES.stream()
        .min(Comparator.comparingInt(name -> distance(plain(name), plain(key))))
        .orElseThrow();
  }

  /** How a key is compared: without capitals, hyphens and underscores. */
  private static String plain(String key) {
    return key.toLowerCase(Locale.ROOT).replaceAll("[-_]", "");
  }

  /** The fewest letters to add, drop or change (Levenshtein). */
  private static int distance(String a, String b) {
    var costs = new int[b.length() + 1];
    for (var j = 0; j <= b.length(); j++) {
      costs[j] = j;
    }
    for (var i = 1; i <= a.length(); i++) {
      var diagonal = costs[0];
      costs[0] = i;
      for (var j = 1; j <= b.length(); j++) {
        var change = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        diagonal = costs[j];
        costs[j] = Math.min(change, 1 + Math.min(diagonal, costs[j - 1]));
      }
    }
    return costs[b.length()];
  }
}
