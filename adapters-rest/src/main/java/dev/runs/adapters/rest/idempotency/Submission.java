package dev.runs.adapters.rest.idempotency;

import dev.runs.adapters.rest.request.Body;
import dev.runs.application.Caller;
import dev.runs.application.idempotency.KeptAnswers.Scope;
import java.util.Optional;

/**
 * A request that changes something.
 *
 * @param scope of its key; nothing when it has none and need not be done only once
 * @param fingerprint tells this request from another one with the same key
 */
public record Submission(Caller caller, Body body, Optional<Scope> scope, String fingerprint) {}
