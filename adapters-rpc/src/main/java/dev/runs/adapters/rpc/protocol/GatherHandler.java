package dev.runs.adapters.rpc.protocol;

import com.google.protobuf.Message;

/** Answers any number of requests with one answer. */
@FunctionalInterface
public interface GatherHandler<Q extends Message, A extends Message> {

  A answer(Call call, Source<Q> source);
}
