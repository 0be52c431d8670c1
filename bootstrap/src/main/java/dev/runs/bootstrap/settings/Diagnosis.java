package dev.runs.bootstrap.settings;

import dev.runs.adapters.persistence.NewerTables;
import dev.runs.bootstrap.settings.DatabaseAddress.Postgres;
import dev.runs.bootstrap.settings.DatabaseAddress.Sqlite;
import java.net.BindException;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.nio.channels.UnresolvedAddressException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Finds in a chain of exceptions the one that a person can do something about, and says what. */
final class Diagnosis {

  private final Settings settings;

  Diagnosis(Settings settings) {
    this.settings = settings;
  }

  Optional<StartFailure> of(Throwable failure) {
    var chain = Stream.iterate(failure, link -> link != null, Throwable::getCause).toList();
    var known = all(chain, StartFailure.class).findFirst();
    if (known.isPresent()) {
      return known;
    }
    var newer = all(chain, NewerTables.class).findFirst();
    if (newer.isPresent()) {
      return newer.map(found -> new StartFailure(found.getMessage(), failure));
    }
    return Stream.concat(
            all(chain, SQLException.class).map(sql -> line(sql, chain)),
            chain.stream().map(this::line))
        .flatMap(Optional::stream)
        .findFirst()
        .map(line -> new StartFailure(line, failure));
  }

  private static <T extends Throwable> Stream<T> all(List<Throwable> chain, Class<T> type) {
    return chain.stream().filter(type::isInstance).map(type::cast);
  }

  private Optional<String> line(SQLException failure, List<Throwable> chain) {
    return switch (settings.database()) {
      case Sqlite sqlite -> Optional.ofNullable(SqliteTrouble.line(sqlite.file(), failure));
      case Postgres postgres -> Optional.ofNullable(PostgresTrouble.line(postgres, failure, chain));
    };
  }

  private Optional<String> line(Throwable failure) {
    return Optional.ofNullable(
        switch (failure) {
          case BindException bind -> listening(String.valueOf(bind.getMessage()));
          case UnknownHostException _, UnresolvedAddressException _ -> unknownHost();
          case SocketException socket when says(socket, "unresolved address") -> unknownHost();
          case SocketException socket when says(socket, "permission denied") ->
              listening("Permission denied");
          case FileSystemException file -> unusableFile(file);
          default -> null;
        });
  }

  private static boolean says(Exception failure, String words) {
    return String.valueOf(failure.getMessage()).toLowerCase(Locale.ROOT).contains(words);
  }

  private String listening(String problem) {
    var server = settings.server();
    var port = Setting.PORT.waysToSet();
    if (problem.contains("already in use")) {
      return "Port %d is in use by another program. Stop it, or change %s."
          .formatted(server.port(), port);
    }
    if (problem.contains("ermission denied")) {
      return "Port %d may not be used by this user. Change %s to one above 1023."
          .formatted(server.port(), port);
    }
    return "%s is not an address of this machine. Change %s."
        .formatted(server.host(), Setting.HOST.waysToSet());
  }

  private String unknownHost() {
    return "The host name %s is not known. Change %s."
        .formatted(settings.server().host(), Setting.HOST.waysToSet());
  }

  private @Nullable String unusableFile(FileSystemException failure) {
    var reason = failure.getReason();
    if (failure.getFile() == null) {
      return null;
    }
    var why =
        switch (failure) {
          case AccessDeniedException _ -> "this user may not";
          case NoSuchFileException _ -> "it does not exist";
          default -> reason == null ? "the system refuses" : reason;
        };
    return "%s cannot be used: %s. Allow it, or change %s."
        .formatted(failure.getFile(), why, Setting.SQLITE_FILE.waysToSet());
  }
}
