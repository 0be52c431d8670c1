package dev.runs.adapters.web.frame;

/** What somebody typed to find things by how they begin. */
public final class Search {

  private static final int MOST_CHARACTERS = 255;

  private Search() {}

  /** Without blanks around it, without what databases take in no text, and not too long. */
  public static String of(String typed) {
    var text = typed.replace("\0", "").strip();
    return text.length() <= MOST_CHARACTERS ? text : text.substring(0, MOST_CHARACTERS);
  }
}
