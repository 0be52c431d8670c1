package dev.runs.adapters.cli.secret;

import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;

/**
 * Secrets in a file that only its owner can read: {@code name: value} in YAML, where names may be
 * nested and are then joined by a slash, or {@code name=value} in a file that ends in {@code
 * .properties}. It is read once.
 */
public final class SecretsFile implements SecretSource {

  private static final Set<PosixFilePermission> OF_OTHERS =
      Set.of(
          PosixFilePermission.GROUP_READ,
          PosixFilePermission.GROUP_WRITE,
          PosixFilePermission.OTHERS_READ,
          PosixFilePermission.OTHERS_WRITE);

  private final Map<String, String> byName;

  private SecretsFile(Map<String, String> byName) {
    this.byName = Map.copyOf(byName);
  }

  /**
   * @throws UnusableSecrets when the file cannot be read, is no such file, or others can read it
   */
  public static SecretsFile read(Path file) {
    try {
      refuseWhatOthersCanRead(file);
      var text = Files.readString(file);
      return new SecretsFile(
          file.toString().endsWith(".properties") ? properties(text) : yaml(file, text));
    } catch (IOException | UncheckedIOException e) {
      throw new UnusableSecrets("The secrets file %s cannot be read.".formatted(file), e);
    }
  }

  @Override
  public Optional<String> find(String name) {
    return Optional.ofNullable(byName.get(name));
  }

  /**
   * Where there are no such permissions, as on Windows, who may read it is for its owner to see.
   */
  private static void refuseWhatOthersCanRead(Path file) throws IOException {
    if (!file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
      return;
    }
    if (Files.getPosixFilePermissions(file).stream().anyMatch(OF_OTHERS::contains)) {
      throw new UnusableSecrets(
          "Others can read the secrets file %s. Type: chmod 600 %s".formatted(file, file), null);
    }
  }

  private static Map<String, String> properties(String text) throws IOException {
    var properties = new Properties();
    try {
      properties.load(new StringReader(text));
    } catch (IllegalArgumentException e) {
      throw new IOException("an escape is none", e);
    }
    var byName = new HashMap<String, String>();
    properties
        .stringPropertyNames()
        .forEach(name -> byName.put(name, properties.getProperty(name)));
    return byName;
  }

  /** What is wrong is told without its text, which may hold a secret. */
  private static Map<String, String> yaml(Path file, String text) {
    var byName = new HashMap<String, String>();
    try {
      var root = new Yaml(new SafeConstructor(new LoaderOptions())).compose(new StringReader(text));
      if (root != null) {
        collect(file, "", root, byName);
      }
    } catch (YAMLException _) {
      throw new UnusableSecrets("The secrets file %s is not YAML.".formatted(file), null);
    }
    return byName;
  }

  private static void collect(Path file, String path, Node node, Map<String, String> byName) {
    switch (node) {
      case MappingNode mapping ->
          mapping
              .getValue()
              .forEach(entry ->
                  collect(
                      file, joined(file, path, entry.getKeyNode()), entry.getValueNode(), byName));
      case ScalarNode scalar when !path.isEmpty() -> byName.put(path, scalar.getValue());
      default ->
          throw new UnusableSecrets(
              "The secrets file %s, line %d: there must be names with texts."
                  .formatted(file, node.getStartMark().getLine() + 1),
              null);
    }
  }

  private static String joined(Path file, String path, Node key) {
    if (key instanceof ScalarNode name) {
      return path.isEmpty() ? name.getValue() : path + "/" + name.getValue();
    }
    throw new UnusableSecrets(
        "The secrets file %s, line %d: a name must be a text."
            .formatted(file, key.getStartMark().getLine() + 1),
        null);
  }
}
