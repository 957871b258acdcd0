import { takeApart } from './revocation-list';

const TIME = element(0x17, Buffer.from('261124120000Z'));
const ALGORITHM = element(0x30, element(0x06, Buffer.from('2a864886f70d01010b', 'hex')));
const NAME = element(0x30, Buffer.alloc(0));

describe('a list of revoked certificates', () => {
  it('of 100,000 entries is taken apart at once', () => {
    const entries = Array.from({ length: 100_000 }, (_, index) => entry(index + 1));
    // In processor time, which a busy machine does not stretch; microseconds.
    const before = process.cpuUsage();
    const { serials } = takeApart(list(entries));
    expect(process.cpuUsage(before).user).toBeLessThan(2_000_000);
    expect(serials.size).toBe(100_000);
    expect(serials.has((100_000).toString(16).padStart(8, '0').replace(/^0+/, ''))).toBe(true);
  });

  it('gives what is signed to the byte, and the rest without the entries', () => {
    const der = list([entry(0x7f), entry(0x80)]);
    const { signed, withoutEntries, serials } = takeApart(der);
    expect(der.includes(signed)).toBe(true);
    expect([...serials]).toEqual(['7f', '80']);
    expect(withoutEntries.length).toBeLessThan(der.length);
    expect(takeApart(withoutEntries).serials.size).toBe(0);
  });

  it.each([[[]], [undefined]])('may be empty (%p)', (entries) => {
    expect(takeApart(list(entries)).serials.size).toBe(0);
  });

  it('cut short anywhere, longer than it says, or of an indefinite length is none', () => {
    const der = list([entry(1), entry(2)]);
    for (let length = 0; length < der.length; length++)
      expect(() => takeApart(der.subarray(0, length))).toThrow();
    expect(() => takeApart(Buffer.concat([der, Buffer.of(0)]))).toThrow('bytes after the list');
    expect(() => takeApart(Buffer.concat([Buffer.of(0x30, 0x80), der]))).toThrow('not DER');
    expect(() => takeApart(list([element(0x02, Buffer.of(1))]))).toThrow();
    expect(() => takeApart(list([element(0x30, TIME)]))).toThrow();
  });
});

function list(entries: Buffer[] | undefined): Buffer {
  const revoked = entries ? [element(0x30, ...entries)] : [];
  const toSign = element(0x30, element(0x02, Buffer.of(1)), ALGORITHM, NAME, TIME, TIME, ...revoked);
  return element(0x30, toSign, ALGORITHM, element(0x03, Buffer.from('00ff', 'hex')));
}

function entry(serial: number): Buffer {
  const bytes = Buffer.alloc(5);
  bytes.writeUInt32BE(serial, 1);
  return element(0x30, element(0x02, bytes), TIME);
}

function element(tag: number, ...content: Buffer[]): Buffer {
  const body = Buffer.concat(content);
  if (body.length < 0x80) return Buffer.concat([Buffer.of(tag, body.length), body]);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(body.length);
  return Buffer.concat([Buffer.of(tag, 0x84), length, body]);
}
