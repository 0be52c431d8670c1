package dev.runs.application;

/**
 * Keeps the answer to a request in the transaction of its effect, so that the same request can be
 * answered again and not done again.
 *
 * @param <T> what the use case returns
 */
public interface Receipt<T> {

  /**
   * Called first in the transaction. Throws when the same request is being done, or was done, by
   * somebody else.
   */
  void open();

  /** Called last in the transaction. */
  void record(T result);

  /**
   * Whether anything is kept; a request without a receipt may share its transaction with others.
   */
  default boolean isKept() {
    return true;
  }

  /** Keeps nothing. */
  static <T> Receipt<T> none() {
    return new Receipt<>() {
      @Override
      public void open() {}

      @Override
      public void record(T result) {}

      @Override
      public boolean isKept() {
        return false;
      }
    };
  }
}
