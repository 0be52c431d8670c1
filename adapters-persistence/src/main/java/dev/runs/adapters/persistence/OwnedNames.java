package dev.runs.adapters.persistence;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Function;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.impl.DSL;

/** What organizations call something, each in its own words, as conditions of queries. */
public final class OwnedNames {

  /** SQLite refuses conditions that are nested a thousand deep, and each further one nests. */
  private static final int MOST_OWNERS = 500;

  private OwnedNames() {}

  /**
   * Conditions that together mean all of these and nothing else; a query for each, mostly one.
   *
   * @param owner the column of the organization
   * @param name the column of the name
   */
  public static <T> List<Condition> anyOf(
      Field<UUID> owner,
      Field<String> name,
      Collection<T> wanted,
      Function<T, UUID> ownerOf,
      Function<T, String> nameOf) {
    var names = new TreeMap<UUID, List<String>>();
    for (var one : wanted) {
      names.computeIfAbsent(ownerOf.apply(one), _ -> new ArrayList<>()).add(nameOf.apply(one));
    }
    var conditions = new ArrayList<Condition>();
    names.forEach((id, its) -> conditions.add(owner.eq(id).and(name.in(its))));
    var queries = new ArrayList<Condition>();
    for (var from = 0; from < conditions.size(); from += MOST_OWNERS) {
      queries.add(
          DSL.or(conditions.subList(from, Math.min(conditions.size(), from + MOST_OWNERS))));
    }
    return queries;
  }
}
