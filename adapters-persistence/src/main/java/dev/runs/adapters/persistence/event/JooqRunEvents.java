package dev.runs.adapters.persistence.event;

import static dev.runs.adapters.persistence.generated.Tables.EVENT_INBOX;
import static dev.runs.adapters.persistence.generated.Tables.EVENT_POSITION;
import static dev.runs.adapters.persistence.generated.Tables.RUN_EVENT;
import static java.util.Objects.requireNonNull;
import static org.jooq.impl.DSL.deleteFrom;
import static org.jooq.impl.DSL.max;
import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.rowNumber;
import static org.jooq.impl.DSL.select;
import static org.jooq.impl.DSL.selectOne;
import static org.jooq.impl.DSL.table;

import dev.runs.adapters.persistence.Database;
import dev.runs.adapters.persistence.generated.tables.EventInbox;
import dev.runs.adapters.persistence.generated.tables.records.EventInboxRecord;
import dev.runs.adapters.persistence.generated.tables.records.RunEventRecord;
import dev.runs.application.event.RunEventLog;
import dev.runs.application.event.RunEvents;
import dev.runs.domain.access.OrganizationId;
import dev.runs.domain.access.Principal;
import dev.runs.domain.event.EventType;
import dev.runs.domain.event.RunEvent;
import dev.runs.domain.run.RunId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jooq.JSONB;
import org.jooq.Record;
import org.jooq.Record1;
import org.jooq.Select;
import org.jooq.SelectSelectStep;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/**
 * Takes events in the table {@code event_inbox} and gives them their order in {@code run_event}.
 * Ids of the inbox commit out of order; positions are taken one after another from one locked row,
 * so nobody who follows them misses an event.
 */
public final class JooqRunEvents implements RunEvents, RunEventLog {

  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final TypeReference<LinkedHashMap<String, String>> DETAILS =
      new TypeReference<>() {};

  private final Database database;

  public JooqRunEvents(Database database) {
    this.database = database;
  }

  @Override
  public void add(List<RunEvent> events) {
    database.add(events.stream().map(JooqRunEvents::toInbox).toList());
  }

  @Override
  public int sequence(int most) {
    var db = database.db();
    if (!db.fetchExists(EVENT_INBOX)) {
      return 0;
    }
    long last =
        database.dialect().take(db.selectFrom(EVENT_POSITION)).fetchSingle().getLastPosition();
    var moved =
        switch (database.dialect()) {
          case POSTGRES -> moveAtOnce(last, most);
          case SQLITE -> moveAlone(last, most);
        };
    db.update(EVENT_POSITION).set(EVENT_POSITION.LAST_POSITION, last + moved).execute();
    return moved;
  }

  /** One statement, for events with smaller ids may be committed at any moment. */
  private int moveAtOnce(long last, int most) {
    var taken = EVENT_INBOX.as("taken");
    return database
        .db()
        .with("taken")
        .as(deleteFrom(EVENT_INBOX).where(EVENT_INBOX.ID.le(lastOfFirst(most))).returning())
        .insertInto(RUN_EVENT)
        .columns(RUN_EVENT.fields())
        .select(entries(taken, last).from(table(name("taken"))))
        .execute();
  }

  /**
   * The largest id among the first ones. A range is read in one pass whatever the database believes
   * of the table, while a list of ids was looked up in a table that it took for empty by reading
   * all of it for each id.
   */
  private static Select<Record1<Long>> lastOfFirst(int most) {
    var first = first(most).asTable("first");
    return select(max(requireNonNull(first.field(EVENT_INBOX.ID)))).from(first);
  }

  /** Two statements, for nobody else writes between them. */
  private int moveAlone(long last, int most) {
    var db = database.db();
    var moved =
        db.insertInto(RUN_EVENT)
            .columns(RUN_EVENT.fields())
            .select(
                entries(EVENT_INBOX, last).from(EVENT_INBOX).where(EVENT_INBOX.ID.in(first(most))))
            .execute();
    db.deleteFrom(EVENT_INBOX).where(EVENT_INBOX.ID.in(first(most))).execute();
    return moved;
  }

  private static Select<Record1<Long>> first(int most) {
    return select(EVENT_INBOX.ID).from(EVENT_INBOX).orderBy(EVENT_INBOX.ID).limit(most);
  }

  /** Events as entries of the log, with the positions that come after the last one. */
  private static SelectSelectStep<? extends Record> entries(EventInbox inbox, long last) {
    return select(
        rowNumber().over().orderBy(inbox.ID).plus(last),
        inbox.RUN_ID,
        inbox.ROOT_ID,
        inbox.ORGANIZATION_ID,
        inbox.TYPE,
        inbox.VERSION,
        inbox.ACTOR,
        inbox.AT,
        inbox.DETAILS);
  }

  @Override
  public int waiting(int most) {
    return database.db().fetchCount(selectOne().from(EVENT_INBOX).limit(most));
  }

  @Override
  public List<Entry> after(long position, int limit) {
    return database
        .db()
        .selectFrom(RUN_EVENT)
        .where(RUN_EVENT.POSITION.gt(position))
        .orderBy(RUN_EVENT.POSITION)
        .limit(limit)
        .fetch(JooqRunEvents::toEntry);
  }

  @Override
  public long lastPosition() {
    return database.db().fetchSingle(EVENT_POSITION).getLastPosition();
  }

  private static EventInboxRecord toInbox(RunEvent event) {
    var row = new EventInboxRecord();
    row.setRunId(event.run().value());
    row.setRootId(event.root().value());
    row.setOrganizationId(event.organization().value());
    row.setType(event.type().wireName());
    row.setVersion(event.version());
    row.setActor(event.actor().value());
    row.setAt(event.at());
    row.setDetails(JSONB.valueOf(JSON.writeValueAsString(event.details())));
    return row;
  }

  private static Entry toEntry(RunEventRecord row) {
    return new Entry(
        row.getPosition(),
        new RunEvent(
            new RunId(row.getRunId()),
            new RunId(row.getRootId()),
            new OrganizationId(row.getOrganizationId()),
            EventType.ofWireName(row.getType()),
            row.getVersion(),
            new Principal(row.getActor()),
            row.getAt(),
            details(row.getDetails())));
  }

  private static Map<String, String> details(JSONB json) {
    return JSON.readValue(json.data(), DETAILS);
  }
}
