package dev.runs.application.access;

import dev.runs.application.InMemoryTransactions;
import dev.runs.domain.access.ExternalId;
import dev.runs.domain.access.Organization;
import dev.runs.domain.access.OrganizationId;
import dev.runs.domain.access.Project;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Organizations in memory. */
public final class InMemoryOrganizations implements Organizations {

  /** As the column is sorted, which is not how strings of Java are. */
  private static final Comparator<ExternalId> ORDER =
      Comparator.comparing(
          id -> id.value().getBytes(StandardCharsets.UTF_8), Arrays::compareUnsigned);

  private final InMemoryTransactions.Table<OrganizationId, Organization> rows;

  private final InMemoryProjects projects;

  public InMemoryOrganizations(InMemoryTransactions transactions, InMemoryProjects projects) {
    this.projects = projects;
    this.rows = transactions.table(Comparator.comparing(OrganizationId::value));
  }

  @Override
  public Upserted<Organization> addUnlessThere(Organization organization) {
    var there = find(organization.externalId());
    if (there.isPresent()) {
      return new Upserted<>(there.get(), false);
    }
    rows.put(organization.id(), organization);
    projects.add(Project.defaultOf(organization));
    return new Upserted<>(organization, true);
  }

  @Override
  public void save(Organization organization) {
    rows.put(organization.id(), organization);
  }

  @Override
  public Optional<Organization> find(OrganizationId id) {
    return Optional.ofNullable(rows.get(id));
  }

  @Override
  public Optional<Organization> find(ExternalId externalId) {
    return rows.all().stream().filter(row -> row.externalId().equals(externalId)).findFirst();
  }

  @Override
  public Map<OrganizationId, Organization> findAll(Collection<OrganizationId> ids) {
    return rows.all().stream()
        .filter(row -> ids.contains(row.id()))
        .collect(Collectors.toMap(Organization::id, row -> row));
  }

  @Override
  public List<OrganizationId> after(Optional<OrganizationId> after, int limit) {
    return rows.keys().stream()
        .filter(id -> after.isEmpty() || id.value().compareTo(after.get().value()) > 0)
        .limit(limit)
        .toList();
  }

  @Override
  public List<Organization> list(String beginning, Optional<ExternalId> after, int limit) {
    return rows.all().stream()
        .filter(row -> row.externalId().value().startsWith(beginning))
        .filter(row -> after.isEmpty() || ORDER.compare(row.externalId(), after.get()) > 0)
        .sorted(Comparator.comparing(Organization::externalId, ORDER))
        .limit(limit)
        .toList();
  }
}
