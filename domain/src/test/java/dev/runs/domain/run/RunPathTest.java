package dev.runs.domain.run;

import static dev.runs.domain.run.RunFixtures.runId;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.runs.domain.Seeded;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

final class RunPathTest {

  @Test
  void knowsItsRunItsRootAndItsParent() {
    var path = RunPath.ofRoot(runId(1)).child(runId(2)).child(runId(3));

    assertThat(path.run()).isEqualTo(runId(3));
    assertThat(path.root()).isEqualTo(runId(1));
    assertThat(path.parent()).isEqualTo(runId(2));
    assertThat(path.parentPath()).isEqualTo(RunPath.ofRoot(runId(1)).child(runId(2)));
    assertThat(path.depth()).isEqualTo(3);
    assertThat(path.isRoot()).isFalse();
  }

  @Test
  void hasNoParentAtTheRoot() {
    var root = RunPath.ofRoot(runId(1));

    assertThat(root.isRoot()).isTrue();
    assertThat(root.parent()).isNull();
    assertThat(root.depth()).isEqualTo(1);
    assertThatIllegalStateException().isThrownBy(root::parentPath);
  }

  @Test
  void isSixteenBytesForEachRun() {
    var path = RunPath.ofRoot(runId(1)).child(runId(2));

    assertThat(path.toBytes())
        .isEqualTo(
            new byte[] {
              0, 0, 0, 0, 0, 0, 0x70, 0, (byte) 0x80, 0, 0, 0, 0, 0, 0, 1, //
              0, 0, 0, 0, 0, 0, 0x70, 0, (byte) 0x80, 0, 0, 0, 0, 0, 0, 2
            });
  }

  @Test
  void mayBeSixtyFourRunsDeepAndNoDeeper() {
    var path = RunPath.ofRoot(runId(1));
    for (var i = 2; i <= 64; i++) {
      path = path.child(runId(i));
    }
    var deepest = path;

    assertThat(deepest.depth()).isEqualTo(64);
    assertThat(RunPath.ofBytes(deepest.toBytes())).isEqualTo(deepest);
    assertThatExceptionOfType(RunRejected.TooDeep.class)
        .isThrownBy(() -> deepest.child(runId(65)))
        .withMessageContaining("depth 64");
    var tooMany = new ArrayList<>(deepest.ids());
    tooMany.add(runId(65));
    assertThatIllegalArgumentException().isThrownBy(() -> new RunPath(tooMany));
  }

  @Test
  void refusesBytesThatAreNoPath() {
    assertThatIllegalArgumentException().isThrownBy(() -> RunPath.ofBytes(new byte[0]));
    assertThatIllegalArgumentException().isThrownBy(() -> RunPath.ofBytes(new byte[15]));
    assertThatIllegalArgumentException().isThrownBy(() -> RunPath.ofBytes(new byte[33]));
    assertThatIllegalArgumentException().isThrownBy(() -> RunPath.ofBytes(new byte[65 * 16]));
  }

  @Test
  void comesBackFromItsBytes() {
    Seeded.check(
        100,
        random -> {
          var path = path(random);
          assertThat(RunPath.ofBytes(path.toBytes())).isEqualTo(path);
        });
  }

  /** What the databases do with bytes and what the domain does with paths is one and the same. */
  @Test
  void isOrderedAndNestedAsItsBytesAre() {
    Seeded.check(
        300,
        random -> {
          var one = path(random);
          var other = random.nextInt(3) == 0 ? path(random) : relative(one, random);
          var bytes = other.toBytes();

          assertThat(Integer.signum(one.compareTo(other)))
              .isEqualTo(Integer.signum(Arrays.compareUnsigned(one.toBytes(), bytes)));
          var isInRange =
              Arrays.compareUnsigned(one.toBytes(), bytes) <= 0
                  && Arrays.compareUnsigned(bytes, one.endOfSubtree()) < 0;
          assertThat(other.isWithin(one)).isEqualTo(isInRange);
        });
  }

  @Test
  void isWithinItself() {
    var path = RunPath.ofRoot(runId(1)).child(runId(2));

    assertThat(path.isWithin(path)).isTrue();
    assertThat(path.isWithin(path.parentPath())).isTrue();
    assertThat(path.parentPath().isWithin(path)).isFalse();
    assertThat(RunPath.ofRoot(runId(1)).child(runId(3)).isWithin(path)).isFalse();
  }

  private static RunPath path(RandomGenerator random) {
    var ids = new ArrayList<RunId>();
    for (var i = random.nextInt(1, 9); i > 0; i--) {
      ids.add(id(random));
    }
    return new RunPath(ids);
  }

  /** A path above, below or beside. */
  private static RunPath relative(RunPath path, RandomGenerator random) {
    var ids = new ArrayList<>(path.ids().subList(0, random.nextInt(1, path.depth() + 1)));
    for (var i = random.nextInt(3); i > 0; i--) {
      ids.add(id(random));
    }
    return new RunPath(ids);
  }

  /** Versions 7 with every bit that may differ, and often many bits alike. */
  private static RunId id(RandomGenerator random) {
    var time = Seeded.oneOf(List.of(0L, 0x7FFF_FFFF_FFFFL, random.nextLong(1L << 47)), random);
    var high = (time << 16) | 0x7000 | random.nextInt(0x1000);
    var low = Seeded.oneOf(List.of(0L, -1L, random.nextLong()), random);
    return new RunId(new UUID(high, (low & ~(3L << 62)) | (1L << 63)));
  }
}
