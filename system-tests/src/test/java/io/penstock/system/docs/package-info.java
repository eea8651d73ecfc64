/**
 * The pages of {@code docs} that are generated from code, and the tests that hold them to it. May use the catalogues, settings and
 * flags of every module.
 */
@NullMarked
package io.penstock.system.docs;

import org.jspecify.annotations.NullMarked;
