package dev.runs.adapters.rest.access;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.runs.adapters.rest.json.Times;
import dev.runs.application.access.AddedPerson;
import dev.runs.application.access.Member;
import dev.runs.domain.access.Password;
import dev.runs.domain.access.Person;
import dev.runs.domain.access.Role;
import org.jspecify.annotations.Nullable;

/**
 * A person as an organization knows them.
 *
 * @param oneTimePassword only in the answer that makes the person
 * @param secretShown whether the password was shown in an earlier answer to the same request
 */
record PersonJson(
    String id,
    String login,
    String name,
    String role,
    boolean disabled,
    boolean external,
    String createdAt,
    String updatedAt,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String oneTimePassword,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Boolean secretShown) {

  static PersonJson of(Member member) {
    return of(member.person(), member.role(), null, null);
  }

  /** With the password. */
  static PersonJson shown(AddedPerson added) {
    return of(
        added.person(),
        added.role().orElseThrow(),
        added.oneTimePassword().map(Password::value).orElse(null),
        null);
  }

  /** As it is repeated, without the password. */
  static PersonJson repeated(AddedPerson added) {
    return of(added.person(), added.role().orElseThrow(), null, true);
  }

  private static PersonJson of(
      Person person, Role role, @Nullable String password, @Nullable Boolean secretShown) {
    return new PersonJson(
        person.id().toString(),
        person.login().value(),
        person.name().value(),
        role.wireName(),
        person.isDisabled(),
        person.subject().isPresent(),
        Times.written(person.createdAt()),
        Times.written(person.updatedAt()),
        password,
        secretShown);
  }
}
