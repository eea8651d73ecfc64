package io.penstock.tunnel.carrier;

import java.time.Duration;

/**
 * The JOINs of a link port: whoever has a token that is expected becomes the far end of its link.
 *
 * @param maker what the links are made with
 * @param admission who is expected
 * @param patience how long a JOIN may take, and then a hello
 *     <p><em>Thread-safe</em>.
 */
record LinkPortJoins(LinkMaker maker, LinkAdmission admission, Duration patience) implements JoinHost {

    @Override
    public Decision decide(byte[] token) {
        return admission
                .admit(token)
                .<Decision>map(expected ->
                        new Decision.Taken((channel, early) -> new SettlingCarrier(channel, early, expected, this)))
                .orElseGet(() -> new Decision.Refused(JoinRefusal.TOKEN_FORGED));
    }

    @Override
    public void onRefused(JoinRefusal refusal) {
        admission.onRefused(refusal);
    }
}
