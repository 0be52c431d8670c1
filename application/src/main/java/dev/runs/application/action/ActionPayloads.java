package dev.runs.application.action;

import dev.runs.domain.action.ActionStatus;
import dev.runs.domain.action.Document;
import java.util.Optional;

/**
 * What an action was given and gave back.
 *
 * @param inputs as they were given with the run
 * @param inputUri where its inputs lie elsewhere
 * @param output what it gave back by value: {@link ActionStatus#output()}
 * @param outputs where its outputs lie, as a JSON object {@code {"outputUri": …}}, once it has
 *     succeeded
 */
public record ActionPayloads(
    ActionView action,
    Optional<Document> inputs,
    Optional<String> inputUri,
    Optional<Document> output,
    Optional<Document> outputs) {}
