package dev.runs.adapters.rpc.protocol;

import com.google.protobuf.Message;

/** Answers one request with one answer. */
@FunctionalInterface
public interface UnaryHandler<Q extends Message, A extends Message> {

  A answer(Call call, Q request);
}
