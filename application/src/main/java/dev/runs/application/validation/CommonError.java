package dev.runs.application.validation;

/**
 * An error that validations of a contract found again and again.
 *
 * @param message one of its messages
 * @param validations how many found it
 * @param rows in how many rows, as far as that was said
 */
public record CommonError(String code, String message, long validations, long rows) {}
