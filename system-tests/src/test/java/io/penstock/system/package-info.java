/**
 * The whole suite as processes on loopback with real peers, and the rules that hold for the code of all modules. May use every
 * module.
 */
@NullMarked
package io.penstock.system;

import org.jspecify.annotations.NullMarked;
