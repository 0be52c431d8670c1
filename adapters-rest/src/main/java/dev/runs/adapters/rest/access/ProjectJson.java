package dev.runs.adapters.rest.access;

import dev.runs.adapters.rest.json.Times;
import dev.runs.domain.access.Project;

/** A project as it is answered. */
record ProjectJson(
    String id,
    String organizationId,
    String slug,
    String name,
    String description,
    String createdAt,
    String updatedAt) {

  static ProjectJson of(Project project) {
    return new ProjectJson(
        project.id().toString(),
        project.organization().toString(),
        project.slug().value(),
        project.name().value(),
        project.description().value(),
        Times.written(project.createdAt()),
        Times.written(project.updatedAt()));
  }
}
