package dev.runs.adapters.rpc.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.protobuf.DescriptorProtos.DescriptorProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorSet;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.rpc.ErrorDetailsProto;
import dev.runs.adapters.rpc.probe.ProbeProto;
import dev.runs.adapters.rpc.probe.ProbeServer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;

/**
 * The clients that npm has: of Connect for servers and browsers, and of gRPC. They need Node 20,
 * npm and its registry; where those are missing the test is skipped and says why, for clients in
 * Java do the same in the end-to-end tests. {@code -Druns.node.skip=true} leaves it out anywhere.
 */
@DisabledIfSystemProperty(named = "runs.node.skip", matches = "true")
class NodeClientsTest {

  private static final Path SOURCES = Path.of("src/test/node");
  private static final Path FOLDER = Path.of("target/node");

  /** So that a change of the script cannot leave tests out unseen. */
  private static final int FEWEST_TESTS = 139;

  private static final int OLDEST_NODE = 20;

  private static final Pattern VERSION = Pattern.compile("v(\\d+)\\..*", Pattern.DOTALL);

  private static final Pattern PASSED = Pattern.compile("(?m)^# pass (\\d+)$");

  @Test
  void everyTransportOfEveryClientWorks() throws Exception {
    Files.createDirectories(FOLDER);
    assumeTrue(hasNode(), "Node %d or newer and npm are not installed".formatted(OLDEST_NODE));
    install();
    var descriptors = FOLDER.resolve("probe.binpb").toAbsolutePath();
    Files.write(descriptors, descriptors().toByteArray());
    var server = ProbeServer.start();
    try {
      var said =
          run(
              Map.of(
                  "PROBE_URL", server.url("").toString(),
                  "PROBE_DESCRIPTORS", descriptors.toString()),
              "node",
              "--test",
              "--test-reporter=tap",
              "clients.test.mjs");

      var passed = PASSED.matcher(said);
      assertThat(passed.find()).as(said).isTrue();
      assertThat(Integer.parseInt(passed.group(1))).isGreaterThanOrEqualTo(FEWEST_TESTS);
    } finally {
      server.stop();
    }
  }

  private static boolean hasNode() throws InterruptedException {
    try {
      var version = VERSION.matcher(run(Map.of(), "node", "--version"));
      run(Map.of(), "npm", "--version");
      return version.matches() && Integer.parseInt(version.group(1)) >= OLDEST_NODE;
    } catch (IOException notFound) {
      return false;
    }
  }

  /** Once for each lock file. */
  private static void install() throws IOException, InterruptedException {
    var lock = "package-lock.json";
    var isInstalled =
        Files.isDirectory(FOLDER.resolve("node_modules"))
            && Files.exists(FOLDER.resolve(lock))
            && Files.mismatch(SOURCES.resolve(lock), FOLDER.resolve(lock)) < 0;
    for (var name : List.of("clients.test.mjs", "package.json")) {
      copy(name);
    }
    if (!isInstalled) {
      assumeTrue(isRegistryThere(), "npm does not reach its registry");
      copy(lock);
      run(Map.of(), "npm", "ci", "--no-audit", "--no-fund");
    }
  }

  private static boolean isRegistryThere() throws IOException, InterruptedException {
    var ping = new ProcessBuilder("npm", "ping", "--fetch-retries=1").directory(FOLDER.toFile());
    return ping.redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start()
            .waitFor()
        == 0;
  }

  private static void copy(String name) throws IOException {
    Files.copy(SOURCES.resolve(name), FOLDER.resolve(name), StandardCopyOption.REPLACE_EXISTING);
  }

  private static String run(Map<String, String> environment, String... command)
      throws IOException, InterruptedException {
    var builder = new ProcessBuilder(command).directory(FOLDER.toFile()).redirectErrorStream(true);
    builder.environment().putAll(environment);
    var process = builder.start();
    process.getOutputStream().close();
    var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(String.join(" ", command) + "\n" + said).isZero();
    return said;
  }

  private static FileDescriptorSet descriptors() {
    var files = new LinkedHashSet<FileDescriptor>();
    addAfterImports(ProbeProto.getDescriptor(), files);
    addAfterImports(ErrorDetailsProto.getDescriptor(), files);
    var set = FileDescriptorSet.newBuilder();
    files.forEach(file -> set.addFile(withJsonNames(file)));
    return set.build();
  }

  /** Clients expect what the compiler would have told them, and classes do not keep. */
  private static FileDescriptorProto withJsonNames(FileDescriptor file) {
    var told = file.toProto().toBuilder();
    told.getMessageTypeBuilderList()
        .forEach(message -> addJsonNames(message, file.findMessageTypeByName(message.getName())));
    return told.build();
  }

  private static void addJsonNames(DescriptorProto.Builder told, Descriptor message) {
    told.getFieldBuilderList()
        .forEach(
            field -> field.setJsonName(message.findFieldByNumber(field.getNumber()).getJsonName()));
    told.getNestedTypeBuilderList()
        .forEach(nested -> addJsonNames(nested, message.findNestedTypeByName(nested.getName())));
  }

  private static void addAfterImports(FileDescriptor file, Set<FileDescriptor> files) {
    file.getDependencies().forEach(imported -> addAfterImports(imported, files));
    files.add(file);
  }
}
