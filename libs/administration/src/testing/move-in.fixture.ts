import type { Structure } from '@portillon/structure';
import { MoveInDoubles } from '../move-in/move-in-doubles';
import type { MoveInPerson } from '../move-in/move-in-line';
import { MoveInFault, MoveInReason } from '../move-in/move-in-texts';
import { candidateOf } from '../move-in/move-in.policy';
import type { ReadOptions } from '../move-in/readers/attributes';
import { MoveInFormat, readPeople } from '../move-in/readers/people-reader';

const NO_OPTIONS: ReadOptions = { structures: new Map(), attributes: {} };

/** The bytes of a file, in pieces of `size`. */
export async function* piecesOf(file: string | Buffer, size = 64 * 1024): AsyncGenerator<Uint8Array> {
  const bytes = Buffer.from(file as string);
  for (let from = 0; from < bytes.length; from += size) yield bytes.subarray(from, from + size);
}

export async function peopleOf(
  format: MoveInFormat,
  file: string | Buffer,
  options: Partial<ReadOptions> = {},
  size?: number,
): Promise<MoveInPerson[]> {
  const people: MoveInPerson[] = [];
  const read = readPeople(piecesOf(file, size), format, { ...NO_OPTIONS, ...options });
  for await (const person of read) people.push(person);
  return people;
}

/** What is wrong with a file: `line code field`, of the file or of its people. */
export async function faultsOf(format: MoveInFormat, file: string | Buffer): Promise<string[]> {
  try {
    const people = await peopleOf(format, file);
    const doubles = new MoveInDoubles();
    for (const person of people) doubles.add(person);
    const facts = { structures: new Map<string, Structure>(), e164: undefined, now: new Date('2026-12-03') };
    return people.flatMap((person) =>
      candidateOf(person, { ...facts, shared: doubles.reasons(person) }).reasons.map(
        ({ code, of }: MoveInReason) =>
          [person.line, code, of].filter((part) => part !== undefined).join(' '),
      ),
    );
  } catch (error) {
    if (error instanceof MoveInFault) return [`${error.line} ${error.code}`];
    throw error;
  }
}
