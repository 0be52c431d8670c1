package dev.runs.adapters.web.frame;

/** Somebody asks for something in words that mean nothing, where no form can say so. */
public final class WrongQuestion extends RuntimeException {

  private final String sentence;

  /**
   * @param sentence what is wrong, and how it is right
   */
  public WrongQuestion(String sentence) {
    super(sentence, null, false, false);
    this.sentence = sentence;
  }

  String sentence() {
    return sentence;
  }
}
