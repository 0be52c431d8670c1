package dev.runs.bootstrap;

import dev.runs.application.Caller;
import dev.runs.application.Receipt;
import dev.runs.application.access.NewPerson;
import dev.runs.application.access.ShowPeople;
import dev.runs.bootstrap.settings.StartFailure;
import dev.runs.domain.access.DisplayName;
import dev.runs.domain.access.ExternalId;
import dev.runs.domain.access.Login;
import dev.runs.domain.access.Membership;
import dev.runs.domain.access.Organization;
import dev.runs.domain.access.Password;
import dev.runs.domain.access.Role;
import java.io.BufferedReader;
import java.io.Console;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Makes and changes people who sign in, on the server's own machine. */
@Command(
    name = "people",
    description = "Makes and changes people who sign in, on the server's own machine.",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND")
final class PeopleCommand implements Runnable {

  private static final String ROLES = "viewer, operator or admin";

  private final Map<String, String> environment;
  private final InputStream in;

  @SuppressWarnings("NullAway.Init") // picocli sets it
  @Spec
  private CommandSpec spec;

  /**
   * @param in where a password is read from when there is no console
   */
  PeopleCommand(Map<String, String> environment, InputStream in) {
    this.environment = environment;
    this.in = in;
  }

  @Override
  public void run() {
    spec.commandLine().usage(out());
  }

  @Command(
      name = "add",
      description = "Makes a person and prints a one-time password, unless one is typed.",
      mixinStandardHelpOptions = true)
  void add(
      @Mixin LocalPlatform local,
      @Parameters(paramLabel = "LOGIN", description = "An e-mail address or a name.") String login,
      @Option(names = "--name", description = "For people; else the login.") @Nullable String name,
      @Option(names = "--role", description = "What they may do: " + ROLES + ".")
          @Nullable String role,
      @Option(
              names = "--organization",
              paramLabel = "EXTERNAL_ID",
              description = "Where; else in 'default'.")
          @Nullable String organization,
      @Option(names = "--platform-admin", description = "They may do everything everywhere.")
          boolean isPlatformAdmin,
      @Option(names = "--password", description = "Read a password instead of making one.")
          boolean isPasswordTyped) {
    var added =
        local.with(
            environment,
            platform ->
                platform
                    .accounts()
                    .editPeople()
                    .add(
                        caller(platform, organization),
                        new NewPerson(
                            new Login(login),
                            name == null ? DisplayName.of(new Login(login)) : new DisplayName(name),
                            Optional.ofNullable(role).map(PeopleCommand::role),
                            isPlatformAdmin,
                            password(isPasswordTyped)),
                        Receipt.none()));
    out().println("Made " + added.person().login() + ".");
    added.oneTimePassword().ifPresent(this::show);
  }

  @Command(
      name = "list",
      description = "Lists everybody, newest first.",
      mixinStandardHelpOptions = true)
  void list(@Mixin LocalPlatform local) {
    local.with(
        environment,
        platform -> {
          var next = Optional.<String>empty();
          do {
            var page = platform.accounts().showPeople().everybody(next, ShowPeople.LARGEST_PAGE);
            page.items().forEach(account -> out().println(line(platform, account)));
            next = page.next();
          } while (next.isPresent());
          return platform;
        });
  }

  @Command(
      name = "set-role",
      description = "Gives a person a role in an organization, or takes it away.",
      mixinStandardHelpOptions = true)
  void setRole(
      @Mixin LocalPlatform local,
      @Parameters(paramLabel = "LOGIN") String login,
      @Parameters(paramLabel = "ROLE", description = ROLES + ", or none.") String role,
      @Option(
              names = "--organization",
              paramLabel = "EXTERNAL_ID",
              description = "Where; else in 'default'.")
          @Nullable String organization) {
    local.with(
        environment,
        platform -> {
          var accounts = platform.accounts();
          var id = accounts.showPeople().withLogin(new Login(login)).id();
          var caller = caller(platform, organization);
          if (role.equals("none")) {
            accounts.editPeople().remove(caller, id);
          } else {
            accounts.editPeople().change(caller, id, Optional.of(role(role)), Optional.empty());
          }
          return id;
        });
    out().println("%s has the role %s.".formatted(new Login(login), role));
  }

  @Command(
      name = "reset-password",
      description = "Gives a person a one-time password, or a typed one, and signs them out.",
      mixinStandardHelpOptions = true)
  void resetPassword(
      @Mixin LocalPlatform local,
      @Parameters(paramLabel = "LOGIN") String login,
      @Option(names = "--password", description = "Read a password instead of making one.")
          boolean isPasswordTyped) {
    var made =
        local.with(
            environment,
            platform -> {
              var id = platform.accounts().showPeople().withLogin(new Login(login)).id();
              return platform
                  .accounts()
                  .editPeople()
                  .resetPassword(
                      caller(platform, null), id, password(isPasswordTyped), Receipt.none());
            });
    out().println("%s has another password.".formatted(new Login(login)));
    made.ifPresent(this::show);
  }

  @Command(
      name = "disable",
      description = "Signs a person out and lets them in no more; --undo lets them in again.",
      mixinStandardHelpOptions = true)
  void disable(
      @Mixin LocalPlatform local,
      @Parameters(paramLabel = "LOGIN") String login,
      @Option(names = "--undo", description = "Let them sign in again.") boolean isUndone) {
    local.with(
        environment,
        platform -> {
          var id = platform.accounts().showPeople().withLogin(new Login(login)).id();
          return platform.accounts().editPeople().disable(caller(platform, null), id, !isUndone);
        });
    out()
        .println(
            "%s is %s.".formatted(new Login(login), isUndone ? "no longer disabled" : "disabled"));
  }

  private void show(Password oneTime) {
    out().println("The one-time password, shown only now:");
    out().println();
    out().println("    " + oneTime.value());
    out().println();
    out().flush();
  }

  private static Caller caller(Platform platform, @Nullable String organization) {
    return LocalPlatform.caller(platform, Optional.ofNullable(organization).map(ExternalId::new));
  }

  private static Role role(String name) {
    return Role.ofWireName(name)
        .orElseThrow(() -> new StartFailure("A role is %s, not %s.".formatted(ROLES, name)));
  }

  private static String line(Platform platform, ShowPeople.Account account) {
    var person = account.person();
    var roles =
        account.memberships().stream()
            .map(its -> organization(platform, its) + ":" + its.role().wireName())
            .collect(Collectors.joining(" "));
    return "%s  %s  %s%s%s"
        .formatted(
            person.login(),
            person.name(),
            roles.isEmpty() ? "-" : roles,
            person.isPlatformAdmin() ? "  platform-admin" : "",
            person.isDisabled() ? "  disabled" : "");
  }

  private static String organization(Platform platform, Membership its) {
    return platform
        .organizations()
        .find(its.organization())
        .map(Organization::externalId)
        .map(ExternalId::value)
        .orElse(its.organization().toString());
  }

  private Optional<Password> password(boolean isTyped) {
    return isTyped ? Optional.of(typedPassword()) : Optional.empty();
  }

  /** From the console twice, without an echo; from a pipe one line. */
  private Password typedPassword() {
    return Optional.ofNullable(System.console())
        .filter(Console::isTerminal)
        .map(PeopleCommand::typedTwice)
        .orElseGet(() -> new Password(firstLine()));
  }

  private static Password typedTwice(Console console) {
    var first = console.readPassword("Password: ");
    var second = console.readPassword("Again: ");
    if (first == null || !Arrays.equals(first, second)) {
      throw new StartFailure("The two passwords differ.");
    }
    return new Password(new String(first));
  }

  private String firstLine() {
    try {
      var line = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8)).readLine();
      return line == null ? "" : line;
    } catch (IOException e) {
      throw new UncheckedIOException("the password cannot be read", e);
    }
  }

  private PrintWriter out() {
    return spec.commandLine().getOut();
  }
}
