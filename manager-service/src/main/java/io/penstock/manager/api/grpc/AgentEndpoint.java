package io.penstock.manager.api.grpc;

import io.grpc.stub.StreamObserver;
import io.penstock.api.control.v1.AgentControlGrpc;
import io.penstock.api.control.v1.AgentHello;
import io.penstock.api.control.v1.AgentMessage;
import io.penstock.api.control.v1.Snapshot;
import io.penstock.manager.agent.AgentId;
import io.penstock.manager.agent.AgentProfile;
import io.penstock.manager.api.grpc.AttachCall.Guest;
import io.penstock.manager.api.grpc.AttachCall.Kind;
import io.penstock.manager.report.Report;
import io.penstock.manager.workload.WorkloadRef;
import io.penstock.tunnel.link.LinkSide;

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
        return AttachCall.begin(front.loop(), call, snapshots, new AgentDoor(front, snapshots));
    }

    /** Where agents come in. <em>Loop-confined</em>. */
    private record AgentDoor(Front front, SnapshotStream snapshots) implements AttachCall.Door<AgentMessage> {
        @Override
        public Kind kindOf(AgentMessage message) {
            return switch (message.getMessageCase()) {
                case HELLO -> Kind.HELLO;
                case REPORT -> Kind.REPORT;
                case MESSAGE_NOT_SET -> Kind.NOTHING;
            };
        }

        @Override
        public Guest admit(AgentMessage message) {
            AgentHello hello = message.getHello();
            var profile = profile(hello);
            var id = AgentId.parse(hello.getAgentId());
            front.attendance().attachAgent(id, profile, snapshots);
            return new AgentGuest(front, snapshots, id);
        }

        private static AgentProfile profile(AgentHello hello) {
            var workload = hello.getWorkload();
            return new AgentProfile(
                    new WorkloadRef(workload.getNamespace(), workload.getKind(), workload.getName()),
                    hello.getCapturesList().stream()
                            .map(capture -> new AgentProfile.Capture(capture.getPort(), capture.getApp()))
                            .toList(),
                    hello.getLinks(),
                    hello.getLinkAddress(),
                    hello.getLinkTls(),
                    hello.getVersion());
        }

        @Override
        public Report reportOf(AgentMessage message) {
            return ReportCodec.decode(message.getReport());
        }
    }

    /** An agent with a seat. <em>Loop-confined</em>. */
    private record AgentGuest(Front front, SnapshotStream snapshots, AgentId id) implements Guest {
        @Override
        public void reported(Report report) {
            front.attendance().agentReported(id, snapshots, report);
        }

        @Override
        public void gone() {
            front.attendance().detachAgent(id, snapshots);
        }
    }
}
