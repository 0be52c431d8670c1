package dev.runs.application.action;

import dev.runs.domain.action.ClusterEvent;

/**
 * A cluster event as it was told.
 *
 * @param place where it came in among all cluster events; grows, with gaps, from one to the next
 *     that is told of the same attempt
 */
public record ToldClusterEvent(long place, ClusterEvent event) {}
