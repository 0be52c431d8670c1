package dev.runs.application;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runs.domain.run.RunId;
import dev.runs.domain.run.RunPath;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What all that makes ids promises. */
public abstract class IdsContract {

  protected abstract Ids ids();

  @Test
  void makesUuidsOfVersionSeven() {
    assertThat(made(100)).allMatch(id -> id.version() == 7).allMatch(id -> id.variant() == 2);
  }

  /** A subtree of paths would not be one range otherwise. */
  @Test
  void beginsWithAByteBelowAHundredAndTwentyEight() {
    assertThat(made(100))
        .allSatisfy(id -> assertThat(RunPath.ofRoot(new RunId(id)).toBytes()[0]).isNotNegative());
  }

  @Test
  void makesEachLaterThanTheOnesBefore() {
    assertThat(made(50_000)).extracting(RunId::new).isSorted();
  }

  @Test
  void makesNoneTwiceHoweverManyAsk() {
    var made = AtOnce.with(8, _ -> made(5_000));

    assertThat(made.stream().flatMap(List::stream)).hasSize(40_000).doesNotHaveDuplicates();
    assertThat(made).allSatisfy(own -> assertThat(own).extracting(RunId::new).isSorted());
  }

  private List<UUID> made(int many) {
    var made = new ArrayList<UUID>(many);
    for (var i = 0; i < many; i++) {
      made.add(ids().next());
    }
    return made;
  }
}
