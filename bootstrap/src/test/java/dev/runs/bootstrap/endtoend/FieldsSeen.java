package dev.runs.bootstrap.endtoend;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import java.util.TreeSet;

/** Which fields of which messages came back filled. */
final class FieldsSeen {

  private static final String PACKAGE = "flyteidl2.";

  private final Set<String> seen = new TreeSet<>();
  private final Set<String> all = new TreeSet<>();
  private final Set<Descriptor> known = new HashSet<>();

  /** Takes note of an answer, and of all that it could have told. */
  void note(Message answer) {
    expect(answer.getDescriptorForType());
    look(answer);
  }

  /** What no answer has told. */
  Set<String> missing() {
    var missing = new TreeSet<>(all);
    missing.removeAll(seen);
    return missing;
  }

  private void expect(Descriptor type) {
    if (!type.getFullName().startsWith(PACKAGE) || !known.add(type)) {
      return;
    }
    for (var field : type.getFields()) {
      all.add(name(field));
      if (field.isMapField()) {
        var value = field.getMessageType().findFieldByName("value");
        if (value.getJavaType() == FieldDescriptor.JavaType.MESSAGE) {
          expect(value.getMessageType());
        }
      } else if (field.getJavaType() == FieldDescriptor.JavaType.MESSAGE) {
        expect(field.getMessageType());
      }
    }
  }

  private void look(Message message) {
    for (var set : message.getAllFields().entrySet()) {
      var field = set.getKey();
      if (field.getFile().getPackage().startsWith("flyteidl2")) {
        seen.add(name(field));
      }
      if (field.getJavaType() == FieldDescriptor.JavaType.MESSAGE) {
        if (field.isRepeated()) {
          ((Collection<?>) set.getValue()).forEach(one -> look((Message) one));
        } else {
          look((Message) set.getValue());
        }
      }
    }
  }

  /** As the wire tables have it, such as {@code workflow.Action.metadata}. */
  private static String name(FieldDescriptor field) {
    return field.getFullName().substring(PACKAGE.length());
  }
}
