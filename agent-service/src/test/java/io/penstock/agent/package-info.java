/** Tests of the whole agent, and what they stand it between. */
@NullMarked
package io.penstock.agent;

import org.jspecify.annotations.NullMarked;
