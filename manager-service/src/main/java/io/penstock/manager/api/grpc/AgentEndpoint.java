package io.penstock.manager.api.grpc;

import io.grpc.stub.StreamObserver;
import io.penstock.api.control.v1.AgentControlGrpc;
import io.penstock.api.control.v1.AgentHello;
import io.penstock.api.control.v1.AgentMessage;
import io.penstock.api.control.v1.Snapshot;
import io.penstock.manager.agent.AgentId;
import io.penstock.manager.agent.AgentProfile;
import io.penstock.manager.refusal.Refusal;
import io.penstock.manager.workload.WorkloadRef;
import io.penstock.tunnel.link.LinkSide;
import org.jspecify.annotations.Nullable;

/**
 * The Attach calls of agents.
 *
 * <p><em>Thread-safe</em>.
 */
public final class AgentEndpoint extends AgentControlGrpc.AgentControlImplBase {
    private final Front front;

    public AgentEndpoint(Front front) {
        this.front = front;
    }

    @Override
    public StreamObserver<AgentMessage> attach(StreamObserver<Snapshot> observer) {
        var call = Front.call(observer);
        SnapshotStream snapshots = front.snapshots(LinkSide.AGENT, call);
        return AttachCall.begin(front.loop(), call, snapshots, new AgentPeer(front, snapshots));
    }

    /** One agent's side of its call. <em>Loop-confined</em>. */
    private static final class AgentPeer implements AttachCall.Peer<AgentMessage> {
        private final Front front;
        private final SnapshotStream snapshots;
        private @Nullable AgentId id;

        AgentPeer(Front front, SnapshotStream snapshots) {
            this.front = front;
            this.snapshots = snapshots;
        }

        @Override
        public void onMessage(AgentMessage message) {
            switch (message.getMessageCase()) {
                case HELLO -> onHello(message.getHello());
                case REPORT -> {
                    if (id == null) {
                        throw Refusal.invalid("message", "report", "hello as the first message");
                    }
                    front.attendance().agentReported(id, snapshots, ReportCodec.decode(message.getReport()));
                }
                case MESSAGE_NOT_SET -> throw Refusal.invalid("message", null, "hello or report");
            }
        }

        private void onHello(AgentHello hello) {
            if (id != null) {
                throw Refusal.invalid("message", "hello", "a report after the first message");
            }
            var workload = hello.getWorkload();
            var profile = new AgentProfile(
                    new WorkloadRef(workload.getNamespace(), workload.getKind(), workload.getName()),
                    hello.getCapturesList().stream()
                            .map(capture -> new AgentProfile.Capture(capture.getPort(), capture.getApp()))
                            .toList(),
                    hello.getLinks(),
                    hello.getLinkAddress(),
                    hello.getVersion());
            var named = AgentId.parse(hello.getAgentId());
            front.attendance().attachAgent(named, profile, snapshots);
            id = named;
        }

        @Override
        public boolean hasSaidHello() {
            return id != null;
        }

        @Override
        public void onGone() {
            if (id != null) {
                front.attendance().detachAgent(id, snapshots);
            }
        }
    }
}
