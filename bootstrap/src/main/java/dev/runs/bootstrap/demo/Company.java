package dev.runs.bootstrap.demo;

import dev.runs.application.Caller;
import dev.runs.application.Receipt;
import dev.runs.application.access.MintedKey;
import dev.runs.application.access.NewKey;
import dev.runs.application.access.NewPerson;
import dev.runs.bootstrap.Platform;
import dev.runs.domain.access.Access;
import dev.runs.domain.access.Description;
import dev.runs.domain.access.DisplayName;
import dev.runs.domain.access.ExternalId;
import dev.runs.domain.access.Login;
import dev.runs.domain.access.Membership;
import dev.runs.domain.access.Organization;
import dev.runs.domain.access.OrganizationId;
import dev.runs.domain.access.Origin;
import dev.runs.domain.access.Password;
import dev.runs.domain.access.Principal;
import dev.runs.domain.access.ProjectRef;
import dev.runs.domain.access.Role;
import dev.runs.domain.access.Scope;
import dev.runs.domain.access.Scopes;
import dev.runs.domain.access.Slug;
import dev.runs.domain.access.Team;
import dev.runs.domain.access.UserId;
import dev.runs.domain.cost.CostRejected;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Lumen, which makes campaigns for shops: its projects, its teams with their keys, its people and
 * the customers for whom it works. It is an organization of its own, so that it never mixes with
 * what else the database holds.
 */
final class Company {

  static final Slug STUDIO = new Slug("studio");
  static final Slug SUPPORT = new Slug("support");
  static final Slug DATA = new Slug("data");
  static final Slug RESEARCH = new Slug("research");

  private static final String NAME = "lumen";
  private static final Principal FOUNDER = new Principal("cli");

  /** The programs of the company, each with a key of its own. */
  enum Service {
    STUDIO_SERVICE("studio-service", "Studio", "10.20.1.11", STUDIO),
    ASSISTANT("assistant", "Support", "10.20.1.24", SUPPORT),
    WORKERS("worker fleet", "Platform", "10.20.3.5", STUDIO, DATA),
    SCHEDULER("scheduler", "Data", "10.20.2.8", DATA),
    TRAINER("trainer", "Research", "10.20.4.2", RESEARCH);

    private final String keyName;
    private final String team;
    private final String address;
    private final List<Slug> projects;

    Service(String keyName, String team, String address, Slug... projects) {
      this.keyName = keyName;
      this.team = team;
      this.address = address;
      this.projects = List.of(projects);
    }
  }

  /** Somebody who can sign in. */
  record Employee(Login login, DisplayName name, Role role, Password password, Access access) {}

  private final Platform platform;
  private final ExternalId externalId;
  private final OrganizationId id;
  private final Map<Service, MintedKey> keys = new EnumMap<>(Service.class);
  private final Map<Role, Employee> employees = new EnumMap<>(Role.class);
  private final List<UserId> customers = new ArrayList<>();

  private Company(Platform platform, ExternalId externalId, OrganizationId id) {
    this.platform = platform;
    this.externalId = externalId;
    this.id = id;
  }

  /** Founds it now, under a name that is free. */
  static Company founded(Platform platform, SecureRandom random) {
    var name = new ExternalId(NAME);
    for (var number = 2; platform.organizations().find(name).isPresent(); number++) {
      name = new ExternalId(NAME + "-" + number);
    }
    var founder = founderIn(platform.organizations().find(Organization.DEFAULT).orElseThrow().id());
    var id = platform.registerOrganization().register(founder, name, Receipt.none()).value().id();
    var company = new Company(platform, name, id);
    company.open(random);
    return company;
  }

