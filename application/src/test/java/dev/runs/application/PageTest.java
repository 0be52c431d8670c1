package dev.runs.application;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Pages and the cursors between them. */
final class PageTest {

  @Test
  void goesOnBehindItsLastItemWhenThereAreMore() {
    assertThat(Page.cut(List.of(1, 2, 3), 2, String::valueOf))
        .isEqualTo(new Page<>(List.of(1, 2), Optional.of("2")));
  }

  @Test
  void endsWhenThereAreNoMore() {
    assertThat(Page.cut(List.of(1, 2), 2, String::valueOf))
        .isEqualTo(new Page<>(List.of(1, 2), Optional.empty()));
    assertThat(Page.<Integer>cut(List.of(), 2, String::valueOf).items()).isEmpty();
  }

  @Test
  void keepsItsPlaceWhenItsItemsChange() {
    assertThat(new Page<>(List.of(1, 2), Optional.of("2")).map(i -> "no. " + i))
        .isEqualTo(new Page<>(List.of("no. 1", "no. 2"), Optional.of("2")));
  }

  @Test
  void hasCursorsThatGiveBackWhatWasPutIn() {
    assertThat(Cursor.text(Cursor.of("é𝄞/ +?"))).isEqualTo("é𝄞/ +?");
    assertThat(Cursor.bytes(Cursor.of(new byte[] {0, -1, 62, 63}))).containsExactly(0, -1, 62, 63);
    assertThat(Cursor.of(new byte[] {-1, -1, -2})).matches("[A-Za-z0-9_-]+");
  }

  @Test
  void refusesACursorThatIsNone() {
    assertThatExceptionOfType(RequestRejected.BadCursor.class)
        .isThrownBy(() -> Cursor.bytes("not a cursor"))
        .satisfies(refused -> assertThat(refused.code()).isEqualTo("request.invalid_cursor"));
    assertThatExceptionOfType(RequestRejected.BadCursor.class)
        .isThrownBy(() -> Cursor.text(Cursor.of("a\0b")));
  }
}
