package dev.runs.application.access;

import static dev.runs.domain.run.RunFixtures.NOON;
import static dev.runs.domain.run.RunFixtures.uuid;
import static org.assertj.core.api.Assertions.assertThat;

import dev.runs.application.AtOnce;
import dev.runs.application.StoresContract;
import dev.runs.application.access.ApiKeys.ApiKey;
import dev.runs.domain.access.ApiKeyText;
import org.junit.jupiter.api.Test;

/** What every store of keys promises. */
public abstract class ApiKeysContract extends StoresContract {

  @Test
  void findsAKeyByItsHash() {
    var key = key(1);

    assertThat(addFirst(key)).isTrue();
    assertThat(stores().apiKeys().findByHash(key.hash())).contains(key);
    assertThat(stores().apiKeys().findByHash(key(2).hash())).isEmpty();
  }

  @Test
  void addsNoFirstKeyWhenThereIsOne() {
    addFirst(key(1));

    assertThat(addFirst(key(2))).isFalse();
    assertThat(stores().apiKeys().findByHash(key(2).hash())).isEmpty();
  }

  @Test
  void addsOneFirstKeyHoweverManyComeAtTheSameMoment() {
    var answers = AtOnce.with(8, i -> addFirst(key(i)));

    assertThat(answers).filteredOn(isAdded -> isAdded).hasSize(1);
    assertThat(stores().apiKeys().findByHash(key(answers.indexOf(true)).hash())).isPresent();
  }

  private boolean addFirst(ApiKey key) {
    return stores().transactions().inTransaction(() -> stores().apiKeys().addFirst(key));
  }

  private static ApiKey key(int number) {
    return new ApiKey(uuid(number), "key " + number, ApiKeyText.hash("secret " + number), NOON);
  }
}
