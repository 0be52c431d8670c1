package dev.runs.adapters.rest.access;

import dev.runs.adapters.rest.json.Times;
import dev.runs.domain.access.User;

/** A user as it is shown. */
record UserJson(
    String id, String externalId, String organizationId, String createdAt, String updatedAt) {

  static UserJson of(User user) {
    return new UserJson(
        user.id().toString(),
        user.externalId().value(),
        user.organization().toString(),
        Times.written(user.createdAt()),
        Times.written(user.updatedAt()));
  }
}
