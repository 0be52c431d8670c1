package dev.runs.application.queue;

import dev.runs.application.Caller;
import dev.runs.application.Cursor;
import dev.runs.application.Page;
import dev.runs.application.RequestRejected;
import dev.runs.domain.queue.Kind;
import dev.runs.domain.queue.KindPolicy;
import dev.runs.domain.queue.QueueRejected;
import java.util.Optional;

/** Shows how the organization in which the caller acts wants runs of a kind to be treated. */
public final class ShowKinds {

  /** The most policies of a page. */
  public static final int LARGEST_PAGE = 100;

  private final KindPolicies policies;

  public ShowKinds(KindPolicies policies) {
    this.policies = policies;
  }

  /**
   * @throws QueueRejected.PolicyNotFound when nobody said anything about it
   */
  public KindPolicy show(Caller caller, Kind kind) {
    return policies
        .find(caller.organization(), kind)
        .orElseThrow(QueueRejected.PolicyNotFound::new);
  }

  /**
   * What was said, by kind.
   *
   * @param limit 1 to {@value #LARGEST_PAGE}
   * @throws RequestRejected.BadCursor when the cursor is none
   */
  public Page<KindPolicy> list(Caller caller, Optional<String> cursor, int limit) {
    var after = cursor.map(ShowKinds::place);
    return Page.cut(
        policies.page(caller.organization(), after, limit + 1),
        limit,
        policy -> Cursor.of(policy.kind().value()));
  }

  private static Kind place(String cursor) {
    try {
      return new Kind(Cursor.text(cursor));
    } catch (QueueRejected.BadKind e) {
      throw new RequestRejected.BadCursor();
    }
  }
}
