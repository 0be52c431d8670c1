package dev.runs.adapters.web.access;

import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * How people can sign in.
 *
 * @param hasProvider whether an identity provider lets them in too
 * @param publicUrl where browsers reach the service; nothing when each request says it
 */
public record SignInOptions(boolean hasProvider, @Nullable URI publicUrl) {}
