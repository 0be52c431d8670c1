package dev.runs.adapters.rpc.access;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor.JavaType;
import com.google.protobuf.Message;
import dev.runs.adapters.rpc.protocol.Call;
import dev.runs.adapters.rpc.protocol.Preparation;
import dev.runs.adapters.rpc.wire.common.ClusterIdentifier;
import dev.runs.adapters.rpc.wire.common.ProjectIdentifier;
import dev.runs.adapters.rpc.wire.common.RunIdentifier;
import dev.runs.adapters.rpc.wire.common.TriggerName;
import dev.runs.adapters.rpc.wire.task.TaskIdentifier;
import dev.runs.adapters.rpc.wire.task.TaskName;
import dev.runs.adapters.rpc.wire.workflow.ListRunsRequest;
import dev.runs.adapters.rpc.wire.workflow.WatchRunsRequest;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Fills in the caller's organization where an identifier names none, so that clients which know
 * only one organization need not name it.
 */
public final class OrganizationDefaults implements Preparation {

  private static final Set<Descriptor> IDENTIFIERS =
      Set.of(
          RunIdentifier.getDescriptor(),
          ProjectIdentifier.getDescriptor(),
          ClusterIdentifier.getDescriptor(),
          TriggerName.getDescriptor(),
          TaskIdentifier.getDescriptor(),
          TaskName.getDescriptor());

  /** Messages that name an organization beside identifiers, as one of several scopes. */
  private static final Set<Descriptor> SCOPED =
      Set.of(ListRunsRequest.getDescriptor(), WatchRunsRequest.getDescriptor());

  /** What a task is and is given is kept as it came. */
  private static final Set<String> OPAQUE =
      Set.of("task_spec", "spec", "inputs", "run_spec", "default_inputs");

  private static final Set<String> NAMES = Set.of("org", "organization");

  private final Callers callers;

  public OrganizationDefaults(Callers callers) {
    this.callers = callers;
  }

  @Override
  public Message prepare(Call call, Message request) {
    if (!isWanting(request)) {
      return request;
    }
    var organization = callers.nameOf(callers.in(call, "").organization());
    return filled(request, organization);
  }

  private static boolean isWanting(Message message) {
    var type = message.getDescriptorForType();
    for (var field : type.getFields()) {
      if (names(type, field)) {
        if (isEmpty(message, field)) {
          return true;
        }
      } else if (isLookedInto(field) && within(message, field).anyMatch(it -> isWanting(it))) {
        return true;
      }
    }
    return false;
  }

  private static Message filled(Message message, String organization) {
    var type = message.getDescriptorForType();
    var builder = message.toBuilder();
    for (var field : type.getFields()) {
      if (names(type, field)) {
        if (isEmpty(message, field)) {
          builder.setField(field, organization);
        }
      } else if (isLookedInto(field)) {
        var inner = within(message, field).map(it -> filled(it, organization)).toList();
        if (field.isRepeated()) {
          builder.setField(field, inner);
        } else if (!inner.isEmpty()) {
          builder.setField(field, inner.getFirst());
        }
      }
    }
    return builder.build();
  }

  /** The messages of a field: of one that is not set none. */
  private static Stream<Message> within(Message message, FieldDescriptor field) {
    if (field.isRepeated()) {
      return ((List<?>) message.getField(field)).stream().map(it -> (Message) it);
    }
    return message.hasField(field) ? Stream.of((Message) message.getField(field)) : Stream.empty();
  }

  private static boolean names(Descriptor type, FieldDescriptor field) {
    return NAMES.contains(field.getName()) && (IDENTIFIERS.contains(type) || SCOPED.contains(type));
  }

  /** An empty scope counts only when it is the scope that was chosen. */
  private static boolean isEmpty(Message message, FieldDescriptor field) {
    var isChosen = field.getContainingOneof() == null || message.hasField(field);
    return isChosen && message.getField(field).equals("");
  }

  private static boolean isLookedInto(FieldDescriptor field) {
    return field.getJavaType() == JavaType.MESSAGE
        && !field.isMapField()
        && !OPAQUE.contains(field.getName())
        && !List.of("google", "buf").contains(packageOf(field));
  }

  private static String packageOf(FieldDescriptor field) {
    var name = field.getMessageType().getFullName();
    return name.substring(0, name.indexOf('.'));
  }
}
