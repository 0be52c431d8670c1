package dev.runs.bootstrap.settings;

import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/**
 * The configuration file, in YAML. Only its text is looked at and nothing is made from it, so a
 * number keeps its digits and every value knows its line.
 *
 * <p>Capitals, hyphens and underscores in a key do not matter. A key may stand in parts or with
 * dots in it.
 */
final class SettingsFile {

  private final Path file;
  private final List<String> warnings;
  private final Layer layer = new Layer();
  private final Map<Setting<?>, Origin> seen = new LinkedHashMap<>();

  SettingsFile(Path file, List<String> warnings) {
    this.file = file;
    this.warnings = warnings;
  }

  Layer read() {
    var root = parsed(text());
    if (root == null || isNull(root)) {
      return layer;
    }
    if (!(root instanceof MappingNode mapping)) {
      throw new StartFailure("%s: the file does not hold keys with values.".formatted(place(root)));
    }
    readMapping("", mapping);
    return layer;
  }

  private String text() {
    try {
      return Files.readString(file);
    } catch (NoSuchFileException _) {
      throw new StartFailure("There is no configuration file %s. Change --config.".formatted(file));
    } catch (MalformedInputException _) {
      throw new StartFailure("The configuration file %s is not UTF-8 text.".formatted(file));
    } catch (IOException exception) {
      var why = Files.isDirectory(file) ? "it is a folder" : "it cannot be opened";
      throw new StartFailure(
          "The configuration file %s cannot be read: %s. Change --config.".formatted(file, why),
          exception);
    }
  }

  private @Nullable Node parsed(String text) {
    try {
      return new Yaml(new SafeConstructor(new LoaderOptions())).compose(new StringReader(text));
    } catch (MarkedYAMLException exception) {
      var mark = exception.getProblemMark();
      var line = mark == null ? "" : ", line " + (mark.getLine() + 1);
      throw new StartFailure(
          "%s%s: this is not YAML: %s.".formatted(file, line, exception.getProblem()));
    } catch (YAMLException _) {
      throw new StartFailure("%s: this is not YAML.".formatted(file));
    }
  }

  private void readMapping(String path, MappingNode mapping) {
    for (var tuple : mapping.getValue()) {
      if (tuple.getKeyNode() instanceof ScalarNode key) {
        readEntry(
            path.isEmpty() ? key.getValue() : path + "." + key.getValue(),
            key,
            tuple.getValueNode());
      } else {
        throw new StartFailure("%s: a key is not plain text.".formatted(place(tuple.getKeyNode())));
      }
    }
  }

  private void readEntry(String path, ScalarNode key, Node value) {
    var setting = FileKeys.find(path);
    if (setting != null) {
      readValue(setting, path, key, value);
    } else if (FileKeys.isSection(path)) {
      readSection(path, value);
    } else {
      warnings.add(
          "%s: unknown key %s has no effect; the nearest known key is %s."
              .formatted(place(key), path, FileKeys.nearest(path)));
    }
  }

  private void readSection(String path, Node value) {
    if (value instanceof MappingNode mapping) {
      readMapping(path, mapping);
    } else if (!isNull(value)) {
      throw new StartFailure(
          "%s: %s holds other keys and cannot have a value itself.".formatted(place(value), path));
    }
  }

  private void readValue(Setting<?> setting, String path, ScalarNode key, Node value) {
    var origin = new Origin(path, place(key));
    var earlier = seen.put(setting, origin);
    if (earlier != null) {
      throw new StartFailure(
          "%s sets again what %s sets. Remove one of them.".formatted(origin, earlier));
    }
    if (!isNull(value)) {
      layer.putIfAbsent(setting, new Given(raw(origin, value), origin));
    }
  }

  private static Raw raw(Origin origin, Node value) {
    return switch (value) {
      case ScalarNode scalar -> new Raw.Text(scalar.getValue());
      case SequenceNode sequence -> new Raw.Items(items(origin, sequence));
      case MappingNode mapping -> new Raw.Entries(entries(origin, mapping));
      default -> throw new StartFailure("%s has a value that is no text.".formatted(origin));
    };
  }

  private static List<String> items(Origin origin, SequenceNode sequence) {
    var items = new ArrayList<String>();
    for (var item : sequence.getValue()) {
      items.add(scalar(origin, item));
    }
    return items;
  }

  private static Map<String, String> entries(Origin origin, MappingNode mapping) {
    var entries = new LinkedHashMap<String, String>();
    for (var tuple : mapping.getValue()) {
      var name = scalar(origin, tuple.getKeyNode());
      if (entries.put(name, scalar(origin, tuple.getValueNode())) != null) {
        throw new StartFailure("%s has the entry %s twice.".formatted(origin, name));
      }
    }
    return entries;
  }

  private static String scalar(Origin origin, Node node) {
    if (node instanceof ScalarNode scalar) {
      return scalar.getValue();
    }
    throw new StartFailure("%s has an entry that is not one value.".formatted(origin));
  }

  private static boolean isNull(Node node) {
    return node.getTag().equals(Tag.NULL);
  }

  private String place(Node node) {
    return file.getFileName() + ", line " + (node.getStartMark().getLine() + 1);
  }
}
