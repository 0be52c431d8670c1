package dev.runs.application.queue;

import dev.runs.application.queue.Leases.OwnedKind;
import dev.runs.domain.access.OrganizationId;
import dev.runs.domain.queue.Kind;
import dev.runs.domain.queue.KindPolicy;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What organizations say about kinds. */
public interface KindPolicies {

  /** Puts a policy in the place of the one that its kind has. */
  void save(KindPolicy policy);

  /**
   * Starts no more runs of a kind, or does so again, in one step; what else is said of the kind
   * stays.
   *
   * @param otherwise what is said of it from then on when nothing was; paused or not
   */
  void savePaused(KindPolicy otherwise);

  /**
   * @return whether there was one
   */
  boolean remove(OrganizationId organization, Kind kind);

  /** Those that there are, by kind; in one query. */
  Map<OwnedKind, KindPolicy> findAll(Collection<OwnedKind> kinds);

  /**
   * Those of these kinds that have a policy which limits their starts, and keeps them from
   * everybody else until the transaction ends, so that two who start runs of a kind do so one after
   * the other.
   */
  Map<OwnedKind, Limited> takeLimited(Collection<OwnedKind> kinds);

  /**
   * A policy that limits starts.
   *
   * @param nextStart before which nothing more is started; in the past when the kind was idle
   */
  record Limited(KindPolicy policy, Instant nextStart) {}

  /** Keeps before when nothing more of a kind is started. */
  void saveNextStart(OwnedKind kind, Instant nextStart);

  /**
   * A page, by kind.
   *
   * @param after the last kind of the page before; nothing for the first page
   */
  List<KindPolicy> page(OrganizationId organization, Optional<Kind> after, int limit);

  default Optional<KindPolicy> find(OrganizationId organization, Kind kind) {
    var owned = new OwnedKind(organization, kind);
    return Optional.ofNullable(findAll(List.of(owned)).get(owned));
  }
}
