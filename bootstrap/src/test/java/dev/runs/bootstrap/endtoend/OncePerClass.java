package dev.runs.bootstrap.endtoend;

import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * One installation for all tests of a class, which then do not get in each other's way by
 * themselves. Registered as an extension of a class that has one instance.
 */
record OncePerClass(Installation installation) implements BeforeAllCallback, AfterAllCallback {

  Server start() throws IOException {
    return installation.start();
  }

  /**
   * @param more variables of its environment
   */
  Server start(Map<String, String> more) throws IOException {
    return installation.start(more);
  }

  @Override
  public void beforeAll(ExtensionContext context) throws IOException {
    installation.beforeEach(context);
  }

  @Override
  public void afterAll(ExtensionContext context) throws IOException, InterruptedException {
    installation.afterEach(context);
  }
}
