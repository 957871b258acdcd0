import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { CommonWords, unpack } from './common-words';

describe('the list of common words', () => {
  it('is what the generator makes of the dictionaries that it names', () => {
    const generator = join(__dirname, '..', 'generate-common-words.mjs');
    const made = execFileSync(process.execPath, [generator, '--list'], { maxBuffer: 4_000_000 }).toString();
    expect(unpack()).toEqual(made.split('\n'));
  }, 30_000);

  it('holds the leaked passwords, and the French words and names', () => {
    const words = CommonWords.load();
    const listed = [
      'password',
      '12345678',
      'motdepasse',
      'azertyuiop',
      'bonjour',
      'marseille',
      'hopital',
      'claire',
    ];
    expect(listed.filter((word) => !words.has(word))).toEqual([]);
  });

  it('holds none of 2,000 words of chance', () => {
    const words = CommonWords.load();
    const made = Array.from({ length: 2_000 }, (_, index) => `${(index * 7_919 + 13).toString(36)}zqxj`);
    expect(made.filter((word) => words.has(word)).length).toBeLessThan(3);
  });

  it('finds every listed word at a place', () => {
    const found = [...CommonWords.load().lengthsAt('xxpassword1', 2)];
    expect(found).toEqual(expect.arrayContaining(['pass'.length, 'password'.length, 'password1'.length]));
  });

  it('takes less than 5 MB and is looked up in less than a millisecond', () => {
    const before = process.memoryUsage();
    const words = CommonWords.load();
    const started = performance.now();
    for (let index = 0; index < 1_000; index++) words.has('correct horse battery staple');
    expect((performance.now() - started) / 1_000).toBeLessThan(1);
    expect(process.memoryUsage().arrayBuffers - before.arrayBuffers).toBeLessThan(5_000_000);
  });
});
