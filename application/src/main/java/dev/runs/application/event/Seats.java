package dev.runs.application.event;

import dev.runs.application.RequestRejected;
import dev.runs.domain.access.Access;
import dev.runs.domain.access.Principal;
import dev.runs.domain.access.Reach;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Counts who listens, so that neither all together nor one key alone can use up a node. */
final class Seats {

  private final FeedLimits limits;
  private final Map<Principal, Integer> ofKey = new HashMap<>();
  private int taken;

  Seats(FeedLimits limits) {
    this.limits = limits;
  }

  /**
   * @return whose seats this one counts among; nothing for who has no limit of its own
   * @throws RequestRejected.TooManyStreams when there is none left
   */
  synchronized Optional<Principal> take(Access by) {
    if (taken >= limits.most()) {
      throw new RequestRejected.TooManyStreams.OnServer(limits.most());
    }
    var holder =
        by.reach() instanceof Reach.Everywhere
            ? Optional.<Principal>empty()
            : Optional.of(by.principal());
    holder.ifPresent(key -> {
      var own = ofKey.getOrDefault(key, 0);
      if (own >= limits.mostPerKey()) {
        throw new RequestRejected.TooManyStreams.OfKey(limits.mostPerKey());
      }
      ofKey.put(key, own + 1);
    });
    taken++;
    return holder;
  }

  synchronized void free(Optional<Principal> holder) {
    taken--;
    holder.ifPresent(
        key -> ofKey.computeIfPresent(key, (_, own) -> own == 1 ? null : Integer.valueOf(own - 1)));
  }
}
