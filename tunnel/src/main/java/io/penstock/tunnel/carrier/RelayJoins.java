package io.penstock.tunnel.carrier;

/**
 * The JOINs of a relay: whoever has a good token waits for the other side.
 *
 * @param tokens tells the good ones
 * @param desk where they wait
 *     <p><em>Thread-safe</em>.
 */
record RelayJoins(JoinTokens tokens, RelayDesk desk) implements JoinHost {

    @Override
    public Decision decide(byte[] signed) {
        TokenVerdict verdict = tokens.verify(signed);
        if (verdict instanceof TokenVerdict.Accepted accepted) {
            return new Decision.Taken((channel, early) -> new WaitingCarrier(channel, accepted.token(), early, desk));
        }
        return new Decision.Refused(((TokenVerdict.Refused) verdict).refusal());
    }

    @Override
    public void onRefused(JoinRefusal refusal) {
        desk.events().refused(refusal);
    }
}
