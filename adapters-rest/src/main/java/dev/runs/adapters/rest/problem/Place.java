package dev.runs.adapters.rest.problem;

/** The part of a request that is wrong. */
public sealed interface Place {

  /**
   * A member of the body.
   *
   * @param pointer a JSON pointer (RFC 6901); empty for the whole body
   */
  record Pointer(String pointer) implements Place {

    /** A member of this one. */
    public Pointer member(String name) {
      return new Pointer(pointer + "/" + name.replace("~", "~0").replace("/", "~1"));
    }

    /**
     * A place below this one.
     *
     * @param pointer from here
     */
    public Pointer at(String pointer) {
      return new Pointer(this.pointer + pointer);
    }

    /** An element of this array. */
    public Pointer element(int index) {
      return new Pointer(pointer + "/" + index);
    }
  }

  /** A parameter of the query or of the path. */
  record Parameter(String name) implements Place {}

  record Header(String name) implements Place {}

  /** The body as a whole. */
  Pointer BODY = new Pointer("");
}
