package dev.runs.domain.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.runs.domain.Seeded;
import java.util.HashSet;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class RunNameTest {

  @Test
  void mayHaveThirtyCharactersAndNoMore() {
    assertThat(new RunName("x".repeat(30))).hasToString("x".repeat(30));
    assertThatIllegalArgumentException().isThrownBy(() -> new RunName("x".repeat(31)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "\t\n"})
  void isNotBlank(String name) {
    assertThatIllegalArgumentException().isThrownBy(() -> new RunName(name));
  }

  @Test
  void isALetterAndNineteenLettersOrDigitsWhenGenerated() {
    Seeded.check(
        100, random -> assertThat(RunName.generated(random).value()).matches("[a-z][a-z0-9]{19}"));
  }

  @Test
  void usesEveryLetterAndDigitWhenGenerated() {
    var random = new SplittableRandom(1);
    var first = new HashSet<Character>();
    var rest = new HashSet<Character>();
    var names = new HashSet<RunName>();
    for (var i = 0; i < 2_000; i++) {
      var name = RunName.generated(random);
      names.add(name);
      first.add(name.value().charAt(0));
      name.value().substring(1).chars().forEach(character -> rest.add((char) character));
    }

    assertThat(first).hasSize(26);
    assertThat(rest).hasSize(36);
    assertThat(names).hasSize(2_000);
  }
}
