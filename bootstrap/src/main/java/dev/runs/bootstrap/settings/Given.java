package dev.runs.bootstrap.settings;

/** A value and where it was found. */
record Given(Raw raw, Origin origin) {}
