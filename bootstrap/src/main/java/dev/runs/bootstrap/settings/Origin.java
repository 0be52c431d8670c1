package dev.runs.bootstrap.settings;

/**
 * Where a value was found.
 *
 * @param key its name there, such as {@code --port}, {@code PORT} or {@code runs.server.port}
 * @param place such as {@code environment} or {@code config.yaml, line 4}
 */
record Origin(String key, String place) {

  @Override
  public String toString() {
    return key + " (" + place + ")";
  }
}
