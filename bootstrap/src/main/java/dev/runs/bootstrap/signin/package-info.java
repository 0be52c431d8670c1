/** How browsers are let in: sessions, passwords and the identity provider. */
@NullMarked
package dev.runs.bootstrap.signin;

import org.jspecify.annotations.NullMarked;
