package dev.runs.adapters.web.frame;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import org.junit.jupiter.api.Test;

class CsvTest {

  @Test
  void quotesWhatHoldsACommaAQuoteOrALineBreak() {
    assertThat(Csv.line("a", "b,c", "d\"e", "f\ng")).isEqualTo("a,\"b,c\",\"d\"\"e\",\"f\ng\"\r\n");
  }

  @Test
  void takesTheForceFromTextsThatBeginLikeFormulas() {
    assertThat(Csv.line("=1+1", "+x", "-x", "@x")).isEqualTo("'=1+1,'+x,'-x,'@x\r\n");
    assertThat(Csv.line("\tx", "\rx", "\nx")).isEqualTo("'\tx,\"'\rx\",\"'\nx\"\r\n");
    assertThat(Csv.line("＝x", "＋x", "－x", "＠x")).isEqualTo("'＝x,'＋x,'－x,'＠x\r\n");
  }

  @Test
  void leavesNumbersAsTheyAre() {
    assertThat(Csv.line(-3, new BigDecimal("-0.5"))).isEqualTo("-3,-0.5\r\n");
    assertThat(Csv.line(new BigDecimal("0.0000000001"))).isEqualTo("0.0000000001\r\n");
  }
}
