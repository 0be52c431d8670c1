package dev.runs.application.access;

import dev.runs.application.InMemoryTransactions;
import dev.runs.domain.access.ExternalId;
import dev.runs.domain.access.OrganizationId;
import dev.runs.domain.access.User;
import dev.runs.domain.access.UserId;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Users in memory. */
public final class InMemoryUsers implements Users {

  /** As the column is sorted, which is not how strings of Java are. */
  private static final Comparator<ExternalId> ORDER =
      Comparator.comparing(
          id -> id.value().getBytes(StandardCharsets.UTF_8), Arrays::compareUnsigned);

  private final InMemoryTransactions.Table<UserId, User> rows;
  private final Organizations organizations;

  public InMemoryUsers(InMemoryTransactions transactions, Organizations organizations) {
    this.rows = transactions.table(Comparator.comparing(UserId::value));
    this.organizations = organizations;
  }

  @Override
  public Upserted<User> addUnlessThere(User user) {
    var there = find(user.organization(), user.externalId());
    if (there.isPresent()) {
      return new Upserted<>(there.get(), false);
    }
    if (organizations.find(user.organization()).isEmpty()) {
      throw new IllegalStateException("there is no organization " + user.organization());
    }
    rows.put(user.id(), user);
    return new Upserted<>(user, true);
  }

  @Override
  public Optional<User> find(OrganizationId organization, ExternalId externalId) {
    return rows.all().stream()
        .filter(row -> row.organization().equals(organization))
        .filter(row -> row.externalId().equals(externalId))
        .findFirst();
  }

  @Override
  public Map<UserId, User> findAll(Collection<UserId> ids) {
    return rows.all().stream()
        .filter(row -> ids.contains(row.id()))
        .collect(Collectors.toMap(User::id, row -> row));
  }

  @Override
  public List<User> list(
      OrganizationId organization, String beginning, Optional<ExternalId> after, int limit) {
    return rows.all().stream()
        .filter(row -> row.organization().equals(organization))
        .filter(row -> row.externalId().value().startsWith(beginning))
        .filter(row -> after.isEmpty() || ORDER.compare(row.externalId(), after.get()) > 0)
        .sorted(Comparator.comparing(User::externalId, ORDER))
        .limit(limit)
        .toList();
  }
}
