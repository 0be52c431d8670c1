package dev.runs.domain.secret;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where an input holds what looks like a credential: a text that is not empty in a field that is
 * called like one, a number in one that is called like a password, or a text that has the form of a
 * well-known token. A reference to a secret, {@code secret://name}, is none, nor is one behind the
 * name of a scheme as in {@code Bearer secret://name}. The time this takes grows with the size of
 * the input and with nothing else.
 *
 * @param pointers JSON pointers (RFC 6901), the first {@value #MOST} of them
 */
public record Credentials(List<String> pointers) {

  /** How many places are told at most. */
  public static final int MOST = 20;

  /** A longer way is told up to here; characters that are written as two count once. */
  private static final int LONGEST_POINTER = 1_000;

  public static final Credentials NONE = new Credentials(List.of());

  private static final Pattern REFERENCE =
      Pattern.compile("(?:[A-Za-z]{1,20} )?secret://[A-Za-z0-9._/-]{1,200}");

  public Credentials {
    pointers = List.copyOf(pointers);
  }

  public boolean isEmpty() {
    return pointers.isEmpty();
  }

  /** Those of a whole input. */
  public static Credentials in(Input input) {
    var found = new ArrayList<String>();
    look(input, new Place(null, ""), CredentialField.NONE, found);
    return found.isEmpty() ? NONE : new Credentials(found);
  }

  /**
   * @param field what the name of the field says that holds it
   */
  private static void look(Input input, Place place, CredentialField field, List<String> found) {
    if (found.size() == MOST) {
      return;
    }
    switch (input) {
      case Input.Text(var text) -> {
        if (isCredential(text, field)) {
          found.add(place.pointer());
        }
      }
      case Input.Numeral _ -> {
        if (field == CredentialField.PASSWORD) {
          found.add(place.pointer());
        }
      }
      case Input.Elements(var elements) -> {
        for (var i = 0; i < elements.size(); i++) {
          look(elements.get(i), new Place(place, Integer.toString(i)), field, found);
        }
      }
      case Input.Members(var members) -> {
        if (members.keySet().stream().anyMatch(TokenForm::isIn)) {
          // the names are not for telling; what is below them would name them
          found.add(place.pointer());
        } else {
          members.forEach((name, value) ->
              look(value, new Place(place, name), CredentialField.of(name), found));
        }
      }
      case Input.Other _ -> {
        // holds no credential
      }
    }
  }

  private static boolean isCredential(String text, CredentialField field) {
    return field == CredentialField.NONE
        ? TokenForm.isIn(text)
        : !text.isBlank() && !REFERENCE.matcher(text).matches();
  }

  /** A step on the way to a part of an input; written out only where something is found. */
  private record Place(@Nullable Place above, String step) {

    /** Of what lies beyond the longest pointer, the part that holds it. */
    String pointer() {
      var steps = new ArrayDeque<String>();
      for (var at = this; at.above != null; at = at.above) {
        steps.push(at.step);
      }
      var pointer = new StringBuilder();
      for (var step : steps) {
        if (pointer.length() + step.length() >= LONGEST_POINTER) {
          break;
        }
        pointer.append('/').append(step.replace("~", "~0").replace("/", "~1"));
      }
      return pointer.toString();
    }
  }
}
