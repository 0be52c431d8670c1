package dev.runs.adapters.persistence.event;

import static dev.runs.adapters.persistence.generated.Tables.EVENT_INBOX;
import static dev.runs.adapters.persistence.generated.Tables.EVENT_POSITION;
import static dev.runs.adapters.persistence.generated.Tables.RUN_EVENT;

import dev.runs.adapters.persistence.Database;
import dev.runs.adapters.persistence.generated.tables.records.EventInboxRecord;
import dev.runs.adapters.persistence.generated.tables.records.RunEventRecord;
import dev.runs.application.event.RunEventLog;
import dev.runs.application.event.RunEvents;
import dev.runs.domain.access.OrganizationId;
import dev.runs.domain.access.Principal;
import dev.runs.domain.event.EventType;
import dev.runs.domain.event.RunEvent;
import dev.runs.domain.run.RunId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jooq.JSONB;
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
    if (!events.isEmpty()) {
      database.db().batchInsert(events.stream().map(JooqRunEvents::toInbox).toList()).execute();
    }
  }

  @Override
  public int sequence(int most) {
    var db = database.db();
    if (db.fetchExists(EVENT_INBOX)) {
      long last =
          database.dialect().take(db.selectFrom(EVENT_POSITION)).fetchSingle().getLastPosition();
      var taken = new ArrayList<>(take(most));
      taken.sort(Comparator.comparing(EventInboxRecord::getId));
      var sequenced = new ArrayList<RunEventRecord>(taken.size());
      for (var event : taken) {
        sequenced.add(toEntry(event, last + sequenced.size() + 1));
      }
      db.batchInsert(sequenced).execute();
      db.update(EVENT_POSITION)
          .set(EVENT_POSITION.LAST_POSITION, last + sequenced.size())
          .execute();
      return sequenced.size();
    }
    return 0;
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

  private List<EventInboxRecord> take(int most) {
    var db = database.db();
    var first = db.select(EVENT_INBOX.ID).from(EVENT_INBOX).orderBy(EVENT_INBOX.ID).limit(most);
    return db.deleteFrom(EVENT_INBOX).where(EVENT_INBOX.ID.in(first)).returning().fetch();
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

  private static RunEventRecord toEntry(EventInboxRecord event, long position) {
    return new RunEventRecord(
        position,
        event.getRunId(),
        event.getRootId(),
        event.getOrganizationId(),
        event.getType(),
        event.getVersion(),
        event.getActor(),
        event.getAt(),
        event.getDetails());
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
