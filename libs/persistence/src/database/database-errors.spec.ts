import { asAppError } from './database-errors';

describe('what the database says when it cannot serve now', () => {
  it.each([
    ['MySQL ended a statement for its time', { code: 'ER_QUERY_TIMEOUT', errno: 3024 }],
    ['MariaDB did', { code: 'UNKNOWN_CODE_PLEASE_REPORT', errno: 1969 }],
    ['an operator ended a statement', { code: 'ER_QUERY_INTERRUPTED', errno: 1317 }],
    ['its connection was killed', { code: 'UNKNOWN_CODE_PLEASE_REPORT', errno: 1927 }],
    ['a table has no room', { code: 'ER_RECORD_FILE_FULL', errno: 1114 }],
    ['the disk is full', { code: 'ER_DISK_FULL', errno: 1021 }],
    ['a temporary file has no room', { code: 'ER_ERROR_ON_WRITE', errno: 1026 }],
    ['a row stays locked', { code: 'ER_LOCK_WAIT_TIMEOUT', errno: 1205 }],
    ['every try lost a deadlock', { code: 'ER_LOCK_DEADLOCK', errno: 1213 }],
    ['its node lost the quorum', { code: 'ER_ERROR_DURING_COMMIT', errno: 1180 }],
    ['the embedded engine has no room', { code: 'SQLITE_FULL' }],
  ])('is busy, with the time to wait: %s', (_what, failure) => {
    const error = Object.assign(new Error('as the driver says'), failure);
    expect(asAppError(error)).toMatchObject({ code: 'service.busy', retryAfterSeconds: 5 });
  });

  it('is an error of ours where a statement is wrong', () => {
    const error = Object.assign(new Error('Unknown column'), { code: 'ER_BAD_FIELD_ERROR', errno: 1054 });
    expect(asAppError(error)).toBe(error);
  });
});
