package dev.runs.application.event;

import static dev.runs.domain.run.RunFixtures.root;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.runs.application.AtOnce;
import dev.runs.application.InMemoryWorld;
import dev.runs.domain.access.Access;
import dev.runs.domain.access.Principal;
import dev.runs.domain.access.Reach;
import dev.runs.domain.event.RunEvent;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class SharedReadsTest {

  private static final Principal ACTOR = new Principal("key:test");

  private final InMemoryWorld world = new InMemoryWorld();
  private final EventTail tail =
      new EventTail(world.runEventLog(), 100, 10, new FeedLimits(10, 10));
  private final SharedReads<String, String, String> reads = new SharedReads<>(tail, 2);
  private final AtomicInteger looks = new AtomicInteger();

  @BeforeEach
  void listen() {
    tail.changes(Access.ofPlatform(ACTOR), EventSelection.within(Reach.everywhere()), () -> {});
  }

  @Test
  void readOnceWhatManyWantToSeeAfterAnEvent() {
    happens(1);
    try (var one = reads.join("tree");
        var other = reads.join("tree")) {
      assertThat(one.read(Map.of("a", 1L), this::look)).isEqualTo(Map.of("a", "a1"));
      assertThat(other.read(Map.of("a", 1L), this::look)).isEqualTo(Map.of("a", "a1"));
      assertThat(looks).hasValue(1);

      happens(1);
      assertThat(other.read(Map.of("a", 1L), this::look)).isEqualTo(Map.of("a", "a1"));
      assertThat(one.read(Map.of("a", 2L), this::look)).isEqualTo(Map.of("a", "a2"));
      assertThat(other.read(Map.of("a", 1L), this::look)).isEqualTo(Map.of("a", "a2"));
      assertThat(looks).hasValue(2);
    }
  }

  @Test
  void readWhatIsMissingAlone() {
    happens(1);
    try (var one = reads.join("tree")) {
      one.read(Map.of("a", 1L), this::look);

      var both =
          one.read(
              Map.of("a", 1L, "b", 1L),
              keys -> {
                assertThat(keys).containsExactly("b");
                return look(keys);
              });

      assertThat(both).isEqualTo(Map.of("a", "a1", "b", "b2"));
    }
  }

  @Test
  void readAgainWhatMustBeReadNow() {
    try (var one = reads.join("tree")) {
      one.read(Map.of("a", Long.MAX_VALUE), this::look);

      assertThat(one.read(Map.of("a", Long.MAX_VALUE), this::look)).isEqualTo(Map.of("a", "a2"));
    }
  }

  @Test
  void keepThatSomethingIsNotThere() {
    happens(1);
    try (var one = reads.join("tree")) {
      for (var i = 0; i < 3; i++) {
        var found =
            one.read(
                Map.of("gone", 1L),
                _ -> {
                  looks.incrementAndGet();
                  return Map.of();
                });
        assertThat(found).isEmpty();
      }
      assertThat(looks).hasValue(1);
    }
  }

  @Test
  void keepNoMoreThanTheyMay() {
    happens(1);
    try (var one = reads.join("tree")) {
      one.read(Map.of("a", 1L), this::look);
      one.read(Map.of("b", 1L), this::look);
      one.read(Map.of("c", 1L), this::look);
      assertThat(looks).hasValue(3);

      one.read(Map.of("b", 1L, "c", 1L), this::look);
      assertThat(looks).hasValue(3);
      one.read(Map.of("a", 1L), this::look);
      assertThat(looks).hasValue(4);
    }
  }

  @Test
  void forgetAGroupWithItsLastMember() {
    happens(1);
    var first = reads.join("tree");
    var second = reads.join("tree");
    try (var other = reads.join("other")) {
      first.read(Map.of("a", 1L), this::look);
      other.read(Map.of("a", 1L), this::look);
      assertThat(looks).hasValue(2);

      first.close();
      first.close();
      second.read(Map.of("a", 1L), this::look);
      assertThat(looks).hasValue(2);
      second.close();
      assertThat(reads.groups()).isEqualTo(1);
    }
    assertThat(reads.groups()).isZero();
  }

  @Test
  void letTheNextOneReadWhenOneFails() {
    happens(1);
    try (var one = reads.join("tree")) {
      assertThatIllegalStateException()
          .isThrownBy(() ->
              one.read(
                  Map.of("a", 1L),
                  _ -> {
                    throw new IllegalStateException("the database is away");
                  }));

      assertThat(one.read(Map.of("a", 1L), this::look)).isEqualTo(Map.of("a", "a1"));
    }
  }

  @Test
  void readOnceAlsoForThoseWhoComeWhileItIsRead() {
    happens(1);
    try (var first = reads.join("tree")) {
      AtOnce.with(
          16,
          _ -> {
            try (var one = reads.join("tree")) {
              return one.read(Map.of("a", 1L), this::look);
            }
          });

      assertThat(first.read(Map.of("a", 1L), this::look)).isEqualTo(Map.of("a", "a1"));
    }
    assertThat(looks).hasValue(1);
  }

  private Map<String, String> look(Set<String> keys) {
    var look = looks.incrementAndGet();
    return keys.stream().collect(Collectors.toMap(key -> key, key -> key + look));
  }

  private void happens(int event) {
    world.write(() -> {
      world.runEvents().add(List.of(RunEvent.created(root(event), ACTOR)));
      world.runEventLog().sequence(1);
    });
    tail.follow();
  }
}
