package dev.runs.bootstrap.signin;

import dev.runs.application.access.StartedSession;

/** Somebody who has just been let in. */
interface Arrival {

  StartedSession started();
}
