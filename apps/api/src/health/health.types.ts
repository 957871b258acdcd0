export interface Check {
  status: 'up' | 'down' | 'off';
  latencyMs: number | null;
}

/** `unreadable`: how many messages and notices wait for an instance that has their key. */
export interface OutboxCheck extends Check {
  unreadable: number;
}

/** `missingKeys`: keys that lines without a seal are marked with, and that only other instances have. */
export interface JournalCheck extends Check {
  missingKeys: string[];
}

/**
 * Down when the keys of another instance and of this one do not go together, or do not read a mobile number that was met.
 * `missingKeys`: those that this one lacks.
 */
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
    journal: JournalCheck;
    keys: KeysCheck;
    mail: Check;
    sms: Check;
    certificates: Check;
    clock: Check;
  };
}