  private void open(SecureRandom random) {
    var founder = founder();
    setPrices(founder);
    openProject(founder, STUDIO, "Studio", "Campaigns: texts, pictures and mailings.");
    openProject(founder, SUPPORT, "Support", "The assistant that answers customers of shops.");
    openProject(founder, DATA, "Data", "Feeds, contracts and reports.");
    openProject(founder, RESEARCH, "Research", "Training and evaluation of rankers.");
    hire(founder, "mara", "Mara Lindqvist", Role.ADMIN, random);
    hire(founder, "ole", "Ole Brandt", Role.OPERATOR, random);
    hire(founder, "vera", "Vera Okafor", Role.VIEWER, random);
    var admin = as(Role.ADMIN);
    for (var service : Service.values()) {
      keys.put(service, minted(admin, service));
    }
    Stream.of("bluebird", "fern-and-oak", "kite-bikes", "novak-coffee", "sundial", "tidewater")
        .map(ExternalId::new)
        .forEach(customer ->
            customers.add(
                platform
                    .registerUser()
                    .register(founder, id, customer, Receipt.none())
                    .value()
                    .id()));
  }

  /** What has a price at this moment keeps it. */
  private void setPrices(Caller founder) {
    for (var price : Price.values()) {
      try {
        platform.showPrices().current(price.costName());
      } catch (CostRejected _) {
        platform
            .setPrice()
            .set(founder, price.costName(), price.unit(), Optional.of(platform.clock().instant()));
      }
    }
  }

  private void openProject(Caller founder, Slug slug, String name, String purpose) {
    platform
        .grants()
        .editProjects()
        .create(founder, slug, new DisplayName(name), new Description(purpose), Receipt.none());
  }

  private void hire(Caller founder, String first, String name, Role role, SecureRandom random) {
    var password = Password.generated(random);
    var login = new Login(first + "@" + externalId + ".example");
    var person =
        platform
            .accounts()
            .editPeople()
            .add(
                founder,
                new NewPerson(
                    login, new DisplayName(name), Optional.of(role), false, Optional.of(password)),
                Receipt.none())
            .person();
    employees.put(
        role,
        new Employee(
            login, person.name(), role, password, new Membership(person.id(), id, role).access()));
  }

  private MintedKey minted(Caller admin, Service service) {
    Set<ProjectRef> projects =
        service.projects.stream()
            .map(ProjectRef.BySlug::new)
            .collect(Collectors.toUnmodifiableSet());
    return mint(
        admin,
        team(admin, service.team),
        new NewKey(
            new DisplayName(service.keyName),
            Scopes.of(
                Scope.RUNS_READ,
                Scope.RUNS_WRITE,
                Scope.RUNS_CLAIM,
                Scope.COSTS_WRITE,
                Scope.VALIDATIONS_WRITE),
            projects,
            Optional.empty()));
  }

  /** Makes a key that no program of the company uses. */
  MintedKey mint(Caller who, Team team, NewKey key) {
    return platform.grants().mintKeys().mint(who, team.id(), key, Receipt.none());
  }

  /** A new team. */
  Team team(Caller who, String name) {
    return platform.grants().editTeams().create(who, new DisplayName(name), Receipt.none());
  }

  /** A program that shows its key. */
  Caller as(Service service) {
    var key = Objects.requireNonNull(keys.get(service), "every service has a key");
    var access =
        platform
            .identifyCaller()
            .access(key.text())
            .orElseThrow(() -> new IllegalStateException("the key of a service is accepted"));
    return new Caller(access, id, new Origin("demo", service.address));
  }

  /** Somebody at work. */
  Caller as(Role role) {
    return new Caller(employee(role).access(), id, new Origin("demo", "10.20.0.40"));
  }

  Employee employee(Role role) {
    return Objects.requireNonNull(employees.get(role), "every role has somebody");
  }

  /** The key of a program. */
  MintedKey keyOf(Service service) {
    return Objects.requireNonNull(keys.get(service), "every service has a key");
  }

  /** Puts a program's next key in the place of the one so far. */
  void replaceKey(Service service, MintedKey next) {
    keys.put(service, next);
  }

  List<UserId> customers() {
    return List.copyOf(customers);
  }

  List<Employee> employees() {
    return List.copyOf(employees.values());
  }

  OrganizationId id() {
    return id;
  }

  /** What the organization is called outside. */
  ExternalId externalId() {
    return externalId;
  }

  private Caller founder() {
    return founderIn(id);
  }

  /** Whoever sits at the machine. */
  private static Caller founderIn(OrganizationId organization) {
    return new Caller(Access.ofPlatform(FOUNDER), organization, Origin.LOCAL);
  }
}
