export interface Check {
  status: 'up' | 'down' | 'off';
  latencyMs: number | null;
}

/** `unreadable`: the number of messages and notices that wait for an instance with their key. */
export interface OutboxCheck extends Check {
  unreadable: number;
}

/** `missingKeys`: keys that this instance lacks, of unsealed journal lines, of other instances or of mobile numbers. */
export interface KeysCheck extends Check {
  missingKeys: string[];
}

export interface Readiness {
  status: 'ready' | 'not-ready';
  checks: {
    database: Check;
    /** Down when the server has reached its `max_prepared_stmt_count`. */
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
