/**
 * What the system tests stand on: a whole Penstock and its apps as processes, foreign programs, callers and apps with a script.
 * May depend on {@code bench}, JUnit, AssertJ and Awaitility.
 */
@NullMarked
package io.penstock.system.stage;

import org.jspecify.annotations.NullMarked;
