package dev.runs.application.access;

import static dev.runs.domain.run.RunFixtures.ACME;
import static dev.runs.domain.run.RunFixtures.GLOBEX;
import static dev.runs.domain.run.RunFixtures.NOON;
import static dev.runs.domain.run.RunFixtures.root;
import static dev.runs.domain.run.RunFixtures.uuid;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.runs.application.AtOnce;
import dev.runs.application.StoresContract;
import dev.runs.domain.access.AccessRejected;
import dev.runs.domain.access.Description;
import dev.runs.domain.access.DisplayName;
import dev.runs.domain.access.Organization;
import dev.runs.domain.access.Project;
import dev.runs.domain.access.ProjectId;
import dev.runs.domain.access.ProjectRef;
import dev.runs.domain.access.Reach;
import dev.runs.domain.access.Slug;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every store of projects promises. */
public abstract class ProjectsContract extends StoresContract {

  @BeforeEach
  void addOrganizations() {
    stores()
        .write(() -> {
          stores().organizations().addUnlessThere(ACME);
          stores().organizations().addUnlessThere(GLOBEX);
        });
  }

  @Test
  void hasTheDefaultProjectOfEveryOrganization() {
    assertThat(projects().find(ACME.id(), new ProjectRef.BySlug(Slug.DEFAULT)))
        .contains(Project.defaultOf(ACME));
    assertThat(projects().list(Reach.within(GLOBEX.id()), "", Optional.empty(), 10))
        .containsExactly(Project.defaultOf(GLOBEX));
  }

  @Test
  void findsAProjectByIdOrSlugInItsOrganizationOnly() {
    var crawl = project(1, ACME, "crawl");
    add(crawl);

    assertThat(projects().find(ACME.id(), new ProjectRef.ById(crawl.id()))).contains(crawl);
    assertThat(projects().find(ACME.id(), new ProjectRef.BySlug(crawl.slug()))).contains(crawl);
    assertThat(projects().find(GLOBEX.id(), new ProjectRef.ById(crawl.id()))).isEmpty();
    assertThat(projects().find(GLOBEX.id(), new ProjectRef.BySlug(crawl.slug()))).isEmpty();
  }

  @Test
  void holdsAProjectAsItFindsIt() {
    var crawl = project(1, ACME, "crawl");
    add(crawl);

    stores()
        .write(() -> {
          assertThat(projects().hold(ACME.id(), new ProjectRef.BySlug(crawl.slug())))
              .contains(crawl);
          assertThat(projects().hold(GLOBEX.id(), new ProjectRef.BySlug(crawl.slug()))).isEmpty();
        });
  }

  @Test
  void listsProjectsInTheOrderOfTheirSlugsPageByPage() {
    add(project(1, ACME, "zebra"), project(2, ACME, "ant"), project(3, GLOBEX, "bee"));
    var all = Reach.within(ACME.id());

    assertThat(slugs(projects().list(all, "", Optional.empty(), 2)))
        .containsExactly("ant", "default");
    assertThat(slugs(projects().list(all, "", Optional.of(Slug.DEFAULT), 2)))
        .containsExactly("zebra");
    assertThat(slugs(projects().list(all, "de", Optional.empty(), 2))).containsExactly("default");
  }

  @Test
  void listsOnlyTheProjectsWithinReach() {
    add(project(1, ACME, "zebra"), project(2, ACME, "ant"));
    var bound = new Reach.Within(ACME.id(), Set.of(new Slug("zebra"), new Slug("bee")));

    assertThat(slugs(projects().list(bound, "", Optional.empty(), 10))).containsExactly("zebra");
  }

  @Test
  void hasEachSlugOnceInAnOrganization() {
    add(project(1, ACME, "crawl"), project(2, GLOBEX, "crawl"));

    assertThatExceptionOfType(AccessRejected.SlugTaken.class)
        .isThrownBy(() -> add(project(3, ACME, "crawl")));
  }

  @Test
  void changesNameAndDescription() {
    var crawl = project(1, ACME, "crawl");
    add(crawl);
    var changed =
        crawl.renamed(new DisplayName("Crawl"), new Description("nightly"), NOON.plusSeconds(1));

    stores().write(() -> projects().save(changed));

    assertThat(projects().find(ACME.id(), new ProjectRef.ById(crawl.id()))).contains(changed);
  }

  @Test
  void removesAProjectWithoutRuns() {
    var crawl = project(1, ACME, "crawl");
    add(crawl);

    stores().write(() -> projects().remove(crawl));

    assertThat(projects().find(ACME.id(), new ProjectRef.ById(crawl.id()))).isEmpty();
  }

  @Test
  void removesNoProjectWithRuns() {
    stores().write(() -> stores().runs().addAll(List.of(root(1))));

    assertThatExceptionOfType(AccessRejected.ProjectHasRuns.class)
        .isThrownBy(() -> stores().write(() -> projects().remove(Project.defaultOf(ACME))));
  }

  @Test
  void addsOneOfManyProjectsOfOneSlug() {
    var answers =
        AtOnce.with(
            8,
            i -> {
              try {
                add(project(i, ACME, "crawl"));
                return true;
              } catch (AccessRejected.SlugTaken e) {
                return false;
              }
            });

    assertThat(answers).filteredOn(isAdded -> isAdded).hasSize(1);
  }

  private Projects projects() {
    return stores().projects();
  }

  private void add(Project... added) {
    stores()
        .write(() -> {
          for (var project : added) {
            projects().add(project);
          }
        });
  }

  private static List<String> slugs(List<Project> found) {
    return found.stream().map(project -> project.slug().value()).toList();
  }

  private static Project project(int number, Organization organization, String slug) {
    return new Project(
        new ProjectId(uuid(number)),
        organization.id(),
        new Slug(slug),
        new DisplayName(slug),
        Description.NONE,
        NOON,
        NOON);
  }
}
