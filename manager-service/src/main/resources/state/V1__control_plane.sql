-- What the control plane keeps. An ordinal gives each table its order: that in which things were first written.

CREATE TABLE session (
    id         VARCHAR(64) NOT NULL PRIMARY KEY,
    ordinal    BIGINT GENERATED ALWAYS AS IDENTITY,
    owner      VARCHAR NOT NULL,
    client     VARCHAR NOT NULL,
    state      VARCHAR(32) NOT NULL,
    route      VARCHAR(32),
    created_at TIMESTAMP(9) WITH TIME ZONE NOT NULL
);

-- profile: AgentProfile as JSON.
CREATE TABLE agent (
    id          VARCHAR(64) NOT NULL PRIMARY KEY,
    ordinal     BIGINT GENERATED ALWAYS AS IDENTITY,
    profile     VARCHAR NOT NULL,
    attached_at TIMESTAMP(9) WITH TIME ZONE NOT NULL
);

-- spec: InterceptSpec as JSON.
CREATE TABLE intercept (
    id         VARCHAR(64) NOT NULL PRIMARY KEY,
    ordinal    BIGINT GENERATED ALWAYS AS IDENTITY,
    spec       VARCHAR NOT NULL,
    state      VARCHAR(32) NOT NULL,
    reason     VARCHAR(32) NOT NULL,
    detail     VARCHAR NOT NULL,
    changed_at TIMESTAMP(9) WITH TIME ZONE NOT NULL,
    created_at TIMESTAMP(9) WITH TIME ZONE NOT NULL
);

-- agent and session are names, not references: each table is written for itself.
CREATE TABLE link (
    id            CHAR(32) NOT NULL PRIMARY KEY,
    ordinal       BIGINT GENERATED ALWAYS AS IDENTITY,
    slot          INTEGER NOT NULL,
    agent         VARCHAR(64) NOT NULL,
    session       VARCHAR(64) NOT NULL,
    route         VARCHAR(32) NOT NULL,
    agent_address VARCHAR NOT NULL,
    agent_tls     BOOLEAN NOT NULL
);
