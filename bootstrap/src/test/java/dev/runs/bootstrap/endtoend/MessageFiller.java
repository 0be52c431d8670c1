package dev.runs.bootstrap.endtoend;

import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.EnumDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import com.google.protobuf.Struct;
import com.google.protobuf.Timestamp;
import com.google.protobuf.Value;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Fills every field of a message, so that none can be lost without being missed. Of alternatives
 * one is taken, another one with each variant; a message within one of its own kind stays empty.
 *
 * @param variant which alternative is taken, from 0
 */
record MessageFiller(int variant) {

  @SuppressWarnings("unchecked") // a builder builds what it was made from
  <M extends Message> M filled(M empty) {
    return (M) filled(empty.newBuilderForType(), new ArrayDeque<>());
  }

  private Message filled(Message.Builder builder, Deque<Descriptor> above) {
    var type = builder.getDescriptorForType();
    above.push(type);
    for (var field : type.getFields()) {
      var alternatives = field.getRealContainingOneof();
      if (alternatives != null) {
        var chosen = alternatives.getField(variant % alternatives.getFieldCount());
        if (!chosen.equals(field)) {
          continue;
        }
      }
      fill(builder, field, above);
    }
    above.pop();
    return builder.build();
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
      if (!above.contains(field.getMessageType())) {
        put(builder, field, message(builder.newBuilderForField(field), above));
      }
    } else {
      put(builder, field, scalar(field));
    }
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
