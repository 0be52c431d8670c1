package dev.runs.application.action;

/** What became of a report that was not refused. */
public enum Heard {
  /** It told something new. */
  NEWS,
  /** It was heard before, or came late; nothing changed. */
  KNOWN,
  /** What it is about is not there yet; it is kept for a day and heard once that is there. */
  EARLY
}
