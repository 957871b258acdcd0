import { idempotencyKey } from './idempotency.interceptor';

describe('the header Idempotency-Key', () => {
  it.each([
    ['"8e03978e-40d5-43dd-bc93-6894a57f9324"', '8e03978e-40d5-43dd-bc93-6894a57f9324'],
    ['8e03978e-40d5-43dd-bc93-6894a57f9324', '8e03978e-40d5-43dd-bc93-6894a57f9324'],
    ['"with \\"quotes\\" and \\\\"', 'with "quotes" and \\'],
    [' "a b" ', 'a b'],
  ])('%s is the key %s', (header, key) => {
    expect(idempotencyKey(header)).toBe(key);
  });

  it('need not be there', () => {
    expect(idempotencyKey(undefined)).toBeUndefined();
  });

  it.each([
    '',
    '""',
    '"',
    '"a',
    'a b',
    '"a";q=1',
    '"a", "b"',
    'é',
    '"\\a"',
    `"${'a'.repeat(129)}"`,
    'a'.repeat(129),
  ])('is refused: %j', (header) => {
    expect(() => idempotencyKey(header)).toThrow(
      expect.objectContaining({ code: 'idempotency-key.malformed' }),
    );
  });

  it('is refused when it comes twice', () => {
    expect(() => idempotencyKey(['"a"', '"b"'])).toThrow();
  });
});
