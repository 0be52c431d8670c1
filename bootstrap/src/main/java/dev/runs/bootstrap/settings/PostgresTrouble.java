package dev.runs.bootstrap.settings;

import dev.runs.bootstrap.settings.DatabaseAddress.Postgres;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.sql.SQLException;
import java.util.List;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** What is said of a PostgreSQL server that does not let us in. */
final class PostgresTrouble {

  private static final String OR_ADDRESS =
      ", or the address in " + Setting.DATABASE_URL.environment().get(1);

  private PostgresTrouble() {}

  /**
   * @param chain the failure with all its causes
   * @return nothing when the failure is not about reaching the database
   */
  static @Nullable String line(Postgres at, SQLException failure, List<Throwable> chain) {
    var server = "%s:%d".formatted(at.host(), at.port());
    return switch (String.valueOf(failure.getSQLState())) {
      case "08001" -> unreachable(server, chain);
      case "08004", "08006" -> refused(server, at, failure, chain);
      case "28P01" ->
          "PostgreSQL on %s does not accept the password of user %s. Change database.postgres.password%s."
              .formatted(server, at.username(), OR_ADDRESS);
      case "28000" ->
          "PostgreSQL on %s does not let user %s in: %s. Change database.postgres.username%s."
              .formatted(server, at.username(), message(failure), OR_ADDRESS);
      case "3D000" ->
          "There is no database %s on %s. Create it, or change database.postgres.dbname%s."
              .formatted(at.database(), server, OR_ADDRESS);
      case "42501" ->
          "User %s may not set up the database %s on %s: %s. Grant it, or change database.postgres.username%s."
              .formatted(at.username(), at.database(), server, message(failure), OR_ADDRESS);
      case "53300" ->
          "PostgreSQL on %s has no connection left. Change %s to fewer, or allow more there."
              .formatted(server, Setting.MAX_OPEN_CONNECTIONS.waysToSet());
      case "57P03" ->
          "PostgreSQL on %s is starting or stopping. Wait for it, or change database.postgres.host%s."
              .formatted(server, OR_ADDRESS);
      default -> null;
    };
  }

  private static String unreachable(String server, List<Throwable> chain) {
    return "PostgreSQL cannot be reached on %s%s. Start it, or change database.postgres.host and database.postgres.port%s."
        .formatted(server, why(chain), OR_ADDRESS);
  }

  private static String why(List<Throwable> chain) {
    for (var link : chain) {
      switch (link) {
        case UnknownHostException _ -> {
          return ": the host name is not known";
        }
        case ConnectException _ -> {
          return ": nothing listens there";
        }
        case SocketTimeoutException _ -> {
          return ": no answer came in time";
        }
        default -> {}
      }
    }
    return "";
  }

  private static String refused(
      String server, Postgres at, SQLException failure, List<Throwable> chain) {
    var message = message(failure);
    if (message.contains("no password was provided")) {
      return "PostgreSQL on %s wants a password of user %s. Set database.postgres.password%s."
          .formatted(server, at.username(), OR_ADDRESS);
    }
    if (message.contains("SSL") || chain.stream().anyMatch(SSLException.class::isInstance)) {
      return "PostgreSQL on %s does not agree on encryption: %s. Change sslmode in database.postgres.extraOptions%s."
          .formatted(server, message, OR_ADDRESS);
    }
    return "PostgreSQL on %s breaks the connection off: %s. Change database.postgres.host and database.postgres.port%s."
        .formatted(server, message, OR_ADDRESS);
  }

  /** What the server or driver says, without the full stop. */
  private static String message(SQLException failure) {
    return String.valueOf(failure.getMessage()).strip().replaceAll("\\.$", "");
  }
}
