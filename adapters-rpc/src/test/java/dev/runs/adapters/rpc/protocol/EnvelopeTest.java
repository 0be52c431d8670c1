package dev.runs.adapters.rpc.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Arrays;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EnvelopeTest {

  private static final byte[] HELLO = {1, 0, 0, 0, 2, 'h', 'i'};

  @Test
  void hasFlagsAndLengthBeforeThePayload() throws IOException {
    assertThat(new Envelope(1, new byte[] {'h', 'i'}).bytes()).isEqualTo(HELLO);

    assertThat(Envelope.read(new ByteArrayInputStream(HELLO), 2))
        .get()
        .returns(1, Envelope::flags)
        .extracting(Envelope::payload, InstanceOfAssertFactories.BYTE_ARRAY)
        .containsExactly('h', 'i');
  }

  @Test
  void nothingIsTheEnd() throws IOException {
    assertThat(Envelope.read(new ByteArrayInputStream(new byte[0]), 2)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 4, 5, 6})
  void whatIsBrokenOffIsRefused(int length) {
    var bytes = new ByteArrayInputStream(Arrays.copyOf(HELLO, length));

    assertThatThrownBy(() -> Envelope.read(bytes, 2))
        .isInstanceOfSatisfying(
            RpcException.class,
            refused -> assertThat(refused.code()).isEqualTo(RpcCode.INVALID_ARGUMENT))
        .hasMessageContaining("broken off");
  }

  @Test
  void whatIsTooLongIsRefusedByItsHeadAlone() {
    var ofFourGigabytes = new ByteArrayInputStream(new byte[] {0, -1, -1, -1, -1});

    assertThatThrownBy(() -> Envelope.read(ofFourGigabytes, 100))
        .isInstanceOfSatisfying(
            RpcException.class,
            refused -> assertThat(refused.code()).isEqualTo(RpcCode.RESOURCE_EXHAUSTED));
  }
}
