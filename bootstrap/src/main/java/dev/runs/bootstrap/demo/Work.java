package dev.runs.bootstrap.demo;

import java.time.LocalDate;

/** Something that the company does day by day. */
interface Work {

  /** Plans what happens on a day; asked for when it begins. */
  void plan(LocalDate day);
}
