package dev.runs.application.event;

import dev.runs.domain.event.RunEvent;
import java.util.List;

/** Takes note of what happens, in the transaction in which it happens. */
public interface RunEvents {

  void add(List<RunEvent> events);
}
