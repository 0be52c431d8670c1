package dev.runs.adapters.rpc.wire;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.DescriptorProtos.MethodOptions.IdempotencyLevel;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.EnumDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.protobuf.Descriptors.MethodDescriptor;
import com.google.protobuf.Descriptors.ServiceDescriptor;
import dev.runs.adapters.rpc.wire.common.ActionPhase;
import dev.runs.adapters.rpc.wire.common.AuthorizationProto;
import dev.runs.adapters.rpc.wire.common.PolicyProto;
import dev.runs.adapters.rpc.wire.core.ErrorsProto;
import dev.runs.adapters.rpc.wire.workflow.EventsProxyServiceProto;
import dev.runs.adapters.rpc.wire.workflow.InternalRunServiceProto;
import dev.runs.adapters.rpc.wire.workflow.RunServiceProto;
import dev.runs.adapters.rpc.wire.workflow.StateServiceProto;
import dev.runs.adapters.rpc.wire.workflow.TrackedRunServiceProto;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The messages and calls that were generated, against the tables of the contract. */
class WireContractTest {

  private static final String PACKAGE = "flyteidl2.";

  /** What JSON called the phases before; read for clients of then, and no part of the contract. */
  private static final String EARLIER_PHASE = "value\tcommon.ActionPhase\tPHASE_";

  @Test
  void everyMessageFieldValueAndCallIsAsTheContractSays() throws IOException {
    var declared = new TreeSet<String>();
    for (var file : ourFiles()) {
      file.getMessageTypes().forEach(message -> addMessage(message, declared));
      file.getEnumTypes().forEach(enumeration -> addEnum(enumeration, declared));
      file.getServices().forEach(service -> addService(service, declared));
    }

    assertThat(declared).containsExactlyElementsOf(contract());
  }

  @Test
  void theEarlierNamesOfPhasesMeanTheSameNumbers() {
    var phases = ActionPhase.getDescriptor();

    assertThat(phases.getValues())
        .filteredOn(value -> value.getName().startsWith("PHASE_"))
        .hasSize(9)
        .allSatisfy(value ->
            assertThat(phases.findValueByName("ACTION_" + value.getName()))
                .returns(value.getNumber(), found -> found.getNumber()));
  }

  private static Set<String> contract() throws IOException {
    try (var table = WireContractTest.class.getResourceAsStream("wire.tsv");
        var lines =
            new BufferedReader(
                new InputStreamReader(Objects.requireNonNull(table), StandardCharsets.UTF_8))) {
      return new TreeSet<>(
          lines.lines().filter(line -> !line.startsWith("#")).map(String::stripTrailing).toList());
    }
  }

  private static Set<FileDescriptor> ourFiles() {
    var files = new LinkedHashSet<FileDescriptor>();
    Stream.of(
            RunServiceProto.getDescriptor(),
            InternalRunServiceProto.getDescriptor(),
            TrackedRunServiceProto.getDescriptor(),
            EventsProxyServiceProto.getDescriptor(),
            StateServiceProto.getDescriptor(),
            AuthorizationProto.getDescriptor(),
            PolicyProto.getDescriptor(),
            ErrorsProto.getDescriptor())
        .forEach(file -> addWithImports(file, files));
    return files;
  }

  private static void addWithImports(FileDescriptor file, Set<FileDescriptor> files) {
    if (file.getPackage().startsWith(PACKAGE) && files.add(file)) {
      file.getDependencies().forEach(imported -> addWithImports(imported, files));
    }
  }

  private static void addMessage(Descriptor message, Set<String> lines) {
    if (message.getOptions().getMapEntry()) {
      return;
    }
    add(lines, "message", named(message.getFullName()));
    message.getFields().forEach(field -> addField(field, lines));
    message.getNestedTypes().forEach(nested -> addMessage(nested, lines));
    message.getEnumTypes().forEach(nested -> addEnum(nested, lines));
  }

  private static void addField(FieldDescriptor field, Set<String> lines) {
    var oneof = field.getRealContainingOneof();
    add(
        lines,
        "field",
        named(field.getContainingType().getFullName()),
        Integer.toString(field.getNumber()),
        field.getName(),
        type(field),
        cardinality(field),
        oneof == null ? "" : oneof.getName());
  }

  private static String type(FieldDescriptor field) {
    if (field.isMapField()) {
      var entry = field.getMessageType();
      return "map<%s,%s>"
          .formatted(type(entry.findFieldByNumber(1)), type(entry.findFieldByNumber(2)));
    }
    return switch (field.getJavaType()) {
      case MESSAGE -> named(field.getMessageType().getFullName());
      case ENUM -> named(field.getEnumType().getFullName());
      case INT, LONG, FLOAT, DOUBLE, BOOLEAN, STRING, BYTE_STRING ->
          field.getType().name().toLowerCase(Locale.ROOT);
    };
  }

  private static String cardinality(FieldDescriptor field) {
    if (field.isMapField()) {
      return "map";
    }
    if (field.isRepeated()) {
      return "rep";
    }
    return field.getContainingOneof() != null && field.getRealContainingOneof() == null
        ? "opt"
        : "";
  }

  private static void addEnum(EnumDescriptor enumeration, Set<String> lines) {
    for (var value : enumeration.getValues()) {
      var line =
          String.join(
              "\t",
              "value",
              named(enumeration.getFullName()),
              value.getName(),
              Integer.toString(value.getNumber()));
      if (!line.startsWith(EARLIER_PHASE)) {
        lines.add(line);
      }
    }
  }

  private static void addService(ServiceDescriptor service, Set<String> lines) {
    for (var call : service.getMethods()) {
      add(
          lines,
          "call",
          service.getName(),
          call.getName(),
          named(call.getInputType().getFullName()),
          named(call.getOutputType().getFullName()),
          kind(call),
          call.getOptions().getIdempotencyLevel() == IdempotencyLevel.NO_SIDE_EFFECTS ? "get" : "");
    }
  }

  private static String kind(MethodDescriptor call) {
    if (call.isClientStreaming()) {
      return call.isServerStreaming() ? "bidi stream" : "client stream";
    }
    return call.isServerStreaming() ? "server stream" : "unary";
  }

  /** Without what all names have in common, as the tables write them. */
  private static String named(String fullName) {
    return fullName.startsWith(PACKAGE)
        ? fullName.substring(PACKAGE.length())
        : fullName.replaceFirst("^google\\.protobuf\\.", "gp.");
  }

  private static void add(Set<String> lines, String... cells) {
    lines.add(String.join("\t", List.of(cells)).stripTrailing());
  }
}
