/** What runs cost: exact decimals in US cents, never a float. */
@NullMarked
package dev.runs.domain.cost;

import org.jspecify.annotations.NullMarked;
