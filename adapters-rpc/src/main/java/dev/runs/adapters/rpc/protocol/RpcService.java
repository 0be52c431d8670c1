package dev.runs.adapters.rpc.protocol;

import com.google.protobuf.Descriptors.ServiceDescriptor;
import com.google.protobuf.Message;
import dev.runs.adapters.rpc.protocol.RpcMethod.Handler;
import dev.runs.domain.access.Scope;
import java.util.ArrayList;
import java.util.List;

/** The calls of one service that are answered. */
public final class RpcService {

  private final ServiceDescriptor descriptor;
  private final List<RpcMethod<?, ?>> methods;

  private RpcService(ServiceDescriptor descriptor, List<RpcMethod<?, ?>> methods) {
    this.descriptor = descriptor;
    this.methods = List.copyOf(methods);
  }

  /** Its full name, such as {@code flyteidl2.workflow.RunService}. */
  public String name() {
    return descriptor.getFullName();
  }

  public List<RpcMethod<?, ?>> methods() {
    return methods;
  }

  /**
   * Begins a service whose requests are taken as they come, until {@link Builder#preparing} says
   * otherwise.
   */
  public static Builder of(ServiceDescriptor descriptor) {
    return new Builder(descriptor);
  }

  /** A service in the making. Each call is named as the service declares it. */
  public static final class Builder {

    private final ServiceDescriptor descriptor;
    private final List<RpcMethod<?, ?>> methods = new ArrayList<>();
    private Preparation preparation = Preparation.NONE;

    private Builder(ServiceDescriptor descriptor) {
      this.descriptor = descriptor;
    }

    /** Has the requests of all calls that follow prepared like this. */
    public Builder preparing(Preparation preparation) {
      this.preparation = preparation;
      return this;
    }

    /** A call with one request and one answer. */
    public <Q extends Message, A extends Message> Builder unary(
        String name, Q request, Scope scope, UnaryHandler<Q, A> handler) {
      return add(name, request, scope, new Handler.Unary<>(handler));
    }

    /**
     * A call with one request and one answer, which clients of an earlier time make as a stream of
     * requests, each of them answered with one.
     */
    public <Q extends Message, A extends Message> Builder repeated(
        String name, Q request, Scope scope, UnaryHandler<Q, A> handler) {
      return add(name, request, scope, new Handler.Repeated<>(handler));
    }

    /** A call with one request and many answers. */
    public <Q extends Message, A extends Message> Builder streaming(
        String name, Q request, Scope scope, StreamHandler<Q, A> handler) {
      return add(name, request, scope, new Handler.Streaming<>(handler));
    }

    /** A call with many requests and one answer. */
    public <Q extends Message, A extends Message> Builder gathering(
        String name, Q request, Scope scope, GatherHandler<Q, A> handler) {
      return add(name, request, scope, new Handler.Gathering<>(handler));
    }

    /** A call with many requests and many answers. */
    public <Q extends Message, A extends Message> Builder bidi(
        String name, Q request, Scope scope, BidiHandler<Q, A> handler) {
      return add(name, request, scope, new Handler.Bidi<>(handler));
    }

    private <Q extends Message, A extends Message> Builder add(
        String name, Q request, Scope scope, Handler<Q, A> handler) {
      var method = descriptor.findMethodByName(name);
      if (method == null) {
        throw new IllegalArgumentException(descriptor.getFullName() + " has no call " + name);
      }
      methods.add(new RpcMethod<>(method, request, scope, preparation, handler));
      return this;
    }

    public RpcService build() {
      return new RpcService(descriptor, methods);
    }
  }
}
