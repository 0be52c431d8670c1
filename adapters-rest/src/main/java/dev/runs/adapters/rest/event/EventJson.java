package dev.runs.adapters.rest.event;

import dev.runs.adapters.rest.json.Times;
import dev.runs.application.event.RunEventLog.Entry;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An event as it is sent.
 *
 * @param version the run's version after it; null for what leaves the run itself as it was
 */
record EventJson(
    long position,
    String type,
    String at,
    String runId,
    String rootRunId,
    @Nullable String parentRunId,
    String organizationId,
    String project,
    String domain,
    String serviceName,
    String taskName,
    @Nullable Long version,
    String actor,
    Map<String, String> details) {

  static EventJson of(Entry entry) {
    var event = entry.event();
    var parent = event.path().parent();
    return new EventJson(
        entry.position(),
        event.type().wireName(),
        Times.written(event.at()),
        event.run().toString(),
        event.root().toString(),
        parent == null ? null : parent.toString(),
        event.organization().toString(),
        event.space().project().value(),
        event.space().domain(),
        event.origin().service(),
        event.origin().task(),
        event.version(),
        event.actor().value(),
        event.details());
  }
}
