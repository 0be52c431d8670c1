package dev.runs.adapters.web.frame;

import dev.runs.application.access.ShowChoices;
import dev.runs.domain.access.Person;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What stands around the content of a page.
 *
 * @param visit nothing for who belongs to no organization
 * @param path of the page
 * @param back the address of the page, with all that it asks for; the overview where it cannot be
 *     opened again
 * @param choices where they may act
 * @param theme the colours they want
 * @param said what the form before this page did, in a sentence
 */
public record Frame(
    Person person,
    @Nullable Visit visit,
    String path,
    String back,
    List<ShowChoices.Choice> choices,
    Theme theme,
    @Nullable String said) {

  /** The entries of the navigation that belong together; none when nothing of them may be seen. */
  public List<Section> sections(Section.Group group) {
    return Arrays.stream(Section.values())
        .filter(section -> section.group() == group)
        .filter(section -> visit != null && visit.may(section.needs()))
        .toList();
  }

  /** Every entry of the navigation. */
  public List<Section> sections() {
    return Arrays.stream(Section.Group.values())
        .flatMap(group -> sections(group).stream())
        .toList();
  }

  public Section.Group[] groups() {
    return Section.Group.values();
  }

  public boolean isIn(Section section) {
    return section.holds(path);
  }

  /** What the organization in which they act is called. */
  public String organization() {
    return choices.stream()
        .filter(ShowChoices.Choice::isChosen)
        .map(choice -> choice.organization().externalId().value())
        .findFirst()
        .orElse("");
  }

  /** Where somebody can act who wants to act elsewhere. */
  public boolean hasChoice() {
    return choices.size() > 1;
  }

  public Theme[] themes() {
    return Theme.values();
  }
}
