export interface Check {
  status: 'up' | 'down' | 'off';
  latencyMs: number | null;
}

/** `unreadable`: how many messages and notices wait for an instance that has their key. */
export interface OutboxCheck extends Check {
  unreadable: number;
}

/** `missingKeys`: those that this instance lacks: of lines without a seal, of another instance, of mobile numbers. */
export interface KeysCheck extends Check {
  missingKeys: string[];
}

export interface Readiness {
  status: 'ready' | 'not-ready';
  checks: {
    database: Check;
    /** Down when the server is at its `max_prepared_stmt_count`. */
    preparedStatements: Check;
    redis: Check;
    outbox: OutboxCheck;
    journal: KeysCheck;
    keys: KeysCheck;
    mail: Check;
    sms: Check;
    certificates: Check;
    clock: Check;
  };
}
