package dev.runs.adapters.persistence;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jooq.Field;
import org.jooq.ForeignKey;
import org.jooq.Index;
import org.jooq.Meta;
import org.jooq.SortField;
import org.jooq.Table;
import org.jooq.TableOptions.TableType;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Two folders of migrations, one schema. */
class SchemaParityTest {

  @RegisterExtension static final EmptyDatabase SQLITE = Databases.sqlite();
  @RegisterExtension static final EmptyDatabase POSTGRES = Databases.postgres();

  private Meta sqlite;
  private Meta postgres;

  @BeforeEach
  void readBoth() {
    sqlite = SQLITE.database().db().meta();
    postgres = POSTGRES.database().db().meta().filterSchemas(it -> it.getName().equals("public"));
  }

  @Test
  void bothHaveTheSameTablesAndViews() {
    assertThat(tables(sqlite).map(Table::getName)).isNotEmpty();
    assertThat(views(sqlite)).isEqualTo(views(postgres)).contains("runs", "runs_costs", "actions");
    assertThat(names(sqlite)).isEqualTo(names(postgres)).contains("run", "cost_line", "rollup");
  }

  @Test
  void columnsHaveTheSameNamesInTheSameOrder() {
    assertThat(lines(sqlite, table -> table.fieldStream().map(Field::getName)))
        .isEqualTo(lines(postgres, table -> table.fieldStream().map(Field::getName)));
  }

  @Test
  void theSameColumnsMayBeNull() {
    assertThat(lines(sqlite, SchemaParityTest::nullable))
        .isEqualTo(lines(postgres, SchemaParityTest::nullable));
  }

  @Test
  void primaryAndUniqueKeysAreTheSame() {
    assertThat(lines(sqlite, SchemaParityTest::keys))
        .isEqualTo(lines(postgres, SchemaParityTest::keys));
  }

  @Test
  void foreignKeysAreTheSame() {
    assertThat(lines(sqlite, SchemaParityTest::references))
        .isEqualTo(lines(postgres, SchemaParityTest::references));
  }

  @Test
  void indexesAreTheSame() {
    var indexes = lines(sqlite, SchemaParityTest::indexes);

    assertThat(indexes).isEqualTo(lines(postgres, SchemaParityTest::indexes));
    assertThat(indexes).anyMatch(line -> line.contains("run_tree unique(depth, path)"));
  }

  private static Stream<String> nullable(Table<?> table) {
    return table.fieldStream().filter(it -> it.getDataType().nullable()).map(Field::getName);
  }

  private static Stream<String> keys(Table<?> table) {
    return table.getKeys().stream()
        .map(key -> (key.isPrimary() ? "primary" : "unique") + columns(key.getFields().stream()))
        .sorted();
  }

  private static Stream<String> references(Table<?> table) {
    return table.getReferences().stream().map(SchemaParityTest::reference).sorted();
  }

  private static String reference(ForeignKey<?, ?> key) {
    return columns(key.getFields().stream()) + " of " + key.getKey().getTable().getName();
  }

  /**
   * The indexes that stand in the migrations by name; those of constraints are compared as keys.
   */
  private static Stream<String> indexes(Table<?> table) {
    var ofConstraints =
        table.getKeys().stream().map(it -> it.getName()).collect(Collectors.toSet());
    return table.getIndexes().stream()
        .filter(index -> !index.getName().startsWith("sqlite_autoindex"))
        .filter(index -> !ofConstraints.contains(index.getName()))
        .map(SchemaParityTest::index)
        .sorted();
  }

  private static String index(Index index) {
    return index.getName()
        + (index.getUnique() ? " unique" : " ")
        + columns(index.getFields().stream().map(SortField::$field));
  }

  private static String columns(Stream<? extends Field<?>> fields) {
    return fields.map(Field::getName).collect(Collectors.joining(", ", "(", ")"));
  }

  private static Set<String> lines(Meta meta, Function<Table<?>, Stream<String>> facts) {
    return tables(meta)
        .flatMap(table -> Stream.of(table.getName() + ": " + facts.apply(table).toList()))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static Set<String> names(Meta meta) {
    return tables(meta).map(Table::getName).collect(Collectors.toCollection(TreeSet::new));
  }

  private static Set<String> views(Meta meta) {
    return meta.getTables().stream()
        .filter(table -> table.getTableType() == TableType.VIEW)
        .map(Table::getName)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static Stream<Table<?>> tables(Meta meta) {
    return meta.getTables().stream()
        .filter(table -> table.getTableType() == TableType.TABLE)
        .filter(table -> !table.getName().matches("(flyway|sqlite|pg)_.*"));
  }
}
