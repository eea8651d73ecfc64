package io.penstock.tunnel.carrier;

/** Which end of a call we are. <em>Immutable</em>. */
enum CallSide {
    CLIENT,
    SERVER
}
