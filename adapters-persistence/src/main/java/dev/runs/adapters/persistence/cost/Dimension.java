package dev.runs.adapters.persistence.cost;

import static dev.runs.adapters.persistence.generated.Tables.COST_OF_DAY_DELTA;
import static org.jooq.impl.DSL.coalesce;
import static org.jooq.impl.DSL.inline;

import dev.runs.adapters.persistence.generated.tables.records.CostOfDayDeltaRecord;
import org.jooq.Field;
import org.jooq.impl.SQLDataType;

/** By what the sums of days are kept; the sums of each dimension add up to all. */
enum Dimension {
  SERVICE("service", COST_OF_DAY_DELTA.SERVICE) {
    @Override
    String keyOf(CostOfDayDeltaRecord change) {
      return change.getService();
    }
  },
  USER("user", coalesce(COST_OF_DAY_DELTA.USER_ID.cast(SQLDataType.VARCHAR), inline(""))) {
    @Override
    String keyOf(CostOfDayDeltaRecord change) {
      return change.getUserId() == null ? "" : change.getUserId().toString();
    }
  },
  COST_NAME("cost_name", COST_OF_DAY_DELTA.COST_NAME) {
    @Override
    String keyOf(CostOfDayDeltaRecord change) {
      return change.getCostName();
    }
  };

  private final String column;
  private final Field<String> keyOfChange;

  Dimension(String column, Field<String> keyOfChange) {
    this.column = column;
    this.keyOfChange = keyOfChange;
  }

  /** As {@code cost_of_day.dimension} has it. */
  String wireName() {
    return column;
  }

  /** The key under which a change that is not folded counts. */
  Field<String> keyOfChange() {
    return keyOfChange;
  }

  /** The same, of a change that was read. */
  abstract String keyOf(CostOfDayDeltaRecord change);
}
