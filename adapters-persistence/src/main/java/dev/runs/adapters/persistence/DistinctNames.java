package dev.runs.adapters.persistence;

import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.select;
import static org.jooq.impl.DSL.table;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.Table;
import org.jooq.TableField;

/**
 * The different names that an organization has in a table, found by skipping from one to the next
 * along an index that begins with the organization and the name: one probe for each name, however
 * many rows have it.
 */
public final class DistinctNames {

  /** The order in which both databases keep names. */
  public static final Comparator<String> ORDER =
      Comparator.comparing(name -> name.getBytes(StandardCharsets.UTF_8), Arrays::compareUnsigned);

  private static final Field<Integer> NUMBER = field(name("found", "number"), Integer.class);

  private final Database database;

  public DistinctNames(Database database) {
    this.database = database;
  }

  /**
   * The first names in order.
   *
   * @param names the column of the names, which may be null in some rows
   * @param isMeant which rows count; it begins with the organization, and is as cheap as that for
   *     most rows
   * @param after behind which name; nothing for the first ones
   */
  public <R extends Record> List<String> find(
      Table<R> from,
      TableField<R, String> names,
      Condition isMeant,
      Optional<String> after,
      int limit) {
    var value = field(name("found", "value"), names.getDataType());
    var start = after.map(names::gt).orElseGet(names::isNotNull);
    var found =
        name("found")
            .fields("value", "number")
            .as(
                select(first(from, names, isMeant.and(start)), inline(1))
                    .unionAll(
                        select(
                                first(from, names, isMeant.and(names.gt(value))),
                                NUMBER.plus(inline(1)))
                            .from(table(name("found")))
                            .where(value.isNotNull())
                            .and(NUMBER.lt(limit))));
    return database
        .db()
        .withRecursive(found)
        .select(value)
        .from(found)
        .where(value.isNotNull())
        .orderBy(NUMBER)
        .fetch(value);
  }

  private static <R extends Record> Field<String> first(
      Table<R> from, TableField<R, String> names, Condition condition) {
    return field(select(names).from(from).where(condition).orderBy(names).limit(inline(1)));
  }
}
