package dev.runs.adapters.persistence.event;

import static dev.runs.adapters.persistence.generated.Tables.EVENT_INBOX;
import static dev.runs.adapters.persistence.generated.Tables.EVENT_KEPT;
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
import dev.runs.application.event.EventSelection;
import dev.runs.application.event.RunEventLog;
import dev.runs.application.event.RunEvents;
import dev.runs.domain.access.OrganizationId;
import dev.runs.domain.access.Principal;
import dev.runs.domain.access.Slug;
import dev.runs.domain.event.EventType;
import dev.runs.domain.event.RunEvent;
import dev.runs.domain.run.RunId;
import dev.runs.domain.run.RunOrigin;
import dev.runs.domain.run.RunPath;
import dev.runs.domain.run.RunSpace;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jooq.Condition;
import org.jooq.JSONB;
import org.jooq.Record;
import org.jooq.Record1;
import org.jooq.Record2;
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
  private final ActivityTally activity;

  public JooqRunEvents(Database database) {
    this.database = database;
    this.activity = new ActivityTally(database);
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
    activity.count(last, last + moved);
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
        inbox.DETAILS,
        inbox.PATH,
        inbox.PROJECT,
        inbox.DOMAIN,
        inbox.SERVICE,
        inbox.TASK);
  }

  @Override
  public boolean hasWaiting() {
    return database.db().fetchExists(EVENT_INBOX);
  }

  @Override
  public boolean hasWaitingOf(RunId run) {
    return database.db().fetchExists(EVENT_INBOX, EVENT_INBOX.RUN_ID.eq(run.value()));
  }

  @Override
  public boolean hasWaitingBelow(RunId root) {
    return database.db().fetchExists(EVENT_INBOX, EVENT_INBOX.ROOT_ID.eq(root.value()));
  }

  @Override
  public int waiting(int most) {
    return database.db().fetchCount(selectOne().from(EVENT_INBOX).limit(most));
  }

  @Override
  public List<Entry> after(long position, int limit) {
    return entries(RUN_EVENT.POSITION.gt(position), limit);
  }

  @Override
  public List<Entry> selected(EventSelection selection, long after, long upTo, int limit) {
    var between = RUN_EVENT.POSITION.gt(after).and(RUN_EVENT.POSITION.le(upTo));
    return EventConditions.of(selection).stream()
        .flatMap(condition -> entries(condition.and(between), limit).stream())
        .sorted(Comparator.comparingLong(Entry::position))
        .limit(limit)
        .toList();
  }

  private List<Entry> entries(Condition condition, int limit) {
    return database
        .db()
        .selectFrom(RUN_EVENT)
        .where(condition)
        .orderBy(RUN_EVENT.POSITION)
        .limit(limit)
        .fetch(JooqRunEvents::toEntry);
  }

  @Override
  public long last(EventSelection selection) {
    return EventConditions.of(selection).stream().mapToLong(this::last).max().orElse(0);
  }

  private long last(Condition condition) {
    return database
        .db()
        .select(RUN_EVENT.POSITION)
        .from(RUN_EVENT)
        .where(condition)
        .orderBy(RUN_EVENT.POSITION.desc())
        .limit(1)
        .fetchOptional(RUN_EVENT.POSITION)
        .orElse(0L);
  }

  @Override
  public long lastPosition() {
    return database.db().fetchSingle(EVENT_POSITION).getLastPosition();
  }

  @Override
  public long firstPosition() {
    return database.db().fetchSingle(EVENT_KEPT).getFirstPosition();
  }

  /** From one end only, so that no index by time is needed. */
  @Override
  public int forget(Instant before, int most) {
    var db = database.db();
    database.dialect().take(db.selectFrom(EVENT_KEPT)).fetchSingle();
    var old =
        db
            .select(RUN_EVENT.POSITION, RUN_EVENT.AT)
            .from(RUN_EVENT)
            .orderBy(RUN_EVENT.POSITION)
            .limit(most)
            .fetch()
            .stream()
            .takeWhile(entry -> entry.value2().isBefore(before))
            .map(Record2::value1)
            .toList();
    if (!old.isEmpty()) {
      db.deleteFrom(RUN_EVENT).where(RUN_EVENT.POSITION.le(old.getLast())).execute();
      db.update(EVENT_KEPT).set(EVENT_KEPT.FIRST_POSITION, old.getLast() + 1).execute();
    }
    return old.size();
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
    row.setPath(event.path().toBytes());
    row.setProject(event.space().project().value());
    row.setDomain(event.space().domain());
    row.setService(event.origin().service());
    row.setTask(event.origin().task());
    return row;
  }

  private static Entry toEntry(RunEventRecord row) {
    return new Entry(
        row.getPosition(),
        new RunEvent(
            RunPath.ofBytes(row.getPath()),
            new OrganizationId(row.getOrganizationId()),
            new RunSpace(new Slug(row.getProject()), row.getDomain()),
            new RunOrigin(row.getService(), row.getTask()),
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
