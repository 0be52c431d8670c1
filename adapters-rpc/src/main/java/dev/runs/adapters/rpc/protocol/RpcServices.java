package dev.runs.adapters.rpc.protocol;

import com.google.protobuf.TypeRegistry;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** All calls that are answered, by their paths. */
public final class RpcServices {

  private final Map<String, RpcMethod<?, ?>> methods = new HashMap<>();
  private final List<String> names;
  private final TypeRegistry types;

  /**
   * @throws IllegalArgumentException when a call is answered twice
   */
  public RpcServices(List<RpcService> services) {
    this.names = services.stream().map(RpcService::name).toList();
    var known = TypeRegistry.newBuilder();
    for (var service : services) {
      for (var method : service.methods()) {
        if (methods.putIfAbsent(method.path(), method) != null) {
          throw new IllegalArgumentException(method.path() + " is answered twice");
        }
        known.add(method.descriptor().getInputType()).add(method.descriptor().getOutputType());
      }
    }
    this.types = known.build();
  }

  /** Their full names. */
  public List<String> names() {
    return names;
  }

  /**
   * @param path as a client wrote it; nothing is decoded
   */
  public Optional<RpcMethod<?, ?>> find(String path) {
    return Optional.ofNullable(methods.get(path));
  }

  /** Every type that a message of theirs may hold, for messages within {@code Any}. */
  TypeRegistry types() {
    return types;
  }
}
