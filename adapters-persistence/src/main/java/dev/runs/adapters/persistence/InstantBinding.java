package dev.runs.adapters.persistence;

import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import org.jooq.Binding;
import org.jooq.BindingGetResultSetContext;
import org.jooq.BindingGetSQLInputContext;
import org.jooq.BindingGetStatementContext;
import org.jooq.BindingRegisterContext;
import org.jooq.BindingSQLContext;
import org.jooq.BindingSetSQLOutputContext;
import org.jooq.BindingSetStatementContext;
import org.jooq.Converter;
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/**
 * Instants: {@code timestamptz} on PostgreSQL, on SQLite text of one length in UTC, whose order is
 * the order of time.
 */
public final class InstantBinding implements Binding<String, Instant> {

  private static final DateTimeFormatter TEXT =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS'Z'").withZone(ZoneOffset.UTC);

  private static final Converter<String, Instant> CONVERTER =
      Converter.ofNullable(String.class, Instant.class, Instant::parse, TEXT::format);

  @Override
  public Converter<String, Instant> converter() {
    return CONVERTER;
  }

  @Override
  public void sql(BindingSQLContext<Instant> context) {
    if (isPostgres(context.family())) {
      context.render().visit(DSL.sql("?::timestamptz"));
    } else {
      context.render().visit(DSL.sql("?"));
    }
  }

  @Override
  public void register(BindingRegisterContext<Instant> context) throws SQLException {
    throw new SQLFeatureNotSupportedException("no procedure gives instants");
  }

  @Override
  public void set(BindingSetStatementContext<Instant> context) throws SQLException {
    var value = context.value();
    if (isPostgres(context.family())) {
      context
          .statement()
          .setObject(context.index(), value == null ? null : value.atOffset(ZoneOffset.UTC));
    } else {
      context.statement().setString(context.index(), value == null ? null : TEXT.format(value));
    }
  }

  @Override
  public void get(BindingGetResultSetContext<Instant> context) throws SQLException {
    if (isPostgres(context.family())) {
      context.value(instant(context.resultSet().getObject(context.index(), OffsetDateTime.class)));
    } else {
      context.value(CONVERTER.from(context.resultSet().getString(context.index())));
    }
  }

  @Override
  public void set(BindingSetSQLOutputContext<Instant> context) throws SQLException {
    throw new SQLFeatureNotSupportedException("no procedure takes instants");
  }

  @Override
  public void get(BindingGetStatementContext<Instant> context) throws SQLException {
    throw new SQLFeatureNotSupportedException("no procedure gives instants");
  }

  @Override
  public void get(BindingGetSQLInputContext<Instant> context) throws SQLException {
    throw new SQLFeatureNotSupportedException("no procedure gives instants");
  }

  private static boolean isPostgres(SQLDialect family) {
    return family == SQLDialect.POSTGRES;
  }

  private static @Nullable Instant instant(@Nullable OffsetDateTime value) {
    return value == null ? null : value.toInstant();
  }
}
