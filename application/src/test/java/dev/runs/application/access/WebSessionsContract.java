package dev.runs.application.access;

import static dev.runs.application.access.PeopleFixtures.person;
import static dev.runs.domain.run.RunFixtures.ACME;
import static dev.runs.domain.run.RunFixtures.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import dev.runs.application.StoresContract;
import dev.runs.domain.access.Person;
import dev.runs.domain.access.SessionToken;
import dev.runs.domain.access.WebSession;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every store of sessions promises. */
public abstract class WebSessionsContract extends StoresContract {

  private static final Person ADA = person(1, "ada");
  private static final Person BEN = person(2, "ben");

  @BeforeEach
  void twoPeople() {
    stores()
        .write(() -> {
          stores().people().add(ADA);
          stores().people().add(BEN);
        });
  }

  @Test
  void findsASessionByItsHash() {
    var session = session(ADA, "a", NOON);
    add(session);

    assertThat(sessions().find(session.hash())).contains(session);
    assertThat(sessions().find(new SessionToken("b").hash())).isEmpty();
  }

  @Test
  void keepsWhenItWasSeenAndWhereItActs() {
    var session = session(ADA, "a", NOON);
    add(session);
    var later = session.seen(NOON.plus(Duration.ofMinutes(10))).in(ACME.id());

    stores().write(() -> sessions().save(later));

    assertThat(sessions().find(session.hash())).contains(later);
  }

  @Test
  void doesNotBringBackASessionThatIsGone() {
    var session = session(ADA, "a", NOON);
    add(session);
    stores().write(() -> sessions().remove(session.hash()));

    stores().write(() -> sessions().save(session.in(ACME.id())));

    assertThat(sessions().find(session.hash())).isEmpty();
  }

  @Test
  void removesAllSessionsOfOnePersonAndNoOther() {
    var first = session(ADA, "a", NOON);
    var second = session(ADA, "b", NOON);
    var bens = session(BEN, "c", NOON);
    add(first, second, bens);

    stores().write(() -> sessions().removeOf(ADA.id()));

    assertThat(sessions().find(first.hash())).isEmpty();
    assertThat(sessions().find(second.hash())).isEmpty();
    assertThat(sessions().find(bens.hash())).contains(bens);
  }

  @Test
  void removesWhatIsOverAFewAtATime() {
    add(
        session(ADA, "a", NOON),
        session(ADA, "b", NOON.plusSeconds(1)),
        session(ADA, "c", NOON.plusSeconds(2)));
    var now = NOON.plusSeconds(1).plus(WebSession.LONGEST_IDLE);

    assertThat(removeOver(now.minusSeconds(2), 10)).isZero();
    assertThat(removeOver(now, 1)).isEqualTo(1);
    assertThat(sessions().find(new SessionToken("a").hash())).isEmpty();
    assertThat(removeOver(now, 10)).isEqualTo(1);
    assertThat(sessions().find(new SessionToken("c").hash())).isPresent();
  }

  private WebSessions sessions() {
    return stores().webSessions();
  }

  private int removeOver(Instant now, int most) {
    return stores().transactions().inTransaction(() -> sessions().removeOver(now, most));
  }

  private void add(WebSession... all) {
    stores()
        .write(() -> {
          for (var session : all) {
            sessions().add(session);
          }
        });
  }

  private static WebSession session(Person person, String token, Instant now) {
    return WebSession.opened(new SessionToken(token), person.id(), Optional.empty(), now);
  }
}
