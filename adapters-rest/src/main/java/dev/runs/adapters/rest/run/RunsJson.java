package dev.runs.adapters.rest.run;

import java.util.List;

/** Runs that were just made. */
record RunsJson(List<RunJson> runs) {}
