package dev.runs.bootstrap.endtoend;

import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.EnumDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.OneofDescriptor;
import com.google.protobuf.Message;
import com.google.protobuf.Struct;
import com.google.protobuf.Timestamp;
import com.google.protobuf.Value;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Fills every field of messages, so that none can be lost without being missed. Of alternatives one
 * is taken that was not taken yet, or within which there is such a one, by turns, so that after
 * some messages each was; a message within one of its own kind stays empty.
 */
final class MessageFiller {

  private static final int SEVERAL = 12;

  /** How often each alternative was taken. */
  private final Map<FieldDescriptor, Integer> taken = new HashMap<>();

  @SuppressWarnings("unchecked") // a builder builds what it was made from
  <M extends Message> M filled(M empty) {
    return (M) filled(empty.newBuilderForType(), new ArrayDeque<>());
  }

  private Message filled(Message.Builder builder, Deque<Descriptor> above) {
    var type = builder.getDescriptorForType();
    above.push(type);
    for (var field : type.getFields()) {
      if (field.getRealContainingOneof() == null) {
        fill(builder, field, above);
      }
    }
    for (var alternatives : type.getRealOneofs()) {
      var chosen = chosen(alternatives);
      taken.merge(chosen, 1, Integer::sum);
      fill(builder, chosen, above);
    }
    above.pop();
    return builder.build();
  }

  private FieldDescriptor chosen(OneofDescriptor alternatives) {
    var fields = alternatives.getFields();
    return fields.stream()
        .filter(field -> !taken.containsKey(field) || hasOpen(field, new HashSet<>()))
        .min(Comparator.comparing(field -> taken.getOrDefault(field, 0)))
        .orElseGet(fields::getFirst);
  }

  /** Whether there is an alternative within a field that was not taken yet. */
  private boolean hasOpen(FieldDescriptor field, Set<Descriptor> seen) {
    if (field.getJavaType() != FieldDescriptor.JavaType.MESSAGE
        || !seen.add(field.getMessageType())) {
      return false;
    }
    var type = field.getMessageType();
    return type.getRealOneofs().stream()
            .flatMap(oneof -> oneof.getFields().stream())
            .anyMatch(alternative -> !taken.containsKey(alternative))
        || type.getFields().stream().anyMatch(inner -> hasOpen(inner, seen));
  }

  private void fill(Message.Builder builder, FieldDescriptor field, Deque<Descriptor> above) {
    if (field.isMapField()) {
      var entry = builder.newBuilderForField(field);
      var types = field.getMessageType();
      entry.setField(types.findFieldByName("key"), "key");
      var value = types.findFieldByName("value");
      if (value.getJavaType() != FieldDescriptor.JavaType.MESSAGE) {
        entry.setField(value, scalar(value));
      } else if (!above.contains(value.getMessageType())) {
        entry.setField(value, message(entry.newBuilderForField(value), above));
      }
      builder.addRepeatedField(field, entry.build());
    } else if (field.getJavaType() == FieldDescriptor.JavaType.MESSAGE) {
      for (var times = field.isRepeated() ? elements(above) : 1; times > 0; times--) {
        var inner = builder.newBuilderForField(field);
        put(
            builder,
            field,
            above.contains(field.getMessageType()) ? inner.build() : message(inner, above));
      }
    } else {
      put(builder, field, scalar(field));
    }
  }

  /** Several where it costs little, for each of them takes another alternative. */
  private static int elements(Deque<Descriptor> above) {
    return above.size() == 1 ? SEVERAL : 1;
  }

  private static void put(Message.Builder builder, FieldDescriptor field, Object value) {
    if (field.isRepeated()) {
      builder.addRepeatedField(field, value);
    } else {
      builder.setField(field, value);
    }
  }

  private Message message(Message.Builder builder, Deque<Descriptor> above) {
    return switch (builder.getDescriptorForType().getFullName()) {
      case "google.protobuf.Timestamp" -> Timestamp.newBuilder().setSeconds(1_700_000_000).build();
      case "google.protobuf.Struct" ->
          Struct.newBuilder()
              .putFields("key", Value.newBuilder().setStringValue("value").build())
              .build();
      default -> filled(builder, above);
    };
  }

  private static Object scalar(FieldDescriptor field) {
    return switch (field.getJavaType()) {
      case INT -> 7;
      case LONG -> 7L;
      case FLOAT -> 7f;
      case DOUBLE -> 7d;
      case BOOLEAN -> true;
      case STRING -> field.getName().length() > 16 ? "text" : field.getName();
      case BYTE_STRING -> ByteString.copyFromUtf8("bytes");
      case ENUM -> lastOf(field.getEnumType(), field);
      case MESSAGE -> throw new IllegalArgumentException(field.getFullName() + " is a message");
    };
  }

  /** A phase for which notifications can be ordered; of other enums the one with most to lose. */
  private static Object lastOf(EnumDescriptor type, FieldDescriptor field) {
    return field.getName().equals("on_phases")
        ? type.findValueByNumber(5)
        : type.getValues().stream()
            .reduce((one, other) -> other.getNumber() > one.getNumber() ? other : one)
            .orElseThrow();
  }
}
